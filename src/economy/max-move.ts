/**
 * The most alpha a limited move between two subnets may take; constant product, as the chain does.
 */
import { div64, mul64 } from './fixed.ts';
import { maxAmountAtLimit, type Pool, poolPriceBits, type SwapError } from './pool.ts';

/** No limit. */
const UNLIMITED = 2n ** 64n - 1n;
const ONE_E9 = 1_000_000_000n;

export type MaxMove =
  | { readonly ok: true; readonly amount: bigint }
  | { readonly ok: false; readonly error: SwapError };

/**
 * Between two dynamic pools, in rao of origin alpha: x2·(y1/(y1+y2))/limit − x1·(y2/(y1+y2)), with
 * limit the origin price over the destination price × 10^9. Zero under the market, unlimited at
 * zero.
 */
export function maxMoveFloor(origin: Pool, destination: Pool, limit: bigint): bigint {
  const { taoReserve: y1, alphaIn: x1 } = origin;
  const { taoReserve: y2, alphaIn: x2 } = destination;
  if (y1 === 0n || y2 === 0n || x1 === 0n || x2 === 0n) return 0n;
  const limit64 = div64(limit, ONE_E9);
  if (limit64 > div64(poolPriceBits(origin), poolPriceBits(destination))) return 0n;
  if (limit === 0n) return UNLIMITED;
  const sum = y1 + y2;
  const given = div64(x2 * div64(y1, sum), limit64);
  const kept = x1 * div64(y2, sum);
  return given > kept ? (given - kept) >> 64n : 0n;
}

/** The same for any two subnets: root and stable pools count as a plain buy or sale. */
export function maxMoveAtLimit(
  origin: Pool,
  destination: Pool,
  limits: { readonly limit: bigint; readonly minimumReserveRao: bigint },
): MaxMove {
  const { limit, minimumReserveRao } = limits;
  if (origin.mechanism === 0 && destination.mechanism === 0) {
    return { ok: true, amount: limit > ONE_E9 ? 0n : UNLIMITED };
  }
  if (origin.mechanism === 0) {
    if (limit === 0n) return { ok: true, amount: UNLIMITED };
    const limitRaoPerAlpha = mul64(div64(ONE_E9, limit), ONE_E9);
    return maxAmountAtLimit(destination, { side: 'buy', limitRaoPerAlpha, minimumReserveRao });
  }
  if (destination.mechanism === 0) {
    const request = { side: 'sell', limitRaoPerAlpha: limit, minimumReserveRao } as const;
    return maxAmountAtLimit(origin, request);
  }
  return { ok: true, amount: maxMoveFloor(origin, destination, limit) };
}
