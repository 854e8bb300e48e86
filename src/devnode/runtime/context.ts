/** What a call's rule gets to work with, and what it answers. */
import type { Account, EconomyEvent, EconomyState } from '../../economy/state.ts';
import type { ChainState } from '../state/chain-state.ts';
import type { DispatchError } from './dispatch-error.ts';
import type { RuntimeCall } from './extrinsic.ts';

export type CallContext = {
  readonly state: ChainState;
  readonly economy: EconomyState;
  readonly signer: Account;
  /** Author of the block: gets fees. */
  readonly author: Account;
  readonly blockNumber: number;
  readonly extrinsicIndex: number;
  /** Events so far, in order; rules append. */
  readonly events: EconomyEvent[];
  /** What the origin may call: everything, unless it acts as a proxy. */
  readonly filter: (call: RuntimeCall) => boolean;
};

export type DispatchResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly error: DispatchError };

export type Args = Readonly<Record<string, unknown>>;

/** Performs one call. It changes nothing when it answers with an error. */
export type CallRule = (context: CallContext, args: Args) => DispatchResult;
export type CallRules = Readonly<Record<string, CallRule>>;

export const DONE: DispatchResult = { ok: true };

export function refused(error: DispatchError): DispatchResult {
  return { ok: false, error };
}

/** Puts the whole state back to a copy of it made earlier. */
export function restore(state: ChainState, copy: ChainState): void {
  const { economy } = state;
  for (const key of Object.keys(economy)) delete (economy as Record<string, unknown>)[key];
  Object.assign(economy, copy.economy);
  Object.assign(state, copy, { economy });
}
