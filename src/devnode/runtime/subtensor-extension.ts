/** What SubtensorTransactionExtension refuses before a transaction enters the pool. */
import type { Account } from '../../economy/state.ts';
import type { ChainState } from '../state/chain-state.ts';
import type { RuntimeCall } from './extrinsic.ts';

/** Numbers of `Invalid(Custom(n))`. */
const HOTKEY_DOES_NOT_EXIST = 4;
const NON_ASSOCIATED_COLDKEY = 25;
const DELEGATE_TAKE_TOO_LOW = 26;
const DELEGATE_TAKE_TOO_HIGH = 27;

/** The number a call is refused with, or undefined. Staking calls are not pre-checked. */
export function precheckSubtensor(
  state: ChainState,
  signer: Account,
  call: RuntimeCall,
): number | undefined {
  if (call.type !== 'SubtensorModule') return undefined;
  const { type: name, value } = call.value;
  if (name !== 'increase_take' && name !== 'decrease_take') return undefined;
  const { hotkey, take } = value as { readonly hotkey: Account; readonly take: number };
  const { parameters, hotkeys } = state.economy;
  const record = hotkeys[hotkey];
  if (record === undefined) return HOTKEY_DOES_NOT_EXIST;
  if (record.owner !== signer) return NON_ASSOCIATED_COLDKEY;
  const current = record.take ?? parameters.defaultDelegateTake;
  if (name === 'increase_take') {
    if (take <= current) return DELEGATE_TAKE_TOO_LOW;
    return take > parameters.maxDelegateTake ? DELEGATE_TAKE_TOO_HIGH : undefined;
  }
  return take >= current || take < parameters.minDelegateTake ? DELEGATE_TAKE_TOO_LOW : undefined;
}
