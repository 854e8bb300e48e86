/** From when history is wanted: a block, a day, or so many days back. */
import { readBlockTime } from '../chain/queries/read-limits.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { SyncReader } from './sync-reader.ts';

export type Since =
  | { readonly kind: 'block'; readonly number: number }
  | { readonly kind: 'time'; readonly ms: number }
  | { readonly kind: 'ago'; readonly ms: number };

const UNIT_MS = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/;
/** Chain rule: mainnet makes a block in this time. Used where no two blocks can be compared. */
const BLOCK_MS = 12_000;

/** `5120000`, `2026-08-01`, `2026-08-01T12:00Z`, `30d`, `12h`, `4w`. USAGE_INVALID. */
export function parseSince(text: string, option = 'since'): Since {
  if (/^\d{1,10}$/.test(text)) return { kind: 'block', number: Number.parseInt(text, 10) };
  const ago = /^(\d{1,4})([hdw])$/.exec(text);
  if (ago !== null) {
    const [, count = '', unit = 'd'] = ago;
    const ms = Number.parseInt(count, 10) * UNIT_MS[unit as keyof typeof UNIT_MS];
    return { kind: 'ago', ms };
  }
  const ms = DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return { kind: 'time', ms };
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --${option} "${text}": it must be a block, a day in UTC, or a span of time.`,
    hint: 'Use a block such as 5120000, a day such as 2026-08-01, or a span such as 30d.',
    data: { option, value: text },
  });
}

/** The first block at or after `since`, up to `head`; where the node forgot, by block times. */
export async function findSince(
  reader: SyncReader,
  since: Since,
  head: { readonly number: number; readonly timeMs: number },
): Promise<number> {
  if (since.kind === 'block') return Math.min(since.number, head.number);
  const wantedMs = since.kind === 'time' ? since.ms : head.timeMs - since.ms;
  if (wantedMs >= head.timeMs) return head.number;
  const timeOf = async (number: number): Promise<number | undefined> => {
    if (!(await reader.hasState(number))) return undefined;
    const view = await reader.view(number);
    return reader.read(() => readBlockTime(view));
  };
  // Block 0 has no time, and neither have blocks whose state is gone: both are before any other.
  let [before, after] = [0, head.number];
  let known = head;
  while (after - before > 1) {
    const middle = before + ((after - before) >> 1);
    const timeMs = await timeOf(middle);
    if (timeMs !== undefined && timeMs >= wantedMs) {
      [after, known] = [middle, { number: middle, timeMs }];
    } else {
      before = middle;
    }
  }
  if (known.timeMs - wantedMs <= BLOCK_MS || after <= 1) return after;
  // The node has no older state: how far back it would be is told by the pace of its blocks.
  const blocks = head.number - known.number;
  const paceMs = blocks > 0 ? (head.timeMs - known.timeMs) / blocks : BLOCK_MS;
  const back = Math.ceil((known.timeMs - wantedMs) / Math.max(paceMs, 1));
  return Math.max(1, known.number - back);
}
