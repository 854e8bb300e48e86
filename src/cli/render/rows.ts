/** Label and value rows, and receipts: a verb, what it was done to, and aligned details. */
import type { Text } from '../spec.ts';
import { type Canvas, pad, plainText, toneOf } from './canvas.ts';
import { neutralise } from './neutralise.ts';

/** Labels take at least this many columns, so that plan and receipt line up. */
const MIN_LABEL_WIDTH = 14;
const GAP = '  ';
const INDENT = '  ';

export type Row = readonly [label: string, value: Text];

/** Aligned rows on a terminal, `label<TAB>value` elsewhere. */
export function renderRows(rows: readonly Row[], canvas: Canvas): readonly string[] {
  if (!canvas.isTerminal) {
    return rows.map(([label, value]) => `${neutralise(label)}\t${plainText(value)}`);
  }
  return renderAlignedRows(rows, canvas);
}

/** Aligned rows, whatever the stream: for plans, which only people read. */
export function renderAlignedRows(rows: readonly Row[], canvas: Canvas): readonly string[] {
  const width = labelWidth(
    canvas,
    rows.map(([label]) => label),
  );
  return rows.map((row) => INDENT + alignedRow(canvas, row, width));
}

export type Receipt = {
  readonly verb: string;
  readonly subject: Text;
  readonly details: readonly Row[];
};

/** `✓ Staked  2.5 TAO` and its details below. The same everywhere: it is read, not parsed. */
export function renderReceipt(receipt: Receipt, canvas: Canvas): readonly string[] {
  const labels = [receipt.verb, ...receipt.details.map(([label]) => label)];
  const width = labelWidth(canvas, labels);
  const head = alignedRow(canvas, [receipt.verb, receipt.subject], width);
  return [
    `${canvas.paint('✓', 'good')} ${head}`,
    ...receipt.details.map((row) => INDENT + alignedRow(canvas, row, width)),
  ];
}

function alignedRow(canvas: Canvas, [label, value]: Row, width: number): string {
  const text = canvas.paint(plainText(value), toneOf(value));
  return `${pad(canvas, neutralise(label), width)}${GAP}${text}`.trimEnd();
}

function labelWidth(canvas: Canvas, labels: readonly string[]): number {
  return Math.max(MIN_LABEL_WIDTH, ...labels.map((label) => canvas.measure(neutralise(label))));
}
