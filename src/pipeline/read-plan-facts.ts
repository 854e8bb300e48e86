/** Gathers what a plan needs from one block, in as few round trips as possible. */
import type { AccountFacts } from '../chain/facts.ts';
import { quoteBuy, quoteSell } from '../chain/queries/quote-swap.ts';
import { readClaimable } from '../chain/queries/read-claimable.ts';
import { readNames } from '../chain/queries/read-delegates.ts';
import { readHotkeyOwner, readMinimumStake } from '../chain/queries/read-limits.ts';
import { readPrices } from '../chain/queries/read-prices.ts';
import { readAvailability, readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnet } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import { isTaoError } from '../errors/tao-error.ts';
import type { StakePlanFacts, StakeRequest } from './plan-stake.ts';
import {
  resolveUnstakeAmount,
  type UnstakePlanFacts,
  type UnstakeRequest,
} from './plan-unstake.ts';

export async function readStakePlanFacts(
  view: BlockView,
  account: AccountFacts,
  request: StakeRequest,
): Promise<StakePlanFacts> {
  const { netuid, hotkey, amountRao } = request;
  const [subnet, enabled, validator, minimums, quote] = await Promise.all([
    readSubnet(view, netuid),
    netuid === ROOT_NETUID ? true : view.read('SubtensorModule', 'SubtokenEnabled', netuid),
    readValidator(view, hotkey),
    readMinimumStake(view),
    quoteOrNothing(quoteBuy(view, netuid, amountRao)),
  ]);
  return {
    account,
    subnet,
    isTokenEnabled: enabled === true,
    hotkeyOwner: validator.owner,
    hotkeyName: validator.name,
    quote,
    minimumRao: minimums.stakeRao,
  };
}

export async function readUnstakePlanFacts(
  view: BlockView,
  coldkey: string,
  request: UnstakeRequest,
): Promise<UnstakePlanFacts> {
  const { netuid, hotkey } = request;
  const [subnet, stakes, validator, minimums, availability] = await Promise.all([
    readSubnet(view, netuid),
    readStakes(view, [coldkey]),
    readValidator(view, hotkey),
    readMinimumStake(view),
    readAvailability(view, coldkey, [netuid]),
  ]);
  const stake = stakes.find((s) => s.hotkey === hotkey && s.netuid === netuid);
  const stakeRao = stake?.alphaRao ?? 0n;
  const amountRao = subnet === undefined ? undefined : resolveUnstakeAmount(request, stakeRao);
  const [quote, unclaimedRao] = await Promise.all([
    amountRao === undefined ? undefined : quoteOrNothing(quoteSell(view, netuid, amountRao)),
    netuid === ROOT_NETUID && stake !== undefined ? readUnclaimed(view, stake) : 0n,
  ]);
  return {
    subnet,
    hotkeyName: validator.name,
    stakeRao,
    unlockedRao: availability?.find((row) => row.netuid === netuid)?.availableRao,
    quote,
    minimumRao: minimums.stakeRao,
    nominatorMinimumRao: minimums.nominatorRao,
    unclaimedRao,
  };
}

/** Who owns the hotkey and what the owner calls himself. */
export async function readValidator(
  view: BlockView,
  hotkey: string,
): Promise<{ readonly owner: string | undefined; readonly name: string }> {
  const owner = await readHotkeyOwner(view, hotkey);
  if (owner === undefined) return { owner, name: '' };
  return { owner, name: (await readNames(view, [owner])).get(owner) ?? '' };
}

/** Root dividends owed on one root position, in TAO at spot, floored. */
export async function readUnclaimed(
  view: BlockView,
  stake: Parameters<typeof readClaimable>[1][number],
): Promise<bigint> {
  const [claims, prices] = await Promise.all([readClaimable(view, [stake]), readPrices(view)]);
  return (claims ?? []).reduce(
    (sum, claim) => sum + valueAtPriceFloor(claim.alphaRao, prices.get(claim.netuid) ?? 0n),
    0n,
  );
}

/** Undefined where the pool has nothing to give: the plan says so in its own words. */
export async function quoteOrNothing<Q>(quoting: Promise<Q>): Promise<Q | undefined> {
  try {
    return await quoting;
  } catch (error) {
    if (isTaoError(error, 'CHAIN_LIQUIDITY')) return undefined;
    throw error;
  }
}
