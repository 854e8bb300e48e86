/** Names of the files in a dev chain's folder. */
import { join } from 'node:path';

export const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;

export type FolderLayout = {
  readonly lock: string;
  readonly log: string;
  readonly entries: string;
  readonly snapshots: string;
};

export function folderLayout(folder: string): FolderLayout {
  return {
    lock: join(folder, 'owner.json'),
    log: join(folder, 'blocks.log'),
    entries: join(folder, 'hashes.bin'),
    snapshots: join(folder, 'snapshots'),
  };
}
