/** The same blocks at every run: one with something in it, then a run of empty ones. */
import type { DevNode } from '../../src/devnode/types.ts';

const EVE = '0xe659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e';

/** Makes the blocks of one step; gives the number reached. */
export function makeBlocks(node: DevNode, step: number): number {
  if (step % 3 === 0) node.fund(EVE, BigInt(step + 1));
  else node.advance(25);
  return node.status().number;
}
