/**
 * Turns a tolerance into the limit of a swap between two subnets: the least alpha of the
 * destination for one alpha of the origin. Pure; nobody sells at any ratio.
 */
import type { MoveQuoteFacts } from '../chain/facts.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import { formatRao, RAO_PER_UNIT } from '../domain/amount.ts';
import { sellLimitCeil } from '../domain/price.ts';
import { TaoError } from '../errors/tao-error.ts';

export type GuardedSwap = {
  /** Rao of the destination for one whole unit of the origin, as the call takes it. */
  readonly limitRatio: bigint;
  /** The least that arrives when the swap fills whole, in rao of the destination. */
  readonly leastOutRao: bigint;
};

/** Floors of the sale, of the purchase and of the chain's own ratio. */
const FLOORED_RAO = 3n;

/**
 * The limit for a quoted swap. PRICE_LIMIT_PASSED when it is not under the market; with it
 * PRICE_LIMIT_TOO_TIGHT when the chain could only refuse the amount (a partial fill is let
 * through).
 *
 * Chain rule: between two pools the limit must not be over the ratio of the spot prices, and the
 * amount not over what a constant product would give at that average ratio, whatever the weights.
 * The worst case needs only the first: a pool moved against us is deeper on the side we pay into.
 * Pinned by test/chain/swap-worst-case.test.ts.
 */
export function guardSwap(quote: MoveQuoteFacts, guard: PriceOptions): GuardedSwap {
  const { spotRatio } = quote;
  const limitRatio = guard.limitPriceRaoPerAlpha ?? sellLimitCeil(spotRatio, guard.tolerance);
  if (limitRatio >= spotRatio) throw limitPassed(quote, limitRatio);
  const leastOutRao = leastOf(quote, limitRatio);
  if (!guard.partial && mostIn(quote, limitRatio) < quote.amountInRao) {
    throw limitTooTight(quote, limitRatio);
  }
  return { limitRatio, leastOutRao };
}

/** The quoted outcome, worse by as much as the limit lets the ratio of prices worsen. */
function leastOf({ amountOutRao, spotRatio, purchase }: MoveQuoteFacts, limit: bigint): bigint {
  const price = purchase.spotRaoPerAlpha;
  // A rao of TAO lost to rounding is several rao of cheap alpha.
  const roundedRao = FLOORED_RAO + (FLOORED_RAO * RAO_PER_UNIT) / (price === 0n ? 1n : price);
  const leastRao = (amountOutRao * limit) / spotRatio - roundedRao;
  return leastRao > 0n ? leastRao : 0n;
}

/** The largest amount that the chain takes at this limit, as far as it can be computed exactly. */
function mostIn(quote: MoveQuoteFacts, limit: bigint): bigint {
  const { originReserves: from, destinationReserves: to } = quote;
  if (from === undefined || to === undefined) return mostAtAverage(quote, limit);
  const taoRao = from.taoRao + to.taoRao;
  if (taoRao === 0n) return 0n;
  const given = (to.alphaRao * from.taoRao * RAO_PER_UNIT) / limit;
  const kept = from.alphaRao * to.taoRao;
  return given > kept ? (given - kept) / taoRao : 0n;
}

/** With root on one side the chain limits the price after the trade, which is past the average. */
function mostAtAverage(quote: MoveQuoteFacts, limit: bigint): bigint {
  const { amountInRao, amountOutRao, feeRao, spotAfterRatio } = quote;
  if (spotAfterRatio !== undefined && spotAfterRatio < limit) return 0n;
  return amountOutRao * RAO_PER_UNIT >= (amountInRao - feeRao - 1n) * limit ? amountInRao : 0n;
}

/** What less comes out, fee not counted, than at the ratio of the spot prices: millionths, up. */
export function swapImpactMillionths(quote: MoveQuoteFacts): bigint {
  const atSpot = ((quote.amountInRao - quote.feeRao) * quote.spotRatio) / RAO_PER_UNIT;
  if (atSpot <= quote.amountOutRao) return 0n;
  return ((atSpot - quote.amountOutRao) * 1_000_000n + atSpot - 1n) / atSpot;
}

function limitPassed({ spotRatio }: MoveQuoteFacts, limit: bigint): TaoError {
  return new TaoError('PRICE_LIMIT_PASSED', {
    message: `Couldn't plan the swap: the limit of ${formatRao(limit)} for each one given is already past the ratio of the prices, ${formatRao(spotRatio)}.`,
    hint: `Give a --limit-price below ${formatRao(spotRatio)}, or a --tolerance above 0.`,
    data: { limitRatio: limit.toString(), spotRatio: spotRatio.toString() },
  });
}

function limitTooTight(quote: MoveQuoteFacts, limit: bigint): TaoError {
  return new TaoError('PRICE_LIMIT_TOO_TIGHT', {
    message: `Couldn't plan the swap: an amount this large would pass the limit of ${formatRao(limit)} for each one given.`,
    details: [
      `The ratio of the prices is ${formatRao(quote.spotRatio)}; the swap itself moves it.`,
    ],
    hint: 'Swap less, allow --partial, or raise --tolerance.',
    data: {
      limitRatio: limit.toString(),
      spotRatio: quote.spotRatio.toString(),
      mostRao: mostIn(quote, limit).toString(),
    },
  });
}
