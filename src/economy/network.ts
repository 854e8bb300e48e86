/** Subnets coming and going: creation against a lock, the start call, and dissolution. */
import { canSpend, recycleTao, transferTao } from './accounts.ts';
import { div64, ONE_64 } from './fixed.ts';
import { failure, subtensorEvent, success } from './outcome.ts';
import { ROOT } from './parameters.ts';
import { poolPriceBits } from './pool.ts';
import { shareValue } from './share-pool.ts';
import {
  type Account,
  addSubnet,
  type EconomyEvent,
  type EconomyState,
  ensureHotkey,
  type Hotkey,
  type Outcome,
} from './state.ts';
import { createNeuron, createSubnet, type Subnet } from './subnet.ts';

export type RegisterNetwork = {
  readonly coldkey: Account;
  readonly hotkey: Account;
  /** The account that will hold the subnet's TAO. */
  readonly accountOf: (netuid: number) => Account;
};

/** What creating a subnet costs now: twice the last price, falling back to the minimum; rao. */
export function networkLockCost(state: EconomyState): bigint {
  const { parameters } = state;
  const { networkLastLockRao: last, networkLockReductionBlocks: interval } = parameters;
  const times = parameters.networkLastLockBlock === 0 ? 1n : 2n;
  const age = BigInt(state.block - parameters.networkLastLockBlock);
  const cost = last * times - (last / BigInt(interval)) * age;
  return cost > parameters.networkMinLockRao ? cost : parameters.networkMinLockRao;
}

/** Creates a subnet whose pool holds the lock at the median price of the others. */
export function registerNetwork(
  state: EconomyState,
  call: RegisterNetwork,
): Outcome<{ readonly netuid: number; readonly costRao: bigint }> {
  const { coldkey, hotkey } = call;
  const { parameters } = state;
  const owner = state.hotkeys[hotkey]?.owner;
  if (owner !== undefined && owner !== coldkey) return failure('NonAssociatedColdKey');
  if (state.netuids.length > parameters.subnetLimit) return failure('SubnetLimitReached');
  const costRao = networkLockCost(state);
  if (!canSpend(state, coldkey, costRao)) return failure('CannotAffordLockCost');
  const netuid = freeNetuid(state);
  const price = medianPrice(state);
  const events: EconomyEvent[] = [];
  const subnet: Subnet = {
    ...createSubnet(netuid, call.accountOf(netuid)),
    owner: coldkey,
    ownerHotkey: hotkey,
    registeredAt: state.block,
    taoReserve: costRao,
    alphaIn: div64(costRao, price),
    subtokenEnabled: false,
    emissionEnabled: false,
    yuma3: true,
    maxAllowedValidators: 64,
    immunityPeriod: 5_000,
    neurons: [createNeuron(hotkey, state.block)],
  };
  subnet.lastEpochBlock = state.block - (netuid % subnet.tempo);
  ensureHotkey(state, hotkey, coldkey);
  transferTao(state, events, { from: coldkey, to: subnet.account, amountRao: costRao });
  addSubnet(state, subnet);
  state.totalStake += costRao;
  parameters.networkLastLockRao = costRao;
  parameters.networkLastLockBlock = state.block;
  events.push(subtensorEvent('NetworkAdded', { netuid, mechanism: 1 }));
  return success(events, { netuid, costRao });
}

/** The owner starts the subnet: token on, alpha emission from the next block. */
export function startCall(
  state: EconomyState,
  call: { readonly coldkey: Account; readonly netuid: number },
): Outcome {
  const subnet = state.subnets[call.netuid];
  if (subnet === undefined || call.netuid === ROOT) return failure('SubnetNotExists');
  if (subnet.owner !== call.coldkey) return failure('NotSubnetOwner');
  if (subnet.firstEmissionBlock !== null) return failure('FirstEmissionBlockNumberAlreadySet');
  if (state.block < subnet.registeredAt + state.parameters.startCallDelay) {
    return failure('NeedWaitingMoreBlocksToStarCall');
  }
  subnet.firstEmissionBlock = state.block + 1;
  subnet.subtokenEnabled = true;
  const fields = { netuid: call.netuid, block: BigInt(subnet.firstEmissionBlock) };
  return success([subtensorEvent('FirstEmissionBlockNumberSet', fields)], {});
}

export type Dissolve = {
  readonly netuid: number;
  /**
   * Whether the reserve's alpha shares in the pot, as for subnets registered after the cut-over.
   */
  readonly countReserve?: boolean;
};

/** Pays the pool's TAO to the stakers pro rata and removes the subnet. */
export function dissolveNetwork(
  state: EconomyState,
  call: Dissolve,
): Outcome<{ readonly paidRao: bigint }> {
  const subnet = state.subnets[call.netuid];
  if (subnet === undefined || call.netuid === ROOT) return failure('SubnetNotExists');
  const events: EconomyEvent[] = [];
  const payouts = dissolutionPayouts(state, subnet, call.countReserve === true);
  let paidRao = 0n;
  for (const { coldkey, taoRao } of payouts) {
    transferTao(state, events, { from: subnet.account, to: coldkey, amountRao: taoRao });
    paidRao += taoRao;
  }
  recycleTao(state, subnet.account, state.balances[subnet.account] ?? 0n);
  state.totalStake -= subnet.taoReserve;
  removeSubnet(state, call.netuid);
  events.push(subtensorEvent('NetworkRemoved', { netuid: call.netuid }));
  return success(events, { paidRao });
}

export type Payout = { readonly coldkey: Account; readonly taoRao: bigint };

/** Shares of the pot by largest remainder; the protocol's part is not paid to anyone. */
export function dissolutionPayouts(
  state: EconomyState,
  subnet: Subnet,
  countReserve: boolean,
): Payout[] {
  const stakes = new Map<Account, bigint>();
  let staked = 0n;
  for (const hotkey of Object.values(state.hotkeys)) {
    const pool = hotkey.pools[subnet.netuid];
    for (const coldkey in pool?.shares) {
      const alpha = shareValue(pool, coldkey);
      stakes.set(coldkey, (stakes.get(coldkey) ?? 0n) + alpha);
      staked += alpha;
    }
  }
  const whole = staked + subnet.protocolAlpha + (countReserve ? subnet.alphaIn : 0n);
  if (whole === 0n) return [];
  const pot = subnet.taoReserve;
  const rows = [...stakes].map(([coldkey, alpha]) => ({
    coldkey,
    taoRao: (pot * alpha) / whole,
    remainder: (pot * alpha) % whole,
  }));
  let left = (pot * staked) / whole;
  for (const row of rows) left -= row.taoRao;
  rows.sort((a, b) => compareRows(a, b));
  for (const row of rows) {
    if (left === 0n) break;
    row.taoRao += 1n;
    left -= 1n;
  }
  return rows.map(({ coldkey, taoRao }) => ({ coldkey, taoRao }));
}

function compareRows(
  a: { remainder: bigint; coldkey: Account },
  b: { remainder: bigint; coldkey: Account },
): number {
  if (a.remainder !== b.remainder) return a.remainder > b.remainder ? -1 : 1;
  return a.coldkey < b.coldkey ? -1 : 1;
}

function removeSubnet(state: EconomyState, netuid: number): void {
  delete state.subnets[netuid];
  state.netuids = state.netuids.filter((other) => other !== netuid);
  for (const hotkey of Object.values(state.hotkeys)) forget(hotkey, netuid);
  for (const coldkey of Object.values(state.coldkeys)) {
    delete coldkey.autoStake[netuid];
    delete coldkey.locks[netuid];
    delete coldkey.perpetualLock[netuid];
  }
}

function forget(hotkey: Hotkey, netuid: number): void {
  delete hotkey.pools[netuid];
  delete hotkey.rootClaimRates[netuid];
  delete hotkey.rootClaimed[netuid];
  delete hotkey.children[netuid];
  delete hotkey.parents[netuid];
  delete hotkey.pendingChildren[netuid];
  delete hotkey.childrenSetAt[netuid];
  delete hotkey.childkeyTakes[netuid];
  delete hotkey.childkeyTakeChangedAt[netuid];
  delete hotkey.alphaLastEpoch[netuid];
}

function freeNetuid(state: EconomyState): number {
  let netuid = 1;
  while (state.subnets[netuid] !== undefined) netuid += 1;
  return netuid;
}

/** Median spot price of the dynamic subnets, the lower one of two; one without any. */
function medianPrice(state: EconomyState): bigint {
  const prices = state.netuids
    .map((netuid) => state.subnets[netuid] as Subnet)
    .filter((subnet) => subnet.mechanism === 1 && subnet.alphaIn > 0n)
    .map((subnet) => poolPriceBits(subnet))
    .sort((a, b) => (a < b ? -1 : 1));
  return prices[Math.floor((prices.length - 1) / 2)] ?? ONE_64;
}
