/** What it takes to enter the pool: the chain's checks, and a nonce that nobody holds. */
import {
  alreadyImported,
  badFormat,
  poolFull,
  refusedTransaction,
  tooLowPriority,
  undecodable,
} from '../rpc/rpc-error.ts';
import { decodeSigned, hasLengthPrefix } from '../runtime/extrinsic.ts';
import { readShielded } from '../runtime/shielded.ts';
import { checkSignature, checkState } from '../runtime/validity.ts';
import { profileOf } from '../state/view.ts';
import { chainFacts, type NodeCore } from './core.ts';
import {
  addEntry,
  lastBlockOf,
  MAX_POOL_ENTRIES,
  notify,
  type PoolEntry,
  promote,
  removeEntry,
  rivalOf,
  transactionHash,
} from './pool.ts';

/** Chain rule: every normal call has this priority. */
const PRIORITY = 1n;

/** Checks a transaction and puts it into the pool. Throws RpcError with the node's own texts. */
export async function admit(core: NodeCore, bytes: Uint8Array): Promise<PoolEntry> {
  if (!hasLengthPrefix(bytes)) throw badFormat();
  const extrinsic = decodeSigned(bytes, profileOf(core.chain.live.state));
  if (extrinsic === undefined) throw undecodable();
  const rejection = core.faults.rejectNext;
  if (rejection !== undefined) {
    core.faults.rejectNext = undefined;
    throw rejection;
  }
  const hash = transactionHash(bytes);
  if (core.pool.byHash.has(hash)) throw alreadyImported(hash);
  const facts = chainFacts(core);
  const checked = await checkSignature(extrinsic, facts);
  if (!checked.ok) throw refusedTransaction(checked.invalidity);
  const { signer } = checked;
  const invalidity = checkState(core.chain.live.state, signer, extrinsic);
  if (invalidity !== undefined) throw refusedTransaction(invalidity);
  const shielded = await readShielded(extrinsic, facts);
  if (shielded !== undefined && 'kind' in shielded) throw refusedTransaction(shielded);
  const entry: PoolEntry = {
    hash,
    signer,
    extrinsic,
    priority: core.tipsRaisePriority ? PRIORITY + extrinsic.tipRao : PRIORITY,
    validTill: lastBlockOf(extrinsic, facts.blockNumber),
    isReady: false,
    shielded,
    watchers: new Set(),
  };
  enter(core, entry);
  return entry;
}

/** Takes an entry in, in place of one of lower priority with its nonce. */
function enter({ pool, chain }: NodeCore, entry: PoolEntry): void {
  const { signer, extrinsic, priority } = entry;
  const rival = rivalOf(pool, signer, extrinsic.nonce);
  // Two messages of different connections may carry the same transaction.
  if (rival?.hash === entry.hash) throw alreadyImported(entry.hash);
  if (rival !== undefined && priority <= rival.priority) {
    throw tooLowPriority(rival.priority, priority);
  }
  if (rival !== undefined) {
    removeEntry(pool, rival);
    notify(rival, { usurped: entry.hash });
  } else if (pool.byHash.size >= MAX_POOL_ENTRIES) throw poolFull();
  addEntry(pool, entry);
  promote(pool, chain.live.state, signer);
}
