/** Builds the compressed form of links from lists of pairs, as the chain stores them per uid. */
import type { SparseLinks } from './epoch-types.ts';

/** A target uid and a u16 value. */
export type SparsePair = readonly [target: number, value: number];

/** The links of every uid, in uid order. */
export function sparseLinks(rows: readonly (readonly SparsePair[])[]): SparseLinks {
  const start = new Uint32Array(rows.length + 1);
  let links = 0;
  rows.forEach((row, uid) => {
    links += row.length;
    start[uid + 1] = links;
  });
  const target = new Uint16Array(links);
  const value = new Uint16Array(links);
  let at = 0;
  for (const row of rows) {
    for (const [uid, link] of row) {
      target[at] = uid;
      value[at] = link;
      at += 1;
    }
  }
  return { kind: 'sparse', start, target, value };
}
