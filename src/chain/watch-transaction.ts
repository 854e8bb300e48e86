/** Sends and follows a transaction through the node's own subscription. */
import { formatHex } from './codecs/hex.ts';
import type { SubmitRequest } from './submit.ts';
import { parsePoolReport } from './tx-status.ts';

/** Where following ended, and why. */
export type Ending =
  | { readonly kind: 'in-block'; readonly blockHash: string; readonly finalized: boolean }
  /** Left this node's pool without a block. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** Time over, interrupted, or the connection lost. */
  | { readonly kind: 'stopped'; readonly reason: string }
  /** The subscription itself was not opened. */
  | { readonly kind: 'failed'; readonly error: Error };

/** Never throws. Interrupting ends it at once, also while the node has not answered yet. */
export async function watchTransaction(request: SubmitRequest): Promise<Ending> {
  const { chain, clock, signal, timeoutMs } = request;
  const follower = createFollower(request);
  const timer = new AbortController();
  const interrupt = (): void => follower.stop('interrupted while waiting for it');
  signal?.addEventListener('abort', interrupt, { once: true });
  const opening = chain.rpc.subscribe({
    method: 'author_submitAndWatchExtrinsic',
    params: [formatHex(request.extrinsic)],
    unsubscribe: 'author_unwatchExtrinsic',
    onMessage: follower.report,
    onEnd: (error) => follower.stop(error.message),
  });
  clock.sleep(timeoutMs, timer.signal).then(
    () => follower.stop(`no result within ${timeoutMs / 1000} s`),
    () => undefined,
  );
  opening.catch((error: Error) => follower.fail(error));
  try {
    return await follower.ending;
  } finally {
    timer.abort();
    signal?.removeEventListener('abort', interrupt);
    // Also when the node confirms the subscription only after we stopped listening.
    opening.then(
      (unwatch) => unwatch(),
      () => undefined,
    );
  }
}

function createFollower({ waitFor, onStatus }: SubmitRequest) {
  let settle: (ending: Ending) => void = () => undefined;
  const ending = new Promise<Ending>((resolve) => {
    settle = resolve;
  });
  let lastBlock: string | undefined;
  let wasBroadcast = false;

  const report = (message: unknown): void => {
    const status = parsePoolReport(message);
    switch (status.kind) {
      case 'broadcast':
        if (!wasBroadcast) onStatus?.({ kind: 'broadcast' });
        wasBroadcast = true;
        return;
      case 'in-block':
        lastBlock = status.blockHash;
        onStatus?.({ kind: 'included', blockHash: status.blockHash });
        if (waitFor === 'included') settle({ ...status, finalized: false });
        return;
      case 'retracted':
        lastBlock = undefined;
        return;
      case 'finalized':
        onStatus?.({ kind: 'finalized', blockHash: status.blockHash });
        settle({ kind: 'in-block', blockHash: status.blockHash, finalized: true });
        return;
      case 'finality-timeout':
        settle({ kind: 'in-block', blockHash: status.blockHash, finalized: false });
        return;
      case 'gone':
        settle(status);
        return;
      default:
        return;
    }
  };

  const stop = (reason: string): void => {
    // In a block already: that is an answer, though not yet a final one.
    if (lastBlock !== undefined)
      settle({ kind: 'in-block', blockHash: lastBlock, finalized: false });
    else settle({ kind: 'stopped', reason });
  };

  const fail = (error: Error): void => settle({ kind: 'failed', error });

  return { ending, report, stop, fail };
}
