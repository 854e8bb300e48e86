/** Empties the folder of a dev chain that can no longer be opened. */
import { openFolderStore } from './folder/folder-store.ts';
import { claimFolder } from './folder/lock.ts';
import type { FolderOwner } from './types.ts';

/** Removes all blocks of the chain in a folder. DEV_CHAIN_LOCKED, FILE_NOT_WRITABLE. */
export function clearDevFolder(path: string, owner: FolderOwner): void {
  const claim = claimFolder(path, owner);
  try {
    const store = openFolderStore(path);
    store.clear();
    store.close();
  } finally {
    claim.release();
  }
}
