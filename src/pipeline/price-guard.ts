/** Turns a tolerance or an explicit limit into the chain's limit price, and refuses one that cannot work. */
import type { QuoteFacts } from '../chain/facts.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import { formatRao, RAO_PER_UNIT } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { buyLimitFloor, sellLimitCeil } from '../domain/price.ts';
import { MAX_TOLERANCE_PERCENT } from '../domain/tolerance.ts';
import { TaoError } from '../errors/tao-error.ts';

export type GuardedPrice = {
  /** Rao of TAO per whole alpha. */
  readonly limitRaoPerAlpha: bigint;
  /** The least that comes out when the trade fills whole: alpha for a buy, TAO for a sale; in rao. */
  readonly leastOutRao: bigint;
};

/** USAGE_CONFLICT for one price limit over several subnets: each has a price of its own. */
export function requireOnePrice(guard: PriceOptions, netuids: readonly number[]): void {
  const priced = new Set(netuids.filter((netuid) => netuid !== ROOT_NETUID));
  if (guard.limitPriceRaoPerAlpha === undefined || priced.size < 2) return;
  throw new TaoError('USAGE_CONFLICT', {
    message: `Couldn't use one --limit-price for ${priced.size} subnets: each has a price of its own.`,
    hint: 'Use --tolerance, or name one subnet.',
    data: { netuids: [...priced] },
  });
}

/** A quote, with the spot price after the trade where that is known. */
export type GuardedQuote = QuoteFacts & { readonly spotAfterRaoPerAlpha?: bigint | undefined };

/**
 * The price limit for a quoted trade on a pool. PRICE_LIMIT_PASSED when the limit is not beyond the
 * spot price; PRICE_LIMIT_TOO_TIGHT when the trade itself would move the price beyond it, so that
 * the chain could only refuse (a partial fill is let through).
 *
 * Chain rule: the limit is compared with the price after the trade, not with its average.
 */
export function guardPrice(quote: GuardedQuote, guard: PriceOptions): GuardedPrice {
  const spot = quote.spotRaoPerAlpha;
  const isBuy = quote.side === 'buy';
  const limit =
    guard.limitPriceRaoPerAlpha ??
    (isBuy ? buyLimitFloor(spot, guard.tolerance) : sellLimitCeil(spot, guard.tolerance));
  if (isBuy ? limit <= spot : limit >= spot) throw limitPassed(quote, limit);

  const netIn = quote.amountInRao - quote.feeRao;
  const leastOutRao = isBuy ? (netIn * RAO_PER_UNIT) / limit : (netIn * limit) / RAO_PER_UNIT;
  const worst = quote.spotAfterRaoPerAlpha ?? averagePrice(quote);
  const isBeyond = isBuy ? worst > limit : worst < limit;
  if ((isBeyond || quote.amountOutRao < leastOutRao) && !guard.partial) {
    throw limitTooTight(quote, limit, worst);
  }
  return { limitRaoPerAlpha: limit, leastOutRao };
}

/** What one alpha costs or brings on average, rounded to the trader's favour. */
function averagePrice({ side, amountInRao, amountOutRao, feeRao }: QuoteFacts): bigint {
  const netIn = amountInRao - feeRao;
  if (side === 'buy') return (netIn * RAO_PER_UNIT) / (amountOutRao === 0n ? 1n : amountOutRao);
  return netIn === 0n ? 0n : (amountOutRao * RAO_PER_UNIT + netIn - 1n) / netIn;
}

function limitPassed(quote: QuoteFacts, limit: bigint): TaoError {
  const isBuy = quote.side === 'buy';
  return new TaoError('PRICE_LIMIT_PASSED', {
    message: `Couldn't plan the trade: the limit of ${formatRao(limit)} TAO per alpha is already past the price of ${formatRao(quote.spotRaoPerAlpha)}.`,
    hint: `Give a --limit-price ${isBuy ? 'above' : 'below'} ${formatRao(quote.spotRaoPerAlpha)}, or a --tolerance above 0.`,
    data: { limitRaoPerAlpha: limit.toString(), spotRaoPerAlpha: quote.spotRaoPerAlpha.toString() },
  });
}

function limitTooTight(quote: QuoteFacts, limit: bigint, worst: bigint): TaoError {
  const spot = quote.spotRaoPerAlpha;
  const needed = toleranceFor(quote, worst);
  return new TaoError('PRICE_LIMIT_TOO_TIGHT', {
    message: `Couldn't plan the trade: it would move the price to ${formatRao(worst)} TAO per alpha, past the limit of ${formatRao(limit)}.`,
    details: [`The price on subnet ${quote.netuid} now is ${formatRao(spot)}.`],
    hint: hintFor(needed),
    data: {
      priceAfterRaoPerAlpha: worst.toString(),
      limitRaoPerAlpha: limit.toString(),
      spotRaoPerAlpha: spot.toString(),
      neededTolerancePercent: needed,
    },
  });
}

/** A tolerance that the option would not take is not offered. */
function hintFor(needed: string): string {
  const [whole = '0'] = needed.split('.');
  if (BigInt(whole) >= BigInt(MAX_TOLERANCE_PERCENT)) return 'Trade less, or allow --partial.';
  return `Trade less, allow --partial, or accept a worse price with --tolerance ${needed} or more.`;
}

const HUNDREDTHS = 10_000n;

/** The tolerance in percent that lets a price that much worse through, rounded up to hundredths. */
function toleranceFor({ spotRaoPerAlpha: spot }: QuoteFacts, worst: bigint): string {
  const gap = worst > spot ? worst - spot : spot - worst;
  const hundredths = spot === 0n ? 0n : (gap * HUNDREDTHS + spot - 1n) / spot + 1n;
  const cents = (hundredths % 100n).toString().padStart(2, '0');
  return `${hundredths / 100n}.${cents}`.replace(/\.?0+$/, '');
}
