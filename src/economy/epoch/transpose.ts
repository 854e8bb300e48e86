/** Turns sparse rows into columns, leaving out the links that do not count. */
import type { SparseLinks } from './epoch-types.ts';
import { scratch, withScratch } from './scratch.ts';
import type { ColumnLinks } from './workspace.ts';

type Size = { readonly uids: number; readonly rows: number };

/** Fills the columns with the weights of all rows that count. */
export function transposeWeights(columns: ColumnLinks, links: SparseLinks, size: Size): void {
  const { rowWeightFirst, rowWeightCount, rowOwn, rowLatest } = scratch;
  layColumns(columns, links, size);
  for (let row = 0; row < size.rows; row += 1) {
    const first = rowWeightFirst[row] as number;
    appendRow(columns, links, row, {
      first,
      end: first + (rowWeightCount[row] as number),
      own: rowOwn[row] as number,
      latest: rowLatest[row] as number,
    });
  }
}

/** Fills the columns with all bonds on targets registered up to `latest`. */
export function transposeBonds(
  columns: ColumnLinks,
  links: SparseLinks,
  size: Size,
  latest: number,
): void {
  const { rowBondFirst, rowBondCount } = scratch;
  layColumns(columns, links, size);
  for (let row = 0; row < size.rows; row += 1) {
    const first = rowBondFirst[row] as number;
    const end = first + (rowBondCount[row] as number);
    appendRow(columns, links, row, { first, end, own: -1, latest });
  }
}

/**
 * Gives every column its place: as many slots as there are rows when they fit, otherwise as many as
 * links name it.
 */
function layColumns({ first, end, value }: ColumnLinks, links: SparseLinks, size: Size): void {
  if (size.uids * size.rows <= value.length) {
    for (let column = 0; column < size.uids; column += 1) first[column] = column * size.rows;
  } else countTargets(first, links, size.uids);
  end.set(first);
}

function countTargets(first: Int32Array, { start, target }: SparseLinks, uids: number): void {
  const total = start[uids] as number;
  first.fill(0);
  for (let at = 0; at < total; at += 1) {
    const column = target[at] as number;
    first[column] = (first[column] as number) + 1;
  }
  let offset = 0;
  for (let column = 0; column < uids; column += 1) {
    const count = first[column] as number;
    first[column] = offset;
    offset += count;
  }
}

const appendRow = withScratch(
  ({ registered }) =>
    (
      columns: ColumnLinks,
      links: SparseLinks,
      row: number,
      span: { first: number; end: number; own: number; latest: number },
    ): void => {
      const { end: next, row: rowOf, value } = columns;
      const { end, own, latest } = span;
      for (let at = span.first; at < end; at += 1) {
        const column = links.target[at] as number;
        if (column === own || (registered[column] as number) > latest) continue;
        const slot = next[column] as number;
        next[column] = slot + 1;
        rowOf[slot] = row;
        value[slot] = links.value[at] as number;
      }
    },
);
