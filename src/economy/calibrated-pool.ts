/**
 * A stand-in for a pool whose curve we do not know: constant product, its depth fitted to quotes of
 * the chain. Every estimate from it must carry the fit's residual error. Doubles: never for
 * bookings.
 */
import { toDouble } from './fixed.ts';
import { constantProductPool, type Pool, type Side, swapOutput } from './pool.ts';

const ONE_E9 = 1_000_000_000n;
/** A depth this far beyond the largest quote means that the quotes show no impact at all. */
const DEEPEST_TIMES = 1_000_000_000n;

/** One answer of the chain: what entered the pool, net of fee, and what came out; rao. */
export type PoolQuote = { readonly side: Side; readonly netInRao: bigint; readonly outRao: bigint };

export type Calibration = {
  /** Reserves that answer like the chain near the quotes; not the chain's own reserves. */
  readonly pool: Pool;
  /** Largest relative deviation of the fitted pool from a quote, parts per billion, rounded up. */
  readonly worstErrorPpb: bigint;
  readonly quotes: number;
};

/**
 * Fits the depth of a constant-product pool at a spot price (rao per alpha) to quotes, least
 * squares on the price impact. Undefined without a usable quote. Quotes should span the amounts of
 * interest.
 */
export function calibratePool(
  spot: { readonly priceRaoPerAlpha: bigint; readonly feeRateU16: number },
  quotes: readonly PoolQuote[],
): Calibration | undefined {
  const usable = quotes.filter((quote) => quote.netInRao > 0n && quote.outRao > 0n);
  if (usable.length === 0 || spot.priceRaoPerAlpha === 0n) return undefined;
  const taoReserve = fitDepth(spot.priceRaoPerAlpha, usable);
  const alphaIn = (taoReserve * ONE_E9) / spot.priceRaoPerAlpha;
  const pool = constantProductPool({ taoReserve, alphaIn }, spot.feeRateU16);
  let worstErrorPpb = 0n;
  for (const quote of usable) {
    const error = errorPpb(swapOutput(pool, quote.side, quote.netInRao), quote.outRao);
    if (error > worstErrorPpb) worstErrorPpb = error;
  }
  return { pool, worstErrorPpb, quotes: usable.length };
}

/**
 * With tao value n of the input and impact z (average price over spot − 1 for a buy, its inverse
 * for a sale), constant product says z = n/depth; so 1/depth = Σ n·z / Σ n². In rao.
 */
function fitDepth(priceRaoPerAlpha: bigint, quotes: readonly PoolQuote[]): bigint {
  const price = toDouble(priceRaoPerAlpha, 0) / 1e9;
  let products = 0;
  let squares = 0;
  let largest = 0n;
  for (const { side, netInRao, outRao } of quotes) {
    const given = toDouble(netInRao, 0);
    const got = toDouble(outRao, 0);
    const value = side === 'buy' ? given : given * price;
    const impact = side === 'buy' ? given / got / price - 1 : (given * price) / got - 1;
    products += value * impact;
    squares += value * value;
    if (netInRao > largest) largest = netInRao;
  }
  const deepest = largest * DEEPEST_TIMES;
  if (products <= 0) return deepest;
  const depth = BigInt(Math.round(squares / products));
  return depth > deepest ? deepest : depth;
}

function errorPpb(fitted: bigint, quoted: bigint): bigint {
  const gap = fitted > quoted ? fitted - quoted : quoted - fitted;
  return (gap * ONE_E9 + quoted - 1n) / quoted;
}
