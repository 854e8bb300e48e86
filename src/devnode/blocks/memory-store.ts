/** The store of a chain that lives in memory: it keeps snapshots and, of a restored chain, the log. */
import { gunzipSync, gzipSync } from 'node:zlib';
import type { ChainStore, StoredChain } from './store.ts';

/** A state shrinks to a fifth. */
const FASTEST = { level: 1 } as const;
const NOTHING: StoredChain = { records: [], entries: new Uint8Array(), droppedBytes: 0 };

/** A store without files. What is appended is in the chain already and not kept twice. */
export function createMemoryStore(content: StoredChain = NOTHING): ChainStore {
  const snapshots = new Map<number, Uint8Array>();
  let stored = content;
  return {
    isLasting: false,
    load() {
      const loaded = stored;
      stored = NOTHING;
      return loaded;
    },
    append: () => {},
    appendEntries: () => {},
    writeEntries: () => {},
    snapshots: () =>
      [...snapshots]
        .map(([number, bytes]) => ({ number, sizeBytes: bytes.length }))
        .sort((a, b) => a.number - b.number),
    readSnapshot(number) {
      const packed = snapshots.get(number);
      return packed === undefined ? undefined : new Uint8Array(gunzipSync(packed));
    },
    writeSnapshot: (number, bytes) => snapshots.set(number, gzipSync(bytes, FASTEST)),
    removeSnapshot: (number) => snapshots.delete(number),
    clear() {
      snapshots.clear();
      stored = NOTHING;
    },
    close: () => {},
  };
}
