/** Pool operations of the economics vectors. */

import { toDouble } from '../../src/economy/fixed.ts';
import { maxMoveFloor } from '../../src/economy/max-move.ts';
import {
  constantProductPool,
  deltaToPrice,
  maxAmountAtLimit,
  type Pool,
  poolExponent,
  poolPriceBits,
  type Side,
  swapOnPool,
  swapOutput,
  weightAfterInjection,
  weightForPrice,
} from '../../src/economy/pool.ts';
import { powRatioFloor } from '../../src/economy/power.ts';
import { fixed, type Int, int, type Ops } from './vector-op.ts';

type PoolInputs = {
  tao_reserve: Int;
  alpha_reserve: Int;
  quote_weight: Int;
  fee_rate_u16?: number;
};

type SwapInputs = PoolInputs & {
  side: Side;
  amount_in: Int;
  limit_price_rao_per_alpha: Int;
  drop_fees: boolean;
  minimum_reserve: Int;
};

function poolOf(inputs: PoolInputs): Pool {
  return {
    mechanism: 1,
    taoReserve: int(inputs.tao_reserve),
    alphaIn: int(inputs.alpha_reserve),
    quoteWeight: int(inputs.quote_weight),
    feeRateU16: inputs.fee_rate_u16 ?? 33,
  };
}

function evenPool(tao: Int, alpha: Int): Pool {
  return constantProductPool({ taoReserve: int(tao), alphaIn: int(alpha) }, 33);
}

function priceOf(pool: Pool): number {
  return toDouble(poolPriceBits(pool), 64);
}

/** Pools, swaps, limits and injections. */
export const poolOps: Ops = {
  pool_price: (inputs: PoolInputs) => {
    const bits = poolPriceBits(poolOf(inputs));
    return { price: toDouble(bits, 64), u64f64_bits: bits };
  },
  pool_exponent: (inputs: {
    quote_weight: Int;
    reserve: Int;
    delta: Int;
    side: 'alpha' | 'tao';
  }) => {
    const { reserve, quote_weight } = inputs;
    const pool = poolOf({ tao_reserve: reserve, alpha_reserve: reserve, quote_weight });
    const parts = poolExponent(pool, inputs.side, int(inputs.delta));
    return { value: toDouble(parts, 0) / 1e18 };
  },
  pow_ratio: (inputs: { x: Int; delta: Int; w1: Int; w2: Int }) => {
    const x = int(inputs.x);
    const exponent = { numerator: int(inputs.w1), denominator: int(inputs.w2) };
    return { value: powRatioFloor(x, x + int(inputs.delta), exponent, 10n ** 18n) };
  },
  delta_to_price: (inputs: {
    side: Side;
    current_price: number;
    target_price: number;
    quote_weight: Int;
    input_reserve: Int;
  }) => {
    const prices = {
      current: fixed(inputs.current_price, 64),
      target: fixed(inputs.target_price, 64),
    };
    const pool = { quoteWeight: int(inputs.quote_weight) };
    return { delta_in: deltaToPrice(inputs.side, pool, prices, int(inputs.input_reserve)) };
  },
  swap_output: (inputs: PoolInputs & { delta_in: Int }) => ({
    sell_tao_out: swapOutput(poolOf(inputs), 'sell', int(inputs.delta_in)),
    buy_alpha_out: swapOutput(poolOf(inputs), 'buy', int(inputs.delta_in)),
  }),
  inject_liquidity: (inputs: PoolInputs & { tao_delta: Int; alpha_delta: Int }) => {
    const pool = poolOf(inputs);
    const taoDelta = int(inputs.tao_delta);
    const alphaDelta = int(inputs.alpha_delta);
    const weight = weightAfterInjection(pool, taoDelta, alphaDelta);
    if (weight === undefined) {
      return { accepted: false, new_quote_weight: pool.quoteWeight, price_after: priceOf(pool) };
    }
    const after = {
      ...pool,
      taoReserve: pool.taoReserve + taoDelta,
      alphaIn: pool.alphaIn + alphaDelta,
      quoteWeight: weight,
    };
    return { accepted: true, new_quote_weight: weight, price_after: priceOf(after) };
  },
  init_pool_with_price: (inputs: { tao_reserve: Int; alpha_reserve: Int; price: number }) => {
    const tao = int(inputs.tao_reserve);
    const weight = weightForPrice(tao, int(inputs.alpha_reserve), fixed(inputs.price, 64));
    const pool = poolOf({ ...inputs, quote_weight: weight.toString() });
    return { quote_weight: weight, price: priceOf(pool) };
  },
  swap: (inputs: SwapInputs) => {
    const pool = poolOf(inputs);
    const buy = inputs.side === 'buy';
    const result = swapOnPool(pool, {
      side: inputs.side,
      amountIn: int(inputs.amount_in),
      limitRaoPerAlpha: int(inputs.limit_price_rao_per_alpha),
      dropFees: inputs.drop_fees,
      minimumReserveRao: int(inputs.minimum_reserve),
    });
    if (!result.ok) return { error: result.error };
    const { paidIn, paidOut, fee } = result.swap;
    const after = {
      ...pool,
      taoReserve: buy ? pool.taoReserve + paidIn : pool.taoReserve - paidOut,
      alphaIn: buy ? pool.alphaIn - paidOut : pool.alphaIn + paidIn,
    };
    return {
      paid_in: paidIn,
      paid_out: paidOut,
      fee,
      tao_reserve_after: after.taoReserve,
      alpha_reserve_after: after.alphaIn,
      price_after: priceOf(after),
    };
  },
  max_amount_at_limit: (inputs: Omit<SwapInputs, 'amount_in' | 'drop_fees'>) => {
    const result = maxAmountAtLimit(poolOf(inputs), {
      side: inputs.side,
      limitRaoPerAlpha: int(inputs.limit_price_rao_per_alpha),
      minimumReserveRao: int(inputs.minimum_reserve),
    });
    return result.ok ? { max_amount: result.amount } : { error: result.error };
  },
  max_amount_root: (inputs: { action: 'add' | 'remove'; limit_price: Int }) => {
    const stable = { mechanism: 0, taoReserve: 0n, alphaIn: 0n, quoteWeight: 0n } as const;
    const result = maxAmountAtLimit(
      { ...stable, feeRateU16: 0 },
      {
        side: inputs.action === 'add' ? 'buy' : 'sell',
        limitRaoPerAlpha: int(inputs.limit_price),
        minimumReserveRao: 0n,
      },
    );
    return result.ok ? { max_amount: result.amount } : { error: result.error };
  },
  max_move_between_subnets: (inputs: {
    origin_tao: Int;
    origin_alpha: Int;
    destination_tao: Int;
    destination_alpha: Int;
    limit_price_ratio_1e9: Int;
  }) => ({
    max_alpha: maxMoveFloor(
      evenPool(inputs.origin_tao, inputs.origin_alpha),
      evenPool(inputs.destination_tao, inputs.destination_alpha),
      int(inputs.limit_price_ratio_1e9),
    ),
  }),
};
