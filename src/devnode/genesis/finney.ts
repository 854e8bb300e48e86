/**
 * The presets `finney` and `arena`: subnets with the prices, switches, pools and issuance of
 * mainnet on 2026-08-10, and synthetic validators, miners and delegators drawn from a seed, who
 * work in a market. Where the snapshot has no reserves, they are drawn too, at its price. The same
 * seed gives the same chain.
 */

import { drawsOf } from '../../domain/draws.ts';
import {
  type Account,
  createEconomy,
  type EconomyGenesis,
  type SubnetGenesis,
} from '../../economy/state.ts';
import type { Neuron } from '../../economy/subnet.ts';
import { createMarket } from '../market/create-market.ts';
import type { MarketState } from '../market/market-state.ts';
import { type ChainState, createChainState, identityOf } from '../state/chain-state.ts';
import { devAccounts, ELSEWHERE, subnetAccount } from './accounts.ts';
import { ISSUANCE_RAO, poolFigures, type SubnetFigures, subnetFigures } from './finney-figures.ts';
import {
  type Crowding,
  finneyValidators,
  minersOn,
  ownerOf,
  STREAM,
  syntheticDelegators,
  type Validator,
  validatorsOn,
} from './finney-people.ts';
import { rootStakes, type SubnetPeople, subnetStakes } from './finney-stakes.ts';
import { delegators } from './small-figures.ts';

const RAO = 1_000_000_000n;
const CENT_RAO = RAO / 100n;
const MICRO = 1_000_000n;
const EMA_FRACTION_BITS = 32n;
const TEMPO = 360;
/** The market's first turns come before the first epochs. */
const FIRST_EPOCH = 21;
/** The most uids the chain allows where there are two incentive mechanisms. */
const UIDS_WITH_TWO_MECHANISMS = 128;
const FULL_SPLIT = 65_535;
/** Letters that the subnets' tokens are named by, in order of netuid. */
const SYMBOL_BLOCKS = [
  [0x3b1, 0x3c9],
  [0x430, 0x44f],
  [0x10d0, 0x10f0],
  [0x561, 0x586],
] as const;

type SubnetPlan = SubnetPeople & {
  readonly figures: SubnetFigures;
  readonly name: string;
  /** Millionths of a millionth of a TAO per alpha. */
  readonly emaPico: bigint;
  readonly taoInRao: bigint;
  readonly alphaInRao: bigint;
};

/** The state of block 0 with all subnets of the snapshot. */
export function finneyGenesis(seed: number): ChainState {
  return createGenesis(seed, {
    figures: subnetFigures,
    taoPerSnapshotTao: MICRO,
    // Few people, one kind of task and few of them: 127 markets are to cost little.
    crowding: { fromValidators: 8, toValidators: 12, miners: 24 },
    work: { demand: [1], tasksPerTurn: 16 },
  });
}

/**
 * The same with three of them, their prices in proportion and their sum that of all. Two kinds of
 * tasks, each with an incentive mechanism of its own.
 */
export function arenaGenesis(seed: number): ChainState {
  const figures = subnetFigures.filter(({ netuid }) => ARENA_NETUIDS.includes(netuid));
  const taoPerSnapshotTao = (sumOfPrices(subnetFigures) * MICRO) / sumOfPrices(figures);
  const crowding = { fromValidators: 10, toValidators: 14, miners: 32 };
  const work = { demand: [0.6, 0.4], tasksPerTurn: 64 };
  return createGenesis(seed, { figures, taoPerSnapshotTao, crowding, work });
}

const ARENA_NETUIDS: readonly number[] = [4, 8, 64];

function sumOfPrices(figures: readonly SubnetFigures[]): bigint {
  return figures.reduce((sum, { emaMicroTao }) => sum + BigInt(emaMicroTao), 0n);
}

type Scope = {
  readonly figures: readonly SubnetFigures[];
  /** Factor on prices and TAO reserves, in millionths. */
  readonly taoPerSnapshotTao: bigint;
  readonly crowding: Crowding;
  /** What users ask of every subnet. */
  readonly work: { readonly demand: readonly number[]; readonly tasksPerTurn: number };
};

function createGenesis(seed: number, scope: Scope): ChainState {
  const validators = finneyValidators(seed);
  const plans = scope.figures.map((figures) => planSubnet(figures, validators, seed, scope));
  const crowd = syntheticDelegators();
  const economy = createEconomy({
    balances: genesisBalances(validators, plans, crowd),
    subnets: [
      rootGenesis(validators),
      ...plans.map((plan, i) => subnetGenesis(plan, (i * TEMPO) / plans.length, scope)),
    ],
    hotkeys: genesisHotkeys(validators, plans),
    stakes: [
      ...rootStakes(validators, crowd, seed),
      ...plans.flatMap((plan, position) =>
        subnetStakes(plan, crowd, { seed, position, subnets: plans.length }),
      ),
    ],
    subnetAccount,
  });
  economy.balances[ELSEWHERE] = ISSUANCE_RAO - economy.taoIssuance;
  economy.taoIssuance = ISSUANCE_RAO;
  const state = withNames(createChainState(economy), validators, plans);
  return { ...state, market: marketOf(plans, seed, scope) };
}

function marketOf(plans: readonly SubnetPlan[], seed: number, { work }: Scope): MarketState {
  return createMarket({
    seed,
    users: ELSEWHERE,
    subnets: plans.map(({ netuid, validators, miners }) => ({
      netuid,
      ...work,
      validators: validators.map(({ hotkey }) => hotkey),
      miners,
    })),
  });
}

function withNames(
  state: ChainState,
  validators: readonly Validator[],
  plans: readonly SubnetPlan[],
): ChainState {
  for (const { name, coldkey, description } of validators) {
    const url = `https://${name.toLowerCase()}.example`;
    state.identities[coldkey] = identityOf({ name, url, description });
  }
  state.subnetProfiles[0] = { name: 'root', symbol: 'Τ', description: '', url: '' };
  const symbols = tokenSymbols();
  for (const { netuid, name } of plans) {
    const symbol = symbols[netuid - 1] as string;
    state.subnetProfiles[netuid] = { name, symbol, description: '', url: '' };
  }
  return state;
}

function tokenSymbols(): readonly string[] {
  return SYMBOL_BLOCKS.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
  );
}

/** Published reserves where there are any, otherwise drawn ones at the published price. */
function planSubnet(
  figures: SubnetFigures,
  validators: readonly Validator[],
  seed: number,
  { taoPerSnapshotTao, crowding }: Scope,
): SubnetPlan {
  const { netuid } = figures;
  const emaPico = BigInt(figures.emaMicroTao) * taoPerSnapshotTao;
  const published = poolFigures.find((pool) => pool.netuid === netuid);
  const draws = drawsOf(seed, STREAM.pool, netuid);
  const drawnAlpha = BigInt(1_200_000 + draws.below(1_800_000)) * RAO;
  const drawnOut = BigInt(1_600_000 + draws.below(2_600_000)) * RAO;
  return {
    figures,
    netuid,
    name: published?.name ?? `Subnet ${netuid}`,
    owner: ownerOf(netuid),
    validators: validatorsOn(validators, { seed, netuid, crowding }),
    miners: minersOn(netuid, crowding),
    emaPico,
    alphaInRao: published === undefined ? drawnAlpha : published.alpha * CENT_RAO,
    taoInRao:
      published === undefined
        ? (drawnAlpha * emaPico) / MICRO ** 2n
        : (published.tao * CENT_RAO * taoPerSnapshotTao) / MICRO,
    alphaOutRao: published === undefined ? drawnOut : published.out * CENT_RAO,
  };
}

function rootGenesis(validators: readonly Validator[]): SubnetGenesis {
  const neurons = validators.map(({ hotkey }) => ({ hotkey }));
  return { netuid: 0, neurons, maxAllowedUids: 64, emissionEnabled: false };
}

function subnetGenesis(plan: SubnetPlan, offset: number, { work }: Scope): SubnetGenesis {
  const { netuid, figures, owner, alphaInRao, taoInRao } = plan;
  return {
    netuid,
    owner: owner.coldkey,
    ownerHotkey: owner.hotkey,
    alphaIn: alphaInRao,
    taoReserve: taoInRao,
    emaPriceBits: (plan.emaPico << EMA_FRACTION_BITS) / MICRO ** 2n,
    emissionEnabled: figures.emissionEnabled,
    firstEmissionBlock: 1,
    tempo: TEMPO,
    // The first epochs come one after the other, so that never many are due in one block.
    pendingEpochAt: FIRST_EPOCH + Math.floor(offset),
    commitReveal: false,
    yuma3: true,
    ...mechanismsFor(work.demand),
    maxAllowedValidators: 64,
    neurons: neuronsOf(plan),
  };
}

/** A mechanism per kind of task, each with the part of the emission that the demand has. */
function mechanismsFor(demand: readonly number[]): Partial<SubnetGenesis> {
  if (demand.length === 1) return {};
  const rest = demand.slice(1).map((part) => Math.round(part * FULL_SPLIT));
  const first = FULL_SPLIT - rest.reduce((sum, part) => sum + part, 0);
  const maxAllowedUids = UIDS_WITH_TWO_MECHANISMS;
  return { mechanismCount: demand.length, mechanismSplit: [first, ...rest], maxAllowedUids };
}

/** Uid 0 is the owner's hotkey, then the validators, then the miners. */
function neuronsOf(plan: SubnetPlan): (Partial<Neuron> & { hotkey: Account })[] {
  const { owner, validators, miners } = plan;
  return [
    ...[owner, ...validators].map(({ hotkey }) => ({ hotkey, permit: true })),
    ...miners.map(({ hotkey }) => ({ hotkey })),
  ];
}

function genesisBalances(
  validators: readonly Validator[],
  plans: readonly SubnetPlan[],
  crowd: readonly Account[],
): Record<Account, bigint> {
  const funded: Record<Account, bigint> = {};
  for (const account of crowd) funded[account] = 40n * RAO;
  for (const { owner, miners } of plans) {
    funded[owner.coldkey] = 50n * RAO;
    for (const { coldkey } of miners) funded[coldkey] = 5n * RAO;
  }
  for (const { coldkey, hotkey } of validators) {
    funded[coldkey] = 100n * RAO;
    funded[hotkey] = RAO;
  }
  const second = ['//Dave', '//Eve', '//Ferdie', '//One', '//Two', '//Three'] as const;
  for (const name of second) funded[devAccounts[name]] = 2_000n * RAO;
  for (const { name } of [...delegators, { name: '//Fiona' } as const]) {
    funded[devAccounts[name]] = 500n * RAO;
  }
  for (const name of ['//Alice', '//Bob', '//Charlie'] as const) {
    funded[devAccounts[name]] = 100_000n * RAO;
  }
  return funded;
}

function genesisHotkeys(
  validators: readonly Validator[],
  plans: readonly SubnetPlan[],
): NonNullable<EconomyGenesis['hotkeys']> {
  const hotkeys: Record<Account, { owner: Account; take?: number }> = {};
  for (const { hotkey, coldkey, take } of validators) hotkeys[hotkey] = { owner: coldkey, take };
  for (const { owner, miners } of plans) {
    for (const one of [owner, ...miners]) hotkeys[one.hotkey] = { owner: one.coldkey };
  }
  return hotkeys;
}
