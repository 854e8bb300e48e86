/**
 * How fast the economy moves: single blocks and operations of the exact machine, then a month of a
 * full network by fast-forward, its cost curve, and the same over threads.
 */
import { addStake } from '../src/economy/add-stake.ts';
import { applyBlock } from '../src/economy/block.ts';
import { removeStake } from '../src/economy/remove-stake.ts';
import type { EconomyState } from '../src/economy/state.ts';
import { bareBlock, bareSwap } from './economy/bare.ts';
import { runMonth } from './economy/month.ts';
import { benchNetwork } from './economy/network.ts';

const TAO = 1_000_000_000n;
const NEVER = 1_000_000;
const BLOCKS = 200;
const PAIRS = 1_000;
const TARGET_BLOCK_MS = 0.5;

/**
 * Prints medians of CPU time of the exact machine and the figures of the fast-forward; three
 * minutes when nothing else runs.
 */
export async function run(): Promise<void> {
  exactBlocks();
  await runMonth();
}

function exactBlocks(): void {
  const quiet = network(NEVER);
  const bare = median(BLOCKS, bareBlock(quiet));
  console.log(`bare arithmetic of a block, 128 subnets in bigint: ${bare.half.toFixed(3)} ms`);
  const compare = (what: string, unit: string, times: number, action: () => unknown): number => {
    const { half, most } = median(times, action);
    const ratio = (half / (unit === 'block' ? bare : bareTrade).half).toFixed(1);
    console.log(
      `${what}: median ${half.toFixed(3)} ms, 90 % within ${most.toFixed(3)} ms per ${unit}, ` +
        `${ratio} x bare`,
    );
    return half;
  };
  const bareTrade = median(PAIRS, bareSwap(quiet));
  const step = compare('block step, 128 subnets, no epoch', 'block', BLOCKS, () =>
    applyBlock(quiet),
  );
  console.log(`  target ${TARGET_BLOCK_MS} ms: ${step <= TARGET_BLOCK_MS ? 'met' : 'missed'}`);
  const claiming = network(NEVER);
  claiming.rootClaimers = ['nominator'];
  compare('the same with automatic root claims', 'block', BLOCKS, () => applyBlock(claiming));
  const gated = network(NEVER);
  gated.parameters.emissionRules = '2026-08';
  compare('the same through the Hill gate', 'block', BLOCKS, () => applyBlock(gated));
  const busy = network(360);
  compare('block step with epochs of 256 uids as they fall due', 'block', BLOCKS, () =>
    applyBlock(busy),
  );
  const trading = network(NEVER);
  console.log(`bare arithmetic of a purchase and a sale: ${bareTrade.half.toFixed(4)} ms`);
  const at = { coldkey: 'trader', hotkey: 'val0', netuid: 1, author: 'author' };
  compare('stake and unstake 1 TAO', 'pair', PAIRS, () => {
    const bought = addStake(trading, { ...at, amountRao: TAO });
    if (!bought.ok) throw new Error(bought.error.name);
    removeStake(trading, { ...at, amountRao: bought.alphaRao });
  });
}

function network(tempo: number): EconomyState {
  return benchNetwork({ subnets: 128, validators: 8, links: 64, tempo });
}

/** Of CPU time in milliseconds, which other work on the machine hardly touches. */
function median(times: number, action: () => unknown): { half: number; most: number } {
  for (let i = 0; i < times / 4; i += 1) action();
  const samples: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const before = process.cpuUsage();
    action();
    const { user, system } = process.cpuUsage(before);
    samples.push((user + system) / 1e3);
  }
  samples.sort((a, b) => a - b);
  const at = (part: number): number => samples[Math.floor(times * part)] ?? 0;
  return { half: at(0.5), most: at(0.9) };
}
