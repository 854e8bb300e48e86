/** All or nothing for operations of several legs: what they may touch is saved and put back. */
import { ROOT } from './parameters.ts';
import type { Account, Coldkey, EconomyState, Failure, Hotkey, Outcome, Success } from './state.ts';
import type { Subnet } from './subnet.ts';

/** Everything an operation may write; root is always included. Subnets: pool figures and flows. */
export type Scope = {
  readonly hotkeys: readonly Account[];
  readonly coldkeys: readonly Account[];
  /** Accounts whose free TAO may change; the subnets' own are included. */
  readonly accounts: readonly (Account | undefined)[];
  readonly netuids: readonly number[];
};

/** Runs `body`; when it reports a failure, the scope is as before. */
export function atomically<T>(
  state: EconomyState,
  scope: Scope,
  body: () => Outcome<T>,
): Success<T> | Failure {
  const restore = save(state, scope);
  const outcome = body();
  if (!outcome.ok) restore();
  return outcome;
}

function save(state: EconomyState, scope: Scope): () => void {
  const netuids = [...new Set([ROOT, ...scope.netuids])].filter((n) => state.subnets[n]);
  const { taoIssuance, totalStake } = state;
  const claimers = state.rootClaimers.length;
  const subnets = netuids.map((netuid) => copySubnet(state.subnets[netuid] as Subnet));
  const accounts = [
    ...scope.accounts,
    ...scope.coldkeys,
    ...subnets.map((subnet) => subnet.account),
  ].flatMap((account) => (account === undefined ? [] : [account]));
  const balances = accounts.map((account) => [account, state.balances[account]] as const);
  const hotkeys = unique(scope.hotkeys).map(
    (key) => [key, copyHotkey(state.hotkeys[key], netuids)] as const,
  );
  const coldkeys = unique(scope.coldkeys).map(
    (key) => [key, copyColdkey(state.coldkeys[key])] as const,
  );
  return () => {
    state.taoIssuance = taoIssuance;
    state.totalStake = totalStake;
    state.rootClaimers.length = claimers;
    for (const subnet of subnets) Object.assign(state.subnets[subnet.netuid] as Subnet, subnet);
    for (const [account, free] of balances) putBack(state.balances, account, free);
    for (const [key, hotkey] of hotkeys) putBack(state.hotkeys, key, hotkey);
    for (const [key, coldkey] of coldkeys) putBack(state.coldkeys, key, coldkey);
  };
}

function copySubnet(subnet: Subnet): Subnet {
  return {
    ...subnet,
    userFlow: { ...subnet.userFlow },
    protocolFlow: { ...subnet.protocolFlow },
  };
}

function copyHotkey(hotkey: Hotkey | undefined, netuids: readonly number[]): Hotkey | undefined {
  if (hotkey === undefined) return undefined;
  const pools = { ...hotkey.pools };
  for (const netuid of netuids) {
    const pool = pools[netuid];
    if (pool !== undefined) pools[netuid] = { ...pool, shares: { ...pool.shares } };
  }
  const rootClaimed: Hotkey['rootClaimed'] = {};
  for (const netuid in hotkey.rootClaimed) rootClaimed[netuid] = { ...hotkey.rootClaimed[netuid] };
  const copy = { ...hotkey, pools, rootClaimed };
  if (hotkey.basket !== undefined) copy.basket = structuredClone(hotkey.basket);
  return copy;
}

function copyColdkey(coldkey: Coldkey | undefined): Coldkey | undefined {
  if (coldkey === undefined) return undefined;
  return {
    ...coldkey,
    stakingHotkeys: [...coldkey.stakingHotkeys],
    ownedHotkeys: [...coldkey.ownedHotkeys],
    locks: { ...coldkey.locks },
    perpetualLock: { ...coldkey.perpetualLock },
  };
}

function putBack<T>(record: Record<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) delete record[key];
  else record[key] = value;
}

function unique(keys: readonly Account[]): Account[] {
  return [...new Set(keys)];
}
