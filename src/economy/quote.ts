/** Quotes on a pool without touching it: what a buy or a sale would give, cost and move. */
import { div64, mul64, ONE_64 } from './fixed.ts';
import {
  MAX_PRICE,
  MIN_PRICE,
  type Pool,
  poolPriceBits,
  type Side,
  type SwapError,
  swapOnPool,
} from './pool.ts';

export type Quote = {
  /** What enters the pool, net of fee, and the fee beside it; rao of the token paid in. */
  readonly paidInRao: bigint;
  readonly feeRao: bigint;
  /** Rao of the token received. */
  readonly outRao: bigint;
  /** TAO per alpha, U64F64. */
  readonly priceBeforeBits: bigint;
  readonly priceAfterBits: bigint;
};

export type QuoteResult =
  | { readonly ok: true; readonly quote: Quote }
  | { readonly ok: false; readonly error: SwapError };

/**
 * SwapRuntimeApi's answer: amounts net of fee, slippage against the spot price on the gross input.
 */
export type SimSwap = {
  readonly taoAmount: bigint;
  readonly alphaAmount: bigint;
  readonly taoFee: bigint;
  readonly alphaFee: bigint;
  readonly taoSlippage: bigint;
  readonly alphaSlippage: bigint;
};

const DEFAULT_MINIMUM_RESERVE = 1_000_000n;

export type QuoteOptions = {
  readonly limitRaoPerAlpha?: bigint;
  readonly minimumReserveRao?: bigint;
};

/** Alpha for `amountRao` of TAO, fee included. */
export function quoteBuy(pool: Pool, amountRao: bigint, options: QuoteOptions = {}): QuoteResult {
  return quote(pool, 'buy', amountRao, options);
}

/** TAO for `amountRao` of alpha, fee included. */
export function quoteSell(pool: Pool, amountRao: bigint, options: QuoteOptions = {}): QuoteResult {
  return quote(pool, 'sell', amountRao, options);
}

/** sim_swap_tao_for_alpha: all zeros when the swap would fail. */
export function simSwapTaoForAlpha(pool: Pool, taoRao: bigint): SimSwap {
  const result = quoteBuy(pool, taoRao);
  if (!result.ok) return NO_SWAP;
  const { paidInRao, feeRao, outRao, priceBeforeBits } = result.quote;
  const ideal = div64(taoRao, priceBeforeBits);
  return {
    ...NO_SWAP,
    taoAmount: paidInRao,
    taoFee: feeRao,
    alphaAmount: outRao,
    alphaSlippage: ideal > outRao ? ideal - outRao : 0n,
  };
}

/** sim_swap_alpha_for_tao: all zeros when the swap would fail. */
export function simSwapAlphaForTao(pool: Pool, alphaRao: bigint): SimSwap {
  const result = quoteSell(pool, alphaRao);
  if (!result.ok) return NO_SWAP;
  const { paidInRao, feeRao, outRao, priceBeforeBits } = result.quote;
  const ideal = mul64(alphaRao, priceBeforeBits);
  return {
    ...NO_SWAP,
    alphaAmount: paidInRao,
    alphaFee: feeRao,
    taoAmount: outRao,
    taoSlippage: ideal > outRao ? ideal - outRao : 0n,
  };
}

const NO_SWAP: SimSwap = {
  taoAmount: 0n,
  alphaAmount: 0n,
  taoFee: 0n,
  alphaFee: 0n,
  taoSlippage: 0n,
  alphaSlippage: 0n,
};

function quote(pool: Pool, side: Side, amountIn: bigint, options: QuoteOptions): QuoteResult {
  const result = swapOnPool(pool, {
    side,
    amountIn,
    limitRaoPerAlpha: options.limitRaoPerAlpha ?? (side === 'buy' ? MAX_PRICE : MIN_PRICE),
    minimumReserveRao: options.minimumReserveRao ?? DEFAULT_MINIMUM_RESERVE,
  });
  if (!result.ok) return result;
  const { paidIn, fee, paidOut } = result.swap;
  const after =
    side === 'buy'
      ? { ...pool, taoReserve: pool.taoReserve + paidIn, alphaIn: pool.alphaIn - paidOut }
      : { ...pool, taoReserve: pool.taoReserve - paidOut, alphaIn: pool.alphaIn + paidIn };
  return {
    ok: true,
    quote: {
      paidInRao: paidIn,
      feeRao: fee,
      outRao: paidOut,
      priceBeforeBits: poolPriceBits(pool),
      priceAfterBits: pool.mechanism === 0 ? ONE_64 : poolPriceBits(after),
    },
  };
}
