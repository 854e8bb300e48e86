/** Builders for results, errors and the staking events. */
import type { Account, ChainError, EconomyEvent, EventFields, Failure, Success } from './state.ts';

export function failure(name: string, pallet: ChainError['pallet'] = 'SubtensorModule'): Failure {
  return { ok: false, error: { pallet, name } };
}

export function failed(error: ChainError): Failure {
  return { ok: false, error };
}

export function success<T extends object>(events: EconomyEvent[], rest: T): Success<T> {
  return { ok: true, events, ...rest };
}

export function chainError(
  name: string,
  pallet: ChainError['pallet'] = 'SubtensorModule',
): ChainError {
  return { pallet, name };
}

/** An event of SubtensorModule. */
export function subtensorEvent(name: string, fields: EventFields): EconomyEvent {
  return { pallet: 'SubtensorModule', name, fields };
}

export type Position = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
};

/** `tao` includes the fee, `fee` is in rao of TAO. */
export function stakeAdded(at: Position, tao: bigint, alpha: bigint, fee: bigint): EconomyEvent {
  const { coldkey, hotkey, netuid } = at;
  return subtensorEvent('StakeAdded', { coldkey, hotkey, tao, alpha, netuid, fee_rao_tao: fee });
}

/** `alpha` is net of the fee, `fee` is in rao of alpha. */
export function stakeRemoved(at: Position, tao: bigint, alpha: bigint, fee: bigint): EconomyEvent {
  const { coldkey, hotkey, netuid } = at;
  return subtensorEvent('StakeRemoved', {
    coldkey,
    hotkey,
    tao,
    alpha,
    netuid,
    fee_rao_alpha: fee,
  });
}
