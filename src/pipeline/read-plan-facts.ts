/** Gathers what the plan of a stake needs from one block, in as few round trips as possible. */
import type { AccountFacts, StakeFacts } from '../chain/facts.ts';
import { quoteInTurn } from '../chain/queries/quote-in-turn.ts';
import { readOwed } from '../chain/queries/read-claims.ts';
import { readNames } from '../chain/queries/read-delegates.ts';
import {
  readHotkeyOwner,
  readHotkeyOwners,
  readMinimumStake,
} from '../chain/queries/read-limits.ts';
import { readPrices } from '../chain/queries/read-prices.ts';
import { readSubnet } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import { isTaoError } from '../errors/tao-error.ts';
import type { StakePlanFacts, StakeRequest } from './plan-stake.ts';

/**
 * Facts for each request, in order: those of one subnet are quoted one after another, as one
 * transaction will make them.
 */
export async function readStakePlanFacts(
  view: BlockView,
  account: AccountFacts,
  requests: readonly StakeRequest[],
): Promise<readonly StakePlanFacts[]> {
  const netuids = [...new Set(requests.map(({ netuid }) => netuid))];
  const hotkeys = [...new Set(requests.map(({ hotkey }) => hotkey))];
  const [subnets, enabled, owners, minimums, quotes] = await Promise.all([
    Promise.all(netuids.map((netuid) => readSubnet(view, netuid))),
    readEnabled(view, netuids),
    readHotkeyOwners(view, hotkeys),
    readMinimumStake(view),
    quoteInTurn(view, 'buy', requests),
  ]);
  const names = await readNames(
    view,
    owners.filter((owner) => owner !== undefined),
  );
  return requests.map(({ netuid, hotkey }, index) => {
    const owner = owners[hotkeys.indexOf(hotkey)];
    return {
      account,
      subnet: subnets[netuids.indexOf(netuid)],
      isTokenEnabled: enabled.has(netuid),
      hotkeyOwner: owner,
      hotkeyName: names.get(owner ?? '') ?? '',
      quote: quotes[index],
      minimumRao: minimums.stakeRao,
    };
  });
}

/** Of the netuids, those whose token can be traded; root always can. */
export async function readEnabled(
  view: BlockView,
  netuids: readonly number[],
): Promise<ReadonlySet<number>> {
  const switches = await view.readMany(
    'SubtensorModule',
    'SubtokenEnabled',
    netuids.map((netuid) => [netuid]),
  );
  return new Set(
    netuids.filter((netuid, index) => netuid === ROOT_NETUID || switches[index] === true),
  );
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
export async function readUnclaimed(view: BlockView, stake: StakeFacts): Promise<bigint> {
  const unclaimed = await readUnclaimedByHotkey(view, stake.coldkey, [stake]);
  return unclaimed.get(stake.hotkey) ?? 0n;
}

/** Root dividends owed to a coldkey by hotkey, in TAO at spot, floored. */
export async function readUnclaimedByHotkey(
  view: BlockView,
  coldkey: string,
  roots: readonly StakeFacts[],
): Promise<ReadonlyMap<string, bigint>> {
  const [owed, prices] = await Promise.all([readOwed(view, coldkey, roots), readPrices(view)]);
  const byHotkey = new Map<string, bigint>();
  for (const one of owed) {
    const worthRao =
      one.kind === 'basket'
        ? one.taoRao
        : valueAtPriceFloor(one.alphaRao, prices.get(one.netuid) ?? 0n);
    byHotkey.set(one.hotkey, (byHotkey.get(one.hotkey) ?? 0n) + worthRao);
  }
  return byHotkey;
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
