/** One hash over the whole state, whatever order its records were filled in. */
import { blake2 } from '../blocks/header.ts';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from './chain-state.ts';

/** blake2-256 of the canonical text of a state, as 0x hex. */
export function stateDigest(state: ChainState): string {
  return toHex(blake2(new TextEncoder().encode(canonicalText(state))));
}

/** JSON with sorted keys; bigint as `123n`, so that it never equals a number. */
export function canonicalText(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, unknown>>;
    const entries = Object.keys(record)
      .filter((key) => record[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalText(record[key])}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value);
}
