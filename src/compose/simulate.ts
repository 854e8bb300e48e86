/** Spreads random runs over threads. The same runs come out however many there are. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Context } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { RunEnds, RunsRequest } from '../ledger/estimate/random-runs.ts';

/** Under this many runs a thread's start costs more than it saves. */
const LEAST_RUNS_A_THREAD = 25;
const MOST_THREADS = 16;

type Message =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'done'; readonly ends: RunEnds };

/** `entry`: the bundled worker; undefined where there is none, and all runs are made in this thread. */
export function createSimulator(entry: URL | undefined, signal: AbortSignal): Context['simulate'] {
  return async (request, onDone) => {
    const parts = splitRuns(request);
    if (entry === undefined || parts.length === 1) {
      const { randomRuns } = await import('../ledger/estimate/random-runs.ts');
      return [randomRuns(request, onDone)];
    }
    const done = parts.map(() => 0);
    const report = (index: number, count: number): void => {
      done[index] = count;
      onDone(done.reduce((sum, each) => sum + each, 0));
    };
    return runAll(parts, { entry, signal, report });
  };
}

/** In order, sizes differing by at most one. */
export function splitRuns(
  request: RunsRequest,
  threads = Math.min(availableParallelism(), MOST_THREADS),
): readonly RunsRequest[] {
  const useful = Math.floor(request.count / LEAST_RUNS_A_THREAD);
  const parts = Math.max(1, Math.min(threads, useful));
  return Array.from({ length: parts }, (_, index) => {
    const from = Math.floor((request.count * index) / parts);
    const to = Math.floor((request.count * (index + 1)) / parts);
    return { ...request, first: request.first + from, count: to - from };
  });
}

async function runAll(
  parts: readonly RunsRequest[],
  how: {
    readonly entry: URL;
    readonly signal: AbortSignal;
    readonly report: (index: number, count: number) => void;
  },
): Promise<readonly RunEnds[]> {
  const workers = parts.map((part) => new Worker(how.entry, { workerData: part }));
  const stop = (): void => {
    for (const worker of workers) void worker.terminate();
  };
  how.signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.all(
      workers.map((worker, index) => endsOf(worker, (count) => how.report(index, count))),
    );
  } finally {
    how.signal.removeEventListener('abort', stop);
    stop();
  }
}

function endsOf(worker: Worker, onProgress: (done: number) => void): Promise<RunEnds> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: Message) => {
      if (message.kind === 'done') resolve(message.ends);
      else onProgress(message.done);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(interrupted()));
  });
}

function interrupted(): TaoError {
  return new TaoError('INTERRUPTED', {
    message: 'Interrupted before the simulation was done.',
    hint: 'Nothing was changed; run the command again when you are ready.',
  });
}
