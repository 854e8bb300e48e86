/** Finds the process that serves a folder's chain, so that other runs can use it. */
import { readOwner } from './folder/lock.ts';
import type { FolderOwner } from './types.ts';

export type RunningNode = {
  readonly pid: number;
  /** Undefined while it runs without being served. */
  readonly url: string | undefined;
};

/** Who owns the folder now; undefined when nobody does, or only a process that is gone. */
export function findRunningNode(
  folder: string,
  { isAlive }: Pick<FolderOwner, 'isAlive'>,
): RunningNode | undefined {
  const owner = readOwner(folder);
  if (owner === undefined || !isAlive(owner.pid)) return undefined;
  return { pid: owner.pid, url: owner.url ?? undefined };
}
