/** How far an estimate made at the start was from what then came. Pure. */
import type { Estimate } from '../estimate/estimate-types.ts';
import type { Replayed } from './replay-stake.ts';

export type Grade = {
  readonly method: Estimate['method'];
  /** Predicted less replayed, over replayed, in parts of a million; undefined when nothing came. */
  readonly alphaErrorPpm: bigint | undefined;
  readonly taoErrorPpm: bigint | undefined;
  /** Whether what came lies within the range that was stated. */
  readonly isAlphaInRange: boolean;
  readonly isTaoInRange: boolean;
  readonly predicted: {
    readonly alphaGainRao: bigint;
    readonly lowAlphaGainRao: bigint;
    readonly highAlphaGainRao: bigint;
    readonly taoGainRao: bigint;
    readonly lowTaoGainRao: bigint;
    readonly highTaoGainRao: bigint;
  };
};

export function gradeEstimate(estimate: Estimate, replayed: Replayed): Grade {
  const { expected, low, high } = estimate;
  // On root dividends are due, and an estimate counts them as staked.
  const gainRao = replayed.gainRao + replayed.rootDividendsRao;
  const within = (value: bigint, least: bigint, most: bigint) => value >= least && value <= most;
  return {
    method: estimate.method,
    alphaErrorPpm: errorPpm(expected.alphaGainRao, gainRao),
    taoErrorPpm: errorPpm(expected.taoRao, replayed.soldRao),
    isAlphaInRange: within(gainRao, low.alphaGainRao, high.alphaGainRao),
    isTaoInRange: within(replayed.taoGainRao, low.taoGainRao, high.taoGainRao),
    predicted: {
      alphaGainRao: expected.alphaGainRao,
      lowAlphaGainRao: low.alphaGainRao,
      highAlphaGainRao: high.alphaGainRao,
      taoGainRao: expected.taoGainRao,
      lowTaoGainRao: low.taoGainRao,
      highTaoGainRao: high.taoGainRao,
    },
  };
}

function errorPpm(predicted: bigint, real: bigint): bigint | undefined {
  return real === 0n ? undefined : ((predicted - real) * 1_000_000n) / real;
}
