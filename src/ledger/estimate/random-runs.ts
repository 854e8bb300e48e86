/**
 * Random courses of one stake: the economy walked forward while the price of each pool wanders as
 * it was recorded to. Every run is decided by the seed and its own number, so that any split over
 * threads gives the same runs. Doubles throughout: an estimate. Pure.
 */
import { drawsOf } from '../../domain/draws.ts';
import { toDouble } from '../../economy/fixed.ts';
import { buildCoarseModel, type CoarseSubnet } from './coarse-model.ts';
import { type EstimateRequest, startCourse } from './course.ts';
import { sellOutput } from './pool-doubles.ts';
import { ASSUMED_SWING_PERCENT, EARNING_SWING_PERCENT, stakeOf } from './scenarios.ts';
import { LOOK_BLOCKS, walkTempos } from './walk-tempos.ts';

/** Tempos are paid out together so that one run makes about this many steps. */
const STEPS_PER_RUN = 240;

export type RunsRequest = {
  readonly estimate: EstimateRequest;
  /** Variance of the logarithm of the price per block, by netuid; 0 where a netuid is missing. */
  readonly variances: readonly (readonly [netuid: number, variancePerBlock: number])[];
  readonly seed: number;
  /** Numbers of the runs: from `first` on, `count` of them. */
  readonly first: number;
  readonly count: number;
};

/** Ends of runs in their order, in doubles of rao. */
export type RunEnds = {
  /** Held at the end less held at the start. */
  readonly alphaGains: Float64Array;
  /** TAO from selling it all, less what was put in. */
  readonly taoGains: Float64Array;
};

/**
 * The runs; `onRun` is called after each. The price of a walked pool follows a random walk of its
 * logarithm without drift of the price itself, as trades of others would move it; besides, the
 * validator earns more or less by a normal draw whose deviation is half the range's swing.
 */
export function randomRuns(request: RunsRequest, onRun?: (done: number) => void): RunEnds {
  const { estimate, seed, first, count } = request;
  const variances = new Map(request.variances);
  const course = startCourse(estimate, buildCoarseModel(estimate.inputs, estimate.takeU16));
  const stake = stakeOf(course);
  const swing = (course.isAssumed ? ASSUMED_SWING_PERCENT : EARNING_SWING_PERCENT) / 200;
  const put = toDouble(estimate.amountRao, 0);
  const temposPerStep = Math.max(1, Math.ceil(course.blocks / LOOK_BLOCKS / STEPS_PER_RUN));
  const alphaGains = new Float64Array(count);
  const taoGains = new Float64Array(count);
  for (let run = 0; run < count; run += 1) {
    const draws = drawsOf(seed, first + run);
    const model = buildCoarseModel(estimate.inputs, estimate.takeU16);
    const earned = Math.max(0, 1 + draws.normal() * swing);
    const held = walkTempos(model, {
      rules: { pool: 'chain-only', staking: 'dividends' },
      blocks: course.blocks,
      temposPerStep,
      ...stake,
      shake: (subnet, blocks) => {
        const variance = (variances.get(subnet.netuid) ?? 0) * blocks;
        // Without the second term the mean of the price would rise with its wandering.
        if (variance > 0) movePrice(subnet, Math.sqrt(variance) * draws.normal() - variance / 2);
      },
    });
    const gain = (held - stake.stake) * earned;
    const pool = course.pool === undefined ? undefined : model.subnets[0]?.pool;
    const end = stake.stake + gain;
    alphaGains[run] = gain;
    taoGains[run] = (pool === undefined ? end : sellOutput(pool, end * (1 - pool.fee))) - put;
    onRun?.(run + 1);
  }
  return { alphaGains, taoGains };
}

/** Trades of others that multiply the price by e^shift, along the pool's own curve, without fees. */
function movePrice({ pool }: CoarseSubnet, shift: number): void {
  if (pool.isStable) return;
  pool.tao *= Math.exp(shift * (1 - pool.quoteWeight));
  pool.alpha *= Math.exp(-shift * pool.quoteWeight);
}
