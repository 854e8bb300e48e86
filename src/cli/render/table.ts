/** Tables: headed and aligned on a terminal, one tab-separated record a line elsewhere. */
import type { Column, Text } from '../spec.ts';
import { type Canvas, pad, plainText, toneOf } from './canvas.ts';
import {
  type Block,
  type Cells,
  GAP,
  layOut,
  shortenMiddle,
  shortenTime,
  totalWidth,
  wrapText,
} from './table-layout.ts';

export type TableRows = readonly (readonly Text[])[];

/**
 * Lines of a table. In a pipe nothing is shortened and there is no header. On a terminal times are
 * short, and a table that is too wide shortens its addresses, then goes over several lines.
 */
export function renderTable(
  columns: readonly Column[],
  rows: TableRows,
  canvas: Canvas,
): readonly string[] {
  if (rows.length === 0) return [];
  const full = rows.map((row) => columns.map((_, index) => plainText(row[index] ?? '')));
  if (!canvas.isTerminal) return full.map((row) => row.join('\t'));
  const timed = eachOf('time', columns, full, shortenTime);
  const { measure, width } = canvas;
  const [block = []] = layOut({ columns, cells: timed, measure }, Number.POSITIVE_INFINITY);
  if (totalWidth(block.map((one) => one.width)) <= width) {
    return renderBlock({ columns, rows, cells: timed }, block, canvas);
  }
  const cells = eachOf('address', columns, timed, shortenMiddle);
  return layOut({ columns, cells, measure }, width).flatMap((one, index) => [
    ...(index === 0 ? [] : ['']),
    ...renderBlock({ columns, rows, cells }, one, canvas),
  ]);
}

function eachOf(
  kind: Column['kind'],
  columns: readonly Column[],
  cells: Cells,
  change: (text: string) => string,
): Cells {
  if (!columns.some((column) => column.kind === kind)) return cells;
  return cells.map((row) =>
    row.map((text, index) => (columns[index]?.kind === kind ? change(text) : text)),
  );
}

type Filled = {
  readonly columns: readonly Column[];
  readonly rows: TableRows;
  readonly cells: Cells;
};

function renderBlock(
  { columns, rows, cells }: Filled,
  block: Block,
  canvas: Canvas,
): readonly string[] {
  const headings = block.map(({ index, width }) =>
    wrapText(columns[index]?.header ?? '', width, canvas.measure),
  );
  const height = headings.reduce((most, lines) => Math.max(most, lines.length), 1);
  // A heading stands right above its column, however many lines its neighbours take.
  const bottom = headings.map((lines) => [...Array(height - lines.length).fill(''), ...lines]);
  const place = (lines: readonly (readonly string[])[], toneAt: (index: number) => Tone) =>
    placeLines(lines, { columns, block, canvas, toneAt });
  return [
    ...place(bottom, () => 'faint'),
    ...cells.flatMap((row, rowIndex) =>
      place(
        block.map(({ index, width }) => wrapText(row[index] ?? '', width, canvas.measure)),
        (index) => toneOf(rows[rowIndex]?.[index] ?? ''),
      ),
    ),
  ];
}

type Tone = ReturnType<typeof toneOf>;

/** One record, or the headings: as many lines as its tallest cell has. */
function placeLines(
  lines: readonly (readonly string[])[],
  where: {
    readonly columns: readonly Column[];
    readonly block: Block;
    readonly canvas: Canvas;
    readonly toneAt: (index: number) => Tone;
  },
): readonly string[] {
  const { columns, block, canvas, toneAt } = where;
  const height = lines.reduce((most, cell) => Math.max(most, cell.length), 1);
  return Array.from({ length: height }, (_, at) =>
    block
      .map(({ index, width }, position) => {
        const align = columns[index]?.align;
        const text = lines[position]?.[at] ?? '';
        const isLast = position === block.length - 1;
        const placed = isLast && align !== 'right' ? text : pad(canvas, text, width, align);
        return canvas.paint(placed, toneAt(index));
      })
      .join(GAP)
      .trimEnd(),
  );
}
