/**
 * How a conviction lock goes on: what it still holds and how much conviction it has after so many
 * blocks. An outlook for people; the chain's own figures are read, never computed here.
 */

/** A lock now, in rao of alpha. */
export type LockNow = {
  readonly lockedRao: bigint;
  readonly convictionRao: bigint;
  /** It does not decay. */
  readonly isPerpetual: boolean;
  /** In favour of the subnet owner's hotkey: conviction is what is locked. */
  readonly isOwnerLock: boolean;
};

/** E-folding times in blocks. */
export type LockRates = { readonly unlockBlocks: number; readonly maturityBlocks: number };

export type LockThen = { readonly lockedRao: bigint; readonly convictionRao: bigint };

/** Blocks of 12 seconds. */
export const BLOCKS_PER_DAY = 7_200;

/** Factors are rounded to this many parts: finer than anybody reads. */
const PARTS = 10n ** 12n;

/**
 * The lock `blocks` later if nothing is added or moved: what is locked rounded up, conviction down.
 *
 * Chain rule: m·e^(−t/τu) is locked, c·e^(−t/τm) + m·g is conviction, with g = (t/τ)·e^(−t/τ) for
 * equal rates, τu·(e^(−t/τu) − e^(−t/τm))/(τu − τm) for others and 1 − e^(−t/τm) for a perpetual
 * lock. Pinned by test/chain/lock-course.test.ts.
 */
export function lockAfter(lock: LockNow, rates: LockRates, blocks: number): LockThen {
  const unlocked = Math.exp(-blocks / rates.unlockBlocks);
  const matured = Math.exp(-blocks / rates.maturityBlocks);
  const lockedRao = lock.isPerpetual ? lock.lockedRao : timesCeil(lock.lockedRao, unlocked);
  if (lock.isOwnerLock) return { lockedRao, convictionRao: lockedRao };
  const growth = growthFactor(lock, rates, { blocks, unlocked, matured });
  const convictionRao =
    timesFloor(lock.convictionRao, matured) + timesFloor(lock.lockedRao, growth);
  return { lockedRao, convictionRao };
}

function growthFactor(
  { isPerpetual }: LockNow,
  { unlockBlocks, maturityBlocks }: LockRates,
  at: { readonly blocks: number; readonly unlocked: number; readonly matured: number },
): number {
  if (isPerpetual) return 1 - at.matured;
  if (unlockBlocks === maturityBlocks) return (at.blocks / maturityBlocks) * at.matured;
  return (unlockBlocks * (at.unlocked - at.matured)) / (unlockBlocks - maturityBlocks);
}

function timesFloor(rao: bigint, factor: number): bigint {
  return (rao * partsOf(factor)) / PARTS;
}

function timesCeil(rao: bigint, factor: number): bigint {
  return (rao * partsOf(factor) + PARTS - 1n) / PARTS;
}

function partsOf(factor: number): bigint {
  return BigInt(Math.round(factor * 1e12));
}
