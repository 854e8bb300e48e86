/** How much TAO each subnet gets per block of a window: the rule sets in doubles, an estimate. */
import {
  BOARD_WIDTH,
  BURNED,
  EMA_PRICE,
  MINTED,
  PROTOCOL_FLOW,
  type Projection,
  type SubnetProjection,
  USER_FLOW,
} from './projection-types.ts';

const MAX_SUPPLY = 21e15;
const BASE_EMISSION = 1e9;
const BAR_INTERVAL_BLOCKS = 360;

/** Rao per block at an issuance in rao, as a double. */
export function estimateBlockEmission(issuance: number): number {
  const left = MAX_SUPPLY - issuance;
  if (left <= 0) return 0;
  let emission = BASE_EMISSION;
  for (let scaled = left * 2; scaled <= MAX_SUPPLY; scaled *= 2) {
    emission = Math.floor(emission / 2);
  }
  return emission;
}

/** Fixes what the blocks of the next window have in common. */
export function planEmission(projection: Projection): void {
  const { subnets, taoPerBlock, board, rules } = projection;
  const emission = estimateBlockEmission(estimateIssuance(projection));
  const demand = demandOf(projection);
  let open = 0;
  let sum = 0;
  for (const { row, isEmitting, isEligible, pool } of subnets) {
    if (isEmitting) open += demand[row] as number;
    if (isEligible) sum += pool.isStable ? 1 : (board[row * BOARD_WIDTH + EMA_PRICE] as number);
  }
  for (const { row, isEmitting } of subnets) {
    const share = isEmitting && open > 0 ? (demand[row] as number) / open : 0;
    taoPerBlock[row] = emission * share;
  }
  projection.isRootGateOpen = sum > 1;
  projection.weightedRoot = projection.rootTao * rules.taoWeight;
}

/** TAO in existence as estimated, rao. */
export function estimateIssuance({ startIssuance, subnets, board }: Projection): number {
  let issuance = startIssuance;
  for (const { row } of subnets) issuance += board[row * BOARD_WIDTH + MINTED] as number;
  return issuance;
}

function demandOf(projection: Projection): Float64Array {
  const { rules, subnets, board } = projection;
  if (rules.emissionRules === '2025-11') return flowDemand(projection);
  const shares = new Float64Array(subnets.length);
  for (const { row, isEligible, pool } of subnets) {
    const price = board[row * BOARD_WIDTH + EMA_PRICE] as number;
    if (isEligible) shares[row] = pool.isStable ? 1 : price;
  }
  if (rules.emissionRules === '2025-02') return normalize(shares);
  const weighted = shares.map(
    (share, row) => share * Math.max(0, 1 - (board[row * BOARD_WIDTH + BURNED] as number)),
  );
  const used = normalize(weighted.some((share) => share > 0) ? weighted : shares);
  return rules.emissionRules === '2026-08' ? gate(projection, used) : used;
}

function flowDemand({ rules, subnets, board }: Projection): Float64Array {
  const at = ({ row }: SubnetProjection, field: number): number =>
    board[row * BOARD_WIDTH + field] as number;
  let inflow = 0;
  let spent = 0;
  for (const subnet of subnets) {
    if (!subnet.isEligible) continue;
    inflow += Math.max(0, at(subnet, USER_FLOW));
    spent += Math.max(0, at(subnet, PROTOCOL_FLOW));
  }
  const factor = spent > 0 ? Math.min(1, inflow / spent) : 1;
  return normalize(
    Float64Array.from(subnets, (subnet) => {
      if (!subnet.isEligible) return 0;
      const own = at(subnet, PROTOCOL_FLOW);
      const net = rules.netFlow ? Math.max(own, 0) * factor + Math.min(own, 0) : 0;
      return Math.max(0, at(subnet, USER_FLOW) - net) ** rules.flowExponent;
    }),
  );
}

function gate(projection: Projection, shares: Float64Array): Float64Array {
  const { rules, block, settings } = projection;
  const next = block + 1;
  const dueAt = Math.ceil(next / BAR_INTERVAL_BLOCKS) * BAR_INTERVAL_BLOCKS;
  if (projection.emissionBar === 0 || dueAt < next + settings.blocksPerStep) {
    projection.emissionBar = barOf(shares, rules.barRank, rules.barQuantile);
  }
  const bar = projection.emissionBar ** rules.gateExponent;
  const gated = normalize(
    shares.map((share) => {
      const power = share ** rules.gateExponent;
      return power > 0 ? (share * power) / (power + bar) : 0;
    }),
  );
  return gated.some((share) => share > 0) ? gated : shares;
}

function barOf(shares: Float64Array, rank: number, quantile: number): number {
  const positive = shares
    .filter((share) => share > 0)
    .sort()
    .reverse();
  if (rank > 0) return positive[Math.min(rank, positive.length) - 1] ?? 0;
  let sum = 0;
  for (const share of positive) {
    sum += share;
    if (sum >= quantile) return share;
  }
  return positive.at(-1) ?? 0;
}

function normalize(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  return sum > 0 ? values.map((value) => value / sum) : values;
}
