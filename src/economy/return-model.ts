/**
 * The closed formula for a delegator's return under constant conditions: an estimate, in doubles.
 */

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

/** Growth in alpha if nothing changes. Never a promise: stake, proportions and prices all move. */
export function modelReturn(input: ReturnModelInput): ReturnModel {
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
