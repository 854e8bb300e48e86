/**
 * The bare arithmetic that a figure is held against: the multiplications, divisions and powers that
 * the model cannot do without, on plain arrays, with no state around them.
 */
import { powRatioFloor } from '../../src/economy/power.ts';
import type { EconomyState } from '../../src/economy/state.ts';

const SCALE = 10n ** 18n;

/** Per subnet of a block: a share, a price, a cap, a power, two weights, a split, a smoothing. */
export function bareBlock({ subnets, netuids }: EconomyState): () => bigint {
  const pools = netuids.slice(1).map((netuid) => {
    const { taoReserve = 1n, alphaIn = 1n, alphaOut = 1n } = subnets[netuid] ?? {};
    return { x: alphaIn, y: taoReserve, all: alphaIn + alphaOut };
  });
  return () => {
    let sum = 0n;
    for (const { x, y, all } of pools) {
      const share = (y << 64n) / all;
      const price = (y << 64n) / x;
      const taoIn = (500_000_000n * share) >> 64n;
      const cap = (all << 32n) / (all + y);
      const weight = (y * (x + cap)) / ((x * (y + taoIn)) >> 64n || 1n);
      const bought = x - (x * y) / (y + taoIn);
      const server = ((cap * 820n) >> 1n) * 2n;
      const ema = (price * share + (price << 64n) - price * share) >> 64n;
      sum += weight + bought + server + ema;
    }
    return sum;
  };
}

/** A purchase and a sale: one power each, and the fee. */
export function bareSwap({ subnets }: EconomyState): () => bigint {
  const x = subnets[1]?.alphaIn ?? 1n;
  const y = subnets[1]?.taoReserve ?? 1n;
  const trade = (into: bigint, from: bigint, amount: bigint): bigint => {
    const net = amount - (amount * 33n) / 65_535n;
    const exponent = { numerator: 499n, denominator: 501n };
    return (from * (SCALE - powRatioFloor(into, into + net, exponent, SCALE))) / SCALE;
  };
  return () => trade(x, y, trade(y, x, 1_000_000_000n));
}

export type BareMonth = {
  /** Steps of a pool, two evaluations each. */
  readonly steps: number;
  /** Uids paid. */
  readonly payments: number;
  /** Non-zero weights and bonds read. */
  readonly links: number;
};

/** The same counts of double operations as a fast-forward needs; gives milliseconds. */
export function bareMonth({ steps, payments, links }: BareMonth): number {
  const values = Float64Array.from({ length: 4_096 }, (_, i) => 1 + i / 4_096);
  const at = (i: number): number => values[i & 4_095] as number;
  const start = process.cpuUsage();
  let sum = 0;
  for (let i = 0; i < steps * 2; i += 1) {
    const x = at(i);
    const y = at(i + 7);
    sum += x * -Math.expm1(-y * Math.log1p(x / (x + y))) + (x * y) / (x + y) + y / x;
  }
  for (let i = 0; i < payments; i += 1) sum += at(i) * at(i + 3) + at(i) / at(i + 5);
  for (let i = 0; i < links; i += 1) sum += at(i) * at(i + 1);
  const used = process.cpuUsage(start);
  if (!Number.isFinite(sum)) throw new Error('The bare arithmetic gave no number.');
  return (used.user + used.system) / 1e3;
}
