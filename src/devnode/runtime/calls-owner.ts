/** SubtensorModule's calls for a subnet's schedule and settings, and those for root alone. */
import { setTempo, triggerEpoch } from '../../economy/owner-calls.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { operation } from './calls-stake.ts';
import {
  type Args,
  type CallContext,
  type CallRule,
  type CallRules,
  DONE,
  refused,
} from './context.ts';
import { BAD_ORIGIN, type DispatchError, moduleError } from './dispatch-error.ts';

/** Constants MinActivityCutoffFactorMilli and MaxActivityCutoffFactorMilli. */
const CUTOFF_FACTOR_MILLI = { min: 1_000, max: 50_000 } as const;
/** Chain rule: no threshold of root claims is higher, rao of alpha. */
const MAX_ROOT_CLAIM_THRESHOLD = 10_000_000n;

const subtensorError = (name: string): DispatchError => moduleError('SubtensorModule', name);
const owned = ({ signer }: CallContext, args: Args) => ({
  coldkey: signer,
  netuid: args.netuid as number,
});
const rootOnly: CallRule = () => refused(BAD_ORIGIN);

export const ownerCalls: CallRules = {
  set_tempo: operation((economy, args, context) =>
    setTempo(economy, { ...owned(context, args), tempo: args.tempo as number }),
  ),
  trigger_epoch: operation((economy, args, context) => triggerEpoch(economy, owned(context, args))),
  set_activity_cutoff_factor: (context, args) => {
    const subnet = ownedSubnet(context, args);
    if ('type' in subnet) return refused(subnet);
    const factor = args.factor_milli as number;
    if (factor < CUTOFF_FACTOR_MILLI.min || factor > CUTOFF_FACTOR_MILLI.max) {
      return refused(subtensorError('ActivityCutoffFactorMilliOutOfBounds'));
    }
    subnet.activityCutoffFactorMilli = factor;
    const fields = { netuid: subnet.netuid, factor_milli: factor };
    context.events.push({
      pallet: 'SubtensorModule',
      name: 'ActivityCutoffFactorMilliSet',
      fields,
    });
    return DONE;
  },
  sudo_set_root_claim_threshold: (context, args) => {
    const subnet = ownedSubnet(context, args);
    if ('type' in subnet) return refused(BAD_ORIGIN);
    const threshold = args.new_value as bigint;
    if (threshold > MAX_ROOT_CLAIM_THRESHOLD) {
      return refused(subtensorError('InvalidRootClaimThreshold'));
    }
    subnet.rootClaimThreshold = threshold;
    return DONE;
  },
  dissolve_network: rootOnly,
  root_dissolve_network: rootOnly,
  sudo_set_num_root_claims: rootOnly,
  set_pending_childkey_cooldown: rootOnly,
};

/** The subnet of the arguments, when the signer owns it. */
function ownedSubnet({ economy, signer }: CallContext, args: Args): Subnet | DispatchError {
  const subnet = economy.subnets[args.netuid as number];
  if (subnet === undefined) return subtensorError('SubnetNotExists');
  return subnet.owner === signer ? subnet : subtensorError('NotSubnetOwner');
}
