/** Finds the blocks in which a subnet paid its epochs, by asking blocks for the last one. */
import { readLastEpoch } from '../chain/queries/read-block-events.ts';
import { asCount } from '../chain/queries/shape.ts';
import type { SyncReader } from './sync-reader.ts';

/** Epochs of `netuid` in blocks from `from` + 1 to `to`, ascending: none is left out. */
export async function findEpochs(
  reader: SyncReader,
  netuid: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly number[]> {
  const last = await reader.view(to);
  const tempo = await reader.read(async () =>
    asCount(await last.read('SubtensorModule', 'Tempo', netuid)),
  );
  const found = new Set<number>();
  const asked = new Set<number>();
  // Epochs are usually one block more than the tempo apart: ask there, then before each one found.
  let ask: number[] = [];
  for (let block = to; block > from; block -= tempo + 1) ask.push(block);
  while (ask.length > 0) {
    for (const block of ask) asked.add(block);
    const epochs = await Promise.all(
      ask.map(async (block) => {
        const view = await reader.view(block);
        return reader.read(() => readLastEpoch(view, netuid));
      }),
    );
    for (const epoch of epochs) if (epoch > from) found.add(epoch);
    ask = [...found].map((epoch) => epoch - 1).filter((block) => block > from && !asked.has(block));
  }
  return [...found].sort((a, b) => a - b);
}
