/** Calls by name: encoding one, decoding one with whatever it nests, and asking whether it exists. */

import type { EnumVar } from '@polkadot-api/metadata-builders';
import { mergeUint8 } from '@polkadot-api/utils';
import type { Call } from '../types.ts';
import { asGiven, type TypeRegistry, undecodable } from './type-registry.ts';
import { lacksCall } from './wire-value.ts';

/** Whether this runtime has the call. */
export function hasCall(registry: TypeRegistry, pallet: string, name: string): boolean {
  return findCall(registry, pallet, name) !== undefined;
}

/** SCALE bytes of a call. CHAIN_LACKS_CALL, CHAIN_ARGUMENT, ADDRESS_INVALID. */
export function encodeCall(registry: TypeRegistry, call: Call): Uint8Array {
  const found = findCall(registry, call.pallet, call.name);
  if (found === undefined) throw lacksCall(call.pallet, call.name);
  const wired = registry.toWire(found.callEntry, call, 'call') as WiredCall;
  const { codec, location } = registry.buildCall(call.pallet, call.name);
  return mergeUint8([Uint8Array.from(location), codec.enc(wired.value.value)]);
}

/**
 * The call these bytes are, all of them: bytes left over, or bytes that would be encoded otherwise,
 * are refused, so that what is shown is what is signed. CHAIN_UNDECODABLE.
 */
export function decodeCall(registry: TypeRegistry, bytes: Uint8Array): Call {
  return asGiven(() => decodeWhole(registry, bytes));
}

function decodeWhole(registry: TypeRegistry, bytes: Uint8Array): Call {
  const entry = callEntry(registry);
  const { value, bytesRead } = registry.decode(entry, bytes, 'the call');
  if (bytesRead !== bytes.length) {
    throw undecodable('the call', `bytes are left over: ${bytes.length - bytesRead}`);
  }
  const call = value as Call;
  const again = registry.encode(entry, call, 'call');
  if (again.length !== bytes.length || again.some((byte, index) => byte !== bytes[index])) {
    throw undecodable('the call', 'the bytes are not in their canonical form');
  }
  return call;
}

type WiredCall = { readonly value: { readonly value: unknown } };

function callEntry(registry: TypeRegistry) {
  if (registry.callTypeId === undefined) {
    throw undecodable('the call', 'the metadata does not say which type calls have');
  }
  return registry.entry(registry.callTypeId);
}

function findCall(registry: TypeRegistry, pallet: string, name: string) {
  const type = registry.metadata.pallets.find((entry) => entry.name === pallet)?.calls?.type;
  if (type === undefined) return undefined;
  const shape = registry.entry(type);
  if (shape.type !== 'enum' || !Object.hasOwn((shape as EnumVar).value, name)) return undefined;
  return { callEntry: callEntry(registry) };
}
