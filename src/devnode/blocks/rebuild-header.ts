/** Headers are not kept: they follow from the hashes, the roots and the extrinsics. */

import { fromHex } from '../scale/hex.ts';
import type { HashIndex } from './hash-index.ts';
import { HASH_BYTES, type Header, slotLog } from './header.ts';
import { extrinsicsRoot } from './roots.ts';

/** The header of block 0: its state root is the digest of the whole genesis state. */
export function genesisHeader(stateRoot: string): Header {
  return {
    number: 0,
    parentHash: new Uint8Array(HASH_BYTES),
    stateRoot: fromHex(stateRoot),
    extrinsicsRoot: extrinsicsRoot([]),
    logs: [],
  };
}

/** The header of a block whose extrinsics are known; undefined for an unknown block. */
export function rebuildHeader(
  index: HashIndex,
  block: { readonly number: number; readonly timeMs: number },
  extrinsics: readonly Uint8Array[],
): Header | undefined {
  const stateRoot = index.stateRoot(block.number);
  if (stateRoot === undefined) return undefined;
  return {
    number: block.number,
    parentHash: index.hash(block.number - 1) ?? new Uint8Array(HASH_BYTES),
    stateRoot,
    extrinsicsRoot: extrinsicsRoot(extrinsics),
    logs: block.number === 0 ? [] : [slotLog(block.timeMs)],
  };
}
