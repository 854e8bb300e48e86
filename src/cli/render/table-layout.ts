/**
 * How a table fits a terminal: which columns stand together, and how wide each is. Nothing is cut
 * but the middle of addresses. Pure.
 */
import type { Column } from '../spec.ts';

/** Columns between two columns. */
export const GAP = '  ';
/** A column of text is not made narrower than this, nor than its longest word. */
const MIN_TEXT_WIDTH = 16;
/** Characters of an address that stay at each end. */
const SHOWN_END_LENGTH = 4;
const WHOLE_SECONDS = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ$/;

export type Cells = readonly (readonly string[])[];

/** Columns that stand side by side, by their index, each with its width. */
export type Block = readonly { readonly index: number; readonly width: number }[];

export type Table = {
  readonly columns: readonly Column[];
  readonly cells: Cells;
  readonly measure: (text: string) => number;
};

/**
 * One block where the width allows it: first headings go over several lines, then texts. What is
 * still too wide goes on in further blocks, each of which begins with the key columns.
 */
export function layOut(table: Table, width: number): readonly Block[] {
  const extents = table.columns.map((column, index) => extentOf(table, column, index));
  return groupColumns(table.columns, extents, width).map((indexes) => {
    const chosen = indexes.map((index) => extents[index] as Extent);
    const full = chosen.map((extent) => extent.full);
    const headed = narrow(full, { least: chosen.map((extent) => extent.headed), width });
    const widths = narrow(headed, { least: chosen.map((extent) => extent.least), width });
    return indexes.map((index, at) => ({ index, width: widths[at] ?? 0 }));
  });
}

/** `full`: in one line. `headed`: with its heading over several lines. `least`: with its texts too. */
type Extent = { readonly full: number; readonly headed: number; readonly least: number };

function extentOf({ cells, measure }: Table, column: Column, index: number): Extent {
  const headWord = widestWord(column.header, measure);
  let widest = 0;
  let word = headWord;
  for (const row of cells) {
    const text = row[index] ?? '';
    widest = Math.max(widest, measure(text));
    if (isText(column)) word = Math.max(word, widestWord(text, measure));
  }
  const full = Math.max(widest, measure(column.header));
  const headed = Math.max(widest, headWord);
  const least = isText(column) ? Math.min(headed, Math.max(word, MIN_TEXT_WIDTH)) : headed;
  return { full, headed, least };
}

/** Numbers, addresses and times stay in one line. */
function isText({ align, kind }: Column): boolean {
  return align !== 'right' && kind === undefined;
}

function widestWord(text: string, measure: Table['measure']): number {
  return text.split(' ').reduce((widest, word) => Math.max(widest, measure(word)), 0);
}

/** As few blocks as there can be: in order and alike in width where that takes no more of them. */
function groupColumns(
  columns: readonly Column[],
  extents: readonly Extent[],
  width: number,
): Groups {
  const all = columns.map((_, index) => index);
  const least = (indexes: readonly number[]) =>
    totalWidth(indexes.map((index) => extents[index]?.least ?? 0));
  if (least(all) <= width) return [all];
  const marked = all.filter((index) => columns[index]?.isKey === true);
  const keys = marked.length > 0 ? marked : all.slice(0, 1);
  const others = all.filter((index) => !keys.includes(index));
  const pack = (limit: number, mayGoBack: boolean): Groups => {
    const groups: number[][] = [];
    for (const index of others) {
      const open = mayGoBack ? groups : groups.slice(-1);
      const group = open.find((one) => least([...one, index]) <= limit);
      if (group === undefined) groups.push([...keys, index]);
      else group.push(index);
    }
    return groups.length === 0 ? [all] : groups;
  };
  const fewest = pack(width, true);
  for (let limit = least(keys); limit < width; limit += 1) {
    const even = pack(limit, false);
    if (even.length === fewest.length) return even;
  }
  return fewest;
}

type Groups = readonly (readonly number[])[];

/** Takes from the widest column that may give, one by one, until all fit or none may. */
function narrow(
  widths: readonly number[],
  { least, width }: { readonly least: readonly number[]; readonly width: number },
): readonly number[] {
  const narrowed = [...widths];
  for (let excess = totalWidth(narrowed) - width; excess > 0; excess -= 1) {
    let widest = -1;
    for (const [index, each] of narrowed.entries()) {
      const mayGive = each > (least[index] ?? 0);
      if (mayGive && (widest === -1 || each > (narrowed[widest] ?? 0))) widest = index;
    }
    if (widest === -1) break;
    narrowed[widest] = (narrowed[widest] ?? 0) - 1;
  }
  return narrowed;
}

export function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));
}

/** The lines of a text that is broken between words; a longer word stays whole. */
export function wrapText(
  text: string,
  width: number,
  measure: Table['measure'],
): readonly string[] {
  if (measure(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

/** To the minute, without letters: `2026-11-22 08:15`; the heading says that it is UTC. */
export function shortenTime(text: string): string {
  return text.replace(WHOLE_SECONDS, '$1 $2');
}

/** The ends of an address, as elsewhere in the tool; importing the domain's would load its codec. */
export function shortenMiddle(text: string): string {
  const kept = SHOWN_END_LENGTH * 2 + 1;
  if (text.length <= kept) return text;
  return `${text.slice(0, SHOWN_END_LENGTH)}…${text.slice(-SHOWN_END_LENGTH)}`;
}
