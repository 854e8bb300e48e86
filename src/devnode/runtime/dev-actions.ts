/** What the developer does to the chain from outside: data in a block, applied before its step. */
import { dissolveNetwork } from '../../economy/network.ts';
import type { Account, EconomyEvent } from '../../economy/state.ts';
import { authorities } from '../genesis/accounts.ts';
import type { Conduct } from '../market/market-state.ts';
import { decodeExactly } from '../scale/codec.ts';
import { fromHex } from '../scale/hex.ts';
import { adoptProfile } from '../state/adopt-profile.ts';
import type { ChainState } from '../state/chain-state.ts';
import { profileOf } from '../state/view.ts';
import { type StorageWrite, writeStorage } from '../storage/write.ts';
import { freeOf } from './calls-frame.ts';
import { dispatch } from './dispatch.ts';
import type { RuntimeCall } from './extrinsic.ts';

export type SetBalance = {
  readonly kind: 'set-balance';
  readonly account: Account;
  /** Free TAO afterwards, rao. */
  readonly freeRao: bigint;
};

/** A call as any account, without signature, nonce and fee; SCALE bytes as 0x hex. */
export type CallAs = { readonly kind: 'call'; readonly signer: Account; readonly call: string };

export type DevAction =
  | SetBalance
  | CallAs
  /** How a validator judges from now on, where the subnet has a market. */
  | {
      readonly kind: 'set-conduct';
      readonly netuid: number;
      readonly hotkey: Account;
      readonly conduct: Conduct;
    }
  | { readonly kind: 'dissolve-subnet'; readonly netuid: number }
  /** A storage item set by its key; null removes it. */
  | ({ readonly kind: 'set-storage' } & StorageWrite)
  /** A runtime upgrade: another profile reads and changes the state from this block on. */
  | { readonly kind: 'set-profile'; readonly profile: string };

/** Applies an action. Throws a TypeError for one that the state refuses: its maker is at fault. */
export function applyAction(state: ChainState, action: DevAction): EconomyEvent[] {
  switch (action.kind) {
    case 'set-balance':
      return setBalance(state, action);
    case 'call':
      return callAs(state, action);
    case 'set-conduct': {
      const market = state.market?.subnets.find(({ netuid }) => netuid === action.netuid);
      const validator = market?.validators.find(({ hotkey }) => hotkey === action.hotkey);
      if (validator === undefined) throw refusedAction(action.kind, 'no such validator');
      validator.conduct = action.conduct;
      return [];
    }
    case 'dissolve-subnet': {
      const outcome = dissolveNetwork(state.economy, { netuid: action.netuid });
      if (!outcome.ok) throw refusedAction(action.kind, outcome.error.name);
      return outcome.events;
    }
    case 'set-storage':
      writeStorage(state, action);
      return [];
    case 'set-profile':
      adoptProfile(state, action.profile);
      return [{ pallet: 'System', name: 'CodeUpdated', fields: {} }];
  }
}

/** The issuance follows the balances. */
function setBalance({ economy }: ChainState, { account, freeRao }: SetBalance): EconomyEvent[] {
  economy.taoIssuance += freeRao - freeOf(economy, account);
  if (freeRao === 0n) delete economy.balances[account];
  else economy.balances[account] = freeRao;
  const fields = { who: account, free: freeRao };
  return [{ pallet: 'Balances', name: 'BalanceSet', fields }];
}

function callAs(state: ChainState, { kind, signer, call }: CallAs): EconomyEvent[] {
  const events: EconomyEvent[] = [];
  const decoded = decodeExactly('RuntimeCall', fromHex(call), profileOf(state)) as RuntimeCall;
  const result = dispatch(
    {
      state,
      economy: state.economy,
      signer,
      author: authorities[0] as Account,
      blockNumber: state.economy.block + 1,
      extrinsicIndex: 0,
      events,
      filter: () => true,
    },
    decoded,
  );
  if (!result.ok) throw refusedAction(kind, JSON.stringify(result.error));
  return events;
}

function refusedAction(kind: DevAction['kind'], why: string): TypeError {
  return new TypeError(`The chain refuses the action ${kind}: ${why}`);
}
