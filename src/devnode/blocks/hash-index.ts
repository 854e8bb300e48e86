/**
 * The chain's hashes by number, and the way back, in flat memory: 64 bytes and one slot a block,
 * so that years of blocks fit. Knows nothing of what the hashes stand for.
 */
import { HASH_BYTES } from './header.ts';

/** Hash and state root of one block, side by side. */
export const ENTRY_BYTES = 2 * HASH_BYTES;
const FIRST_CAPACITY = 1_024;
/** Slots per entry in the table: keeps probes short. */
const SLOTS_PER_ENTRY = 4;

export type HashIndex = {
  readonly count: () => number;
  readonly push: (hash: Uint8Array, stateRoot: Uint8Array) => void;
  /** Adds entries as `bytes()` gave them. */
  readonly pushAll: (entries: Uint8Array) => void;
  readonly hash: (number: number) => Uint8Array | undefined;
  readonly stateRoot: (number: number) => Uint8Array | undefined;
  readonly numberOf: (hash: Uint8Array) => number | undefined;
  /** The entries from block `from` on. */
  readonly bytes: (from: number) => Uint8Array;
  /** Forgets everything from block `count` on. */
  readonly truncate: (count: number) => void;
};

export function createHashIndex(): HashIndex {
  let count = 0;
  let entries = new Uint8Array(FIRST_CAPACITY * ENTRY_BYTES);
  /** Number + 1 per slot; 0 is empty. Undefined until a hash is looked up. */
  let slots: Uint32Array | undefined;

  const entryHash = (number: number): Uint8Array =>
    entries.subarray(number * ENTRY_BYTES, number * ENTRY_BYTES + HASH_BYTES);

  function reserve(wanted: number): void {
    if (wanted * ENTRY_BYTES <= entries.length) return;
    const grown = new Uint8Array(Math.max(wanted * ENTRY_BYTES, entries.length * 2));
    grown.set(entries);
    entries = grown;
  }

  function table(): Uint32Array {
    const full = slots !== undefined && count * 2 > slots.length;
    if (slots !== undefined && !full) return slots;
    slots = new Uint32Array(Math.max(count, FIRST_CAPACITY) * SLOTS_PER_ENTRY);
    for (let number = 0; number < count; number += 1) insert(slots, number);
    return slots;
  }

  function insert(into: Uint32Array, number: number): void {
    let slot = firstSlot(entryHash(number), into.length);
    while (into[slot] !== 0) slot = (slot + 1) % into.length;
    into[slot] = number + 1;
  }

  function pushAll(added: Uint8Array): void {
    const from = count;
    reserve(count + added.length / ENTRY_BYTES);
    entries.set(added, count * ENTRY_BYTES);
    count += added.length / ENTRY_BYTES;
    if (slots === undefined) return;
    if (count * 2 > slots.length) slots = undefined;
    else for (let number = from; number < count; number += 1) insert(slots, number);
  }

  return {
    count: () => count,
    push(hash, stateRoot) {
      const entry = new Uint8Array(ENTRY_BYTES);
      entry.set(hash);
      entry.set(stateRoot, HASH_BYTES);
      pushAll(entry);
    },
    pushAll,
    hash: (number) => (number >= 0 && number < count ? entryHash(number).slice() : undefined),
    stateRoot(number) {
      if (number < 0 || number >= count) return undefined;
      const at = number * ENTRY_BYTES + HASH_BYTES;
      return entries.slice(at, at + HASH_BYTES);
    },
    numberOf(hash) {
      if (hash.length !== HASH_BYTES) return undefined;
      const found = table();
      for (let slot = firstSlot(hash, found.length); ; slot = (slot + 1) % found.length) {
        const number = (found[slot] as number) - 1;
        if (number < 0) return undefined;
        if (entryHash(number).every((byte, i) => byte === hash[i])) return number;
      }
    },
    bytes: (from) => entries.slice(from * ENTRY_BYTES, count * ENTRY_BYTES),
    truncate(kept) {
      count = Math.min(count, kept);
      slots = undefined;
    },
  };
}

function firstSlot(hash: Uint8Array, length: number): number {
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0, true) % length;
}
