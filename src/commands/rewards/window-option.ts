/** Reads `--window` and `--method`, and names the windows every look has. */
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { BASIS_METHODS, type BasisMethod } from '../../ledger/cost-basis/types.ts';
import type { WindowRequest } from '../../ledger/rewards/summarize-rewards.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNITS_MS: Readonly<Record<string, number>> = { h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };

const USUAL_WINDOWS: readonly WindowRequest[] = [
  { name: '24h', lengthMs: DAY_MS },
  { name: '7d', lengthMs: 7 * DAY_MS },
  { name: '30d', lengthMs: 30 * DAY_MS },
];

/** The usual windows, and that of --window. USAGE_INVALID. */
export function readWindows(raw: RawInput): readonly WindowRequest[] {
  const text = optionText(raw, 'window');
  if (text === undefined || USUAL_WINDOWS.some(({ name }) => name === text)) return USUAL_WINDOWS;
  const match = /^([1-9]\d{0,4})([hdw])$/.exec(text);
  const unitMs = UNITS_MS[match?.[2] ?? ''];
  if (match === null || unitMs === undefined) {
    throw new TaoError('USAGE_INVALID', {
      message: `Couldn't use --window "${text}": it must be a number of hours, days or weeks.`,
      hint: 'Write a window such as 36h, 90d or 4w.',
      data: { option: 'window', value: text },
    });
  }
  const lengthMs = Number.parseInt(match[1] as string, 10) * unitMs;
  return [...USUAL_WINDOWS, { name: text, lengthMs }];
}

/** How lots leave: first in first out unless said otherwise. */
export function readMethod(raw: RawInput): BasisMethod {
  const text = optionText(raw, 'method');
  return BASIS_METHODS.find((method) => method === text) ?? 'fifo';
}
