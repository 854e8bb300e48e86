/** A history for people: a bar for each stretch of time; in a pipe, one record a position. */
import type { View, ViewPart, ViewStyle } from '../../cli/spec.ts';
import { displayRao, formatRao } from '../../domain/amount.ts';
import { isoTime } from '../../domain/time.ts';
import { divideFloor } from '../../ledger/rewards/divide.ts';
import type { HistoryBucket, HistoryUnit } from '../../ledger/rewards/history-rows.ts';
import type { History } from './history.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
/** Columns that labels and figures take beside a bar. */
const BESIDE_BAR = 46;
const WIDEST_BAR = 40;
/** Narrower than this, bars say nothing. */
const NARROWEST_BAR = 4;
/** Buckets that one line of levels can hold. */
const MOST_LEVELS = 60;

export function renderHistory(history: History, style: ViewStyle): View {
  const { buckets, unit } = history;
  if (!style.isTerminal) return [recordTable(buckets)];
  if (buckets.length === 0) {
    return [
      { kind: 'line', text: 'Nothing recorded yet in this stretch of time.' },
      { kind: 'hint', text: 'tao rewards sync reads history from a node that keeps it.' },
    ];
  }
  const earned = buckets.map(({ earnedRao }) => earnedRao);
  const total = earned.reduce((sum, rao) => sum + rao, 0n);
  const barWidth = Math.min(WIDEST_BAR, style.width - BESIDE_BAR);
  return [
    {
      kind: 'table',
      columns: [
        { header: headerOf(unit) },
        { header: 'Earned (TAO)', align: 'right' },
        { header: 'Price gain (TAO)', align: 'right' },
        ...(barWidth < NARROWEST_BAR ? [] : [{ header: '' }]),
      ],
      rows: buckets.map((bucket) => [
        labelOf(bucket, unit),
        { text: displayRao(bucket.earnedRao), tone: 'good' },
        displayRao(bucket.priceGainRao),
        ...(barWidth < NARROWEST_BAR ? [] : [bar(bucket.earnedRao, earned, barWidth)]),
      ]),
    },
    {
      kind: 'line',
      text: `${displayRao(total)} TAO earned  ${levels(earned.slice(-MOST_LEVELS))}`,
    },
    ...unexplainedLines(buckets),
    {
      kind: 'hint',
      text: '--json and a pipe list each position; price gain is apart from earned.',
    },
  ];
}

function recordTable(buckets: readonly HistoryBucket[]): ViewPart {
  const headers = [
    'From',
    'Netuid',
    'Hotkey',
    'Earned (alpha)',
    'Earned (TAO)',
    'Price gain (TAO)',
    'Added (alpha)',
    'Removed (alpha)',
    'Held after (alpha)',
    'Unexplained (alpha)',
    'Block',
  ];
  return {
    kind: 'table',
    columns: headers.map((header) => ({ header })),
    rows: buckets.flatMap(({ fromMs, rows }) =>
      rows.map((row) => [
        isoTime(fromMs),
        `${row.netuid}`,
        row.hotkey,
        formatRao(row.earnedRao),
        row.hasPrice ? formatRao(divideFloor(row.earnedProduct)) : '',
        row.hasPrice ? formatRao(divideFloor(row.priceProduct)) : '',
        formatRao(row.addedRao),
        formatRao(row.removedRao),
        formatRao(row.alphaEndRao),
        formatRao(row.unexplainedRao),
        `${row.lastBlock.number}`,
      ]),
    ),
  };
}

function headerOf(unit: HistoryUnit): string {
  return { epoch: 'Look', day: 'Day', week: 'Week from', month: 'Month' }[unit];
}

function labelOf({ fromMs, rows }: HistoryBucket, unit: HistoryUnit): string {
  const time = isoTime(fromMs);
  if (unit === 'month') return time.slice(0, 7);
  if (unit !== 'epoch') return time.slice(0, 10);
  const block = Math.max(...rows.map((row) => row.lastBlock.number));
  return `${time.slice(0, 16).replace('T', ' ')} (${block})`;
}

/** A bar of `value` against the largest, in eighths of a column; nothing below zero. */
export function bar(value: bigint, all: readonly bigint[], width: number): string {
  const largest = all.reduce((most, one) => (one > most ? one : most), 0n);
  if (value <= 0n || largest === 0n) return '';
  const eighths = Number.parseInt(((value * BigInt(width * 8)) / largest).toString(), 10);
  return '█'.repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? '') || '▏';
}

/** One character a value: how high it is between zero and the largest. */
export function levels(all: readonly bigint[]): string {
  const largest = all.reduce((most, one) => (one > most ? one : most), 0n);
  return all
    .map((value) => {
      if (value <= 0n || largest === 0n) return LEVELS[0];
      const level = Number.parseInt(((value * 7n) / largest).toString(), 10);
      return LEVELS[level] ?? LEVELS[0];
    })
    .join('');
}

function unexplainedLines(buckets: readonly HistoryBucket[]): View {
  return buckets.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      row.unexplainedRao === 0n
        ? []
        : [
            {
              kind: 'line',
              text: {
                text: `Unexplained: ${formatRao(row.unexplainedRao)} alpha on subnet ${row.netuid}, up to block ${row.lastBlock.number}`,
                tone: 'warn',
              },
            } as const,
          ],
    ),
  );
}
