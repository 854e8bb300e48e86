/**
 * The single steps of a bond's way from weight to stored value. Weights and bonds are fractions of
 * 2^32, rates and ratios real numbers.
 */
import { multiply, ONE } from './q32.ts';

/** own + ratio × (clipped − own): the weight that makes bonds under a penalty of `ratio`. */
export function interpolate(own: number, clipped: number, ratio: number): number {
  return own + multiply(clipped - own, ratio);
}

/** rate × fresh + (1 − rate) × held. */
export function ema(rate: number, fresh: number, held: number): number {
  return multiply(fresh, rate) + multiply(held, 1 - rate);
}

/** The same, at most one: the liquid rule. */
export function cappedEma(rate: number, fresh: number, held: number): number {
  return Math.min(ONE, ema(rate, fresh, held));
}
