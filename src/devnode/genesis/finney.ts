/**
 * The preset `finney`: 127 subnets with the prices, switches, pools and issuance of mainnet on
 * 2026-08-10, and synthetic validators, miners and delegators drawn from a seed. Where the snapshot
 * has no reserves, they are drawn too, at its price. The same seed gives the same chain.
 */
import {
  type Account,
  createEconomy,
  type EconomyGenesis,
  type SubnetGenesis,
} from '../../economy/state.ts';
import type { Neuron, UidValue } from '../../economy/subnet.ts';
import { type Draws, drawsOf } from '../market/random.ts';
import { type ChainState, createChainState, identityOf } from '../state/chain-state.ts';
import { devAccounts, ELSEWHERE, subnetAccount } from './accounts.ts';
import { ISSUANCE_RAO, poolFigures, type SubnetFigures, subnetFigures } from './finney-figures.ts';
import {
  finneyValidators,
  minersOn,
  ownerOf,
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
const MAX_WEIGHT = 65_535;
/** Stream of the figures of one subnet, apart from those of its people. */
const POOL_STREAM = 5;
const OPINION_STREAM = 6;
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
  readonly taoInRao: bigint;
  readonly alphaInRao: bigint;
};

/** Builds the state of block 0. */
export function finneyGenesis(seed: number): ChainState {
  const validators = finneyValidators(seed);
  const plans = subnetFigures.map((figures) => planSubnet(figures, validators, seed));
  const crowd = syntheticDelegators();
  const economy = createEconomy({
    balances: genesisBalances(validators, plans, crowd),
    subnets: [rootGenesis(validators), ...plans.map((plan, i) => subnetGenesis(plan, i, seed))],
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
  return withNames(createChainState(economy), validators, plans);
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
  state.autopilots = plans.flatMap(({ netuid, validators: seated }) =>
    seated.map(({ hotkey }) => ({ netuid, hotkey })),
  );
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
): SubnetPlan {
  const { netuid, emaMicroTao } = figures;
  const published = poolFigures.find((pool) => pool.netuid === netuid);
  const draws = drawsOf(seed, POOL_STREAM, netuid);
  const drawnAlpha = BigInt(1_200_000 + draws.below(1_800_000)) * RAO;
  const drawnOut = BigInt(1_600_000 + draws.below(2_600_000)) * RAO;
  return {
    figures,
    netuid,
    name: published?.name ?? `Subnet ${netuid}`,
    owner: ownerOf(netuid),
    validators: validatorsOn(validators, seed, netuid),
    miners: minersOn(netuid),
    alphaInRao: published === undefined ? drawnAlpha : published.alpha * CENT_RAO,
    taoInRao:
      published === undefined
        ? (drawnAlpha * BigInt(emaMicroTao)) / MICRO
        : published.tao * CENT_RAO,
    alphaOutRao: published === undefined ? drawnOut : published.out * CENT_RAO,
  };
}

function rootGenesis(validators: readonly Validator[]): SubnetGenesis {
  const neurons = validators.map(({ hotkey }) => ({ hotkey }));
  return { netuid: 0, neurons, maxAllowedUids: 64, emissionEnabled: false };
}

function subnetGenesis(plan: SubnetPlan, position: number, seed: number): SubnetGenesis {
  const { netuid, figures, owner, alphaInRao, taoInRao } = plan;
  return {
    netuid,
    owner: owner.coldkey,
    ownerHotkey: owner.hotkey,
    alphaIn: alphaInRao,
    taoReserve: taoInRao,
    emaPriceBits: (BigInt(figures.emaMicroTao) << EMA_FRACTION_BITS) / MICRO,
    emissionEnabled: figures.emissionEnabled,
    firstEmissionBlock: 1,
    tempo: TEMPO,
    // The first epochs come one after the other, so that never many are due in one block.
    pendingEpochAt: 1 + Math.floor((position * TEMPO) / subnetFigures.length),
    commitReveal: false,
    yuma3: true,
    maxAllowedValidators: 64,
    neurons: neuronsOf(plan, drawsOf(seed, OPINION_STREAM, netuid)),
  };
}

/** Uid 0 is the owner's hotkey, then the validators, then the miners. */
function neuronsOf(plan: SubnetPlan, draws: Draws): (Partial<Neuron> & { hotkey: Account })[] {
  const { owner, validators, miners } = plan;
  const skills = miners.map(() => draws.next() ** 3);
  const firstUid = 1 + validators.length;
  return [
    { hotkey: owner.hotkey, permit: true },
    ...validators.map(({ hotkey }) => ({
      hotkey,
      permit: true,
      lastUpdate: 1,
      weights: opinionRow(skills, firstUid, draws),
    })),
    ...miners.map(({ hotkey }) => ({ hotkey })),
  ];
}

/** What a validator thinks of the miners: their skill, seen with some noise. */
function opinionRow(skills: readonly number[], firstUid: number, draws: Draws): UidValue[] {
  const seen = skills.map((skill) => Math.max(0, skill * (1 + draws.normal() / 8)));
  const largest = Math.max(...seen);
  return seen
    .map((value, i): UidValue => [firstUid + i, Math.round((value * MAX_WEIGHT) / largest)])
    .filter(([, value]) => value > MAX_WEIGHT / 50);
}

function genesisBalances(
  validators: readonly Validator[],
  plans: readonly SubnetPlan[],
  crowd: readonly Account[],
): Record<Account, bigint> {
  const funded: Record<Account, bigint> = {};
  for (const account of crowd) funded[account] = 40n * RAO;
  for (const { owner } of plans) funded[owner.coldkey] = 50n * RAO;
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
