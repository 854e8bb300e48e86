import { describe, expect, it } from 'vitest';
import { liquidAlpha } from './liquid-alpha.ts';
import { fromReal, toReal } from './q32.ts';

const rates = { low: fromReal(0.1), high: fromReal(0.3), steepness: 1_000 };

function rateOf(consensus: number, weight: number, bond: number, given = rates): number {
  return toReal(liquidAlpha(given, fromReal(consensus), fromReal(weight), fromReal(bond)));
}

const sigmoid = (distance: number, steepness = 10): number =>
  1 / (1 + Math.exp(-steepness * (distance - 0.5)));

describe('liquidAlpha', () => {
  it('follows a buyer by how far the weight is above consensus', () => {
    expect(rateOf(0.25, 0.75, 0.5)).toBeCloseTo(0.1 + 0.2 * sigmoid(0.5), 8);
    expect(rateOf(0, 1, 0)).toBeCloseTo(0.1 + 0.2 * sigmoid(1), 8);
  });

  it('follows a seller by how far the bond is above the weight', () => {
    expect(rateOf(0.9, 0.25, 0.5)).toBeCloseTo(0.1 + 0.2 * sigmoid(0.25), 8);
  });

  it('takes a weight equal to the bond as a buyer, and one below consensus as at it', () => {
    expect(rateOf(0.25, 0.5, 0.5)).toBeCloseTo(0.1 + 0.2 * sigmoid(0.25), 8);
    expect(rateOf(0.75, 0.5, 0.25)).toBeCloseTo(0.1 + 0.2 * sigmoid(0), 8);
  });

  it('stays between low and high however steep, falling too', () => {
    const steep = { ...rates, steepness: 32_767 };
    expect(rateOf(0, 1, 0, steep)).toBeCloseTo(0.3, 8);
    expect(rateOf(0.5, 0.5, 0, steep)).toBe(toReal(rates.low));
    const falling = { ...rates, steepness: -1_000 };
    expect(rateOf(0, 1, 0, falling)).toBeCloseTo(0.1 + 0.2 * sigmoid(1, -10), 8);
  });
});
