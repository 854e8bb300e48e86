/** Errors of a dispatched call, by name; what number that is depends on the runtime. */
import type { ChainError } from '../../economy/state.ts';
import type { RuntimeProfile } from '../metadata/profiles/profile.ts';
import type { Variant } from '../scale/codec.ts';

/** The chain's own form, but for an error of a pallet, which is `{pallet, name}`. */
export type DispatchError = Variant;

type NamedError = { readonly pallet: string; readonly name: string };

export const BAD_ORIGIN: DispatchError = { type: 'BadOrigin' };

/** An error of a pallet. */
export function moduleError(pallet: string, name: string): DispatchError {
  return { type: 'Module', value: { pallet, name } satisfies NamedError };
}

export function tokenError(name: string): DispatchError {
  return { type: 'Token', value: { type: name } };
}

export function fromEconomy(error: ChainError): DispatchError {
  return error.pallet === 'Token' ? tokenError(error.name) : moduleError(error.pallet, error.name);
}

/** The error in the codecs' form. A name that the runtime does not declare is a defect and throws. */
export function dispatchErrorValue(error: DispatchError, profile: RuntimeProfile): Variant {
  if (error.type !== 'Module') return error;
  const { pallet, name } = error.value as NamedError;
  const declared = profile.pallets.find((one) => one.name === pallet);
  const at = declared?.errors.indexOf(name) ?? -1;
  if (declared === undefined || at < 0) throw new TypeError(`No such error: ${pallet}.${name}`);
  const number = `0x${at.toString(16).padStart(2, '0')}000000`;
  return { type: 'Module', value: { index: declared.index, error: number } };
}
