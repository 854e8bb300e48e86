/**
 * Quotes of one trade in several sizes, all at one block: what comes out, what it costs, and the
 * worst case at the tolerance. The same figures the plan of the trade would show.
 */
import type { MoveQuoteFacts, QuoteFacts } from '../chain/facts.ts';
import { quoteInTurn } from '../chain/queries/quote-in-turn.ts';
import { quoteMove } from '../chain/queries/quote-move.ts';
import type { BlockView } from '../chain/types.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import { RAO_PER_UNIT } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { impactMillionths } from './plan-rows.ts';
import { type GuardedQuote, guardPrice } from './price-guard.ts';
import { quoteOrNothing } from './read-plan-facts.ts';
import { guardSwap, swapImpactMillionths } from './swap-guard.ts';

export type QuotedTrade =
  | { readonly kind: 'buy' | 'sell'; readonly netuid: number }
  | { readonly kind: 'swap'; readonly netuid: number; readonly toNetuid: number };

export type SizedQuote = {
  readonly amountInRao: bigint;
  /** Undefined: the pool cannot serve that size. */
  readonly figures: QuoteFigures | undefined;
};

export type QuoteFigures = {
  readonly amountOutRao: bigint;
  /** In the unit that goes in. */
  readonly feeRao: bigint;
  readonly impactMillionths: bigint;
  /** Rao of TAO for one alpha; of a swap rao of the destination for one of the origin. */
  readonly spotRao: bigint;
  /** The same on average over the trade, fee not counted; floored. */
  readonly averageRao: bigint;
  /** Undefined on root, where nothing is traded. */
  readonly limitRao: bigint | undefined;
  /** The least that comes out; undefined: the chain would refuse this size at this tolerance. */
  readonly leastOutRao: bigint | undefined;
  readonly source: QuoteFacts['source'];
};

/** One quote a size, in the order given. */
export function readQuotes(
  view: BlockView,
  trade: QuotedTrade,
  asked: { readonly amountsRao: readonly bigint[]; readonly guard: PriceOptions },
): Promise<readonly SizedQuote[]> {
  return Promise.all(
    asked.amountsRao.map(async (amountInRao) => ({
      amountInRao,
      figures: await readFigures(view, trade, { amountInRao, guard: asked.guard }),
    })),
  );
}

type Size = { readonly amountInRao: bigint; readonly guard: PriceOptions };

async function readFigures(
  view: BlockView,
  trade: QuotedTrade,
  { amountInRao, guard }: Size,
): Promise<QuoteFigures | undefined> {
  if (trade.kind === 'swap') {
    const { netuid: originNetuid, toNetuid: destinationNetuid } = trade;
    const question = { originNetuid, destinationNetuid, amountRao: amountInRao };
    const quote = await quoteOrNothing(quoteMove(view, question));
    return quote === undefined || quote.spotRatio === 0n ? undefined : swapFigures(quote, guard);
  }
  const size = { netuid: trade.netuid, amountRao: amountInRao };
  const [quote] = await quoteInTurn(view, trade.kind, [size]);
  return quote === undefined || quote.spotRaoPerAlpha === 0n
    ? undefined
    : tradeFigures(quote, guard);
}

function tradeFigures(quote: GuardedQuote, guard: PriceOptions): QuoteFigures {
  const { amountOutRao, feeRao, spotRaoPerAlpha, source } = quote;
  const netIn = quote.amountInRao - feeRao;
  const [taoRao, alphaRao] = quote.side === 'buy' ? [netIn, amountOutRao] : [amountOutRao, netIn];
  const common = {
    amountOutRao,
    feeRao,
    impactMillionths: impactMillionths(quote),
    spotRao: spotRaoPerAlpha,
    averageRao: (taoRao * RAO_PER_UNIT) / alphaRao,
    source,
  };
  if (quote.netuid === ROOT_NETUID) {
    return { ...common, limitRao: undefined, leastOutRao: amountOutRao };
  }
  // The limit is shown for every size; whether the size keeps within it is a second question.
  const { limitRaoPerAlpha } = guardPrice(quote, { ...guard, partial: true });
  const least = unlessTooTight(() => guardPrice(quote, { ...guard, partial: false }).leastOutRao);
  return { ...common, limitRao: limitRaoPerAlpha, leastOutRao: least };
}

function swapFigures(quote: MoveQuoteFacts, guard: PriceOptions): QuoteFigures {
  const { amountOutRao, feeRao, spotRatio, source } = quote;
  const { limitRatio } = guardSwap(quote, { ...guard, partial: true });
  return {
    amountOutRao,
    feeRao,
    impactMillionths: swapImpactMillionths(quote),
    spotRao: spotRatio,
    averageRao: (amountOutRao * RAO_PER_UNIT) / (quote.amountInRao - feeRao),
    limitRao: limitRatio,
    leastOutRao: unlessTooTight(() => guardSwap(quote, { ...guard, partial: false }).leastOutRao),
    source,
  };
}

function unlessTooTight(least: () => bigint): bigint | undefined {
  try {
    return least();
  } catch (error) {
    if (isTaoError(error, 'PRICE_LIMIT_TOO_TIGHT')) return undefined;
    throw error;
  }
}
