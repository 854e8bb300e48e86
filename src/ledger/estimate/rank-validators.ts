/** The same stake with several validators of one subnet, each estimated alone, best first. Pure. */
import type { ProjectionInputs } from '../../domain/projection-inputs.ts';
import { estimateRewards } from './estimate-rewards.ts';
import type { Estimate } from './estimate-types.ts';

export type RankRequest = {
  /** One of each candidate, of the same block and subnet. */
  readonly candidates: readonly ProjectionInputs[];
  /** TAO in rao, fee included. */
  readonly amountRao: bigint;
  readonly days: number;
};

/**
 * Estimates by expected gain in TAO after entry and exit, most first, equals by hotkey. The entry
 * and exit trades of all of them meet the same pool; the take, and how much the new stake dilutes
 * what its validator earns, are each validator's own. Errors as of `estimateRewards`.
 */
export function rankValidators(request: RankRequest): readonly Estimate[] {
  const { candidates, amountRao, days } = request;
  return candidates
    .map((inputs) => estimateRewards({ inputs, amountRao, days }))
    .sort((a, b) => {
      const [gainA, gainB] = [a.expected.taoGainRao, b.expected.taoGainRao];
      if (gainA !== gainB) return gainA > gainB ? -1 : 1;
      return a.hotkey < b.hotkey ? -1 : 1;
    });
}
