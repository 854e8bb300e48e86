/** What became of a transaction, read from the block that holds it. */
import { Blake2256 } from '@polkadot-api/substrate-bindings';
import { formatHex, parseHex } from './codecs/hex.ts';
import { describeDispatchError } from './failure.ts';
import { asCount, asRao } from './queries/shape.ts';
import { expectOptionalHex, isRecord, unexpected } from './replies.ts';
import type { Chain, ChainEvent, ChainFailure, Runtime, TxOutcome } from './types.ts';

export type IncludedOutcome = Extract<TxOutcome, { readonly kind: 'included' }>;

/** The extrinsics of a block, 0x hex in order; undefined when the node does not have it. */
export async function readExtrinsics(
  chain: Chain,
  blockHash: string,
): Promise<readonly string[] | undefined> {
  const method = 'chain_getBlock';
  const reply = await chain.rpc.request(method, [blockHash]);
  if (reply === null) return undefined;
  const block = isRecord(reply) ? reply.block : undefined;
  const extrinsics = isRecord(block) ? block.extrinsics : undefined;
  if (!Array.isArray(extrinsics)) throw unexpected(method, 'no block');
  return extrinsics.map((extrinsic) => String(extrinsic).toLowerCase());
}

/** Where an extrinsic, given whole or by its hash, stands among others; −1 when it does not. */
export function positionOf(extrinsics: readonly string[], wanted: string): number {
  const target = wanted.toLowerCase();
  const isHash = target.length === 66;
  return extrinsics.findIndex((extrinsic) =>
    isHash ? hashOf(extrinsic) === target : extrinsic === target,
  );
}

/**
 * The outcome of the extrinsic in that block, or undefined when the block does not hold it.
 * CHAIN_UNKNOWN_BLOCK when the node no longer has the block's state.
 */
export async function readOutcome(
  chain: Chain,
  wanted: { readonly extrinsic: string; readonly blockHash: string; readonly finalized: boolean },
): Promise<IncludedOutcome | undefined> {
  const { blockHash } = wanted;
  const [extrinsics, eventBytes, nowHex, view] = await Promise.all([
    readExtrinsics(chain, blockHash),
    readItem(chain, 'System', 'Events', blockHash),
    readItem(chain, 'Timestamp', 'Now', blockHash),
    chain.at(blockHash),
  ]);
  const extrinsicIndex = positionOf(extrinsics ?? [], wanted.extrinsic);
  if (extrinsicIndex === -1) return undefined;
  const all = view.runtime.decodeEvents(parseHex(eventBytes) ?? Uint8Array.of(0));
  const events = all.filter((event) => event.extrinsicIndex === extrinsicIndex);
  return {
    kind: 'included',
    blockHash,
    blockNumber: view.number,
    blockTimeMs: nowHex === undefined ? undefined : timeOf(view.runtime, nowHex),
    extrinsicIndex,
    finalized: wanted.finalized,
    feeRao: feeOf(events),
    events,
    failure: failureOf(events, view.runtime),
  };
}

/** The fee paid, tip included; zero for a free call. */
export function feeOf(events: readonly ChainEvent[]): bigint {
  const paid = events.find(
    (event) => event.pallet === 'TransactionPayment' && event.name === 'TransactionFeePaid',
  );
  return paid === undefined ? 0n : asRao(paid.fields.actual_fee);
}

/**
 * Why a transaction failed: the extrinsic itself, or a call inside a batch, a proxy or a multisig
 * whose extrinsic succeeded all the same.
 */
export function failureOf(
  events: readonly ChainEvent[],
  runtime: Runtime,
): ChainFailure | undefined {
  for (const event of events) {
    const error = errorIn(event);
    if (error !== undefined) return describeDispatchError(error, runtime.errorDocs);
  }
  return undefined;
}

const errorField: Readonly<Record<string, string>> = {
  'System.ExtrinsicFailed': 'dispatch_error',
  'Utility.BatchInterrupted': 'error',
  'Utility.ItemFailed': 'error',
};

const resultField: Readonly<Record<string, string>> = {
  'Proxy.ProxyExecuted': 'result',
  'Multisig.MultisigExecuted': 'result',
  'Utility.DispatchedAs': 'result',
  'Sudo.Sudid': 'sudo_result',
};

function errorIn({ pallet, name, fields }: ChainEvent): unknown {
  const errorName = errorField[`${pallet}.${name}`];
  if (errorName !== undefined) return fields[errorName];
  const resultName = resultField[`${pallet}.${name}`];
  const result = resultName === undefined ? undefined : fields[resultName];
  return isRecord(result) && result.success === false ? result.value : undefined;
}

async function readItem(
  chain: Chain,
  pallet: string,
  item: string,
  blockHash: string,
): Promise<string | undefined> {
  const key = chain.runtime.storage(pallet, item).key();
  const method = 'state_getStorage';
  return expectOptionalHex(await chain.rpc.request(method, [key, blockHash]), method);
}

function timeOf(runtime: Runtime, hex: string): number {
  return asCount(runtime.storage('Timestamp', 'Now').decodeValue(hex));
}

function hashOf(extrinsic: string): string | undefined {
  const bytes = parseHex(extrinsic);
  return bytes === undefined ? undefined : formatHex(Blake2256(bytes));
}
