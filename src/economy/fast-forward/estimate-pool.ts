/**
 * Many blocks of one subnet's pool at once, in doubles: what one block changes, taken at the middle
 * of the batch and multiplied. An estimate; the exact block is in coinbase.ts.
 */
import { estimateBlockEmission } from './estimate-emission.ts';
import {
  BOARD_WIDTH,
  EMA_PRICE,
  MINTED,
  type PoolEstimate,
  PROTOCOL_FLOW,
  type Projection,
  type SubnetProjection,
  USER_FLOW,
} from './projection-types.ts';

const MIN_WEIGHT = 0.01;
const MAX_INPUT_TIMES_RESERVE = 1_000;

/** What one block changes, rao except the weight. `server` to `ownerCut` accrue. */
type Change = {
  tao: number;
  alpha: number;
  alphaOut: number;
  quoteWeight: number;
  taoReservoir: number;
  alphaReservoir: number;
  minted: number;
  server: number;
  validator: number;
  root: number;
  ownerCut: number;
};

type BlockTerms = {
  readonly tao: number;
  readonly weightedRoot: number;
  readonly ownerCut: number;
  readonly isRootGateOpen: boolean;
  readonly minimumReserve: number;
  readonly isLater: boolean;
};

/** TAO per alpha; zero for an empty pool. */
export function estimatePrice(pool: PoolEstimate): number {
  if (pool.isStable) return 1;
  if (pool.alpha <= 0) return 0;
  return (((1 - pool.quoteWeight) / pool.quoteWeight) * pool.tao) / pool.alpha;
}

/** TAO for alpha sold without fee, rao. */
export function estimateSale(pool: PoolEstimate, alpha: number): number {
  if (pool.isStable) return alpha;
  if (pool.alpha <= 0) return 0;
  const exponent = (1 - pool.quoteWeight) / pool.quoteWeight;
  return -pool.tao * Math.expm1(-exponent * Math.log1p(alpha / pool.alpha));
}

/** Advances pool, pendings and EMA price of an eligible subnet by `blocks`, ending at `block`. */
export function advancePool(
  projection: Projection,
  subnet: SubnetProjection,
  blocks: number,
  block: number,
): void {
  if (blocks <= 0 || !subnet.isEligible) return;
  const { pool } = subnet;
  const { rules } = projection;
  const terms: BlockTerms = {
    tao: projection.taoPerBlock[subnet.row] as number,
    weightedRoot: projection.weightedRoot,
    ownerCut: subnet.ownerCut,
    isRootGateOpen: projection.isRootGateOpen,
    minimumReserve: rules.minimumReserve,
    isLater: rules.emissionRules === '2026-08',
  };
  const first = blockChange(pool, terms);
  // What waits in a reservoir enters as a whole, so there the blocks go one by one.
  const waits = pool.taoReservoir > 0 || pool.alphaReservoir > 0;
  if (blocks > 1 && (waits || first.taoReservoir !== 0 || first.alphaReservoir !== 0)) {
    advancePool(projection, subnet, 1, block - blocks + 1);
    advancePool(projection, subnet, blocks - 1, block);
    return;
  }
  const change = blocks === 1 ? first : blockChange(moved(pool, first, (blocks - 1) / 2), terms);
  const spot = estimatePrice(moved(pool, change, (blocks + 1) / 2));
  Object.assign(pool, moved(pool, change, blocks));
  const { pending } = subnet;
  pending.server += change.server * blocks;
  pending.validator += change.validator * blocks;
  pending.root += change.root * blocks;
  pending.ownerCut += change.ownerCut * blocks;
  updateBoard(projection, subnet, { blocks, block, spot, minted: change.minted });
}

function updateBoard(
  { board, rules }: Projection,
  subnet: SubnetProjection,
  step: { blocks: number; block: number; spot: number; minted: number },
): void {
  const at = subnet.row * BOARD_WIDTH;
  const { blocks, block, spot, minted } = step;
  board[at + MINTED] = (board[at + MINTED] as number) + minted * blocks;
  const age = Math.max(0, block - (blocks - 1) / 2 - subnet.startedAt);
  const smoothing = (rules.smoothing * age) / (age + subnet.emaHalvingBlocks);
  const held = (1 - smoothing) ** blocks;
  const target = Math.min(spot, 1);
  board[at + EMA_PRICE] = target + ((board[at + EMA_PRICE] as number) - target) * held;
  const kept = (1 - rules.flowFactor) ** blocks;
  board[at + USER_FLOW] = (board[at + USER_FLOW] as number) * kept;
  board[at + PROTOCOL_FLOW] = minted + ((board[at + PROTOCOL_FLOW] as number) - minted) * kept;
}

function moved(pool: PoolEstimate, change: Change, blocks: number): PoolEstimate {
  return {
    isStable: pool.isStable,
    tao: pool.tao + change.tao * blocks,
    alpha: pool.alpha + change.alpha * blocks,
    alphaOut: pool.alphaOut + change.alphaOut * blocks,
    quoteWeight: pool.quoteWeight + change.quoteWeight * blocks,
    taoReservoir: pool.taoReservoir + change.taoReservoir * blocks,
    alphaReservoir: pool.alphaReservoir + change.alphaReservoir * blocks,
  };
}

/** One block: injection at a constant price, chain buy with the rest, alpha for participants. */
function blockChange(pool: PoolEstimate, terms: BlockTerms): Change {
  const issuance = pool.alpha + pool.alphaOut + pool.alphaReservoir;
  const emitted = estimateBlockEmission(issuance);
  const price = estimatePrice(pool);
  const cap = proportion(terms.weightedRoot, issuance) * emitted;
  let alphaIn = price > 0 ? terms.tao / price : 0;
  let taoIn = terms.tao;
  if (alphaIn > cap) {
    alphaIn = cap;
    taoIn = cap * price;
  }
  const excess = Math.max(0, terms.tao - taoIn);
  const entry = terms.isLater
    ? buyThenInject(pool, { taoIn, alphaIn, excess }, terms)
    : injectThenBuy(pool, { taoIn, alphaIn, excess }, terms);
  const after = issuance + entry.alpha + entry.alphaReservoir + entry.bought + emitted;
  const ownerCut = emitted * terms.ownerCut;
  const half = (emitted - ownerCut) / 2;
  const root = half * proportion(terms.weightedRoot, after);
  return {
    tao: entry.tao,
    alpha: entry.alpha,
    alphaOut: entry.bought + emitted - (terms.isRootGateOpen ? 0 : root),
    quoteWeight: entry.quoteWeight,
    taoReservoir: entry.taoReservoir,
    alphaReservoir: entry.alphaReservoir,
    minted: entry.minted,
    server: half,
    validator: half - root,
    root: terms.isRootGateOpen ? root : 0,
    ownerCut,
  };
}

type Wanted = { readonly taoIn: number; readonly alphaIn: number; readonly excess: number };

type Entry = {
  readonly tao: number;
  readonly alpha: number;
  readonly bought: number;
  readonly quoteWeight: number;
  readonly taoReservoir: number;
  readonly alphaReservoir: number;
  readonly minted: number;
};

/** Until spec 448: new weights, purchase with them on the old reserves, then the injection. */
function injectThenBuy(pool: PoolEstimate, wanted: Wanted, terms: BlockTerms): Entry {
  const weight = weightChange(pool, wanted.taoIn, wanted.alphaIn);
  const taoIn = weight === undefined ? 0 : wanted.taoIn;
  const alphaIn = weight === undefined ? 0 : wanted.alphaIn;
  const quoteWeight = weight ?? 0;
  const bought = buy(pool, pool.quoteWeight + quoteWeight, wanted.excess, terms);
  return {
    tao: taoIn + (bought === undefined ? 0 : wanted.excess),
    alpha: alphaIn - (pool.isStable ? 0 : (bought ?? 0)),
    bought: bought ?? 0,
    quoteWeight,
    taoReservoir: 0,
    alphaReservoir: 0,
    // A failed purchase leaves its TAO on the account, outside the reserve.
    minted: taoIn + wanted.excess,
  };
}

/** From spec 448 on: purchase first, then what can enter of both, alpha alone, TAO alone. */
function buyThenInject(pool: PoolEstimate, wanted: Wanted, terms: BlockTerms): Entry {
  const bought = buy(pool, pool.quoteWeight, wanted.excess, terms);
  const spent = bought === undefined ? 0 : wanted.excess;
  const gone = pool.isStable ? 0 : (bought ?? 0);
  const middle = { ...pool, tao: pool.tao + spent, alpha: pool.alpha - gone };
  const tao = pool.taoReservoir + wanted.taoIn;
  const alpha = pool.alphaReservoir + wanted.alphaIn;
  const minted = wanted.taoIn + spent;
  for (const [taoIn, alphaIn] of [
    [tao, alpha],
    [0, alpha],
    [tao, 0],
  ] as const) {
    const quoteWeight = weightChange(middle, taoIn, alphaIn);
    if (quoteWeight === undefined) continue;
    return {
      tao: taoIn + spent,
      alpha: alphaIn - gone,
      bought: bought ?? 0,
      quoteWeight,
      taoReservoir: tao - taoIn - pool.taoReservoir,
      alphaReservoir: alpha - alphaIn - pool.alphaReservoir,
      minted,
    };
  }
  return {
    tao: spent,
    alpha: -gone,
    bought: bought ?? 0,
    quoteWeight: 0,
    taoReservoir: wanted.taoIn,
    alphaReservoir: wanted.alphaIn,
    minted,
  };
}

/** Alpha for TAO without fee; undefined when the pool refuses. */
function buy(
  pool: PoolEstimate,
  quoteWeight: number,
  tao: number,
  terms: BlockTerms,
): number | undefined {
  if (tao === 0) return 0;
  if (pool.isStable) return tao;
  if (pool.alpha < terms.minimumReserve || tao > pool.tao * MAX_INPUT_TIMES_RESERVE) {
    return undefined;
  }
  const exponent = quoteWeight / (1 - quoteWeight);
  return -pool.alpha * Math.expm1(-exponent * Math.log1p(tao / pool.tao));
}

/** Change of the quote weight that keeps the price; undefined when it would leave its range. */
function weightChange(pool: PoolEstimate, taoIn: number, alphaIn: number): number | undefined {
  const { tao, alpha, quoteWeight } = pool;
  const base = 1 - quoteWeight;
  const sum = base * tao * (alpha + alphaIn) + quoteWeight * alpha * (tao + taoIn);
  if (sum === 0) return 0.5 - quoteWeight;
  const change = (quoteWeight * base * (alpha * taoIn - tao * alphaIn)) / sum;
  const next = quoteWeight + change;
  return next < MIN_WEIGHT || 1 - next < MIN_WEIGHT ? undefined : change;
}

function proportion(weightedRoot: number, issuance: number): number {
  const all = weightedRoot + issuance;
  return all > 0 ? weightedRoot / all : 0;
}
