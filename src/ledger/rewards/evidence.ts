/**
 * What limits a position's earning: how much one share of its validator's pool grew, and what root
 * dividends came in. With it a gain is judged by the chain's own figures, not by habit. Pure.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { TAKE_DENOMINATOR } from '../../domain/take.ts';
import type { BlockRange, HotkeySample, RootRateSample } from '../fact-types.ts';
import type { BlockStamp, KnownFacts, Ledger } from '../types.ts';

export type Stamped<T> = T & { readonly block: BlockStamp };

/** Facts of positions, with those of their validators where they are known. */
export type RewardFacts = KnownFacts & {
  readonly hotkeys?: readonly Stamped<HotkeySample>[];
  readonly rootRates?: readonly Stamped<RootRateSample>[];
};

/** Everything the replay can use, or what of it lies within some blocks. LEDGER_CORRUPT. */
export function readRewardFacts(
  ledger: Ledger,
  coldkeys: readonly string[],
  blocks: BlockRange = {},
): RewardFacts {
  const facts = ledger.facts.read(coldkeys, blocks);
  const pairs = new Map(
    [...facts.positions, ...facts.claimable].map(({ hotkey, netuid }) => [
      `${hotkey}/${netuid}`,
      { hotkey, netuid },
    ]),
  );
  if (pairs.size === 0) return facts;
  const of = [...pairs.values()];
  return {
    ...facts,
    hotkeys: ledger.facts.readHotkeys({ of, blocks }),
    rootRates: readRates(ledger, facts, blocks),
  };
}

/** Rates of the validators that the coldkeys have root stake with, on every subnet. */
function readRates(
  ledger: Ledger,
  { positions }: KnownFacts,
  blocks: BlockRange,
): readonly Stamped<RootRateSample>[] {
  const roots = new Set(
    positions.flatMap(({ hotkey, netuid }) => (netuid === ROOT_NETUID ? [hotkey] : [])),
  );
  if (roots.size === 0) return [];
  return ledger.facts.readRootRates({ blocks }).filter(({ hotkey }) => roots.has(hotkey));
}

/** A validator's pool at a sample of a position. */
export type PoolState = {
  readonly totalAlphaRao: bigint;
  readonly shares: Shares;
  readonly takeU16: number;
};

/** `mantissa` × 10^`exponent`; `form` tells apart two ways in which the chain counts shares. */
export type Shares = {
  readonly form: string;
  readonly mantissa: bigint;
  readonly exponent: number;
};

/** Undefined for a text without shares. */
export function parseShares(text: string): Shares | undefined {
  const match = /^(v1:)?(\d{1,80})(?:e(-?\d{1,3}))?$/.exec(text);
  if (match === null) return undefined;
  const mantissa = BigInt(match[2] as string);
  if (mantissa === 0n) return undefined;
  return { form: match[1] ?? '', mantissa, exponent: Number.parseInt(match[3] ?? '0', 10) };
}

/** How much of each rao a share gained: (`after` ÷ `before`) − 1. */
export type Growth = { readonly numerator: bigint; readonly denominator: bigint };

/** Between two states of a pool; undefined where shares cannot be compared. */
export function growthOf(before: PoolState, after: PoolState): Growth | undefined {
  if (before.shares.form !== after.shares.form || before.totalAlphaRao === 0n) return undefined;
  const shift = after.shares.exponent - before.shares.exponent;
  const later =
    before.shares.mantissa * after.totalAlphaRao * (shift < 0 ? 10n ** BigInt(-shift) : 1n);
  const earlier =
    after.shares.mantissa * before.totalAlphaRao * (shift > 0 ? 10n ** BigInt(shift) : 1n);
  const numerator = later - earlier;
  return { numerator: numerator < 0n ? 0n : numerator, denominator: earlier };
}

/** Chain rule: no validator takes more of what its stakers earn. Pinned by delegate take tests. */
const MAX_TAKE_U16 = 11_796n;

/**
 * The most a position can have gained by its pool's growth: what its own stake earned, and, in case
 * its coldkey owns the validator, the take of everybody's. Rounded up, rao.
 */
export function mostEarned(
  growth: Growth,
  interval: { readonly stakeRao: bigint; readonly poolRao: bigint },
): { readonly stakerRao: bigint; readonly ownerRao: bigint } {
  const stakerRao = multiplyCeil(interval.stakeRao, growth.numerator, growth.denominator);
  const everybodys = multiplyCeil(interval.poolRao, growth.numerator, growth.denominator);
  const takeRao = multiplyCeil(everybodys, MAX_TAKE_U16, TAKE_DENOMINATOR - MAX_TAKE_U16);
  return { stakerRao, ownerRao: stakerRao + takeRao };
}

function multiplyCeil(value: bigint, numerator: bigint, denominator: bigint): bigint {
  return (value * numerator + denominator - 1n) / denominator;
}
