/** Neurons joining subnets and root, and hotkeys getting an owner. */

import { canSpend, recycleTao } from './accounts.ts';
import { becomeDelegate } from './add-stake.ts';
import { minBig, mul64 } from './fixed.ts';
import { requireU64 } from './invalid-input.ts';
import { chainError, failed, failure, subtensorEvent, success } from './outcome.ts';
import { ROOT } from './parameters.ts';
import { hotkeyStake } from './stake-ledger.ts';
import {
  type Account,
  type ChainError,
  type EconomyState,
  ensureHotkey,
  type Outcome,
} from './state.ts';
import { createNeuron, type Neuron, type Subnet } from './subnet.ts';

export type Register = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly netuid: number;
};

export type RegisterLimit = Register & { readonly limitRao: bigint };
export type RegisteredResult = { readonly uid: number };

/** Pays the registration price and joins a subnet; a full one loses its weakest neuron. */
export function burnedRegister(state: EconomyState, call: Register): Outcome<RegisteredResult> {
  const { coldkey, hotkey, netuid } = call;
  const refusal = checkRegister(state, call);
  if (refusal !== undefined) return failed(refusal);
  const subnet = state.subnets[netuid] as Subnet;
  const uid = freeUid(state, subnet);
  if (uid === undefined) return failure('NoNeuronIdAvailable');
  recycleTao(state, coldkey, subnet.burnRao);
  subnet.burnRao = minBig(mul64(subnet.burnRao, subnet.burnIncreaseBits), subnet.maxBurnRao);
  ensureHotkey(state, hotkey, coldkey);
  subnet.neurons[uid] = createNeuron(hotkey, state.block);
  return success([subtensorEvent('NeuronRegistered', { netuid, uid, hotkey })], { uid });
}

/** The same with a highest price. */
export function registerLimit(state: EconomyState, call: RegisterLimit): Outcome<RegisteredResult> {
  requireU64('register', { limitRao: call.limitRao });
  const subnet = state.subnets[call.netuid];
  if (subnet !== undefined && call.netuid !== ROOT && subnet.burnRao > call.limitRao) {
    return failure('RegistrationPriceLimitExceeded');
  }
  return burnedRegister(state, call);
}

/** Joins root and becomes a delegate; when root is full, the least staked member makes room. */
export function rootRegister(
  state: EconomyState,
  call: Omit<Register, 'netuid'>,
): Outcome<RegisteredResult> {
  const { coldkey, hotkey } = call;
  const root = state.subnets[ROOT] as Subnet;
  if (uidOf(root, hotkey) !== undefined) return failure('HotKeyAlreadyRegisteredInSubNet');
  const owner = state.hotkeys[hotkey]?.owner;
  if (owner !== undefined && owner !== coldkey) return failure('NonAssociatedColdKey');
  let uid = root.neurons.length;
  if (uid >= root.maxAllowedUids) {
    const weakest = weakestRootMember(state, root);
    const mine = hotkeyStake(state, hotkey, ROOT);
    if (mine <= hotkeyStake(state, (root.neurons[weakest] as Neuron).hotkey, ROOT)) {
      return failure('StakeTooLowForRoot');
    }
    uid = weakest;
  }
  ensureHotkey(state, hotkey, coldkey);
  becomeDelegate(state, hotkey);
  root.neurons[uid] = createNeuron(hotkey, state.block);
  return success([subtensorEvent('NeuronRegistered', { netuid: ROOT, uid, hotkey })], { uid });
}

/** Claims an unowned hotkey; one that is owned stays as it is, without an error. */
export function tryAssociateHotkey(
  state: EconomyState,
  call: Omit<Register, 'netuid'>,
): Outcome<{ readonly associated: boolean }> {
  const associated = state.hotkeys[call.hotkey] === undefined;
  if (associated) ensureHotkey(state, call.hotkey, call.coldkey);
  return success([], { associated });
}

/** The uid of a hotkey on a subnet. */
export function uidOf(subnet: Subnet, hotkey: Account): number | undefined {
  const uid = subnet.neurons.findIndex((neuron) => neuron.hotkey === hotkey);
  return uid < 0 ? undefined : uid;
}

function checkRegister(state: EconomyState, call: Register): ChainError | undefined {
  const { coldkey, hotkey, netuid } = call;
  if (netuid === ROOT) return chainError('RegistrationNotPermittedOnRootSubnet');
  const subnet = state.subnets[netuid];
  if (subnet === undefined) return chainError('SubnetNotExists');
  if (!subnet.registrationAllowed) return chainError('SubNetRegistrationDisabled');
  if (uidOf(subnet, hotkey) !== undefined) return chainError('HotKeyAlreadyRegisteredInSubNet');
  if (!canSpend(state, coldkey, subnet.burnRao)) return chainError('NotEnoughBalanceToStake');
  const owner = state.hotkeys[hotkey]?.owner;
  if (owner !== undefined && owner !== coldkey) return chainError('NonAssociatedColdKey');
  return undefined;
}

/**
 * The next free uid, or that of the least emitting neuron past its immunity, the oldest on a tie.
 */
function freeUid(state: EconomyState, subnet: Subnet): number | undefined {
  if (subnet.neurons.length < subnet.maxAllowedUids) return subnet.neurons.length;
  let weakest: number | undefined;
  for (let uid = 0; uid < subnet.neurons.length; uid += 1) {
    const neuron = subnet.neurons[uid] as Neuron;
    if (neuron.hotkey === subnet.ownerHotkey) continue;
    if (state.block - neuron.registeredAt < subnet.immunityPeriod) continue;
    if (weakest === undefined || isWeaker(neuron, subnet.neurons[weakest] as Neuron)) weakest = uid;
  }
  return weakest;
}

function isWeaker(a: Neuron, b: Neuron): boolean {
  if (a.emission !== b.emission) return a.emission < b.emission;
  return a.registeredAt < b.registeredAt;
}

function weakestRootMember(state: EconomyState, root: Subnet): number {
  let weakest = 0;
  for (let uid = 1; uid < root.neurons.length; uid += 1) {
    const stake = hotkeyStake(state, (root.neurons[uid] as Neuron).hotkey, ROOT);
    const least = hotkeyStake(state, (root.neurons[weakest] as Neuron).hotkey, ROOT);
    if (stake < least) weakest = uid;
  }
  return weakest;
}
