/** What SubtensorTransactionExtension refuses before a transaction enters the pool. */
import { stakeWeight } from '../../economy/epoch-call.ts';
import { u64Fraction32 } from '../../economy/fixed.ts';
import { linksOn } from '../../economy/mechanisms.ts';
import type { Account, EconomyState } from '../../economy/state.ts';
import type { ChainState } from '../state/chain-state.ts';
import { holdOf } from './calls-coldkey-swap.ts';
import type { RuntimeCall } from './extrinsic.ts';

/** Numbers of `Invalid(Custom(n))`. */
const COLDKEY_IN_SWAP_SCHEDULE = 0;
const STAKE_AMOUNT_TOO_LOW = 1;
const RATE_LIMIT_EXCEEDED = 6;
const COLDKEY_SWAP_DISPUTED = 21;
const HOTKEY_DOES_NOT_EXIST = 4;
const NON_ASSOCIATED_COLDKEY = 25;
const DELEGATE_TAKE_TOO_LOW = 26;
const DELEGATE_TAKE_TOO_HIGH = 27;

/** Blocks between two settings of weights: WeightsSetRateLimit at its default. */
const WEIGHTS_RATE_LIMIT_BLOCKS = 100;

/** The number a call is refused with, or undefined. Staking calls are not pre-checked. */
export function precheckSubtensor(
  state: ChainState,
  signer: Account,
  call: RuntimeCall,
): number | undefined {
  const hold = holdOf(state, signer, call);
  if (hold === 'disputed') return COLDKEY_SWAP_DISPUTED;
  if (hold === 'announced') return COLDKEY_IN_SWAP_SCHEDULE;
  if (call.type !== 'SubtensorModule') return undefined;
  const { type: name, value } = call.value;
  if (name === 'increase_take' || name === 'decrease_take') {
    return precheckTake(state, signer, name, value as TakeArgs);
  }
  if (name === 'set_weights' || name === 'set_mechanism_weights') {
    return precheckWeights(state.economy, signer, value as WeightsArgs);
  }
  return undefined;
}

type TakeArgs = { readonly hotkey: Account; readonly take: number };
type WeightsArgs = { readonly netuid: number; readonly mecid?: number };

function precheckTake(
  state: ChainState,
  signer: Account,
  name: 'increase_take' | 'decrease_take',
  { hotkey, take }: TakeArgs,
): number | undefined {
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

/** What is no neuron's, or on no subnet, is for the call itself to refuse. */
function precheckWeights(
  economy: EconomyState,
  hotkey: Account,
  { netuid, mecid = 0 }: WeightsArgs,
): number | undefined {
  const { taoWeight, stakeThreshold } = economy.parameters;
  const neuron = economy.subnets[netuid]?.neurons.find((one) => one.hotkey === hotkey);
  if (neuron === undefined) return undefined;
  const weight = stakeWeight(economy, hotkey, netuid, u64Fraction32(taoWeight));
  if (weight < stakeThreshold) return STAKE_AMOUNT_TOO_LOW;
  const { lastUpdate } = linksOn(neuron, mecid);
  const wait = lastUpdate + WEIGHTS_RATE_LIMIT_BLOCKS - economy.block;
  return lastUpdate > 0 && wait > 0 ? RATE_LIMIT_EXCEEDED : undefined;
}
