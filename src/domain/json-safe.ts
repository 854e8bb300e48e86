/** Turns decoded chain values into JSON-safe ones: no bigint, no bytes, no undefined, sorted keys. */
import { toHex } from '@polkadot-api/utils';

export type JsonSafe =
  | string
  | number
  | boolean
  | null
  | readonly JsonSafe[]
  | { readonly [key: string]: JsonSafe };

/** bigint becomes a decimal string, bytes 0x hex; object keys are sorted, undefined ones dropped. */
export function toJsonSafe(value: unknown): JsonSafe {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(toJsonSafe);
  if (typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, item]) => [key, toJsonSafe(item)] as const);
    return Object.fromEntries(entries);
  }
  return String(value);
}

/** One text per value: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(toJsonSafe(value));
}
