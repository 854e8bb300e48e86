/**
 * A chain's folder: the append-only log is the truth; the hashes and the snapshots beside it are
 * caches that replaying the log gives again.
 */
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { blake2, HASH_BYTES, joinBytes } from '../blocks/header.ts';
import type { ChainStore, SnapshotFile } from '../blocks/store.ts';
import { sameBytes } from '../storage/keys.ts';
import { decodeLog, encodeRecord } from './block-log.ts';
import { FILE_MODE, FOLDER_MODE, folderLayout } from './layout.ts';
import { notWritable } from './lock.ts';

const SNAPSHOT_NAME = /^(\d{10})\.state$/;

/** Opens the files of a folder that is claimed. FILE_NOT_WRITABLE. */
export function openFolderStore(folder: string): ChainStore {
  const layout = folderLayout(folder);
  const guarded = <T>(run: () => T): T => {
    try {
      return run();
    } catch (error) {
      throw notWritable(folder, error);
    }
  };
  const files = guarded(() => {
    mkdirSync(layout.snapshots, { recursive: true, mode: FOLDER_MODE });
    return {
      log: openSync(layout.log, 'a', FILE_MODE),
      entries: openSync(layout.entries, 'a', FILE_MODE),
    };
  });
  const snapshotPath = (number: number): string =>
    join(layout.snapshots, `${number.toString().padStart(10, '0')}.state`);

  return {
    isLasting: true,
    load() {
      const content = readFileSync(layout.log);
      const { records, wholeBytes } = decodeLog(content);
      const droppedBytes = content.length - wholeBytes;
      if (droppedBytes > 0) guarded(() => truncateSync(layout.log, wholeBytes));
      return { records, entries: new Uint8Array(readFileSync(layout.entries)), droppedBytes };
    },
    append(record) {
      guarded(() => writeSync(files.log, encodeRecord(record)));
    },
    appendEntries(entries) {
      guarded(() => writeSync(files.entries, entries));
    },
    writeEntries(entries) {
      guarded(() => {
        ftruncateSync(files.entries, 0);
        writeSync(files.entries, entries);
      });
    },
    snapshots: () => listSnapshots(layout.snapshots),
    readSnapshot: (number) => readChecked(snapshotPath(number)),
    writeSnapshot(number, bytes) {
      const path = snapshotPath(number);
      guarded(() => {
        writeFileSync(`${path}.new`, joinBytes(blake2(bytes), bytes), { mode: FILE_MODE });
        renameSync(`${path}.new`, path);
      });
    },
    removeSnapshot: (number) => guarded(() => rmSync(snapshotPath(number), { force: true })),
    clear() {
      guarded(() => {
        ftruncateSync(files.log, 0);
        ftruncateSync(files.entries, 0);
        for (const { number } of listSnapshots(layout.snapshots)) {
          rmSync(snapshotPath(number), { force: true });
        }
      });
    },
    close() {
      closeSync(files.log);
      closeSync(files.entries);
    },
  };
}

function listSnapshots(folder: string): SnapshotFile[] {
  const found: SnapshotFile[] = [];
  for (const name of readdirSync(folder)) {
    const digits = SNAPSHOT_NAME.exec(name)?.[1];
    if (digits === undefined) continue;
    const sizeBytes = statSync(join(folder, name)).size;
    found.push({ number: Number.parseInt(digits, 10), sizeBytes });
  }
  return found.sort((a, b) => a.number - b.number);
}

/** The content behind its hash; undefined when it is missing or damaged. */
function readChecked(path: string): Uint8Array | undefined {
  let content: Uint8Array;
  try {
    content = readFileSync(path);
  } catch {
    return undefined;
  }
  const bytes = content.subarray(HASH_BYTES);
  return sameBytes(blake2(bytes), content.subarray(0, HASH_BYTES)) ? bytes : undefined;
}
