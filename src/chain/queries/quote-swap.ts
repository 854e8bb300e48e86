/**
 * What a trade would give, simulated by the node at this block. Our formula steps in only where the
 * runtime has no simulation, and only for the pool shape it is exact for.
 */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { QuoteFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { isEven, type Pool, priceOfPool, readPool, readPrice, SWAP_API } from './read-prices.ts';
import { rao } from './shape.ts';

const FEE_DENOMINATOR = 65_535n;

type Side = QuoteFacts['side'];

/** Alpha for `taoRao` of TAO, fee included in what goes in. CHAIN_LIQUIDITY when nothing comes out. */
export function quoteBuy(view: BlockView, netuid: number, taoRao: bigint): Promise<QuoteFacts> {
  return quote(view, { netuid, side: 'buy', amountRao: taoRao });
}

/** TAO for `alphaRao` of alpha. CHAIN_LIQUIDITY when nothing comes out. */
export function quoteSell(view: BlockView, netuid: number, alphaRao: bigint): Promise<QuoteFacts> {
  return quote(view, { netuid, side: 'sell', amountRao: alphaRao });
}

/** The runtime's simulation of a sale. */
export const SELL_METHOD = 'sim_swap_alpha_for_tao';
/** The runtime's simulation of a purchase. */
export const BUY_METHOD = 'sim_swap_tao_for_alpha';

export type Trade = { readonly netuid: number; readonly side: Side; readonly amountRao: bigint };

async function quote(view: BlockView, trade: Trade): Promise<QuoteFacts> {
  const { netuid, side, amountRao } = trade;
  if (netuid === ROOT_NETUID) return oneToOne(trade);
  const method = side === 'buy' ? BUY_METHOD : SELL_METHOD;
  const found = view.runtime.has.api(SWAP_API, method)
    ? await simulate(view, trade, method)
    : quoteByFormula(await readPool(view, netuid), trade);
  if (found.amountOutRao > 0n || amountRao === 0n) return found;
  throw noLiquidity(trade);
}

/** CHAIN_LIQUIDITY: the pool gives nothing for the trade. */
export function noLiquidity({ netuid, side, amountRao }: Trade): TaoError {
  return new TaoError('CHAIN_LIQUIDITY', {
    message: `Couldn't quote this trade on subnet ${netuid}: its pool gives nothing for the amount.`,
    hint: 'Use another amount; a subnet that has not started cannot trade at all.',
    data: { netuid, side, amountRao: amountRao.toString() },
  });
}

async function simulate(view: BlockView, trade: Trade, method: string): Promise<QuoteFacts> {
  const { netuid, amountRao } = trade;
  const [result, spotRaoPerAlpha] = await Promise.all([
    view.callApi(SWAP_API, method, netuid, amountRao),
    readPrice(view, netuid),
  ]);
  return quoteOfSimulation(trade, result, spotRaoPerAlpha);
}

/** A `SimSwapResult` as a quote; all zeros where the pool cannot serve the trade. */
export function quoteOfSimulation(
  { netuid, side }: Trade,
  result: unknown,
  spotRaoPerAlpha: bigint,
): QuoteFacts {
  const tao = rao(result, 'tao_amount');
  const alpha = rao(result, 'alpha_amount');
  const feeRao = rao(result, side === 'buy' ? 'tao_fee' : 'alpha_fee');
  return {
    netuid,
    side,
    // Chain rule: the amounts that go in are reported net of the fee.
    amountInRao: (side === 'buy' ? tao : alpha) + feeRao,
    amountOutRao: side === 'buy' ? alpha : tao,
    feeRao,
    spotRaoPerAlpha,
    source: 'node',
  };
}

/** Root: TAO for TAO, without fee. */
export function oneToOne({ netuid, side, amountRao }: Trade): QuoteFacts {
  return {
    netuid,
    side,
    amountInRao: amountRao,
    amountOutRao: amountRao,
    feeRao: 0n,
    spotRaoPerAlpha: RAO_PER_UNIT,
    source: 'node',
  };
}

/** Exact for even pools only; others are CHAIN_LACKS_ITEM. */
export function quoteByFormula(pool: Pool, { netuid, side, amountRao }: Trade): QuoteFacts {
  if (!isEven(pool)) {
    throw new TaoError('CHAIN_LACKS_ITEM', {
      message: `Couldn't quote a trade on subnet ${netuid}: this runtime simulates none.`,
      hint: 'Use a node whose runtime has SwapRuntimeApi.',
      data: { item: `runtime API ${SWAP_API}`, netuid },
    });
  }
  const feeRao = (amountRao * BigInt(pool.feeRateU16)) / FEE_DENOMINATOR;
  const net = amountRao - feeRao;
  const [reserveIn, reserveOut] =
    side === 'buy' ? [pool.taoRao, pool.alphaRao] : [pool.alphaRao, pool.taoRao];
  const divisor = reserveIn + net;
  return {
    netuid,
    side,
    amountInRao: amountRao,
    amountOutRao: divisor === 0n ? 0n : (reserveOut * net) / divisor,
    feeRao,
    spotRaoPerAlpha: priceOfPool(pool),
    source: 'formula',
  };
}
