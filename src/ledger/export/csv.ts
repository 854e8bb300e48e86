/** Text of comma-separated values that no spreadsheet takes for a formula. Pure. */

/** A cell: text that came from anywhere, or a figure that we wrote ourselves. */
export type Cell = string | { readonly figure: string };

const FIGURE = /^-?\d+(\.\d+)?$/;
/** What makes a spreadsheet compute, or break, a cell that begins with it. */
const DANGEROUS_START = /^[=+\-@\t\r\n]/;

/** A figure of ours: never quoted, never taken for text. */
export function figure(text: string): Cell {
  if (text !== '' && !FIGURE.test(text)) throw new TypeError(`Not a figure: ${text}`);
  return { figure: text };
}

/** One line without its end. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(cellText).join(',');
}

function cellText(cell: Cell): string {
  if (typeof cell !== 'string') return cell.figure;
  const safe = DANGEROUS_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
