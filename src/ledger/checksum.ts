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

/** CRC-32 of one stored fact: finds bit rot, proves nothing against a forger. */
export function factChecksum(parts: readonly (string | number)[]): number {
  return crc32(parts.join('\u001f'));
}
