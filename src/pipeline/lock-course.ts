/** A lock's outlook in rows and figures: how much of it is still held in a month, a year, two. Pure. */
import type { LockFacts, LockRateFacts } from '../chain/facts.ts';
import { alpha, alphaJson, displayRao } from '../domain/amount.ts';
import { BLOCKS_PER_DAY, type LockThen, lockAfter } from '../domain/lock-decay.ts';

/** Days that the outlook is given for. */
export const COURSE_DAYS = [30, 90, 180, 365, 730] as const;

const CONVICTION_BITS = 64n;

export type LockOutlook = Pick<
  LockFacts,
  'netuid' | 'lockedRao' | 'convictionBits' | 'isPerpetual'
> & {
  readonly isOwnerLock: boolean;
};

export type CoursePoint = LockThen & { readonly days: number };

/** What is held and how convicted it is after each of `COURSE_DAYS`, if nothing else happens. */
export function courseOf(lock: LockOutlook, rates: LockRateFacts): readonly CoursePoint[] {
  const now = { ...lock, convictionRao: lock.convictionBits >> CONVICTION_BITS };
  return COURSE_DAYS.map((days) => ({ days, ...lockAfter(now, rates, days * BLOCKS_PER_DAY) }));
}

/** `In 30 days` and so on, for a consent screen. */
export function courseRows(
  lock: LockOutlook,
  rates: LockRateFacts,
): readonly (readonly [string, string])[] {
  return courseOf(lock, rates).map(({ days, lockedRao, convictionRao }) => [
    `In ${days} days`,
    `${displayRao(lockedRao, 4, 'up')} alpha locked, conviction ${displayRao(convictionRao, 4)}`,
  ]);
}

/** The course for machines; an estimate, and labelled so. */
export function courseData(lock: LockOutlook, rates: LockRateFacts) {
  return courseOf(lock, rates).map(({ days, lockedRao, convictionRao }) => ({
    days,
    blocks: days * BLOCKS_PER_DAY,
    locked: alphaJson(alpha(lock.netuid, lockedRao)),
    conviction: alphaJson(alpha(lock.netuid, convictionRao)),
    isEstimate: true,
  }));
}
