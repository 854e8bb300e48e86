/** One estimate's course: what enters, what the exit would give, over how many blocks. Pure. */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ProjectionInputs, ProjectionSubnet } from '../../domain/projection-inputs.ts';
import { addStake } from '../../economy/add-stake.ts';
import { mul64, toDouble } from '../../economy/fixed.ts';
import { type Pool, poolPriceBits, poolPriceRao } from '../../economy/pool.ts';
import { quoteBuy, quoteSell } from '../../economy/quote.ts';
import type { CoarseModel } from './coarse-model.ts';
import type { EstimateEntry, EstimateExit } from './estimate-types.ts';
import { buildReducedState, OWN_COLDKEY } from './reduced-state.ts';
import { entryRefused } from './walk-blocks.ts';

/** Chain rule: a block takes 12 seconds. */
export const BLOCKS_PER_DAY = 7_200;

export type EstimateRequest = {
  readonly inputs: ProjectionInputs;
  /** TAO to stake, fee included. */
  readonly amountRao: bigint;
  readonly days: number;
  /** The validator's take from now on, when it is to change. */
  readonly takeU16?: number;
  /**
   * A position that is there already: alpha, on root TAO. Then nothing is bought, and `amountRao`
   * is what selling it now would give (`valueOfHeld`).
   */
  readonly heldRao?: bigint;
};

export type Course = {
  readonly request: EstimateRequest;
  readonly blocks: number;
  readonly entry: EstimateEntry;
  /** What the entry puts into the pool, net of fee, rao. */
  readonly netTao: number;
  /** The pool before the entry; undefined on root. */
  readonly pool: Pool | undefined;
  /** No epoch has shown yet what validators earn. */
  readonly isAssumed: boolean;
};

/** Enters by the chain's own rules, so that what the chain would refuse is refused here. */
export function startCourse(request: EstimateRequest, model: CoarseModel): Course {
  const { inputs, amountRao, days } = request;
  const { netuid, hotkey } = inputs;
  const blocks = Math.max(1, Math.round(days * BLOCKS_PER_DAY));
  if (request.heldRao !== undefined) return heldCourse(request, request.heldRao, model);
  const state = buildReducedState(inputs, model, amountRao);
  const added = addStake(state, { coldkey: OWN_COLDKEY, hotkey, netuid, amountRao });
  if (!added.ok) throw entryRefused(added.error.name, netuid);
  const { alphaRao } = added;
  const pool = poolOfInputs(inputs);
  const base = { request, blocks, isAssumed: model.isAssumed };
  if (pool === undefined) {
    const spotRaoPerAlpha = RAO_PER_UNIT;
    const entry = { alphaRao, feeRao: 0n, impactRao: 0n, spotRaoPerAlpha };
    return { ...base, entry, netTao: 0, pool };
  }
  const bought = quoteBuy(pool, amountRao);
  const feeRao = bought.ok ? bought.quote.feeRao : 0n;
  const valueRao = mul64(alphaRao, poolPriceBits(pool));
  const entry: EstimateEntry = {
    alphaRao,
    feeRao,
    impactRao: atLeastZero(amountRao - feeRao - valueRao),
    spotRaoPerAlpha: poolPriceRao(pool),
  };
  return { ...base, entry, netTao: toDouble(amountRao - feeRao, 0), pool };
}

/** Nothing is bought, so nothing is lost on the way in. */
function heldCourse(request: EstimateRequest, heldRao: bigint, model: CoarseModel): Course {
  const pool = poolOfInputs(request.inputs);
  const spotRaoPerAlpha = pool === undefined ? RAO_PER_UNIT : poolPriceRao(pool);
  return {
    request,
    blocks: Math.max(1, Math.round(request.days * BLOCKS_PER_DAY)),
    entry: { alphaRao: heldRao, feeRao: 0n, impactRao: 0n, spotRaoPerAlpha },
    netTao: 0,
    pool,
    isAssumed: model.isAssumed,
  };
}

/** What selling all of a position gives at the inputs' block, rao of TAO. POOL_TOO_SMALL. */
export function valueOfHeld(inputs: ProjectionInputs, heldRao: bigint): bigint {
  const pool = poolOfInputs(inputs);
  if (pool === undefined) return heldRao;
  const sale = quoteSell(pool, heldRao);
  if (!sale.ok) throw entryRefused(sale.error, inputs.netuid);
  return sale.quote.outRao;
}

function poolOfInputs({ netuid, subnets }: ProjectionInputs): Pool | undefined {
  if (netuid === ROOT_NETUID) return undefined;
  const subnet = subnets.find((one) => one.netuid === netuid) as ProjectionSubnet;
  return {
    mechanism: subnet.mechanism === 0 ? 0 : 1,
    taoReserve: subnet.taoReserveRao,
    alphaIn: subnet.alphaInRao,
    quoteWeight: subnet.quoteWeight,
    feeRateU16: subnet.feeRateU16,
  };
}

/** Selling `alphaRao` into the pool as it was before the entry. POOL_TOO_SMALL. */
export function exitOf({ pool, request }: Course, alphaRao: bigint): EstimateExit {
  if (pool === undefined) {
    const spotRaoPerAlpha = RAO_PER_UNIT;
    return { taoRao: alphaRao, feeAlphaRao: 0n, impactRao: 0n, spotRaoPerAlpha };
  }
  const sale = quoteSell(pool, alphaRao);
  if (!sale.ok) throw entryRefused(sale.error, request.inputs.netuid);
  return exitFrom(pool, alphaRao);
}

/** The same of any pool; nothing comes out of one that cannot serve it. */
export function exitFrom(pool: Pool, alphaRao: bigint): EstimateExit {
  const sale = quoteSell(pool, alphaRao);
  const [feeRao, outRao] = sale.ok ? [sale.quote.feeRao, sale.quote.outRao] : [0n, 0n];
  const valueRao = mul64(alphaRao - feeRao, poolPriceBits(pool));
  return {
    taoRao: outRao,
    feeAlphaRao: feeRao,
    impactRao: atLeastZero(valueRao + 1n - outRao),
    spotRaoPerAlpha: poolPriceRao(pool),
  };
}

function atLeastZero(rao: bigint): bigint {
  return rao > 0n ? rao : 0n;
}
