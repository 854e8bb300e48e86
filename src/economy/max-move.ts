/** The most alpha a limited move between two dynamic subnets may take: constant product, by rule. */
import { div64, mul64 } from './fixed.ts';

export type Reserves = { readonly tao: bigint; readonly alpha: bigint };

/** No limit. */
export const UNLIMITED = 2n ** 64n - 1n;
const RATIO_ONE = 1_000_000_000n;

/**
 * x2·(y1/(y1+y2))/limit − x1·(y2/(y1+y2)) in rao of origin alpha, where limit is the origin price
 * over the destination price × 10^9. Zero when the market is already under the limit.
 */
export function maxMoveFloor(origin: Reserves, destination: Reserves, limit: bigint): bigint {
  if (limit === 0n) return UNLIMITED;
  if (origin.alpha === 0n || destination.alpha === 0n) return 0n;
  const ratio = div64(div64(origin.tao, origin.alpha), div64(destination.tao, destination.alpha));
  const limit64 = div64(limit, RATIO_ONE);
  if (limit64 > ratio) return 0n;
  const sum = origin.tao + destination.tao;
  const first = mul64(div64(origin.tao, sum) * destination.alpha, 1n << 64n);
  const given = div64(first, limit64);
  const kept = div64(destination.tao, sum) * origin.alpha;
  return given > kept ? (given - kept) >> 64n : 0n;
}
