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
  const asked = new Map<number, Promise<number>>();
  const lastEpochAt = (block: number): Promise<number> => {
    const known = asked.get(block);
    if (known !== undefined) return known;
    const answer = reader
      .view(block)
      .then((view) => reader.read(() => readLastEpoch(view, netuid)));
    asked.set(block, answer);
    return answer;
  };
  const end = await findEnd(lastEpochAt, { from, to });
  const last = await reader.view(end);
  const tempo = await reader.read(async () =>
    asCount(await last.read('SubtensorModule', 'Tempo', netuid)),
  );
  const found = new Set<number>();
  // Epochs are usually one block more than the tempo apart: ask there, then before each one found.
  let ask: number[] = [];
  for (let block = end; block > from; block -= tempo + 1) ask.push(block);
  while (ask.length > 0) {
    const epochs = await Promise.all(ask.map(lastEpochAt));
    for (const epoch of epochs) if (epoch > from) found.add(epoch);
    ask = [...found].map((epoch) => epoch - 1).filter((block) => block > from && !asked.has(block));
  }
  return [...found].sort((a, b) => a - b);
}

/** `to`, or the last block of a subnet that was removed before it: nothing is known of it after. */
async function findEnd(
  lastEpochAt: (block: number) => Promise<number>,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number> {
  if ((await lastEpochAt(to)) > 0 || (await lastEpochAt(from)) === 0) return to;
  let [there, gone] = [from, to];
  while (gone - there > 1) {
    const middle = there + ((gone - there) >> 1);
    if ((await lastEpochAt(middle)) > 0) there = middle;
    else gone = middle;
  }
  return there;
}
