/** SubtensorModule's staking calls: arguments to the economy's operations, outcomes to results. */
import { type AddStake, addStake, addStakeLimit } from '../../economy/add-stake.ts';
import { addStakeBurn, burnOwnAlpha, recycleOwnAlpha } from '../../economy/destroy-alpha.ts';
import { moveStake, swapStake, swapStakeLimit, transferStake } from '../../economy/move-stake.ts';
import { removeStake, removeStakeFullLimit, removeStakeLimit } from '../../economy/remove-stake.ts';
import type { Account, EconomyState, Outcome } from '../../economy/state.ts';
import { unstakeAll, unstakeAllAlpha } from '../../economy/unstake-all.ts';
import {
  type Args,
  type CallContext,
  type CallRule,
  type CallRules,
  DONE,
  refused,
} from './context.ts';
import { fromEconomy } from './dispatch-error.ts';

/** A rule around an operation of the economy, which is all or nothing by itself. */
export function operation(
  perform: (economy: EconomyState, args: Args, context: CallContext) => Outcome,
): CallRule {
  return (context, args) => {
    const outcome = perform(context.economy, args, context);
    if (!outcome.ok) return refused(fromEconomy(outcome.error));
    context.events.push(...outcome.events);
    return DONE;
  };
}

/** Who, with whom, where: the part all staking calls have. */
function position({ signer, author }: CallContext, args: Args): Omit<AddStake, 'amountRao'> {
  return {
    coldkey: signer,
    hotkey: args.hotkey as Account,
    netuid: args.netuid as number,
    author,
  };
}

const limits = (args: Args) => ({
  limitRaoPerAlpha: args.limit_price as bigint,
  allowPartial: args.allow_partial as boolean,
});

/** A move between subnets, and what names its two ends. */
function between({ signer, author }: CallContext, args: Args) {
  return {
    coldkey: signer,
    originNetuid: args.origin_netuid as number,
    destinationNetuid: args.destination_netuid as number,
    amountRao: args.alpha_amount as bigint,
    author,
  };
}

export const stakeCalls: CallRules = {
  add_stake: operation((economy, args, context) =>
    addStake(economy, {
      ...position(context, args),
      amountRao: args.amount_staked as bigint,
    }),
  ),
  add_stake_limit: operation((economy, args, context) =>
    addStakeLimit(economy, {
      ...position(context, args),
      amountRao: args.amount_staked as bigint,
      ...limits(args),
    }),
  ),
  remove_stake: operation((economy, args, context) =>
    removeStake(economy, {
      ...position(context, args),
      amountRao: args.amount_unstaked as bigint,
    }),
  ),
  remove_stake_limit: operation((economy, args, context) =>
    removeStakeLimit(economy, {
      ...position(context, args),
      amountRao: args.amount_unstaked as bigint,
      ...limits(args),
    }),
  ),
  remove_stake_full_limit: operation((economy, args, context) =>
    removeStakeFullLimit(economy, {
      ...position(context, args),
      limitRaoPerAlpha: args.limit_price as bigint | undefined,
    }),
  ),
  unstake_all: operation((economy, args, { signer, author }) =>
    unstakeAll(economy, { coldkey: signer, hotkey: args.hotkey as Account, author }),
  ),
  unstake_all_alpha: operation((economy, args, { signer, author }) =>
    unstakeAllAlpha(economy, { coldkey: signer, hotkey: args.hotkey as Account, author }),
  ),
  move_stake: operation((economy, args, context) =>
    moveStake(economy, {
      ...between(context, args),
      originHotkey: args.origin_hotkey as Account,
      destinationHotkey: args.destination_hotkey as Account,
    }),
  ),
  transfer_stake: operation((economy, args, context) =>
    transferStake(economy, {
      ...between(context, args),
      destinationColdkey: args.destination_coldkey as Account,
      hotkey: args.hotkey as Account,
    }),
  ),
  swap_stake: operation((economy, args, context) =>
    swapStake(economy, { ...between(context, args), hotkey: args.hotkey as Account }),
  ),
  swap_stake_limit: operation((economy, args, context) =>
    swapStakeLimit(economy, {
      ...between(context, args),
      hotkey: args.hotkey as Account,
      limitRatio: args.limit_price as bigint,
      allowPartial: args.allow_partial as boolean,
    }),
  ),
  recycle_alpha: operation((economy, args, context) =>
    recycleOwnAlpha(economy, { ...position(context, args), amountRao: args.amount as bigint }),
  ),
  burn_alpha: operation((economy, args, context) =>
    burnOwnAlpha(economy, { ...position(context, args), amountRao: args.amount as bigint }),
  ),
  add_stake_burn: operation((economy, args, context) =>
    addStakeBurn(economy, {
      ...position(context, args),
      amountRao: args.amount as bigint,
      limitRaoPerAlpha: args.limit as bigint | undefined,
    }),
  ),
};
