/**
 * A fast-forward over worker threads: every thread plans all subnets and walks its own; what they
 * need of one another lies on one shared board, and all wait for all twice a window.
 */
import { Worker } from 'node:worker_threads';
import { boardLength } from '../../src/economy/fast-forward/create-projection.ts';
import type { FastForwardOptions } from '../../src/economy/fast-forward/fast-forward.ts';
import { bundleCode } from '../support/bundle.ts';
import { benchNetwork, type NetworkShape } from './network.ts';
import type { ThreadReport, ThreadShare } from './thread-entry.ts';

/** Walks the network of `shape`, its subnets dealt out to `threads` threads. */
export async function fastForwardOverThreads(
  shape: NetworkShape,
  { threads, ...options }: FastForwardOptions & { readonly threads: number },
): Promise<ThreadReport> {
  const bytes = boardLength(benchNetwork({ ...shape, validators: 1, links: 1 })) * 8;
  const shared = { board: new SharedArrayBuffer(bytes), gate: new SharedArrayBuffer(8) };
  const code = await bundleEntry();
  const reports = await Promise.all(
    Array.from({ length: threads }, (_, index) =>
      walkInThread(code, { shape, options, threads, index, ...shared }),
    ),
  );
  return reports.reduce((sum, one) => ({
    epochs: sum.epochs + one.epochs,
    epochsRun: sum.epochsRun + one.epochsRun,
    walkMs: Math.max(sum.walkMs, one.walkMs),
  }));
}

/** A worker loads no TypeScript. */
function bundleEntry(): Promise<string> {
  return bundleCode("import './economy/thread-entry.ts';", { format: 'cjs' });
}

function walkInThread(code: string, workerData: ThreadShare): Promise<ThreadReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(code, { eval: true, workerData });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}
