/** Block headers as SCALE bytes, and their hashes. Pure; slots follow from the time alone. */
import { blake2b } from '@noble/hashes/blake2.js';

export const HASH_BYTES = 32;
/** Milliseconds per block: the chain's slot. */
export const BLOCK_TIME_MS = 12_000;
const AURA = [0x61, 0x75, 0x72, 0x61] as const;
const PRE_RUNTIME = 6;

export type Header = {
  readonly number: number;
  readonly parentHash: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly extrinsicsRoot: Uint8Array;
  /** Encoded digest items; empty on the genesis block. */
  readonly logs: readonly Uint8Array[];
};

export function blake2(bytes: Uint8Array): Uint8Array {
  return blake2b(bytes, { dkLen: HASH_BYTES });
}

export function encodeHeader(header: Header): Uint8Array {
  return joinBytes(
    header.parentHash,
    compactBytes(header.number),
    header.stateRoot,
    header.extrinsicsRoot,
    compactBytes(header.logs.length),
    ...header.logs,
  );
}

export function headerHash(header: Header): Uint8Array {
  return blake2(encodeHeader(header));
}

/** Aura's pre-runtime digest item: the slot of the block's time. */
export function slotLog(timeMs: number): Uint8Array {
  const slot = new DataView(new ArrayBuffer(8));
  slot.setBigUint64(0, BigInt(slotOf(timeMs)), true);
  return joinBytes(
    Uint8Array.of(PRE_RUNTIME, ...AURA),
    compactBytes(8),
    new Uint8Array(slot.buffer),
  );
}

export function slotOf(timeMs: number): number {
  return Math.floor(timeMs / BLOCK_TIME_MS);
}

/** SCALE compact encoding of a whole number below 2^30. */
export function compactBytes(value: number): Uint8Array {
  if (value < 1 << 6) return Uint8Array.of(value << 2);
  if (value < 1 << 14) return Uint8Array.of(((value << 2) | 1) & 0xff, value >> 6);
  if (value >= 1 << 30) throw new RangeError(`${value} is too large for a short compact`);
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value * 4 + 2, true);
  return new Uint8Array(view.buffer);
}

export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
