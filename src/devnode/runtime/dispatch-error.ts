/** Errors of a dispatched call in the chain's own form, by name. */
import type { ChainError } from '../../economy/state.ts';
import { pallets } from '../metadata/runtime.ts';
import type { Variant } from '../scale/codec.ts';

export type DispatchError = Variant;

export const BAD_ORIGIN: DispatchError = { type: 'BadOrigin' };

/** An error of a pallet. An undeclared name is a defect and throws. */
export function moduleError(pallet: string, name: string): DispatchError {
  const declared = pallets.find((one) => one.name === pallet);
  const at = declared?.errors.indexOf(name) ?? -1;
  if (declared === undefined || at < 0) throw new TypeError(`No such error: ${pallet}.${name}`);
  const error = `0x${at.toString(16).padStart(2, '0')}000000`;
  return { type: 'Module', value: { index: declared.index, error } };
}

export function tokenError(name: string): DispatchError {
  return { type: 'Token', value: { type: name } };
}

export function fromEconomy(error: ChainError): DispatchError {
  return error.pallet === 'Token' ? tokenError(error.name) : moduleError(error.pallet, error.name);
}
