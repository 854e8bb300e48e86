/**
 * The whole economy as plain data: what the chain stores, by the chain's meaning, and nothing
 * derived. Accounts are opaque strings (on the embedded chain lower-case `0x` hex, whose order is
 * the raw order). Operations elsewhere mutate it, all or nothing. Never holds a clock or a handle.
 */

import { unaccountedAlpha } from './conservation.ts';
import { invalidInput, requireU16, requireU64 } from './invalid-input.ts';
import { defaultParameters, type EconomyParameters, ROOT } from './parameters.ts';
import { type SafeFloat, safeFromInteger } from './safe-float.ts';
import { createNeuron, createSubnet, type Neuron, type Subnet } from './subnet.ts';

export type Account = string;

/** All stake on one (hotkey, netuid): a coldkey's alpha is ⌊value × share ÷ denominator⌋. */
export type SharePool = {
  value: bigint;
  denominator: SafeFloat;
  shares: Record<Account, SafeFloat>;
};

/** A u64 proportion of 2^64 − 1 towards a child, or from a parent. */
export type ChildLink = { readonly proportion: bigint; readonly hotkey: Account };

export type PendingChildren = { children: ChildLink[]; appliesAt: number };

export type Hotkey = {
  /** The coldkey that owns it; a hotkey without an entry does not exist on chain. */
  owner: Account;
  /** u16 take; absent while the hotkey is no delegate (then the default take applies). */
  take?: number;
  /** Block of the last change of take. */
  takeChangedAt?: number;
  /** By netuid; root stake is the pool of netuid 0. */
  pools: Record<number, SharePool>;
  /** Alpha owed per rao of root stake, I96F32, by netuid. */
  rootClaimRates: Record<number, bigint>;
  /** By netuid and coldkey: already paid or not due, in rao of alpha. */
  rootClaimed: Record<number, Record<Account, bigint>>;
  /** Its fund of root dividends (rules of spec 441 and later). */
  basket?: Basket;
  children: Record<number, ChildLink[]>;
  parents: Record<number, ChildLink[]>;
  pendingChildren: Record<number, PendingChildren>;
  childrenSetAt: Record<number, number>;
  childkeyTakes: Record<number, number>;
  childkeyTakeChangedAt: Record<number, number>;
  autoParentDelegation: boolean;
  /** Stake before the last epoch, by netuid, rao of alpha. */
  alphaLastEpoch: Record<number, bigint>;
};

/**
 * A validator's fund of root dividends; what it holds is the escrow account's stake on the hotkey.
 */
export type Basket = {
  shares: bigint;
  /** I96F32 shares per rao of root stake. */
  rateBits: bigint;
  /** Signed watermark per coldkey, in shares. */
  claimed: Record<Account, bigint>;
  /** What ever came in and went out, at its value then; rao of TAO. */
  depositedRao?: bigint;
  redeemedRao?: bigint;
};

export type RootClaimType =
  | { readonly kind: 'swap' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'keep-subnets'; readonly netuids: readonly number[] };

/** As of `updatedAt`; conviction is a U64F64. */
export type Lock = {
  hotkey: Account;
  lockedMass: bigint;
  convictionBits: bigint;
  updatedAt: number;
};

export type Coldkey = {
  /** Hotkeys it has staked on or owns, in order of first use; never removed. */
  stakingHotkeys: Account[];
  ownedHotkeys: Account[];
  rootClaimType: RootClaimType;
  /** Where miner incentive is staked, by netuid. */
  autoStake: Record<number, Account>;
  locks: Record<number, Lock>;
  /** By netuid: true when the lock does not decay. */
  perpetualLock: Record<number, boolean>;
  acceptsLockedAlpha: boolean;
  /** Block in which it last swapped a hotkey, and by netuid where it was on one subnet. */
  hotkeySwappedAt?: number;
  hotkeySwappedOn?: Record<number, number>;
};

/** One figure or a list inside an event: accounts are strings, amounts bigint, ids numbers. */
export type EventValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly EventValue[]
  | EventFields;
export type EventFields = { readonly [name: string]: EventValue };

/** An event with the chain's names, in the chain's order. */
export type EconomyEvent = {
  readonly pallet: string;
  readonly name: string;
  readonly fields: EventFields;
};

/** A dispatch error by name. `Token` stands for DispatchError::Token. */
export type ChainError = {
  readonly pallet: 'SubtensorModule' | 'Swap' | 'Balances' | 'Token';
  readonly name: string;
};

export type Failure = { readonly ok: false; readonly error: ChainError };
export type Success<T = unknown> = { readonly ok: true; readonly events: EconomyEvent[] } & T;
export type Outcome<T = unknown> = Success<T> | Failure;

export type EconomyState = {
  format: 'economy/1';
  block: number;
  /** TAO in existence, rao: the sum of `balances`, `reserved` and `taoElsewhere`. */
  taoIssuance: bigint;
  /** Part of the issuance that nobody in this state holds, rao. */
  taoElsewhere: bigint;
  /** TAO staked in total, rao. */
  totalStake: bigint;
  /** The chain's BlockEmission item: the last value of the emission curve, TAO or alpha. */
  blockEmission: bigint;
  /** The Hill gate's bar, U64F64 bits; zero until first computed. */
  emissionBarBits: bigint;
  parameters: EconomyParameters;
  /** Free TAO in rao, the subnets' own accounts included. Absent is zero. */
  balances: Record<Account, bigint>;
  reserved: Record<Account, bigint>;
  /** Existing netuids, ascending, root included. */
  netuids: number[];
  subnets: Record<number, Subnet>;
  hotkeys: Record<Account, Hotkey>;
  coldkeys: Record<Account, Coldkey>;
  /** Coldkeys in the index of automatic root claims, by index. */
  rootClaimers: Account[];
  /** Hash of the parent block as `0x` hex, the seed of automatic root claims. */
  parentHash: string;
};

export type StakeGenesis = { hotkey: Account; coldkey: Account; netuid: number; alphaRao: bigint };

/** Figures of a subnet and, optionally, the hotkeys of its first neurons by uid. */
export type SubnetGenesis = Partial<Omit<Subnet, 'neurons'>> & {
  netuid: number;
  neurons?: readonly (Partial<Neuron> & { hotkey: Account })[];
};

export type EconomyGenesis = {
  block?: number;
  parameters?: Partial<EconomyParameters>;
  /** Free TAO of accounts, in rao; the subnets' accounts get theirs from the pools. */
  balances?: Readonly<Record<Account, bigint>>;
  subnets?: readonly SubnetGenesis[];
  hotkeys?: Readonly<Record<Account, { owner: Account; take?: number }>>;
  /**
   * Stake positions; they raise alphaOut (root: the TAO reserve) on top of what the subnet says.
   */
  stakes?: readonly StakeGenesis[];
  /** TAO that exists but is held nowhere here, in rao; raises the issuance only. */
  issuanceElsewhere?: bigint;
  /** Name of a subnet's account; the default is `subnet:N`. */
  subnetAccount?: (netuid: number) => Account;
};

/**
 * Builds a consistent state: issuance is the sum of all balances, pools are backed by TAO. Throws
 * ECONOMY_INVALID_INPUT for amounts that are no u64 (stakes: negative) and takes that are no u16.
 */
export function createEconomy(genesis: EconomyGenesis = {}): EconomyState {
  const block = genesis.block ?? 0;
  requireGenesis(genesis);
  const accountOf = genesis.subnetAccount ?? ((netuid: number) => `subnet:${netuid}`);
  const state: EconomyState = {
    format: 'economy/1',
    block,
    taoIssuance: genesis.issuanceElsewhere ?? 0n,
    taoElsewhere: genesis.issuanceElsewhere ?? 0n,
    totalStake: 0n,
    blockEmission: 1_000_000_000n,
    emissionBarBits: 0n,
    parameters: { ...defaultParameters(), ...genesis.parameters },
    balances: { ...genesis.balances },
    reserved: {},
    netuids: [],
    subnets: {},
    hotkeys: {},
    coldkeys: {},
    rootClaimers: [],
    parentHash: `0x${'00'.repeat(32)}`,
  };
  addSubnet(state, { ...createSubnet(ROOT, accountOf(ROOT)), registeredAt: block });
  for (const given of genesis.subnets ?? []) addGenesisSubnet(state, given, accountOf);
  for (const [hotkey, entry] of Object.entries(genesis.hotkeys ?? {})) {
    const created = ensureHotkey(state, hotkey, entry.owner);
    if (entry.take !== undefined) created.take = entry.take;
  }
  for (const stake of genesis.stakes ?? []) addGenesisStake(state, stake);
  for (const netuid of state.netuids) fundSubnet(state, state.subnets[netuid] as Subnet);
  for (const free of Object.values(state.balances)) state.taoIssuance += free;
  const unaccounted = unaccountedAlpha(state);
  for (const netuid of state.netuids) {
    (state.subnets[netuid] as Subnet).unassignedAlpha += unaccounted[netuid] ?? 0n;
  }
  return state;
}

/** Adds a subnet, keeping `netuids` ascending. Replaces one of the same netuid. */
export function addSubnet(state: EconomyState, subnet: Subnet): void {
  if (!state.netuids.includes(subnet.netuid)) {
    state.netuids.push(subnet.netuid);
    state.netuids.sort((a, b) => a - b);
  }
  state.subnets[subnet.netuid] = subnet;
}

/** The hotkey's record, created with `owner` when absent. */
export function ensureHotkey(state: EconomyState, hotkey: Account, owner: Account): Hotkey {
  const existing = state.hotkeys[hotkey];
  if (existing !== undefined) return existing;
  const created: Hotkey = {
    owner,
    pools: {},
    rootClaimRates: {},
    rootClaimed: {},
    children: {},
    parents: {},
    pendingChildren: {},
    childrenSetAt: {},
    childkeyTakes: {},
    childkeyTakeChangedAt: {},
    autoParentDelegation: true,
    alphaLastEpoch: {},
  };
  state.hotkeys[hotkey] = created;
  const coldkey = ensureColdkey(state, owner);
  coldkey.ownedHotkeys.push(hotkey);
  if (!coldkey.stakingHotkeys.includes(hotkey)) coldkey.stakingHotkeys.push(hotkey);
  return created;
}

/** The coldkey's record, created when absent. */
export function ensureColdkey(state: EconomyState, coldkey: Account): Coldkey {
  const existing = state.coldkeys[coldkey];
  if (existing !== undefined) return existing;
  const created: Coldkey = {
    stakingHotkeys: [],
    ownedHotkeys: [],
    rootClaimType: { kind: 'swap' },
    autoStake: {},
    locks: {},
    perpetualLock: {},
    acceptsLockedAlpha: false,
  };
  state.coldkeys[coldkey] = created;
  return created;
}

function requireGenesis(genesis: EconomyGenesis): void {
  const { balances, stakes, subnets, hotkeys, issuanceElsewhere } = genesis;
  const action = 'create an economy';
  requireU64(action, { issuanceElsewhere });
  requireU64(action, balances ?? {});
  for (const { take = 0 } of Object.values(hotkeys ?? {})) requireU16(action, { take });
  // No upper bound: an estimate may put a stake beyond any chain's in the place of everybody else.
  for (const { alphaRao } of stakes ?? []) {
    if (alphaRao < 0n) throw invalidInput(action, 'alphaRao', 'must not be negative');
  }
  for (const { netuid, tempo = 0, taoReserve, alphaIn, alphaOut } of subnets ?? []) {
    requireU16(action, { netuid });
    requireU64(action, { taoReserve, alphaIn, alphaOut });
    if (!Number.isInteger(tempo) || tempo < 0) throw invalidInput(action, 'tempo', 'must be whole');
  }
}

function addGenesisSubnet(
  state: EconomyState,
  given: SubnetGenesis,
  accountOf: (netuid: number) => Account,
): void {
  const { neurons, ...fields } = given;
  const base = state.subnets[given.netuid] ?? createSubnet(given.netuid, accountOf(given.netuid));
  const subnet: Subnet = { ...base, ...fields };
  subnet.neurons = (neurons ?? []).map((neuron) => ({
    ...createNeuron(neuron.hotkey, state.block),
    ...neuron,
  }));
  addSubnet(state, subnet);
}

function addGenesisStake(state: EconomyState, stake: StakeGenesis): void {
  const subnet = state.subnets[stake.netuid];
  const hotkey = state.hotkeys[stake.hotkey];
  if (subnet === undefined || hotkey === undefined) {
    throw new TypeError(`Genesis stake on an unknown subnet or hotkey: ${stake.hotkey}`);
  }
  const pool = hotkey.pools[stake.netuid] ?? newSharePool();
  hotkey.pools[stake.netuid] = pool;
  if (pool.shares[stake.coldkey] !== undefined) {
    throw new TypeError(`Genesis stake given twice: ${stake.hotkey}, ${stake.coldkey}`);
  }
  pool.value += stake.alphaRao;
  pool.denominator = safeFromInteger(pool.value);
  pool.shares[stake.coldkey] = safeFromInteger(stake.alphaRao);
  subnet.alphaOut += stake.alphaRao;
  if (stake.netuid === ROOT) subnet.taoReserve += stake.alphaRao;
  const coldkey = ensureColdkey(state, stake.coldkey);
  if (!coldkey.stakingHotkeys.includes(stake.hotkey)) coldkey.stakingHotkeys.push(stake.hotkey);
}

function fundSubnet(state: EconomyState, subnet: Subnet): void {
  state.balances[subnet.account] = (state.balances[subnet.account] ?? 0n) + subnet.taoReserve;
  state.totalStake += subnet.taoReserve;
}

/** An empty pool of shares. */
export function newSharePool(): SharePool {
  return { value: 0n, denominator: { mantissa: 0n, exponent: 0 }, shares: {} };
}
