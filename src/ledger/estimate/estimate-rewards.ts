/**
 * Estimates what a stake would earn by driving the economy forward from the chain's state. It gives
 * a range over stated scenarios, never one number, and promises nothing. Pure.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { assumptionsOf } from './assumptions.ts';
import { buildCoarseModel } from './coarse-model.ts';
import { type EstimateRequest, startCourse } from './course.ts';
import type {
  Estimate,
  EstimateFigures,
  EstimateMethod,
  EstimateScenario,
} from './estimate-types.ts';
import { ratesOf } from './rates.ts';
import { breakEvenOf, runScenarios } from './scenarios.ts';

/** Longest horizon, and how far break-even is looked for. */
export const MAX_ESTIMATE_DAYS = 3_650;
/** Up to here a subnet position is walked block by block. */
export const BLOCK_BY_BLOCK_DAYS = 3;

/**
 * The estimate. USAGE_INVALID for a horizon outside MAX_ESTIMATE_DAYS; SUBNET_UNKNOWN,
 * SUBNET_NOT_STARTED, HOTKEY_UNKNOWN, AMOUNT_BELOW_MINIMUM, POOL_TOO_SMALL.
 */
export function estimateRewards(request: EstimateRequest): Estimate {
  const { inputs, amountRao, days } = request;
  const { netuid, hotkey } = inputs;
  if (!(days > 0 && days <= MAX_ESTIMATE_DAYS)) throw daysInvalid(days);
  const model = buildCoarseModel(inputs, request.takeU16);
  const course = startCourse(request, model);
  const isHeld = request.heldRao !== undefined;
  const isExact = netuid !== ROOT_NETUID && days <= BLOCK_BY_BLOCK_DAYS && !isHeld;
  const method: EstimateMethod = isExact ? 'block-by-block' : 'tempo-by-tempo';
  const { scenarios, exit } = runScenarios(course, isExact);
  const expected = figuresOf(scenarios[0] as EstimateScenario);
  const low = extremes(scenarios, (a, b) => a < b);
  const high = extremes(scenarios, (a, b) => a > b);
  const target = inputs.validators.find((validator) => validator.hotkey === hotkey);
  return {
    kind: 'estimate',
    method,
    assumptions: assumptionsOf(inputs, model),
    netuid,
    hotkey,
    takeU16: request.takeU16 ?? target?.takeU16 ?? 0,
    window: { fromBlock: inputs.blockNumber + 1, blocks: course.blocks, days },
    amountRao,
    entry: course.entry,
    exit,
    expected,
    low,
    high,
    scenarios,
    rates: ratesOf({ days, amountRao, entry: course.entry, expected, low, high }),
    breakEven: breakEvenOf(course, MAX_ESTIMATE_DAYS),
  };
}

function daysInvalid(days: number): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't estimate ${days} days: it must be more than 0 and at most ${MAX_ESTIMATE_DAYS}.`,
    hint: 'Use a horizon such as 30 days.',
    data: { days },
  });
}

function figuresOf(scenario: EstimateScenario): EstimateFigures {
  const { alphaRao, alphaGainRao, taoRao, taoGainRao } = scenario;
  return { alphaRao, alphaGainRao, taoRao, taoGainRao };
}

function extremes(
  scenarios: readonly EstimateScenario[],
  isBeyond: (a: bigint, b: bigint) => boolean,
): EstimateFigures {
  const figures = scenarios.map(figuresOf);
  return figures.reduce((found, one) => ({
    alphaRao: isBeyond(one.alphaRao, found.alphaRao) ? one.alphaRao : found.alphaRao,
    alphaGainRao: isBeyond(one.alphaGainRao, found.alphaGainRao)
      ? one.alphaGainRao
      : found.alphaGainRao,
    taoRao: isBeyond(one.taoRao, found.taoRao) ? one.taoRao : found.taoRao,
    taoGainRao: isBeyond(one.taoGainRao, found.taoGainRao) ? one.taoGainRao : found.taoGainRao,
  }));
}
