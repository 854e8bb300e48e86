/**
 * What several trades give when they are made one after another in one transaction: each is quoted
 * on its pool as the earlier ones leave it, from the node's own simulations of their sums.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { QuoteFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import {
  BUY_METHOD,
  oneToOne,
  quoteByFormula,
  quoteOfSimulation,
  SELL_METHOD,
  type Trade,
} from './quote-swap.ts';
import { type Pool, priceOfPool, readPools, readPrices, SWAP_API } from './read-prices.ts';

/** A quote with the spot price the pool has after the trade, where its reserves tell. */
export type QuoteInTurn = QuoteFacts & { readonly spotAfterRaoPerAlpha: bigint | undefined };

const FEE_DENOMINATOR = 65_535n;
/** How far the price of the reserves may be from the node's own for the reserves to be believed. */
const BELIEVED_SHARE = 1_000n;
/** Up to this many subnets are asked for their price one by one; more all at once. */
const FEW_SUBNETS = 4;

/**
 * A quote for each trade, in order; undefined where the pool gives nothing for it. Amounts are
 * gross, and the spot price is the one before all of them. Two round trips, three where a subnet
 * has several trades. Exact for the first trade of a subnet; later ones may differ from the outcome
 * by a rao or two of rounding. CHAIN_LACKS_ITEM where nobody can say.
 *
 * Chain rule: the fee of a buy never enters the pool; the fee of a sale is sold into it by the
 * block's author right after. Pinned by adverse-prices.test.ts.
 */
export async function quoteInTurn(
  view: BlockView,
  side: QuoteFacts['side'],
  trades: readonly Omit<Trade, 'side'>[],
): Promise<readonly (QuoteInTurn | undefined)[]> {
  const netuids = [...new Set(trades.map(({ netuid }) => netuid))];
  const onPools = netuids.filter((netuid) => netuid !== ROOT_NETUID);
  const [prices, pools] = await Promise.all([
    readPrices(view, ...(netuids.length > FEW_SUBNETS ? [] : [netuids])),
    readPools(view, onPools),
  ]);
  const market: Market = { view, prices, pools };
  const alone = await quoteAll(
    market,
    trades.map((trade) => ({ ...trade, side })),
  );
  const steps = stepsOf(alone);
  const sums = await quoteAll(
    market,
    steps.flatMap((step) => sumsOf(step, pools)),
  );
  let next = 0;
  return steps.map(({ quote, enteredRao }) => {
    if (quote === undefined) return undefined;
    const pool = pools.get(quote.netuid);
    if (enteredRao === 0n) return { ...quote, spotAfterRaoPerAlpha: spotAfter(quote, pool) };
    const [before, whole] = [sums[next], sums[next + 1]];
    next += 2;
    if (before === undefined || whole === undefined) return undefined;
    const amountOutRao = whole.amountOutRao - before.amountOutRao;
    return { ...quote, amountOutRao, spotAfterRaoPerAlpha: spotAfter(whole, pool) };
  });
}

type Market = {
  readonly view: BlockView;
  readonly prices: ReadonlyMap<number, bigint>;
  readonly pools: ReadonlyMap<number, Pool>;
};

/** Each trade alone, on the pool as it is now; all in one round trip. */
async function quoteAll(
  { view, prices, pools }: Market,
  trades: readonly Trade[],
): Promise<readonly (QuoteFacts | undefined)[]> {
  const method = trades[0]?.side === 'buy' ? BUY_METHOD : SELL_METHOD;
  const onPools = trades.filter(({ netuid }) => netuid !== ROOT_NETUID);
  const simulated = view.runtime.has.api(SWAP_API, method)
    ? await view.callApiMany(
        SWAP_API,
        method,
        onPools.map(({ netuid, amountRao }) => [netuid, amountRao]),
      )
    : undefined;
  let next = 0;
  return trades.map((trade) => {
    if (trade.netuid === ROOT_NETUID) return oneToOne(trade);
    const pool = pools.get(trade.netuid);
    const result = simulated?.[next];
    next += 1;
    const quote =
      simulated === undefined && pool !== undefined
        ? quoteByFormula(pool, trade)
        : quoteOfSimulation(trade, result, prices.get(trade.netuid) ?? 0n);
    return quote.amountOutRao > 0n || trade.amountRao === 0n ? quote : undefined;
  });
}

type Step = {
  readonly quote: QuoteFacts | undefined;
  /** What the pool has taken in from the trades before. */
  readonly enteredRao: bigint;
};

function stepsOf(alone: readonly (QuoteFacts | undefined)[]): readonly Step[] {
  const entered = new Map<number, bigint>();
  return alone.map((quote) => {
    if (quote === undefined || quote.netuid === ROOT_NETUID) return { quote, enteredRao: 0n };
    const enteredRao = entered.get(quote.netuid) ?? 0n;
    const ownRao = quote.side === 'buy' ? netOf(quote) : quote.amountInRao;
    entered.set(quote.netuid, enteredRao + ownRao);
    return { quote, enteredRao };
  });
}

/** What is asked for a later trade: all before it, and all with it. */
function sumsOf({ quote, enteredRao }: Step, pools: Market['pools']): readonly Trade[] {
  if (quote === undefined || enteredRao === 0n) return [];
  const { netuid, side } = quote;
  const feeRateU16 = pools.get(netuid)?.feeRateU16 ?? 0;
  return [enteredRao, enteredRao + netOf(quote)].map((netRao) => ({
    netuid,
    side,
    amountRao: grossOf(netRao, feeRateU16),
  }));
}

function netOf({ amountInRao, feeRao }: QuoteFacts): bigint {
  return amountInRao - feeRao;
}

/** The smallest gross amount of which `netRao` is left after a floored fee. */
function grossOf(netRao: bigint, feeRateU16: number): bigint {
  const rate = BigInt(feeRateU16);
  let gross = (netRao * FEE_DENOMINATOR) / (FEE_DENOMINATOR - rate);
  while (gross - (gross * rate) / FEE_DENOMINATOR < netRao) gross += 1n;
  return gross;
}

/**
 * The price after a trade, floored: a pool's price is proportional to TAO ÷ alpha, whatever its
 * weights. Undefined where the reserves do not give the node's price before the trade either.
 */
function spotAfter(whole: QuoteFacts, pool: Pool | undefined): bigint | undefined {
  const { side, amountOutRao, spotRaoPerAlpha: spot } = whole;
  if (pool === undefined || pool.taoRao === 0n || pool.alphaRao === 0n) return undefined;
  const gap = priceOfPool(pool) - spot;
  if ((gap < 0n ? -gap : gap) * BELIEVED_SHARE > spot) return undefined;
  const isBuy = side === 'buy';
  const taoAfter = pool.taoRao + (isBuy ? netOf(whole) : -amountOutRao);
  const alphaAfter = pool.alphaRao + (isBuy ? -amountOutRao : netOf(whole));
  if (alphaAfter <= 0n) return undefined;
  return (spot * taoAfter * pool.alphaRao) / (pool.taoRao * alphaAfter);
}
