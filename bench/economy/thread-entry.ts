/** The worker's side of threads.ts: plans all subnets, walks its own, reports what it did. */
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { createProjection } from '../../src/economy/fast-forward/create-projection.ts';
import {
  type FastForwardOptions,
  settingsOf,
} from '../../src/economy/fast-forward/fast-forward.ts';
import { planWindow, walkWindow } from '../../src/economy/fast-forward/walk-projection.ts';
import { benchNetwork, type NetworkShape } from './network.ts';

export type ThreadShare = {
  readonly shape: NetworkShape;
  readonly options: FastForwardOptions;
  readonly threads: number;
  readonly index: number;
  readonly board: SharedArrayBuffer;
  /** How many have arrived, and how often all have. */
  readonly gate: SharedArrayBuffer;
};

export type ThreadReport = {
  readonly epochs: number;
  readonly epochsRun: number;
  /** From when all threads were ready. */
  readonly walkMs: number;
};

parentPort?.postMessage(walkShare(workerData as ThreadShare));

/** Root dividends must accrue: sold ones would move the root stake that all threads read. */
function walkShare(share: ThreadShare): ThreadReport {
  const { shape, options, threads, index } = share;
  const settings = settingsOf(options);
  const board = new Float64Array(share.board);
  const projection = createProjection(benchNetwork(shape), settings, { board });
  const own = projection.subnets.filter(({ row }) => row % threads === index);
  const gate = new Int32Array(share.gate);
  waitForAll(gate, threads);
  const start = performance.now();
  for (let left = options.blocks; left > 0; left -= settings.blocksPerStep) {
    const blocks = Math.min(left, settings.blocksPerStep);
    planWindow(projection, blocks);
    waitForAll(gate, threads);
    walkWindow(projection, own, blocks);
    projection.block += blocks;
    waitForAll(gate, threads);
  }
  return {
    epochs: own.reduce((sum, { epochsPaid }) => sum + epochsPaid, 0),
    epochsRun: own.reduce((sum, { epochsRun }) => sum + epochsRun, 0),
    walkMs: performance.now() - start,
  };
}

/** The last to arrive opens the gate for all. */
function waitForAll(gate: Int32Array, threads: number): void {
  const round = Atomics.load(gate, 1);
  if (Atomics.add(gate, 0, 1) + 1 === threads) {
    Atomics.store(gate, 0, 0);
    Atomics.add(gate, 1, 1);
    Atomics.notify(gate, 1);
    return;
  }
  while (Atomics.load(gate, 1) === round) Atomics.wait(gate, 1, round);
}
