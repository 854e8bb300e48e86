/**
 * Whether the chain is still the one that was recorded. A public chain never takes a final block
 * back: then the node is wrong. A chain of one's own may be reset: then what was recorded of its
 * former life is put aside, not mixed with the new one and not lost.
 */
import { join } from 'node:path';
import { readHash, readHashes } from '../chain/head.ts';
import { publicNetworkOf } from '../chain/known-networks.ts';
import type { Chain } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { NamedBlock } from '../ledger/fact-types.ts';
import type { Ledger } from '../ledger/types.ts';
import type { SyncReader } from './sync-reader.ts';

/** Words of warning, none when all is as it was. LEDGER_CONFLICT. */
export async function checkRecordedChain(parts: {
  readonly reader: SyncReader;
  readonly ledger: Ledger;
  readonly finalized: number;
}): Promise<readonly string[]> {
  const { reader, ledger, finalized } = parts;
  const named = ledger.facts.readNamedBlocks();
  if (publicNetworkOf(reader.chain.genesisHash) !== undefined) {
    const last = named.findLast((block) => !block.isRejected && block.number <= finalized);
    if (last === undefined) return [];
    const { number, hash } = last;
    const now = await reader.read(() => readHash(reader.chain.rpc, number));
    if (now !== hash) throw anotherChain(last);
    return [];
  }
  const numbers = [...new Set(named.map(({ number }) => number))];
  const hashes = await reader.read(() => readHashes(reader.chain.rpc, numbers));
  const hashAt = new Map(numbers.map((number, index) => [number, hashes[index]]));
  let putAside = 0;
  for (const block of named) {
    const isPart = hashAt.get(block.number) === block.hash;
    if (isPart && block.isRejected) ledger.facts.reinstate(block.hash);
    if (isPart || block.isRejected) continue;
    ledger.facts.reject(block.hash, 'not in the chain after it was reset');
    putAside += 1;
  }
  if (putAside === 0) return [];
  for (const { coldkey } of ledger.sync.followed()) forgetCursors(ledger, coldkey);
  return [
    `This chain was reset since it was last read: what was recorded of ${putAside} blocks that it no longer has is put aside.`,
  ];
}

function forgetCursors(ledger: Ledger, coldkey: string): void {
  for (const name of ['history', 'watch']) ledger.sync.writeCursor(`${name}/${coldkey}`, undefined);
  ledger.sync.fillGaps(coldkey, { from: 0, to: Number.MAX_SAFE_INTEGER });
}

function anotherChain({ number, hash }: NamedBlock): TaoError {
  return new TaoError('LEDGER_CONFLICT', {
    message: `Failed to go on: block ${number} of this node is not the one that was recorded, though both were final.`,
    details: [`Recorded: ${hash}`],
    hint: 'Ask another node with --network; nothing of this one was recorded.',
    data: { blockNumber: number, blockHash: hash },
  });
}

const FILE = 'networks.json';
const MAX_FILE_BYTES = 1_000_000;

/**
 * Remembers which chain a network served, and says when it is another one now. Each chain has a
 * ledger of its own, so nothing is mixed.
 */
export async function networkWarnings(
  context: Pick<Context, 'files' | 'paths'>,
  { target, genesisHash }: Pick<Chain, 'target' | 'genesisHash'>,
): Promise<readonly string[]> {
  const path = join(context.paths.data, FILE);
  const name = target.url ?? target.name;
  const known = parseNetworks(await context.files.read(path, MAX_FILE_BYTES));
  const before = known[name];
  if (before === genesisHash) return [];
  const text = JSON.stringify({ ...known, [name]: genesisHash });
  const content = new TextEncoder().encode(text);
  await context.files.writeAtomic(path, content, { mode: 0o600, overwrite: true });
  if (before === undefined) return [];
  return [
    `${target.name} serves another chain than before (genesis ${genesisHash}, before ${before}). It has a ledger of its own: what was recorded of the other one stays in that one.`,
  ];
}

function parseNetworks(content: Uint8Array | undefined): Readonly<Record<string, string>> {
  if (content === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(content));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, string>) : {};
  } catch {
    // Only a memory for a warning: a broken one is begun anew.
    return {};
  }
}
