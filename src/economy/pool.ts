/**
 * The weighted pool of a subnet as pure integer functions: price, exact-input swaps with fee and
 * limit, and injections that keep the price. Amounts in rao, prices U64F64 or rao per alpha.
 */

import { div64, mul64, ONE_64 } from './fixed.ts';
import { invalidInput } from './invalid-input.ts';
import { powRatioFloor } from './power.ts';

/** What a swap needs to know of a pool; a Subnet is one. */
export type Pool = {
  readonly mechanism: 0 | 1;
  readonly taoReserve: bigint;
  readonly alphaIn: bigint;
  /** TAO side's weight in parts of 10^18. */
  readonly quoteWeight: bigint;
  readonly feeRateU16: number;
};

export type Side = 'buy' | 'sell';

export type SwapRequest = {
  readonly side: Side;
  /** Gross input: TAO for a buy, alpha for a sale. */
  readonly amountIn: bigint;
  /** Rao of TAO per whole alpha. */
  readonly limitRaoPerAlpha: bigint;
  readonly dropFees?: boolean;
  /** The smallest output reserve, rao. */
  readonly minimumReserveRao: bigint;
};

/**
 * Input that entered the pool, fee beside it, and output. `paidIn + fee` is what the payer gives.
 */
export type Swap = { readonly paidIn: bigint; readonly fee: bigint; readonly paidOut: bigint };

export type SwapError = 'SwapInputTooLarge' | 'ReservesTooLow' | 'PriceLimitExceeded';
export type SwapResult =
  | { readonly ok: true; readonly swap: Swap }
  | { readonly ok: false; readonly error: SwapError };

/** Sum of both weights. */
const WEIGHT_ONE = 1_000_000_000_000_000_000n;
const MIN_WEIGHT = WEIGHT_ONE / 100n;
const MAX_INPUT_TIMES_RESERVE = 1_000n;
const FEE_DENOMINATOR = 65_535n;
const RAO = 1_000_000_000n;
/** Reserves under this ratio price alpha far below the highest price, whatever the weights. */
const CHEAP_TAO_PER_ALPHA = 1_000n;
/** Limits that mean "none", rao per alpha. */
export const MAX_PRICE = 1_000_000_000_000_000n;
export const MIN_PRICE = 1_000n;

/** A pool with even weights, which is the plain constant product. */
export function constantProductPool(
  reserves: { readonly taoReserve: bigint; readonly alphaIn: bigint },
  feeRateU16: number,
): Pool {
  return { mechanism: 1, ...reserves, quoteWeight: WEIGHT_ONE / 2n, feeRateU16 };
}

/** TAO per alpha, U64F64: (w1/w2)·(y/x). A stable pool has price one. */
export function poolPriceBits(pool: Pool): bigint {
  if (pool.mechanism === 0) return ONE_64;
  return weightedPrice(pool.alphaIn, pool.taoReserve, pool.quoteWeight);
}

/** The price in rao of TAO per whole alpha, floored. */
export function poolPriceRao(pool: Pool): bigint {
  return mul64(poolPriceBits(pool), RAO);
}

function weightedPrice(alpha: bigint, tao: bigint, quoteWeight: bigint): bigint {
  const ratio = div64(tao, alpha);
  if (quoteWeight * 2n === WEIGHT_ONE) return ratio;
  return mul64(div64(WEIGHT_ONE - quoteWeight, quoteWeight), ratio);
}

/** (reserve ÷ (reserve + delta))^(weight ratio) in parts of 10^18; 'alpha' has exponent w1/w2. */
export function poolExponent(pool: Pool, token: 'alpha' | 'tao', delta: bigint): bigint {
  const reserve = token === 'alpha' ? pool.alphaIn : pool.taoReserve;
  const sum = saturateU64(reserve + delta);
  if (sum === 0n) return 0n;
  const base = WEIGHT_ONE - pool.quoteWeight;
  const exponent =
    token === 'alpha'
      ? { numerator: base, denominator: pool.quoteWeight }
      : { numerator: pool.quoteWeight, denominator: base };
  return powRatioFloor(reserve, sum, exponent, WEIGHT_ONE);
}

/** Output for a net input, floored, without any check. */
export function swapOutput(pool: Pool, side: Side, netIn: bigint): bigint {
  if (netIn === 0n) return 0n;
  const reserveOut = side === 'buy' ? pool.alphaIn : pool.taoReserve;
  const e = poolExponent(pool, side === 'buy' ? 'tao' : 'alpha', netIn);
  return mul64(reserveOut, ONE_64 - div64(e, WEIGHT_ONE));
}

/** Fee on a gross input, floored. */
export function feeOnGross(amount: bigint, feeRateU16: number): bigint {
  return (amount * BigInt(feeRateU16)) / FEE_DENOMINATOR;
}

/** Fee that belongs on top of a net input, floored in the chain's fixed point. */
function feeOnNet(net: bigint, feeRateU16: number): bigint {
  const rate = BigInt(feeRateU16);
  return mul64(net, div64(rate, FEE_DENOMINATOR - rate));
}

/** Net input that moves the price from `current` to `target` (both U64F64); zero the wrong way. */
export function deltaToPrice(
  side: Side,
  pool: Pick<Pool, 'quoteWeight'>,
  prices: { readonly current: bigint; readonly target: bigint },
  inputReserve: bigint,
): bigint {
  const { current, target } = prices;
  if (current === 0n || target === 0n) return 0n;
  const [a, b] = side === 'buy' ? [target, current] : [current, target];
  const numerator = side === 'buy' ? WEIGHT_ONE - pool.quoteWeight : pool.quoteWeight;
  const factor = powRatioFloor(a, b, { numerator, denominator: WEIGHT_ONE }, WEIGHT_ONE);
  const growth = div64(saturateU64(factor), WEIGHT_ONE) - ONE_64;
  return growth <= 0n ? 0n : saturateU64(mul64(inputReserve, growth));
}

/** A swap as the chain does it: checks in its order, then all of it or up to the limit. */
export function swapOnPool(pool: Pool, request: SwapRequest): SwapResult {
  const { side, amountIn } = request;
  if (amountIn < 0n) throw invalidInput('swap', 'amountIn', 'must not be negative');
  if (pool.mechanism === 0) return done({ paidIn: amountIn, fee: 0n, paidOut: amountIn });
  const buy = side === 'buy';
  const [reserveIn, reserveOut] = buy
    ? [pool.taoReserve, pool.alphaIn]
    : [pool.alphaIn, pool.taoReserve];
  const rate = request.dropFees === true ? 0 : pool.feeRateU16;
  let fee = feeOnGross(amountIn, rate);
  let paidIn = amountIn - fee;
  if (paidIn > reserveIn * MAX_INPUT_TIMES_RESERVE) return refused('SwapInputTooLarge');
  if (reserveOut < request.minimumReserveRao) return refused('ReservesTooLow');
  const current = poolPriceBits(pool);
  const limit = div64(request.limitRaoPerAlpha, RAO);
  if (buy ? current >= limit : current <= limit) return refused('PriceLimitExceeded');
  let paidOut = swapOutput(pool, side, paidIn);
  const after = buy
    ? weightedPrice(pool.alphaIn - paidOut, pool.taoReserve + paidIn, pool.quoteWeight)
    : weightedPrice(pool.alphaIn + paidIn, pool.taoReserve - paidOut, pool.quoteWeight);
  if (buy ? after > limit : after < limit) {
    paidIn = deltaToPrice(side, pool, { current, target: limit }, reserveIn);
    fee = feeOnNet(paidIn, rate);
    paidOut = swapOutput(pool, side, paidIn);
  }
  if (paidIn > 0n && paidOut === 0n) return refused('ReservesTooLow');
  return done({ paidIn, fee, paidOut });
}

/**
 * A purchase without fee and without limit, as the protocol makes it. Skips the prices where a
 * small trade on a cheap pool cannot come near the highest one.
 */
export function buyWithoutLimit(
  pool: Pool,
  amountIn: bigint,
  minimumReserveRao: bigint,
): SwapResult {
  const cheap = pool.taoReserve < pool.alphaIn * CHEAP_TAO_PER_ALPHA;
  if (cheap && amountIn < pool.taoReserve && pool.alphaIn >= minimumReserveRao) {
    const paidOut = pool.mechanism === 0 ? amountIn : swapOutput(pool, 'buy', amountIn);
    if (paidOut === 0n && amountIn > 0n) return refused('ReservesTooLow');
    if (paidOut * 2n < pool.alphaIn) return done({ paidIn: amountIn, fee: 0n, paidOut });
  }
  const limits = { limitRaoPerAlpha: MAX_PRICE, minimumReserveRao };
  return swapOnPool(pool, { side: 'buy', amountIn, dropFees: true, ...limits });
}

/** The largest gross input a limit allows. Root and stable pools: all or nothing around 10^9. */
export function maxAmountAtLimit(
  pool: Pool,
  request: Omit<SwapRequest, 'amountIn' | 'dropFees'>,
):
  | { readonly ok: true; readonly amount: bigint }
  | { readonly ok: false; readonly error: SwapError } {
  const buy = request.side === 'buy';
  if (pool.mechanism === 0) {
    const open = buy ? request.limitRaoPerAlpha >= RAO : request.limitRaoPerAlpha <= RAO;
    return { ok: true, amount: open ? U64_LIMIT : 0n };
  }
  const reserveIn = buy ? pool.taoReserve : pool.alphaIn;
  const amountIn = saturateU64(reserveIn * MAX_INPUT_TIMES_RESERVE);
  const result = swapOnPool(pool, { ...request, amountIn });
  if (!result.ok) return result;
  return { ok: true, amount: result.swap.paidIn + result.swap.fee };
}

/**
 * Quote weight after an injection that keeps the price; undefined when it would leave [0.01, 0.99].
 */
export function weightAfterInjection(
  pool: Pick<Pool, 'taoReserve' | 'alphaIn' | 'quoteWeight'>,
  taoDelta: bigint,
  alphaDelta: bigint,
): bigint | undefined {
  const base = WEIGHT_ONE - pool.quoteWeight;
  const q1 = mulWeightRound(base, pool.taoReserve * (pool.alphaIn + alphaDelta));
  const q2 = mulWeightRound(pool.quoteWeight, pool.alphaIn * (pool.taoReserve + taoDelta));
  const sum = q1 + q2;
  const weight = sum === 0n ? WEIGHT_ONE / 2n : (q2 * WEIGHT_ONE) / sum;
  return weight < MIN_WEIGHT || WEIGHT_ONE - weight < MIN_WEIGHT ? undefined : weight;
}

/** Quote weight y ÷ (p·x + y) that gives a new pool the price `priceBits` (U64F64). */
export function weightForPrice(taoReserve: bigint, alphaIn: bigint, priceBits: bigint): bigint {
  const tao = taoReserve << 64n;
  const sum = priceBits * alphaIn + tao;
  return sum === 0n ? WEIGHT_ONE / 2n : (tao * WEIGHT_ONE) / sum;
}

const U64_LIMIT = 2n ** 64n - 1n;

function mulWeightRound(weight: bigint, value: bigint): bigint {
  return (value * weight + WEIGHT_ONE / 2n) / WEIGHT_ONE;
}

function saturateU64(value: bigint): bigint {
  return value > U64_LIMIT ? U64_LIMIT : value;
}

function done(swap: Swap): SwapResult {
  return { ok: true, swap };
}

function refused(error: SwapError): SwapResult {
  return { ok: false, error };
}
