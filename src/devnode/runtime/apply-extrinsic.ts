/** Applies one checked extrinsic: fee, nonce, call, events, result. Deterministic. */
import type { Account, EconomyEvent } from '../../economy/state.ts';
import type { ChainState } from '../state/chain-state.ts';
import type { DispatchResult } from './context.ts';
import { dispatch } from './dispatch.ts';
import type { SignedExtrinsic } from './extrinsic.ts';
import { depositFee, planPayment, withdrawFee } from './payment.ts';
import { checkState, type Invalidity } from './validity.ts';
import { dispatchRefTime, isFree } from './weights.ts';

export type Slot = { readonly author: Account; readonly number: number; readonly index: number };

export type Applied =
  | { readonly ok: true; readonly events: EconomyEvent[]; readonly result: DispatchResult }
  | { readonly ok: false; readonly invalidity: Invalidity };

/** Runs an extrinsic whose signature was checked. An invalid one changes nothing. */
export function applyExtrinsic(
  state: ChainState,
  signer: Account,
  extrinsic: SignedExtrinsic,
  slot: Slot,
): Applied {
  const invalidity = checkState(state, signer, extrinsic);
  if (invalidity !== undefined) return { ok: false, invalidity };
  if (extrinsic.nonce > (state.nonces[signer] ?? 0)) {
    return { ok: false, invalidity: { kind: 'invalid', name: 'Future' } };
  }
  const events: EconomyEvent[] = [];
  const payment = planPayment(state, signer, extrinsic);
  const fee = payment === undefined ? undefined : withdrawFee(state, events, payment, slot.author);
  if (fee === undefined) return { ok: false, invalidity: { kind: 'invalid', name: 'Payment' } };
  state.nonces[signer] = extrinsic.nonce + 1;
  const result = dispatch(
    {
      state,
      economy: state.economy,
      signer,
      author: slot.author,
      blockNumber: slot.number,
      extrinsicIndex: slot.index,
      events,
      filter: () => true,
    },
    extrinsic.call,
  );
  depositFee(state, events, fee, slot.author);
  events.push(resultEvent(result, extrinsic));
  return { ok: true, events, result };
}

/** What the time inherent leaves behind. */
export function inherentApplied(): EconomyEvent {
  return system('ExtrinsicSuccess', {
    dispatch_info: dispatchFacts(INHERENT_REF_TIME, 'Mandatory', true),
  });
}

const INHERENT_REF_TIME = 139_000_000n;

function resultEvent(result: DispatchResult, extrinsic: SignedExtrinsic): EconomyEvent {
  const facts = dispatchFacts(dispatchRefTime(extrinsic.call), 'Normal', !isFree(extrinsic.call));
  return result.ok
    ? system('ExtrinsicSuccess', { dispatch_info: facts })
    : system('ExtrinsicFailed', { dispatch_error: result.error, dispatch_info: facts });
}

function dispatchFacts(refTime: bigint, kind: string, pays: boolean) {
  return {
    weight: { ref_time: refTime, proof_size: 0n },
    class: { type: kind },
    pays_fee: { type: pays ? 'Yes' : 'No' },
  };
}

function system(name: string, fields: Readonly<Record<string, unknown>>): EconomyEvent {
  return { pallet: 'System', name, fields: fields as EconomyEvent['fields'] };
}
