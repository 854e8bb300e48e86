/** The single steps of a bond's way from weight to stored value, on fractions of 2^32. */
import { multiply, ONE } from './q32.ts';

/** own + ratio × (clipped − own): the weight that makes bonds under a penalty of `ratio`. */
export function interpolate(own: number, clipped: number, ratio: number): number {
  return own + multiply(ratio, clipped - own);
}

/** rate × fresh + (1 − rate) × held. */
export function ema(rate: number, fresh: number, held: number): number {
  return multiply(rate, fresh) + multiply(ONE - rate, held);
}

/** The same, at most one: the liquid rule. */
export function cappedEma(rate: number, fresh: number, held: number): number {
  return Math.min(ONE, ema(rate, fresh, held));
}
