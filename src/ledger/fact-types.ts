/** Facts beside pools, positions and flows, and what is derived from all. Types only. */
import type { BlockStamp } from './types.ts';

/** Block numbers, both inclusive; what is not given is open. */
export type BlockRange = { readonly from?: number; readonly to?: number };

export type HotkeyOnSubnet = { readonly hotkey: string; readonly netuid: number };

/** A hotkey's pool of stake on one subnet, with its take, at the end of a block. */
export type HotkeySample = {
  readonly hotkey: string;
  readonly netuid: number;
  /** Alpha of all its stakers there, rao (root: TAO). */
  readonly totalAlphaRao: bigint;
  /** All shares as the chain writes them: `mantissa` or `mantissa e exponent`; '' when not read. */
  readonly totalShares: string;
  /** Share of dividends it keeps, of 65,535. */
  readonly takeU16: number;
  /** What the last epoch paid its alpha stakers and its root stakers, after take. */
  readonly lastDividendRao: bigint;
  readonly lastRootDividendRao: bigint;
};

/** Alpha of `netuid` owed per rao of root stake on a hotkey since ever, I96F32 bits. */
export type RootRateSample = HotkeyOnSubnet & { readonly rateBits: bigint };

/** What of a coldkey's root dividends counts as claimed already, rao of alpha of `netuid`. */
export type ClaimedSample = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  readonly claimedRao: bigint;
};

/** A coldkey's part of a validator's root basket. */
export type BasketSample = {
  readonly coldkey: string;
  readonly hotkey: string;
  /** What redeeming it would bring, rao of TAO. */
  readonly owedRao: bigint;
  readonly shares: bigint;
};

/**
 * Root dividends that were paid out. `swap` sold the alpha into root stake (`taoRao`), `keep` put
 * it into the position on the subnet, `basket` redeemed shares (`alphaRao` is 0) into root stake.
 */
export type RootClaim = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  readonly kind: 'swap' | 'keep' | 'basket';
  readonly alphaRao: bigint;
  readonly taoRao: bigint;
};

/**
 * One position on one UTC day. What lies between two samples belongs to the day of the later one:
 * flows, gain and price change. Flows since the last sample are in no row yet.
 */
export type PositionDay = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  /** Start of the day, ms since 1970, a multiple of 86,400,000. */
  readonly dayMs: number;
  readonly lastBlock: BlockStamp & { readonly timeMs: number };
  readonly sampleCount: number;
  /** Held at the sample before the day's first one; at a first sample ever: what no flow explains. */
  readonly alphaStartRao: bigint;
  readonly alphaEndRao: bigint;
  readonly addedRao: bigint;
  readonly removedRao: bigint;
  readonly paidRao: bigint;
  readonly receivedRao: bigint;
  /** `alphaEnd` − `alphaStart` − `added` + `removed`: earned, or unexplained. May be negative. */
  readonly gainRao: bigint;
  /** Σ of each interval's gain × the spot price of its later sample: rao × rao, not divided. */
  readonly gainProduct: bigint;
  /** Σ of alpha at the start of each interval × the change of the spot price. */
  readonly priceProduct: bigint;
  /** Spot price at the last sample, rao of TAO per alpha; undefined when never observed. */
  readonly priceRaoPerAlpha: bigint | undefined;
};

/** A block by name, and whether it was rejected. */
export type NamedBlock = {
  readonly number: number;
  readonly hash: string;
  readonly isRejected: boolean;
};
