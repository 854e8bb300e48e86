/** The rate at which a bond follows its weight when liquid alpha is on. */
import { multiply, ONE } from './q32.ts';

/** Bounds as fractions of 2^32; steepness in hundredths as stored. */
export type LiquidRates = {
  readonly low: number;
  readonly high: number;
  readonly steepness: number;
};

/**
 * The rate for one bond, all fractions of 2^32: a sigmoid between low and high of how far the
 * weight is above consensus (when it is not under the bond) or the bond above the weight.
 */
export function liquidAlpha(
  rates: LiquidRates,
  consensus: number,
  weight: number,
  bond: number,
): number {
  const gap = weight >= bond ? weight - consensus : bond - weight;
  const distance = Math.min(Math.max(gap, 0), ONE) / ONE;
  const exponent = (rates.steepness / -100) * (distance - 0.5);
  const sigmoid = Math.floor(ONE / (1 + Math.exp(exponent)));
  const rate = rates.low + multiply(rates.high - rates.low, sigmoid / ONE);
  return Math.min(Math.max(rate, rates.low), rates.high);
}
