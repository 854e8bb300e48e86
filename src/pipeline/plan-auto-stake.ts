/**
 * Plans where the incentive of the own miners is staked: pure. The chain can change the destination
 * but not take it back, so clearing points it at the one own hotkey, which comes to the same.
 */
import type { SubnetFacts } from '../chain/facts.ts';
import { shortAddress } from '../domain/address.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { subnetLabel, validatorLabel } from './plan-rows.ts';
import { requireSubnet } from './plan-stake.ts';

export const AUTO_SET_COMMAND = 'stake.auto.set';
export const AUTO_CLEAR_COMMAND = 'stake.auto.clear';

export type AutoStakeRequest = {
  readonly netuid: number;
  /** Undefined: clear it. */
  readonly hotkey: string | undefined;
};

export type AutoStakePlanFacts = {
  readonly subnet: SubnetFacts | undefined;
  /** Where it goes now; undefined: to each mining hotkey itself. */
  readonly current: string | undefined;
  /** Those of the request and the coldkey's own that are registered on the subnet. */
  readonly registered: readonly string[];
  readonly own: readonly string[];
  readonly names: ReadonlyMap<string, string>;
};

/** SUBNET_UNKNOWN, HOTKEY_NOT_ON_SUBNET, USAGE_INVALID (nothing would change). */
export function planAutoStake(request: AutoStakeRequest, facts: AutoStakePlanFacts): TxPlan {
  const { netuid } = request;
  const subnet = requireSubnet(facts.subnet, netuid);
  const isClear = request.hotkey === undefined;
  const hotkey = request.hotkey ?? ownHotkey(netuid, facts);
  if (!facts.registered.includes(hotkey)) throw notRegistered(hotkey, netuid);
  if (facts.current === hotkey) throw nothingChanges(hotkey, netuid);
  const ownMiners = facts.own.filter((one) => facts.registered.includes(one));
  const label = (one: string) => validatorLabel(one, facts.names.get(one) ?? '');
  return {
    command: isClear ? AUTO_CLEAR_COMMAND : AUTO_SET_COMMAND,
    summary: `Auto-stake the incentive of subnet ${netuid} with ${shortAddress(hotkey)}`,
    question: isClear ? 'Clear the auto-stake?' : 'Change the auto-stake?',
    call: {
      pallet: 'SubtensorModule',
      name: 'set_coldkey_auto_stake_hotkey',
      args: { netuid, hotkey },
    },
    rows: [
      ['Incentive of', subnetLabel(subnet)],
      ['Staked with', { text: label(hotkey), tone: 'strong' }],
      [
        'Until now',
        facts.current === undefined ? 'the mining hotkey itself' : label(facts.current),
      ],
    ],
    warnings:
      ownMiners.length === 0
        ? [`No hotkey of this account mines on subnet ${netuid}: there is no incentive to stake.`]
        : [],
    spendRao: 0n,
    touches: { netuids: [netuid], hotkeys: [hotkey] },
    data: { netuid, hotkey, previousHotkey: facts.current ?? null },
  };
}

/** The one own hotkey on the subnet: with it as destination the incentive stays where it is earned. */
function ownHotkey(netuid: number, { current, own, registered }: AutoStakePlanFacts): string {
  if (current === undefined) throw nothingSet(netuid);
  const [only, ...others] = own.filter((hotkey) => registered.includes(hotkey));
  if (only !== undefined && others.length === 0) return only;
  throw new TaoError('HOTKEY_NOT_ON_SUBNET', {
    message: `Couldn't clear the auto-stake of subnet ${netuid}: the chain can only change it, and this account has ${only === undefined ? 'no hotkey' : 'several hotkeys'} there to point it at.`,
    hint: `Choose one with tao stake auto set --netuid ${netuid} --hotkey.`,
    data: { netuid, hotkeys: only === undefined ? [] : [only, ...others] },
  });
}

function notRegistered(hotkey: string, netuid: number): TaoError {
  return new TaoError('HOTKEY_NOT_ON_SUBNET', {
    message: `Couldn't auto-stake with ${hotkey}: it is not registered on subnet ${netuid}.`,
    hint: `Run tao delegate list --netuid ${netuid} to see who is.`,
    data: { hotkey, netuid },
  });
}

function nothingChanges(hotkey: string, netuid: number): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Nothing to change: the incentive of subnet ${netuid} goes to ${hotkey} already.`,
    hint: 'Run tao stake auto show to see every destination.',
    data: { hotkey, netuid },
  });
}

function nothingSet(netuid: number): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Nothing to clear: no auto-stake is set on subnet ${netuid}.`,
    hint: 'Run tao stake auto show to see every destination.',
    data: { netuid },
  });
}
