/**
 * Times one epoch of 64 validators on 256 miners against the bare arithmetic on the same matrices,
 * for every bond rule, and the cost of sparse weights against their number. One core, medians.
 */
import { performance } from 'node:perf_hooks';
import type { DenseLinks, EpochInput, SparseLinks } from '../src/economy/epoch/epoch-types.ts';
import { runEpoch } from '../src/economy/epoch/run-epoch.ts';
import { type SparsePair, sparseLinks } from '../src/economy/epoch/sparse-links.ts';
import { createEpochWorkspace } from '../src/economy/epoch/workspace.ts';

const VALIDATORS = 64;
const MINERS = 256;
const UIDS = VALIDATORS + MINERS;
const TARGET_MS = 0.6;
const EPOCHS_A_YEAR = 7_300;
const TARGET_YEAR_MS = 5_000;
const WARM_UPS = 300;
const RUNS = 501;

/** Prints the figures; takes a few seconds. */
export async function run(): Promise<void> {
  const random = seeded(7);
  const weights = denseRandom(random);
  const bonds = denseRandom(random);
  const bare = medianMs(bareArithmetic(weights, bonds));
  console.log(`bare arithmetic, ${VALIDATORS} x ${MINERS} read and multiplied: ${ms(bare)}`);
  for (const [name, settings] of rules) {
    const input = { ...baseInput(random), weights, bonds };
    const epoch = medianMs(epochOf({ ...input, settings: { ...input.settings, ...settings } }));
    console.log(`dense epoch, ${name}: ${ms(epoch)}, ${ratio(epoch, bare)} bare`);
    if (name === 'classic') printTargets(epoch);
  }
  console.log('sparse weights and bonds: links per validator, non-zeros, time, per non-zero');
  for (const links of [1, 4, 16, 64, 128, 256]) {
    const input = baseInput(random);
    const sparse = sparseRandom(random, links);
    const epoch = medianMs(epochOf({ ...input, weights: sparse, bonds: sparse }));
    const count = VALIDATORS * links;
    const each = ((epoch * 1e6) / count).toFixed(1);
    console.log(`  ${links}\t${count}\t${ms(epoch)}\t${each} ns`);
  }
}

const rules = [
  ['classic', {}],
  ['yuma3', { yuma3: true, bondsPenalty: 0 }],
  ['yuma3 with liquid alpha', { yuma3: true, liquidAlpha: true, bondsPenalty: 0 }],
] as const;

function epochOf(input: EpochInput): () => number {
  const workspace = createEpochWorkspace(VALIDATORS, UIDS);
  return () => runEpoch(input, workspace).incentive[UIDS - 1] as number;
}

function bareArithmetic(weights: DenseLinks, bonds: DenseLinks): () => number {
  const left = Float64Array.from(weights.values).filter((value) => value > 0);
  const right = Float64Array.from(bonds.values).filter((value) => value > 0);
  return () => {
    let sum = 0;
    for (let at = 0; at < left.length; at += 1) sum += (left[at] as number) * (right[at] as number);
    return sum;
  };
}

function baseInput(random: () => number): Omit<EpochInput, 'weights' | 'bonds'> {
  return {
    uids: UIDS,
    block: 1_000,
    emissionRao: 360_000_000_000n,
    settings: {
      tempo: 360,
      lastMechanismStepBlock: 640,
      kappa: 32_767,
      bondsMovingAverage: 900_000,
      bondsPenalty: 65_535,
      yuma3: false,
      liquidAlpha: false,
      alphaLow: 45_875,
      alphaHigh: 58_982,
      alphaSigmoidSteepness: 1_000,
      maxAllowedValidators: VALIDATORS,
    },
    activityCutoffBlocks: 5_000,
    stakeWeights: Float64Array.from({ length: UIDS }, (_, uid) =>
      uid < VALIDATORS ? Math.floor(1e12 + random() * 1e14) : 0,
    ),
    stakeThreshold: 1e9,
    permits: Uint8Array.from({ length: UIDS }, (_, uid) => (uid < VALIDATORS ? 1 : 0)),
    ownerUid: null,
    lastUpdate: new Float64Array(UIDS).fill(900),
    registeredAt: new Float64Array(UIDS).fill(10),
  };
}

/** Every validator weighs every miner: a shared opinion with noise. */
function denseRandom(random: () => number): DenseLinks {
  const shared = Array.from({ length: MINERS }, () => random());
  const values = new Uint16Array(VALIDATORS * UIDS);
  for (let row = 0; row < VALIDATORS; row += 1) {
    for (let miner = 0; miner < MINERS; miner += 1) {
      const opinion = (shared[miner] as number) * (0.8 + 0.2 * random());
      values[row * UIDS + VALIDATORS + miner] = 1 + Math.floor(opinion * 65_534);
    }
  }
  return { kind: 'dense', rows: Uint16Array.from({ length: VALIDATORS }, (_, row) => row), values };
}

/** Every validator weighs `links` miners, spread evenly with a shift of its own. */
function sparseRandom(random: () => number, links: number): SparseLinks {
  const step = MINERS / links;
  const rows: SparsePair[][] = Array.from({ length: UIDS }, (_, uid) =>
    uid >= VALIDATORS
      ? []
      : Array.from({ length: links }, (_, link) => {
          const target = VALIDATORS + ((link * step + (uid % step)) % MINERS);
          return [target, 1 + Math.floor(random() * 65_534)] as const;
        }),
  );
  return sparseLinks(rows);
}

/** The median of many runs in milliseconds; each run's result is used, so that none is removed. */
function medianMs(work: () => number): number {
  let used = 0;
  for (let warm = 0; warm < WARM_UPS; warm += 1) used += work();
  const times = new Float64Array(RUNS);
  for (let at = 0; at < RUNS; at += 1) {
    const begin = performance.now();
    used += work();
    times[at] = performance.now() - begin;
  }
  if (!Number.isFinite(used)) throw new Error('A run gave a result that is not a number.');
  return times.sort()[RUNS >> 1] as number;
}

function printTargets(epochMs: number): void {
  const year = epochMs * EPOCHS_A_YEAR;
  console.log(`  target ${TARGET_MS} ms: ${verdictOf(epochMs, TARGET_MS)}`);
  console.log(
    `  a year of ${EPOCHS_A_YEAR} such epochs: ${(year / 1e3).toFixed(2)} s, ` +
      `target ${TARGET_YEAR_MS / 1e3} s: ${verdictOf(year, TARGET_YEAR_MS)}`,
  );
}

function verdictOf(value: number, target: number): string {
  return value <= target ? 'met' : 'missed';
}

function ms(value: number): string {
  return `${value.toFixed(4)} ms`;
}

function ratio(value: number, base: number): string {
  return `${(value / base).toFixed(1)} x`;
}

/** A small deterministic generator of numbers in [0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
