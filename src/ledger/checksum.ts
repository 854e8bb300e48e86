/** Checksums of what is stored: a chain over the journal's steps, and one per fact. No I/O. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What the first step of a journal is chained to. */
export const CHAIN_START = '0'.repeat(64);

/** One journal step as it is chained. `sequence` is its place in the whole journal, from 1. */
export type ChainedStep = {
  readonly sequence: number;
  readonly txId: string;
  readonly step: number;
  readonly kind: string;
  readonly atMs: number;
  readonly payload: string;
};

/** SHA-256 in hex over the previous step's checksum and everything this one says. */
export function chainChecksum(previous: string, step: ChainedStep): string {
  const { sequence, txId, step: number, kind, atMs, payload } = step;
  const text = JSON.stringify([previous, sequence, txId, number, kind, atMs, payload]);
  return createHash('sha256').update(text).digest('hex');
}

/** What one sample row is checked with; see `sampleChecksum`. */
export type CheckedRow = {
  /** The table, as one byte. */
  readonly tag: number;
  /** CRC of the block's hash. */
  readonly blockSeed: number;
  /** Key of the row beside its block. */
  readonly key: number;
  readonly values: readonly (bigint | number | string)[];
  /** Where it came from, as one byte. */
  readonly source: number;
};

const scratch = Buffer.alloc(1_024);
const TWO_32 = 2 ** 32;
/** Longest text in a row: the digits of a u128 twice, and some. */
export const MAX_ROW_TEXT = 120;

/** CRC-32 over the bytes of a sample row, seeded with its block's hash. */
export function sampleChecksum({ tag, blockSeed, key, values, source }: CheckedRow): number {
  scratch[0] = tag;
  scratch[1] = source;
  let end = writeWhole(key, 2);
  for (const value of values) {
    if (typeof value === 'number') {
      end = writeWhole(value, end);
    } else if (typeof value === 'bigint') {
      end = scratch.writeBigUInt64BE(value, end);
    } else {
      // Numbers end in at most 2^21 as their high half: this byte marks a text.
      scratch[end] = 0xff;
      scratch[end + 1] = value.length;
      end += 2 + scratch.write(value, end + 2, 'latin1');
    }
  }
  return crc32(scratch.subarray(0, end), blockSeed);
}

/** The seed of a block's rows. */
export function blockSeed(hash: string): number {
  return crc32(hash);
}

function writeWhole(value: number, at: number): number {
  scratch.writeUInt32BE(Math.floor(value / TWO_32), at);
  scratch.writeUInt32BE(value % TWO_32, at + 4);
  return at + 8;
}

/** CRC-32 of one stored fact: finds bit rot, proves nothing against a forger. */
export function factChecksum(parts: readonly (string | number)[]): number {
  return crc32(parts.join('\u001f'));
}
