/** One measured fast-forward, run as a process of its own by month.ts; sends its figures home. */
import { performance } from 'node:perf_hooks';
import { applyBlock } from '../../src/economy/block.ts';
import { fastForward } from '../../src/economy/fast-forward/fast-forward.ts';
import { benchNetwork } from './network.ts';
import { fastForwardOverThreads } from './threads.ts';

const EXACT_BLOCKS = 40;
const UIDS = 256;

export type MonthCase = {
  readonly subnets: number;
  readonly validators: number;
  readonly links: number;
  readonly blocks: number;
  /** 'none': in the process itself. */
  readonly threads: number | 'none';
  /** Every epoch is computed, none taken from the one before. */
  readonly everyEpoch?: boolean;
};

export type MonthResult = {
  readonly cpuMs: number;
  readonly walkMs: number;
  readonly stateMb: number;
  readonly peakMb: number;
  readonly epochs: number;
  readonly epochsRun: number;
  /** Counts of what cannot be left out, for the bare arithmetic. */
  readonly steps: number;
  readonly payments: number;
  readonly links: number;
  /** Of the exact machine on the same state; zero in cases over threads. */
  readonly exactBlockMs: number;
};

if (process.argv[2] !== undefined) {
  const what = JSON.parse(process.argv[2]) as MonthCase;
  const result = await runCase(what);
  process.send?.(result, () => process.disconnect());
}

async function runCase(what: MonthCase): Promise<MonthResult> {
  const { subnets, validators, links, blocks, threads } = what;
  const shape = { subnets, validators, links, tempo: 360 };
  const options = { blocks, ...(what.everyEpoch === true ? { tolerance: 0 } : {}) };
  // Longer windows for threads: all wait for all twice in each.
  const inThreads = threads === 'none' ? undefined : { ...options, threads, blocksPerStep: 360 };
  const state = benchNetwork(inThreads === undefined ? shape : { ...shape, subnets: 1 });
  const stateMb = process.memoryUsage().rss / 2 ** 20;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const walked =
    inThreads === undefined
      ? { ...countEpochs(fastForward(state, options).subnets), walkMs: performance.now() - start }
      : await fastForwardOverThreads(shape, inThreads);
  const used = process.cpuUsage(cpu);
  const { epochs, epochsRun, walkMs } = walked;
  return {
    cpuMs: (used.user + used.system) / 1e3,
    walkMs,
    stateMb,
    peakMb: process.resourceUsage().maxRSS / 2 ** 10,
    epochs,
    epochsRun,
    steps: subnets * Math.ceil(blocks / 60) + epochs,
    payments: epochs * UIDS,
    links: epochsRun * validators * links * 2,
    exactBlockMs: inThreads === undefined ? timeExact(state) : 0,
  };
}

type EpochCounts = { readonly epochs: number; readonly epochsRun: number };

function countEpochs(subnets: readonly EpochCounts[]): EpochCounts {
  let epochs = 0;
  let epochsRun = 0;
  for (const one of subnets) {
    epochs += one.epochs;
    epochsRun += one.epochsRun;
  }
  return { epochs, epochsRun };
}

function timeExact(state: Parameters<typeof applyBlock>[0]): number {
  const cpu = process.cpuUsage();
  for (let block = 0; block < EXACT_BLOCKS; block += 1) applyBlock(state);
  const used = process.cpuUsage(cpu);
  return (used.user + used.system) / 1e3 / EXACT_BLOCKS;
}
