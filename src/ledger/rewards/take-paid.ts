/**
 * What validators kept of a position's dividends. Method: each gain that was earned, times take ÷
 * (1 − take), with the take sampled last at or before the gain was seen; claims of root dividends
 * count like any gain.
 */
import { TAKE_DENOMINATOR } from '../../domain/take.ts';
import type { BasisStep } from '../cost-basis/types.ts';

/** The method in words. */
export const TAKE_METHOD =
  'earned x take / (1 - take), with the take last sampled when it was earned';

export type TakeSample = {
  readonly hotkey: string;
  readonly netuid: number;
  readonly takeU16: number;
  readonly block: { readonly number: number };
};

export type TakePaid = {
  /** Rao of alpha, rounded down. */
  readonly alphaRao: bigint;
  /** The same at the price when it was earned, rao of TAO. */
  readonly taoRao: bigint;
};

/**
 * What a position paid between two blocks, the first excluded, from its own steps and its
 * validator's takes, oldest first. Undefined: no take is known.
 */
export function takePaid(
  known: { readonly earned: readonly BasisStep[]; readonly takes: readonly TakeSample[] },
  range: { readonly after: number; readonly upTo: number },
): TakePaid | undefined {
  const { takes } = known;
  if (takes.length === 0) return undefined;
  let alphaRao = 0n;
  let taoRao = 0n;
  for (const step of known.earned) {
    if (step.kind !== 'in' || step.origin !== 'earned') continue;
    if (step.block.number <= range.after || step.block.number > range.upTo) continue;
    const take = BigInt(takeAt(takes, step.block.number));
    const kept = TAKE_DENOMINATOR - take;
    if (kept <= 0n) continue;
    alphaRao += (step.alphaRao * take) / kept;
    taoRao += (step.costRao * take) / kept;
  }
  return { alphaRao, taoRao };
}

/** Samples are oldest first; before the first one, its take is taken. */
function takeAt(takes: readonly TakeSample[], number: number): number {
  let low = 0;
  let high = takes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((takes[middle] as TakeSample).block.number <= number) low = middle + 1;
    else high = middle;
  }
  return (takes[Math.max(0, low - 1)] as TakeSample).takeU16;
}
