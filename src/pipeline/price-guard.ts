/** Turns a tolerance or an explicit limit into the chain's limit price, and refuses one that cannot work. */
import type { QuoteFacts } from '../chain/facts.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import { formatRao, RAO_PER_UNIT } from '../domain/amount.ts';
import { buyLimitFloor, sellLimitCeil } from '../domain/price.ts';
import { TaoError } from '../errors/tao-error.ts';

export type GuardedPrice = {
  /** Rao of TAO per whole alpha. */
  readonly limitRaoPerAlpha: bigint;
  /** The least that comes out when the trade fills whole: alpha for a buy, TAO for a sale; in rao. */
  readonly leastOutRao: bigint;
};

/**
 * The price limit for a quoted trade on a pool. PRICE_LIMIT_PASSED when the limit is not beyond the
 * spot price; PRICE_LIMIT_TOO_TIGHT when even the average price would be beyond it, so that the
 * chain could only refuse (a partial fill is let through).
 */
export function guardPrice(quote: QuoteFacts, guard: PriceOptions): GuardedPrice {
  const spot = quote.spotRaoPerAlpha;
  const isBuy = quote.side === 'buy';
  const limit =
    guard.limitPriceRaoPerAlpha ??
    (isBuy ? buyLimitFloor(spot, guard.tolerance) : sellLimitCeil(spot, guard.tolerance));
  if (isBuy ? limit <= spot : limit >= spot) throw limitPassed(quote, limit);

  const netIn = quote.amountInRao - quote.feeRao;
  const leastOutRao = isBuy ? (netIn * RAO_PER_UNIT) / limit : (netIn * limit) / RAO_PER_UNIT;
  if (quote.amountOutRao < leastOutRao && !guard.partial) throw limitTooTight(quote, limit);
  return { limitRaoPerAlpha: limit, leastOutRao };
}

function limitPassed(quote: QuoteFacts, limit: bigint): TaoError {
  const isBuy = quote.side === 'buy';
  return new TaoError('PRICE_LIMIT_PASSED', {
    message: `Couldn't plan the trade: the limit of ${formatRao(limit)} TAO per alpha is already past the price of ${formatRao(quote.spotRaoPerAlpha)}.`,
    hint: `Give a --limit-price ${isBuy ? 'above' : 'below'} ${formatRao(quote.spotRaoPerAlpha)}, or a --tolerance above 0.`,
    data: { limitRaoPerAlpha: limit.toString(), spotRaoPerAlpha: quote.spotRaoPerAlpha.toString() },
  });
}

function limitTooTight(quote: QuoteFacts, limit: bigint): TaoError {
  const netIn = quote.amountInRao - quote.feeRao;
  const average =
    quote.side === 'buy'
      ? (netIn * RAO_PER_UNIT) / (quote.amountOutRao === 0n ? 1n : quote.amountOutRao)
      : (quote.amountOutRao * RAO_PER_UNIT) / netIn;
  return new TaoError('PRICE_LIMIT_TOO_TIGHT', {
    message: `Couldn't plan the trade: its average price of ${formatRao(average)} TAO per alpha would pass the limit of ${formatRao(limit)}.`,
    details: [`The price now is ${formatRao(quote.spotRaoPerAlpha)}; a trade this size moves it.`],
    hint: 'Trade less, allow --partial, or raise --tolerance.',
    data: {
      averageRaoPerAlpha: average.toString(),
      limitRaoPerAlpha: limit.toString(),
      spotRaoPerAlpha: quote.spotRaoPerAlpha.toString(),
    },
  });
}
