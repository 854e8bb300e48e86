/** Tables: headed and aligned on a terminal, one tab-separated record a line elsewhere. */
import type { Column, Text } from '../spec.ts';
import { type Canvas, pad, plainText, toneOf } from './canvas.ts';

const GAP = '  ';
/** Characters of an address that stay at each end when the table is too wide. */
const SHOWN_END_LENGTH = 4;

export type TableRows = readonly (readonly Text[])[];

/** Lines of a table. In a pipe nothing is shortened and there is no header. */
export function renderTable(
  columns: readonly Column[],
  rows: TableRows,
  canvas: Canvas,
): readonly string[] {
  if (rows.length === 0) return [];
  if (!canvas.isTerminal) {
    return rows.map((row) => columns.map((_, index) => plainText(row[index] ?? '')).join('\t'));
  }
  return renderAligned(columns, rows, canvas);
}

function renderAligned(
  columns: readonly Column[],
  rows: TableRows,
  canvas: Canvas,
): readonly string[] {
  const full = rows.map((row) => columns.map((_, index) => plainText(row[index] ?? '')));
  const fits = totalWidth(columnWidths(canvas, columns, full)) <= canvas.width;
  const cells = fits ? full : full.map((row) => shortenAddresses(columns, row));
  const widths = columnWidths(canvas, columns, cells);
  const place = (text: string, index: number) => {
    const align = columns[index]?.align;
    const isLast = index === columns.length - 1;
    return isLast && align !== 'right' ? text : pad(canvas, text, widths[index] ?? 0, align);
  };
  const header = columns.map((column, index) => canvas.paint(place(column.header, index), 'faint'));
  const body = cells.map((row, rowIndex) =>
    row.map((text, index) =>
      canvas.paint(place(text, index), toneOf(rows[rowIndex]?.[index] ?? '')),
    ),
  );
  return [header, ...body].map((line) => line.join(GAP).trimEnd());
}

function shortenAddresses(columns: readonly Column[], row: readonly string[]): readonly string[] {
  return row.map((text, index) =>
    columns[index]?.kind === 'address' ? shortenMiddle(text) : text,
  );
}

function columnWidths(
  canvas: Canvas,
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
): readonly number[] {
  return columns.map((column, index) =>
    cells.reduce(
      (widest, row) => Math.max(widest, canvas.measure(row[index] ?? '')),
      canvas.measure(column.header),
    ),
  );
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
}

/** The ends of an address, as elsewhere in the tool; importing the domain's would load its codec. */
function shortenMiddle(text: string): string {
  const kept = SHOWN_END_LENGTH * 2 + 1;
  if (text.length <= kept) return text;
  return `${text.slice(0, SHOWN_END_LENGTH)}…${text.slice(-SHOWN_END_LENGTH)}`;
}
