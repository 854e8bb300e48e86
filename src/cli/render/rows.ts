/** Label and value rows, and receipts: a verb, what it was done to, and aligned details. */
import type { OutputStream } from '../context.ts';
import type { Text } from '../spec.ts';
import { displayWidth, pad } from './display-width.ts';
import { neutralise } from './neutralise.ts';
import { createPaint, type Paint, plainText, toneOf } from './tone.ts';

/** Labels take at least this many columns, so that plan and receipt line up. */
const MIN_LABEL_WIDTH = 14;
const GAP = '  ';
const INDENT = '  ';

export type Row = readonly [label: string, value: Text];

/** Aligned rows on a terminal, `label<TAB>value` elsewhere. */
export function renderRows(rows: readonly Row[], stream: OutputStream): readonly string[] {
  if (!stream.isTerminal) {
    return rows.map(([label, value]) => `${neutralise(label)}\t${plainText(value)}`);
  }
  return renderAlignedRows(rows, stream);
}

/** Aligned rows, whatever the stream: for plans, which only people read. */
export function renderAlignedRows(rows: readonly Row[], stream: OutputStream): readonly string[] {
  const width = labelWidth(rows.map(([label]) => label));
  const paint = createPaint(stream);
  return rows.map((row) => INDENT + alignedRow(row, width, paint));
}

export type Receipt = {
  readonly verb: string;
  readonly subject: Text;
  readonly details: readonly Row[];
};

/** `✓ Staked  2.5 TAO` and its details below. The same everywhere: it is read, not parsed. */
export function renderReceipt(receipt: Receipt, stream: OutputStream): readonly string[] {
  const paint = createPaint(stream);
  const labels = [receipt.verb, ...receipt.details.map(([label]) => label)];
  const width = labelWidth(labels);
  const head = alignedRow([receipt.verb, receipt.subject], width, paint);
  return [
    `${paint('✓', 'good')} ${head}`,
    ...receipt.details.map((row) => INDENT + alignedRow(row, width, paint)),
  ];
}

function alignedRow([label, value]: Row, width: number, paint: Paint): string {
  const text = paint(plainText(value), toneOf(value));
  return `${pad(neutralise(label), width)}${GAP}${text}`.trimEnd();
}

function labelWidth(labels: readonly string[]): number {
  return Math.max(MIN_LABEL_WIDTH, ...labels.map((label) => displayWidth(neutralise(label))));
}
