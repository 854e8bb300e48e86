/** A validator's take: parts of 65,535 on chain, percent for people. Integer arithmetic only. */
import { TaoError } from '../errors/tao-error.ts';
import { shownText } from './shown-text.ts';

export const TAKE_DENOMINATOR = 65_535n;

/** Percent with two decimals, rounded up: what one pays is never shown smaller. 11796 is `18.00`. */
export function formatTakePercent(takeU16: number): string {
  const hundredths = (BigInt(takeU16) * 10_000n + TAKE_DENOMINATOR - 1n) / TAKE_DENOMINATOR;
  const text = hundredths.toString().padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}

/**
 * A percentage with at most two decimals to parts of 65,535, rounded down: never more than was
 * said. USAGE_INVALID.
 */
export function parseTakePercent(text: string): number {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text);
  const hundredths =
    match === null
      ? undefined
      : BigInt(match[1] as string) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
  if (hundredths !== undefined && hundredths <= 10_000n) {
    return Number.parseInt(((hundredths * TAKE_DENOMINATOR) / 10_000n).toString(), 10);
  }
  const shown = shownText(text);
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't read the take "${shown}": it must be a percentage from 0 to 100 with at most two decimals.`,
    hint: 'Write a percentage such as 9.5.',
    data: { value: shown },
  });
}
