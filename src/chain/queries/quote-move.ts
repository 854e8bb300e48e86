/**
 * What a swap of stake between two subnets would give: a sale and a purchase of which one alone
 * pays the pool's fee, the sale, or the purchase where the stake comes from root.
 */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { MoveQuoteFacts, QuoteFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { quoteInTurn } from './quote-in-turn.ts';
import { noLiquidity, oneToOne, quoteBuy, quoteSell, type Trade } from './quote-swap.ts';
import { type Pool, readPool } from './read-prices.ts';

const FEE_DENOMINATOR = 65_535n;
/** The first question is right already where the fee rate of storage is the one in force. */
const MAX_CORRECTIONS = 6;

export type MoveQuestion = {
  readonly originNetuid: number;
  readonly destinationNetuid: number;
  /** Alpha of the origin, TAO from root; rao. */
  readonly amountRao: bigint;
};

/** CHAIN_LIQUIDITY when nothing comes out of one of the pools. */
export async function quoteMove(view: BlockView, question: MoveQuestion): Promise<MoveQuoteFacts> {
  const { originNetuid, destinationNetuid, amountRao } = question;
  const [sale, originPool, destinationPool] = await Promise.all([
    destinationNetuid === ROOT_NETUID
      ? quoteWithPriceAfter(view, { netuid: originNetuid, side: 'sell', amountRao })
      : quoteSell(view, originNetuid, amountRao),
    originNetuid === ROOT_NETUID ? undefined : readPool(view, originNetuid),
    destinationNetuid === ROOT_NETUID ? undefined : readPool(view, destinationNetuid),
  ]);
  const purchase = await quotePurchase(view, { ...question, sale, destinationPool });
  return {
    sale,
    purchase,
    amountInRao: amountRao,
    amountOutRao: purchase.amountOutRao,
    feeRao: originNetuid === ROOT_NETUID ? purchase.feeRao : sale.feeRao,
    spotRatio:
      purchase.spotRaoPerAlpha === 0n
        ? 0n
        : (sale.spotRaoPerAlpha * RAO_PER_UNIT) / purchase.spotRaoPerAlpha,
    originReserves: reservesOf(originPool),
    destinationReserves: reservesOf(destinationPool),
    spotAfterRatio: ratioAfter(sale, purchase),
    source: [sale, purchase].every(({ source }) => source === 'node') ? 'node' : 'formula',
  };
}

type Purchase = MoveQuestion & {
  readonly sale: PricedAfter;
  readonly destinationPool: Pool | undefined;
};

type PricedAfter = QuoteFacts & { readonly spotAfterRaoPerAlpha?: bigint | undefined };

/** With root on one side the chain limits the price after the trade. CHAIN_LIQUIDITY. */
async function quoteWithPriceAfter(view: BlockView, trade: Trade): Promise<PricedAfter> {
  const { netuid, side, amountRao } = trade;
  const [quote] = await quoteInTurn(view, side, [{ netuid, amountRao }]);
  if (quote === undefined) throw noLiquidity(trade);
  return quote;
}

/** The ratio of the prices once the trade is made; undefined between two pools. */
function ratioAfter(sale: PricedAfter, purchase: PricedAfter): bigint | undefined {
  if (sale.spotAfterRaoPerAlpha !== undefined) return sale.spotAfterRaoPerAlpha;
  const priceAfter = purchase.spotAfterRaoPerAlpha;
  if (priceAfter === undefined || priceAfter === 0n) return undefined;
  return (RAO_PER_UNIT * RAO_PER_UNIT) / priceAfter;
}

async function quotePurchase(view: BlockView, purchase: Purchase): Promise<PricedAfter> {
  const { originNetuid, destinationNetuid: netuid, destinationPool, sale } = purchase;
  const taoRao = sale.amountOutRao;
  if (destinationPool === undefined) return oneToOne({ netuid, side: 'buy', amountRao: taoRao });
  if (originNetuid === ROOT_NETUID) {
    return quoteWithPriceAfter(view, { netuid, side: 'buy', amountRao: taoRao });
  }
  return quoteFreeBuy(view, { netuid, taoRao, feeRateU16: destinationPool.feeRateU16 });
}

type FreeBuy = { readonly netuid: number; readonly taoRao: bigint; readonly feeRateU16: number };

/**
 * A purchase that pays no fee. The node only simulates purchases that do, so it is asked for the
 * one of which exactly `taoRao` is left after the fee: what comes out is the same.
 */
async function quoteFreeBuy(view: BlockView, buy: FreeBuy): Promise<QuoteFacts> {
  const { netuid, taoRao } = buy;
  let quote = await quoteBuy(view, netuid, grossOf(buy));
  for (let round = 0; round < MAX_CORRECTIONS; round += 1) {
    const missing = taoRao - (quote.amountInRao - quote.feeRao);
    if (missing === 0n) break;
    quote = await quoteBuy(view, netuid, quote.amountInRao + missing);
  }
  return { ...quote, amountInRao: taoRao, feeRao: 0n };
}

/** The smallest amount of which `taoRao` is left after a floored fee. */
function grossOf({ taoRao, feeRateU16 }: FreeBuy): bigint {
  const rate = BigInt(feeRateU16);
  let gross = (taoRao * FEE_DENOMINATOR) / (FEE_DENOMINATOR - rate);
  while (gross - (gross * rate) / FEE_DENOMINATOR < taoRao) gross += 1n;
  while (gross > 0n && gross - 1n - ((gross - 1n) * rate) / FEE_DENOMINATOR >= taoRao) gross -= 1n;
  return gross;
}

function reservesOf(pool: Pool | undefined): MoveQuoteFacts['originReserves'] {
  return pool === undefined ? undefined : { taoRao: pool.taoRao, alphaRao: pool.alphaRao };
}
