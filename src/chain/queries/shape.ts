/**
 * Reading decoded values by field name. Fields may be added by an upgrade; one that went missing or
 * changed its kind is CHAIN_UNDECODABLE with its name, never a silent zero.
 */

import { cleanBytes } from '../clean-text.ts';
import { parseHex } from '../codecs/hex.ts';
import { undecodable } from '../codecs/type-registry.ts';

/** A field of a struct, whatever its value. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, name)) {
    return (value as Record<string, unknown>)[name];
  }
  throw undecodable(`the field "${name}"`, 'the runtime no longer has it');
}

/** A chain integer as rao. */
export function asRao(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
  throw undecodable('an amount', 'it is no integer in this runtime');
}

/** A chain integer that is a count, an index or a block: safe as a number. */
export function asCount(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  const whole = asRao(value);
  if (whole > BigInt(Number.MAX_SAFE_INTEGER)) throw undecodable('a count', 'it is too large');
  return Number.parseInt(whole.toString(), 10);
}

export function asAddress(value: unknown): string {
  if (typeof value === 'string') return value;
  throw undecodable('an account', 'it is no address in this runtime');
}

export function asFlag(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw undecodable('a flag', 'it is neither true nor false in this runtime');
}

export function asList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw undecodable('a list', 'it is no list in this runtime');
}

/** Text stored as bytes or as a list of compact bytes, made safe to show. */
export function asText(value: unknown): string {
  const bytes = Array.isArray(value) ? Uint8Array.from(value as number[]) : parseHex(value);
  if (bytes === undefined) throw undecodable('a text', 'it is not bytes in this runtime');
  return cleanBytes(bytes);
}

export const rao = (value: unknown, name: string): bigint => asRao(fieldOf(value, name));
export const count = (value: unknown, name: string): number => asCount(fieldOf(value, name));
export const address = (value: unknown, name: string): string => asAddress(fieldOf(value, name));
export const text = (value: unknown, name: string): string => asText(fieldOf(value, name));
