/**
 * What several trades on one pool give when they are made one after another in one transaction: each
 * is quoted on the pool as the earlier ones leave it, from the node's own simulation of their sums.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import type { QuoteFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { quoteBuy, quoteSell } from './quote-swap.ts';
import { type Pool, priceOfPool, readPool } from './read-prices.ts';

/** Trades of one subnet and one side, in the order they will be made. */
export type TradesInTurn = {
  readonly netuid: number;
  readonly side: QuoteFacts['side'];
  /** Gross amounts, pool fee included: TAO for buys, alpha for sales; rao. */
  readonly amountsRao: readonly bigint[];
};

/** A quote with the spot price the pool has after the trade, where its reserves tell. */
export type QuoteInTurn = QuoteFacts & { readonly spotAfterRaoPerAlpha: bigint | undefined };

const FEE_DENOMINATOR = 65_535n;
/** How far the price of the reserves may be from the node's own for the reserves to be believed. */
const BELIEVED_SHARE = 1_000n;

/**
 * A quote for each amount, in order; undefined where the pool gives nothing for it. The spot price is
 * the one before all of them. Exact for the first trade; later ones may differ from the outcome by
 * a few rao of rounding.
 *
 * Chain rule: the fee of a buy never enters the pool; the fee of a sale is sold into it by the
 * block's author right after. Pinned by quote-in-turn.test.ts.
 */
export async function quoteInTurn(
  view: BlockView,
  trades: TradesInTurn,
): Promise<readonly (QuoteInTurn | undefined)[]> {
  const { netuid, side, amountsRao } = trades;
  const ask = side === 'buy' ? quoteBuy : quoteSell;
  const quoteOf = (amountRao: bigint) => quoteOrNothing(ask(view, netuid, amountRao));
  const [alone, pool] = await Promise.all([
    Promise.all(amountsRao.map(quoteOf)),
    netuid === ROOT_NETUID ? undefined : readPool(view, netuid),
  ]);
  return Promise.all(
    stepsOf(alone).map(async ({ quote, enteredRao }) => {
      if (quote === undefined) return undefined;
      if (enteredRao === 0n) return { ...quote, spotAfterRaoPerAlpha: spotAfter(quote, pool) };
      const [before, whole] = await Promise.all([
        quoteOf(grossOf(enteredRao, pool)),
        quoteOf(grossOf(enteredRao + netOf(quote), pool)),
      ]);
      if (before === undefined || whole === undefined) return undefined;
      const amountOutRao = whole.amountOutRao - before.amountOutRao;
      return { ...quote, amountOutRao, spotAfterRaoPerAlpha: spotAfter(whole, pool) };
    }),
  );
}

async function quoteOrNothing(quoting: Promise<QuoteFacts>): Promise<QuoteFacts | undefined> {
  try {
    return await quoting;
  } catch (error) {
    if (isTaoError(error, 'CHAIN_LIQUIDITY')) return undefined;
    throw error;
  }
}

type Step = {
  readonly quote: QuoteFacts | undefined;
  /** What the pool has taken in from the trades before. */
  readonly enteredRao: bigint;
};

function stepsOf(alone: readonly (QuoteFacts | undefined)[]): readonly Step[] {
  let enteredRao = 0n;
  return alone.map((quote) => {
    const step = { quote, enteredRao };
    if (quote !== undefined) enteredRao += quote.side === 'buy' ? netOf(quote) : quote.amountInRao;
    return step;
  });
}

function netOf({ amountInRao, feeRao }: QuoteFacts): bigint {
  return amountInRao - feeRao;
}

/** The smallest gross amount of which `netRao` is left after a floored fee. */
function grossOf(netRao: bigint, pool: Pool | undefined): bigint {
  const rate = BigInt(pool?.feeRateU16 ?? 0);
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
