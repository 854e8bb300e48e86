/** Validators' weights as the chain stores them, for scenarios and tests of the embedded chain. */

import { maxUpscaleU16 } from './epoch/max-upscale.ts';
import { requireU16 } from './invalid-input.ts';
import { furtherLinks, mechanismsOf, netuidIndex } from './mechanisms.ts';
import { failure, subtensorEvent, success } from './outcome.ts';
import { ROOT } from './parameters.ts';
import { uidOf } from './register.ts';
import type { Account, EconomyState, Outcome } from './state.ts';
import type { Neuron } from './subnet.ts';

export type SetWeights = {
  readonly hotkey: Account;
  readonly netuid: number;
  readonly uids: readonly number[];
  readonly values: readonly number[];
  /** Which of the subnet's mechanisms; absent: the first. */
  readonly mechanism?: number;
  /** Weights that were committed before: commit-reveal does not refuse them. */
  readonly revealed?: boolean;
};

/** Stores a row of weights, scaled so that its largest is 65,535. */
export function setWeights(state: EconomyState, call: SetWeights): Outcome {
  const { hotkey, netuid, uids, values } = call;
  for (const uid of uids) requireU16('set weights', { uid });
  for (const value of values) requireU16('set weights', { value });
  if (uids.length !== values.length) return failure('WeightVecNotEqualSize');
  if (netuid === ROOT) return failure('CanNotSetRootNetworkWeights');
  const subnet = state.subnets[netuid];
  if (subnet === undefined) return failure('SubnetNotExists');
  const mechanism = call.mechanism ?? 0;
  if (!Number.isInteger(mechanism) || mechanism < 0 || mechanism >= mechanismsOf(subnet)) {
    return failure('MechanismDoesNotExist');
  }
  if (subnet.commitReveal && call.revealed !== true) return failure('CommitRevealEnabled');
  const uid = uidOf(subnet, hotkey);
  if (uid === undefined) return failure('HotKeyNotRegisteredInSubNet');
  if (uids.length > subnet.neurons.length) return failure('UidsLengthExceedUidsInSubNet');
  if (new Set(uids).size !== uids.length) return failure('DuplicateUids');
  if (uids.some((target) => target >= subnet.neurons.length)) {
    return failure('UidVecContainInvalidOne');
  }
  const neuron = subnet.neurons[uid] as Neuron;
  const onlySelf = uids.length === 1 && uids[0] === uid;
  if (!onlySelf && !neuron.permit && hotkey !== subnet.ownerHotkey) {
    return failure('NeuronNoValidatorPermit');
  }
  if (!onlySelf && uids.length < Math.min(subnet.minAllowedWeights, subnet.neurons.length)) {
    return failure('WeightVecLengthIsLow');
  }
  const scaled = maxUpscaleU16(values);
  const links = mechanism === 0 ? neuron : furtherLinks(neuron, mechanism);
  links.weights = uids.map((target, i) => [target, scaled[i] as number] as const);
  links.lastUpdate = state.block;
  return success(
    [subtensorEvent('WeightsSet', { netuid_index: netuidIndex(netuid, mechanism), uid })],
    {},
  );
}
