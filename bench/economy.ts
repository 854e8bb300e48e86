/**
 * How fast the economy steps: blocks of a full network without epochs, with one, and operations.
 */
import { addStake } from '../src/economy/add-stake.ts';
import { applyBlock } from '../src/economy/block.ts';
import { removeStake } from '../src/economy/remove-stake.ts';
import { createEconomy, type EconomyState, type SubnetGenesis } from '../src/economy/state.ts';

const TAO = 1_000_000_000n;
const SUBNETS = 128;
const VALIDATORS = 8;
const NEVER = 1_000_000;

/** Prints medians: one line per case, time per unit. */
export async function run(): Promise<void> {
  const quiet = network({ tempo: NEVER });
  report('block step, 128 subnets, no epoch', 'block', 400, () => applyBlock(quiet));
  const claiming = network({ tempo: NEVER });
  claiming.rootClaimers = ['nominator'];
  report('the same with automatic root claims', 'block', 400, () => applyBlock(claiming));
  const gated = network({ tempo: NEVER });
  gated.parameters.emissionRules = '2026-08';
  report('the same through the Hill gate', 'block', 400, () => applyBlock(gated));
  const busy = network({ tempo: 360, staggered: true });
  report('block step with epochs of 256 uids as they fall due', 'block', 400, () =>
    applyBlock(busy),
  );
  const trading = network({ tempo: NEVER });
  const at = { coldkey: 'trader', hotkey: 'val0', netuid: 1, author: 'author' };
  report('stake and unstake 1 TAO', 'pair', 2_000, () => {
    const bought = addStake(trading, { ...at, amountRao: TAO });
    if (!bought.ok) throw new Error(bought.error.name);
    removeStake(trading, { ...at, amountRao: bought.alphaRao });
  });
}

function network(options: { tempo: number; staggered?: boolean }): EconomyState {
  const validators = Array.from({ length: VALIDATORS }, (_, i) => `val${i}`);
  const subnets = Array.from({ length: SUBNETS }, (_, i) => subnetOf(i + 1, validators, options));
  return createEconomy({
    block: 1_000,
    issuanceElsewhere: 3_000_000n * TAO,
    balances: { trader: 1_000_000n * TAO },
    subnets,
    hotkeys: Object.fromEntries(
      [...validators, ...subnets.flatMap((s) => (s.neurons ?? []).map((n) => n.hotkey))].map(
        (hotkey) => [hotkey, { owner: `cold-${hotkey}`, take: 11_796 }],
      ),
    ),
    stakes: validators.flatMap((hotkey, i) => [
      { hotkey, coldkey: 'nominator', netuid: 0, alphaRao: BigInt(600_000 + i) * TAO },
      ...subnets.map(({ netuid }) => ({
        hotkey,
        coldkey: 'nominator',
        netuid,
        alphaRao: BigInt(500_000 + 1_000 * i) * TAO,
      })),
    ]),
  });
}

function subnetOf(
  netuid: number,
  validators: readonly string[],
  options: { tempo: number; staggered?: boolean },
): SubnetGenesis {
  const miners = options.staggered === true ? 256 - validators.length : 1;
  const weights = Array.from(
    { length: Math.min(miners, 64) },
    (_, i) => [validators.length + i, 1_000 + ((i * 7_919) % 60_000)] as const,
  );
  return {
    netuid,
    taoReserve: BigInt(2_000 + 211 * netuid) * TAO,
    alphaIn: BigInt(500_000 + 17_351 * netuid) * TAO,
    firstEmissionBlock: 1,
    tempo: options.tempo,
    lastEpochBlock: options.staggered === true ? 1_000 - Math.floor((netuid * 360) / 128) : 1_000,
    emaPriceBits: BigInt(
      Math.floor(((2_000 + 211 * netuid) / (500_000 + 17_351 * netuid)) * 2 ** 32),
    ),
    owner: 'owner',
    ownerHotkey: 'own',
    neurons: [
      ...validators.map((hotkey) => ({ hotkey, permit: true, registeredAt: 0, weights })),
      ...Array.from({ length: miners }, (_, i) => ({ hotkey: `m${netuid}-${i}`, registeredAt: 0 })),
    ],
  };
}

function report(what: string, unit: string, times: number, action: () => unknown): void {
  for (let i = 0; i < times / 4; i += 1) action();
  const samples: number[] = [];
  for (let i = 0; i < times; i += 1) {
    const start = process.hrtime.bigint();
    action();
    samples.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  samples.sort((a, b) => a - b);
  const at = (part: number): string => (samples[Math.floor(times * part)] ?? 0).toFixed(3);
  console.log(`${what}: median ${at(0.5)} ms, 90 % within ${at(0.9)} ms per ${unit}`);
}
