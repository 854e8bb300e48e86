/** Reads the parameters of RPC methods; what does not fit is refused as invalid params. */
import { parseAddress } from '../../domain/address.ts';
import type { Account } from '../../economy/state.ts';
import { headNumber, numberOf } from '../blocks/chain.ts';
import type { NodeCore } from '../node/core.ts';
import { parseHex, toHex } from '../scale/hex.ts';
import { invalidParams, unknownBlock } from './rpc-error.ts';
import type { Params } from './session.ts';

export function hexParam(params: Params, at: number): Uint8Array {
  const text = params[at];
  const bytes = typeof text === 'string' ? parseHex(text) : undefined;
  if (bytes === undefined) throw invalidParams(`parameter ${at + 1} must be 0x hex`);
  return bytes;
}

export function hexListParam(params: Params, at: number): readonly Uint8Array[] {
  const list = params[at];
  if (!Array.isArray(list)) throw invalidParams(`parameter ${at + 1} must be a list`);
  return list.map((_, i) => hexParam(list, i));
}

/** A block by its hash; the newest when the hash is left out. UnknownBlock. */
export function blockParam({ chain }: NodeCore, params: Params, at: number): number {
  const number = knownBlockParam({ chain }, params, at);
  if (number === undefined) throw unknownBlock(String(params[at]));
  return number;
}

/** The same, but an unknown hash is undefined. */
export function knownBlockParam(
  { chain }: Pick<NodeCore, 'chain'>,
  params: Params,
  at: number,
): number | undefined {
  const hash = params[at];
  if (hash === undefined || hash === null) return headNumber(chain);
  return numberOf(chain, toHex(hexParam(params, at)));
}

export function countParam(params: Params, at: number): number {
  const count = params[at];
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw invalidParams(`parameter ${at + 1} must be a whole number`);
}

/** A block number, as a number or 0x hex. */
export function numberParam(value: unknown): number {
  const number =
    typeof value === 'string' && /^0x[0-9a-f]{1,8}$/i.test(value)
      ? Number.parseInt(value, 16)
      : value;
  if (typeof number === 'number' && Number.isSafeInteger(number) && number >= 0) return number;
  throw invalidParams('a block number must be a whole number');
}

/** An account as ss58 or 0x hex. */
export function accountParam(params: Params, at: number): Account {
  const text = params[at];
  if (typeof text !== 'string') throw invalidParams(`parameter ${at + 1} must be an address`);
  const bytes = text.startsWith('0x') ? parseHex(text) : addressBytes(text);
  if (bytes?.length !== 32) throw invalidParams(`parameter ${at + 1} must be an address`);
  return toHex(bytes);
}

/** An amount in rao, as a decimal string or a whole number. */
export function raoParam(params: Params, at: number): bigint {
  const value = params[at];
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return BigInt(value);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  throw invalidParams(`parameter ${at + 1} must be an amount in rao`);
}

function addressBytes(text: string): Uint8Array | undefined {
  try {
    return parseAddress(text);
  } catch {
    return undefined;
  }
}
