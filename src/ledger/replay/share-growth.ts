/** What a stake became by a validator's recorded share pool, with the chain's own rounding. Pure. */
import {
  mulDivSafe,
  normalizeSafe,
  type SafeFloat,
  safeFromInteger,
  safeToU64,
} from '../../economy/safe-float.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { BlockStamp } from '../types.ts';

/** A validator's pool of stake on one subnet at the end of a block. */
export type SharePoint = {
  readonly block: BlockStamp;
  /** Rao of alpha (root: TAO) of all its stakers. */
  readonly totalAlphaRao: bigint;
  /** As the ledger keeps it: `mantissa e exponent`, or `v1:` and the bits of a U64F64. */
  readonly totalShares: string;
};

export type HeldPoint = { readonly block: BlockStamp; readonly alphaRao: bigint };

const V1_FRACTION = 2n ** 64n;
/** Digits that keep every bit of a U64F64 in a decimal float. */
const V1_DIGITS = 20;

/**
 * What the stake is at each later point. Chain rule: a stake of x gets x × shares ÷ alpha of the
 * pool, and is worth alpha × own shares ÷ shares ever after. Pinned by share-growth.test.ts.
 * `ownShares` are used instead where they are known. LEDGER_CORRUPT for shares that are no number.
 */
export function growStake(
  stake: { readonly alphaRao: bigint; readonly ownShares?: string | undefined },
  [start, ...later]: readonly [SharePoint, ...SharePoint[]],
): readonly HeldPoint[] {
  const own =
    stake.ownShares === undefined
      ? mulDivSafe(
          safeFromInteger(stake.alphaRao),
          parseShares(start.totalShares),
          safeFromInteger(start.totalAlphaRao),
        )
      : parseShares(stake.ownShares);
  return [
    { block: start.block, alphaRao: stake.alphaRao },
    ...later.map(({ block, totalAlphaRao, totalShares }) => ({
      block,
      alphaRao: safeToU64(
        mulDivSafe(safeFromInteger(totalAlphaRao), own, parseShares(totalShares)),
      ),
    })),
  ];
}

/** Whether anybody had a share of the pool: of an empty one nothing can be told. */
export function hasShares({ totalAlphaRao, totalShares }: SharePoint): boolean {
  return totalAlphaRao > 0n && totalShares !== '' && parseShares(totalShares).mantissa > 0n;
}

function parseShares(text: string): SafeFloat {
  const decimal = /^(\d+)e(-?\d+)$/.exec(text);
  if (decimal !== null) {
    const [, mantissa = '0', exponent = '0'] = decimal;
    return normalizeSafe(BigInt(mantissa), Number.parseInt(exponent, 10));
  }
  const bits = /^v1:(\d+)$/.exec(text);
  if (bits !== null) {
    const scaled = (BigInt(bits[1] as string) * 10n ** BigInt(V1_DIGITS)) / V1_FRACTION;
    return normalizeSafe(scaled, -V1_DIGITS);
  }
  throw new TaoError('LEDGER_CORRUPT', {
    message: `Couldn't read a share total in the ledger: "${text.slice(0, 60)}".`,
    hint: 'Run tao ledger verify.',
  });
}
