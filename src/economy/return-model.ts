/**
 * The closed formula for a delegator's return under constant conditions: an estimate, in doubles.
 */

import { invalidInput } from './invalid-input.ts';

export type ReturnModelInput = {
  /** All TAO staked on root, and its weight. */
  readonly rootTao: number;
  readonly taoWeight: number;
  /** Alpha of the subnet, reserve included, and its emission per block. */
  readonly alphaIssuance: number;
  readonly alphaEmissionPerBlock: number;
  /** Fractions. */
  readonly ownerCut: number;
  readonly take: number;
  readonly hotkeyAlpha: number;
  /** The validator's share of all alpha dividends. */
  readonly dividendShare: number;
  readonly tempo: number;
  readonly blocksPerYear: number;
};

export type ReturnModel = {
  readonly rootProportion: number;
  readonly validatorAlphaPerBlock: number;
  /** Growth of alpha per tempo; APR is without compounding, APY with one per tempo. In alpha. */
  readonly growthPerTempo: number;
  readonly apr: number;
  readonly apy: number;
};

/**
 * Growth in alpha if nothing changes. Never a promise: stake, proportions and prices all move.
 * Throws ECONOMY_INVALID_INPUT for figures that are negative, no numbers, or zero under a division.
 */
export function modelReturn(input: ReturnModelInput): ReturnModel {
  requirePositive(input);
  const weighted = input.rootTao * input.taoWeight;
  const rootProportion = weighted / (weighted + input.alphaIssuance);
  const afterCut = input.alphaEmissionPerBlock * (1 - input.ownerCut);
  const validatorAlphaPerBlock = 0.5 * afterCut * (1 - rootProportion);
  const perBlock =
    (validatorAlphaPerBlock * input.dividendShare * (1 - input.take)) / input.hotkeyAlpha;
  const growthPerTempo = perBlock * input.tempo;
  return {
    rootProportion,
    validatorAlphaPerBlock,
    growthPerTempo,
    apr: perBlock * input.blocksPerYear,
    apy: Math.expm1((input.blocksPerYear / input.tempo) * Math.log1p(growthPerTempo)),
  };
}

/** Under a division: without these there is no return to speak of. */
const DIVISORS: readonly string[] = ['alphaIssuance', 'hotkeyAlpha', 'tempo'];

function requirePositive(input: ReturnModelInput): void {
  for (const [field, value] of Object.entries(input)) {
    const least = DIVISORS.includes(field) ? Number.MIN_VALUE : 0;
    if (Number.isFinite(value) && value >= least) continue;
    throw invalidInput('model a return', field, 'must be a number from zero up', String(value));
  }
}
