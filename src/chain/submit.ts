/**
 * Sends a signed transaction and follows it to the point asked for. It sends the bytes once. From
 * that moment every doubt ends in `unknown`, never in an error that would invite a second sending.
 */
import type { Clock } from '../domain/ports.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { formatHex } from './codecs/hex.ts';
import { findTransaction } from './find-transaction.ts';
import { readOutcome } from './outcome.ts';
import { pollForTransaction } from './poll-transaction.ts';
import { settleRefusal } from './settle-refusal.ts';
import type { Chain, TxOutcome, TxStatus, WaitFor } from './types.ts';
import { type Ending, watchTransaction } from './watch-transaction.ts';

export type SubmitRequest = {
  readonly chain: Chain;
  /** The whole signed extrinsic with its length prefix. */
  readonly extrinsic: Uint8Array;
  readonly waitFor: WaitFor;
  /** How long to follow it after sending. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly clock: Clock;
  readonly onStatus?: (status: TxStatus) => void;
};

/** Blocks before the head in which bytes that the node knows already may be. */
const KNOWN_LOOKBACK = 8;

/**
 * The outcome. Throws only when nothing was sent: NETWORK_CLOSED, NETWORK_TIMEOUT before sending,
 * or the signal's reason.
 */
export async function submitAndWatch(given: SubmitRequest): Promise<TxOutcome> {
  const request: SubmitRequest = { ...given, onStatus: quietly(given.onStatus) };
  const { chain, signal } = request;
  signal?.throwIfAborted();
  const head = (await chain.at('best')).number;
  signal?.throwIfAborted();
  const sent: Sent = { head, calls: chain.rpc.roundTrips() };
  if (request.waitFor === 'submitted') return submitOnly(request, sent);
  const watched = await watchTransaction(request);
  if (watched.kind === 'failed') return afterFailedWatch(request, sent, watched.error);
  return conclude(request, watched, head);
}

async function submitOnly(request: SubmitRequest, sent: Sent): Promise<TxOutcome> {
  const { chain, extrinsic, onStatus } = request;
  try {
    await chain.rpc.request('author_submitExtrinsic', [formatHex(extrinsic)]);
  } catch (error) {
    assertSent(chain, sent, error);
    if (!isTaoError(error, 'RPC_REFUSED')) return unknown(error);
    const fromBlock = firstBlock(sent);
    const settled = await certainly(() => settleRefusal({ chain, extrinsic, fromBlock, error }));
    if (settled.kind === 'unknown') return settled;
    if (settled.kind === 'outcome') return settled.outcome;
    if (settled.kind === 'no-method') return unknown(error);
  }
  onStatus?.({ kind: 'broadcast' });
  return { kind: 'submitted' };
}

async function afterFailedWatch(
  request: SubmitRequest,
  sent: Sent,
  error: Error,
): Promise<TxOutcome> {
  const { chain, extrinsic } = request;
  assertSent(chain, sent, error);
  if (!isTaoError(error, 'RPC_REFUSED')) return unknown(error);
  const fromBlock = firstBlock(sent);
  const settled = await certainly(() => settleRefusal({ chain, extrinsic, fromBlock, error }));
  if (settled.kind === 'unknown') return settled;
  if (settled.kind === 'outcome') return settled.outcome;
  if (settled.kind === 'no-method') {
    // The node has no subscriptions, so nothing was sent yet.
    const outcome = await submitOnly(request, { ...sent, calls: chain.rpc.roundTrips() });
    if (outcome.kind !== 'submitted') return outcome;
  }
  return certain(() => pollForTransaction(request, fromBlock));
}

/** How things stood just before sending. */
type Sent = { readonly head: number; readonly calls: number };

function firstBlock({ head }: Sent): number {
  return Math.max(1, head - KNOWN_LOOKBACK);
}

async function conclude(
  request: SubmitRequest,
  ending: Exclude<Ending, { readonly kind: 'failed' }>,
  head: number,
): Promise<TxOutcome> {
  const { chain } = request;
  if (ending.kind === 'stopped') return { kind: 'unknown', reason: ending.reason };
  const extrinsic = formatHex(request.extrinsic);
  if (ending.kind === 'in-block') {
    const { blockHash, finalized } = ending;
    return certain(() => readOutcome(chain, { extrinsic, blockHash, finalized }));
  }
  // Gone from this pool, perhaps because a block has it already.
  const search = { extrinsic, fromBlock: head + 1, toBlock: Number.MAX_SAFE_INTEGER };
  const found = await certain(() => findTransaction(chain, search));
  if (found.kind === 'included') return found;
  request.onStatus?.({ kind: 'dropped', reason: ending.reason });
  return { kind: 'unknown', reason: ending.reason };
}

/** Runs a read after sending: what cannot be read is unknown, not an error. */
async function certain(read: () => Promise<TxOutcome | undefined>): Promise<TxOutcome> {
  return certainly(async () => (await read()) ?? unknown('it was not found in a block'));
}

async function certainly<T>(read: () => Promise<T>): Promise<T | UnknownOutcome> {
  try {
    return await read();
  } catch (error) {
    return unknown(error);
  }
}

/** A listener that fails must not look like a failure of what was sent. */
function quietly(listener: SubmitRequest['onStatus']): (status: TxStatus) => void {
  return (status) => {
    try {
      listener?.(status);
    } catch {
      // The outcome is still reported; only this report of progress is lost.
    }
  };
}

/** Rethrows what happened before anything left this machine. */
function assertSent(chain: Chain, sent: Sent, error: unknown): void {
  if (chain.rpc.roundTrips() === sent.calls) throw error;
}

type UnknownOutcome = Extract<TxOutcome, { readonly kind: 'unknown' }>;

function unknown(error: unknown): UnknownOutcome {
  return { kind: 'unknown', reason: error instanceof Error ? error.message : String(error) };
}
