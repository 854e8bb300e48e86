/** Reads the demo's figures out of the commands' own results, and compares them. Pure. */
import { displayRao } from '../../domain/amount.ts';

export type DemoFigures = {
  readonly estimate: unknown;
  readonly stakeRao: bigint;
  readonly earnedRao: bigint;
  readonly expectedRao: bigint;
  readonly lowRao: bigint;
  readonly highRao: bigint;
};

type Rao = { readonly rao: string };
type EstimateResult = {
  readonly estimate: Readonly<Record<'expected' | 'low' | 'high', { readonly alphaGain: Rao }>>;
};
type ShowResult = {
  readonly positions: readonly {
    readonly netuid: number;
    readonly stake: Rao;
    readonly earned: Rao;
  }[];
};

/** From the data of `rewards estimate` and `rewards show`. A missing position is a defect and throws. */
export function readFigures(results: {
  readonly estimate: unknown;
  readonly shown: unknown;
  readonly netuid: number;
}): DemoFigures {
  const { estimate } = results.estimate as EstimateResult;
  const { positions } = results.shown as ShowResult;
  const position = positions.find(({ netuid }) => netuid === results.netuid);
  if (position === undefined) throw new Error('The demo staked, and its position is not there.');
  return {
    estimate,
    stakeRao: BigInt(position.stake.rao),
    earnedRao: BigInt(position.earned.rao),
    expectedRao: BigInt(estimate.expected.alphaGain.rao),
    lowRao: BigInt(estimate.low.alphaGain.rao),
    highRao: BigInt(estimate.high.alphaGain.rao),
  };
}

/** How what was earned stands to the estimate. */
export function compareWithEstimate(figures: DemoFigures): {
  readonly isWithinRange: boolean;
  readonly text: string;
} {
  const { earnedRao, expectedRao, lowRao, highRao } = figures;
  const isWithinRange = earnedRao >= lowRao && earnedRao <= highRao;
  const place = isWithinRange ? 'within' : 'outside';
  return {
    isWithinRange,
    text: `about ${displayRao(expectedRao, 9)} alpha, ${displayRao(lowRao, 9)} to ${displayRao(highRao, 9)}: ${place} the range`,
  };
}
