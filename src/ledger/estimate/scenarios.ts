/** The scenarios of an estimate: one walk of the economy each, or a share of one. Pure. */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { fromDouble, toDouble } from '../../economy/fixed.ts';
import { quoteSell } from '../../economy/quote.ts';
import { buildCoarseModel, type CoarseModel } from './coarse-model.ts';
import { BLOCKS_PER_DAY, type Course, exitFrom, exitOf } from './course.ts';
import type { Estimate, EstimateExit, EstimateScenario, ScenarioName } from './estimate-types.ts';
import type { WalkRules } from './pay-epoch.ts';
import { sellOutput, spotPrice } from './pool-doubles.ts';
import { buildReducedState } from './reduced-state.ts';
import { walkBlocks } from './walk-blocks.ts';
import { walkTempos } from './walk-tempos.ts';

/** Percent that a validator may earn more or less than at its last epoch, in the range. */
export const EARNING_SWING_PERCENT = 5;
/** The same where no epoch has shown yet what it earns. */
export const ASSUMED_SWING_PERCENT = 50;
/** Payouts to validators that one walk may make; beyond it tempos are paid out together. */
const WALK_BUDGET = 1_000_000;

const MEANINGS: Readonly<Record<ScenarioName, string>> = {
  'price-flat': 'The spot price at the exit is the one before the entry; stakes grow by dividends.',
  'nobody-else-trades': 'Only the chain moves the pool: injections, its own buys, root dividends.',
  'root-keeps': 'As nobody-else-trades, and root stakers keep their dividends instead of selling.',
  'emission-sold': 'All alpha that is emitted to others is sold into the pool as it is paid.',
  'stake-grows': 'All that is emitted is staked with earning validators; the price is flat.',
  'earns-less': 'As emission-sold, and the validator earns less, by',
  'earns-more': 'As nobody-else-trades, and the validator earns more, by',
};

export type RunScenarios = {
  /** The expected one first. */
  readonly scenarios: readonly EstimateScenario[];
  /** Selling all of the expected one. */
  readonly exit: EstimateExit;
};

/** One walk for each way the others may act; the chain's own moves are in all of them. */
export function runScenarios(course: Course, isExact: boolean): RunScenarios {
  const { entry, request } = course;
  const quiet = isExact ? walkExactly(course) : walkThrough(course, CHAIN_ONLY);
  const flatRao = isExact ? quiet.alphaRao : walkThrough(course, FLAT).alphaRao;
  const sold = walkThrough(course, SOLD);
  const atFlatPrice = (alphaRao: bigint) => ({
    alphaRao,
    sell: (rao: bigint) => exitOf(course, rao).taoRao,
  });
  const percent = course.isAssumed ? ASSUMED_SWING_PERCENT : EARNING_SWING_PERCENT;
  const swing = scaleDown(flatRao - entry.alphaRao, percent / 100);
  const ends: readonly (readonly [ScenarioName, Pick<End, 'alphaRao' | 'sell'>])[] = [
    ['nobody-else-trades', quiet],
    ['price-flat', atFlatPrice(flatRao)],
    ['root-keeps', walkThrough(course, ROOT_KEEPS)],
    ['emission-sold', sold],
    ['stake-grows', atFlatPrice(walkThrough(course, GROWS).alphaRao)],
    ['earns-less', { ...sold, alphaRao: sold.alphaRao - swing }],
    ['earns-more', { ...quiet, alphaRao: quiet.alphaRao + swing }],
  ];
  const scenarios = ends.map(([name, { alphaRao, sell }]) => {
    const taoRao = sell(alphaRao);
    return {
      name,
      meaning: name.startsWith('earns') ? `${MEANINGS[name]} ${percent} %.` : MEANINGS[name],
      alphaRao,
      alphaGainRao: alphaRao - entry.alphaRao,
      taoRao,
      taoGainRao: taoRao - request.amountRao,
    };
  });
  return { scenarios, exit: { ...quiet.exit(quiet.alphaRao), taoRao: quiet.sell(quiet.alphaRao) } };
}

const FLAT: WalkRules = { pool: 'frozen', staking: 'dividends' };
const CHAIN_ONLY: WalkRules = { pool: 'chain-only', staking: 'dividends' };
const ROOT_KEEPS: WalkRules = { ...CHAIN_ONLY, rootKeeps: true };
const SOLD: WalkRules = { pool: 'sold', staking: 'dividends' };
const GROWS: WalkRules = { pool: 'frozen', staking: 'all-emission' };

/** What the position is at the end, and what selling alpha gives there, in rao of TAO. */
type End = {
  readonly alphaRao: bigint;
  readonly sell: (alphaRao: bigint) => bigint;
  /** Fee, impact and spot price of that sale. */
  readonly exit: (alphaRao: bigint) => Omit<EstimateExit, 'taoRao'>;
};

function walkExactly({ request, blocks, entry }: Course): End {
  const { inputs, amountRao } = request;
  const model = buildCoarseModel(inputs, request.takeU16);
  const state = buildReducedState(inputs, model, amountRao);
  const { boughtRao, heldRao } = walkBlocks({ state, model, amountRao, blocks });
  // It buys one block after the quote; the growth is the quoted purchase's.
  const alphaRao = entry.alphaRao + heldRao - boughtRao;
  const pool = state.subnets[inputs.netuid];
  return {
    alphaRao,
    sell: (rao) => {
      const sale = pool === undefined ? undefined : quoteSell(pool, rao);
      return sale?.ok === true ? sale.quote.outRao : 0n;
    },
    exit: (rao) => (pool === undefined ? ONE_TO_ONE : exitFrom(pool, rao)),
  };
}

/** On root. */
const ONE_TO_ONE = { feeAlphaRao: 0n, impactRao: 0n, spotRaoPerAlpha: RAO_PER_UNIT } as const;

function walkThrough(course: Course, rules: WalkRules): End {
  const { request, blocks } = course;
  const model = buildCoarseModel(request.inputs, request.takeU16);
  const temposPerStep = temposPerStepOf(model, blocks);
  const held = walkTempos(model, { rules, blocks, temposPerStep, ...stakeOf(course) });
  const alphaRao = fromDouble(Math.floor(held), 0);
  const pool = course.pool === undefined ? undefined : model.subnets[0]?.pool;
  if (pool === undefined) return { alphaRao, sell: (rao) => rao, exit: () => ONE_TO_ONE };
  return {
    alphaRao,
    sell: (rao) => {
      const out = sellOutput(pool, toDouble(rao, 0) * (1 - pool.fee));
      return fromDouble(Math.floor(out), 0);
    },
    exit: (rao) => {
      const [sold, spot] = [toDouble(rao, 0), spotPrice(pool)];
      const net = sold * (1 - pool.fee);
      return {
        feeAlphaRao: fromDouble(Math.ceil(sold - net), 0),
        impactRao: fromDouble(Math.max(0, Math.ceil(net * spot - sellOutput(pool, net))), 0),
        spotRaoPerAlpha: fromDouble(Math.floor(spot * 1e9), 0),
      };
    },
  };
}

/** What a walk is told of the stake. */
export function stakeOf({ entry, netTao, request }: Course) {
  return { stake: toDouble(entry.alphaRao, 0), netTao, isHeld: request.heldRao !== undefined };
}

function temposPerStepOf(model: CoarseModel, blocks: number): number {
  let payouts = 0;
  for (const { tempo, earners } of model.subnets) payouts += (blocks / tempo) * earners.length;
  return Math.max(1, Math.ceil(payouts / WALK_BUDGET));
}

/** The first payout after which selling at flat price gives back what was put in. */
export function breakEvenOf(course: Course, withinDays: number): Estimate['breakEven'] {
  const { request } = course;
  if (exitOf(course, course.entry.alphaRao).taoRao >= request.amountRao) return at(0);
  const model = buildCoarseModel(request.inputs, request.takeU16);
  const { pool } = structuredClone({ pool: model.subnets[0]?.pool });
  const amount = toDouble(request.amountRao, 0);
  const blocks = withinDays * BLOCKS_PER_DAY;
  let found: number | undefined;
  if (pool === undefined || !model.targetEarns) return undefined;
  walkTempos(model, {
    rules: FLAT,
    blocks,
    temposPerStep: temposPerStepOf(model, blocks),
    ...stakeOf(course),
    onPayout: (block, held) => {
      if (sellOutput(pool, held * (1 - pool.fee)) < amount) return false;
      found ??= block - model.startBlock - 1;
      return true;
    },
  });
  return found === undefined ? undefined : at(found);
}

function at(blocks: number): { readonly blocks: number; readonly days: number } {
  return { blocks, days: blocks / BLOCKS_PER_DAY };
}

function scaleDown(amountRao: bigint, factor: number): bigint {
  return fromDouble(Math.floor(toDouble(amountRao, 0) * factor), 0);
}
