/** Follows a transaction by looking at new blocks, for nodes without subscriptions. */
import { findTransaction, readFinalizedNumber } from './find-transaction.ts';
import { readHash } from './head.ts';
import type { IncludedOutcome } from './outcome.ts';
import type { SubmitRequest } from './submit.ts';
import type { TxOutcome } from './types.ts';

/** Time between two looks at the chain. */
export const POLL_MS = 1_000;
/** Blocks near the head that may still be replaced. */
const REORG_DEPTH = 4;

/** Looks from `fromBlock` on until the transaction is where the request wants it, or time is over. */
export async function pollForTransaction(
  request: SubmitRequest,
  fromBlock: number,
): Promise<TxOutcome> {
  const { chain, clock, signal } = request;
  const deadline = clock.nowMs() + request.timeoutMs;
  let next = fromBlock;
  let found: IncludedOutcome | undefined;
  for (;;) {
    if (found === undefined) {
      const best = (await chain.at('best')).number;
      found = await findTransaction(chain, {
        extrinsic: request.extrinsic,
        fromBlock: next,
        toBlock: best,
      });
      next = Math.max(next, best - REORG_DEPTH);
      if (found !== undefined) {
        request.onStatus?.({ kind: 'included', blockHash: found.blockHash });
      }
    }
    if (found !== undefined && request.waitFor === 'included') return found;
    if (found !== undefined) {
      const still = await followFinality(request, found);
      if (still?.finalized === true) return still;
      if (still === undefined) next = Math.max(fromBlock, found.blockNumber - REORG_DEPTH);
      found = still;
    }
    if (clock.nowMs() >= deadline || signal?.aborted === true) {
      return found ?? { kind: 'unknown', reason: 'it was not seen in a block in time' };
    }
    await clock.sleep(POLL_MS, signal).catch(() => undefined);
  }
}

/** The outcome as it stands now: finalized, not yet, or undefined when its block was replaced. */
async function followFinality(
  { chain, onStatus }: SubmitRequest,
  found: IncludedOutcome,
): Promise<IncludedOutcome | undefined> {
  const [hash, finalizedNumber] = await Promise.all([
    readHash(chain.rpc, found.blockNumber),
    readFinalizedNumber(chain),
  ]);
  if (hash !== found.blockHash) return undefined;
  if (finalizedNumber < found.blockNumber) return found;
  onStatus?.({ kind: 'finalized', blockHash: found.blockHash });
  return { ...found, finalized: true };
}
