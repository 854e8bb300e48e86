/**
 * The preset `small`: root and three subnets in the proportions of mainnet on 2026-08-10, six
 * validators with different takes and opinions, a few miners and delegators. Deterministic.
 */
import {
  type Account,
  createEconomy,
  type StakeGenesis,
  type SubnetGenesis,
} from '../../economy/state.ts';
import type { Neuron, UidValue } from '../../economy/subnet.ts';
import { type ChainState, createChainState, identityOf } from '../state/chain-state.ts';
import { devAccounts, ELSEWHERE, subnetAccount } from './accounts.ts';
import { delegators, rootStakers, type SubnetPlan, subnets, validators } from './small-figures.ts';

const RAO = 1_000_000_000n;
/** Mainnet's issuance and root stake on 2026-08-10, rao. */
const ISSUANCE = 11_219_409_114_200_811n;
const ROOT_STAKE = 5_413_546_520_000_000n;
/** EMA prices are I96F32. */
const EMA_FRACTION_BITS = 32n;
const MAX_WEIGHT = 65_535;

/** Builds the state of block 0. */
export function smallGenesis(): ChainState {
  const economy = createEconomy({
    balances: genesisBalances(),
    subnets: [rootPlan(), ...subnets.map(subnetGenesis)],
    hotkeys: genesisHotkeys(),
    stakes: [...rootStakes(), ...subnets.flatMap(alphaStakes)],
    subnetAccount,
  });
  economy.balances[ELSEWHERE] = ISSUANCE - economy.taoIssuance;
  economy.taoIssuance = ISSUANCE;
  const state = createChainState(economy);
  for (const { name, description } of validators) {
    const url = `https://${name.toLowerCase()}.example`;
    state.identities[devAccounts[`//${name}`]] = identityOf({ name, url, description });
  }
  state.subnetProfiles[0] = { name: 'root', symbol: 'Τ', description: '', url: '' };
  for (const { netuid, name, symbol, description } of subnets) {
    state.subnetProfiles[netuid] = { name, symbol, description, url: '' };
  }
  state.autopilots = subnets.flatMap(({ netuid }) =>
    validators.map(({ name }) => ({ netuid, hotkey: devAccounts[`//${name}//hot`] })),
  );
  return state;
}

function genesisBalances(): Record<Account, bigint> {
  const funded: Record<Account, bigint> = {};
  for (const name of ['//Alice', '//Bob', '//Charlie'] as const) {
    funded[devAccounts[name]] = 1_000_000n * RAO;
  }
  const second = ['//Dave', '//Eve', '//Ferdie', '//One', '//Two', '//Three'] as const;
  for (const name of second) funded[devAccounts[name]] = 2_000n * RAO;
  for (const { name } of validators) {
    funded[devAccounts[`//${name}`]] = 100n * RAO;
    funded[devAccounts[`//${name}//hot`]] = RAO;
  }
  for (const { name } of delegators) funded[devAccounts[name]] = 500n * RAO;
  for (const { netuid } of subnets) funded[devAccounts[`//Owner${netuid}`]] = 50n * RAO;
  return funded;
}

function genesisHotkeys(): Record<Account, { owner: Account; take?: number }> {
  const hotkeys: Record<Account, { owner: Account; take?: number }> = {};
  for (const { name, take } of validators) {
    hotkeys[devAccounts[`//${name}//hot`]] = { owner: devAccounts[`//${name}`], take };
  }
  for (const { netuid } of subnets) {
    hotkeys[devAccounts[`//Owner${netuid}//hot`]] = { owner: devAccounts[`//Owner${netuid}`] };
    for (const miner of minersOf(netuid)) {
      hotkeys[miner] = { owner: devAccounts[`//Miner${netuid}`] };
    }
  }
  return hotkeys;
}

function minersOf(netuid: SubnetPlan['netuid']): Account[] {
  return ([1, 2, 3, 4] as const).map((i) => devAccounts[`//Miner${netuid}${i}//hot`]);
}

function rootPlan(): SubnetGenesis {
  const neurons = validators.map(({ name }) => ({ hotkey: devAccounts[`//${name}//hot`] }));
  return { netuid: 0, neurons, maxAllowedUids: 64, emissionEnabled: false };
}

/** Uid 0 is the owner's hotkey, 1 to 6 the validators, 7 to 10 the miners. */
function subnetGenesis(plan: SubnetPlan): SubnetGenesis {
  const { netuid, alphaIn, priceRao } = plan;
  const alphaInRao = alphaIn * RAO;
  return {
    netuid,
    owner: devAccounts[`//Owner${netuid}`],
    ownerHotkey: devAccounts[`//Owner${netuid}//hot`],
    alphaIn: alphaInRao,
    taoReserve: (alphaInRao * priceRao) / RAO,
    emaPriceBits: (priceRao << EMA_FRACTION_BITS) / RAO,
    firstEmissionBlock: 1,
    lastEpochBlock: 0,
    commitReveal: false,
    maxAllowedValidators: 64,
    neurons: neuronsOf(plan),
  };
}

function neuronsOf(plan: SubnetPlan): (Partial<Neuron> & { hotkey: Account })[] {
  const { netuid } = plan;
  const owner = { hotkey: devAccounts[`//Owner${netuid}//hot`], permit: true };
  const seated = validators.map(({ name }, i) => ({
    hotkey: devAccounts[`//${name}//hot`],
    permit: true,
    lastUpdate: 1,
    weights: weightRow(plan.opinions[i] as readonly number[], 1 + validators.length),
  }));
  return [owner, ...seated, ...minersOf(netuid).map((hotkey) => ({ hotkey }))];
}

/** Scales opinions so that the largest is 65,535, as the chain stores a row. */
function weightRow(opinions: readonly number[], firstUid: number): UidValue[] {
  const largest = Math.max(...opinions);
  return opinions
    .map((value, i): UidValue => [firstUid + i, Math.round((value * MAX_WEIGHT) / largest)])
    .filter(([, value]) => value > 0);
}

/** The validators' parts of mainnet's root stake; `//RootHolders` has what nobody else has. */
function rootStakes(): StakeGenesis[] {
  const stakes: StakeGenesis[] = [];
  let left = ROOT_STAKE;
  for (const [i, { name, rootPercent }] of validators.entries()) {
    const hotkey = devAccounts[`//${name}//hot`];
    const last = i === validators.length - 1;
    const total = last ? left : (ROOT_STAKE * rootPercent) / 100n;
    left -= total;
    const named: { coldkey: Account; alphaRao: bigint }[] = [
      { coldkey: devAccounts[`//${name}`], alphaRao: total / 50n },
    ];
    for (const one of rootStakers) {
      if (one.validator !== name) continue;
      named.push({ coldkey: devAccounts[one.delegator], alphaRao: one.tao * RAO });
    }
    const rest = named.reduce((sum, { alphaRao }) => sum - alphaRao, total);
    named.push({ coldkey: devAccounts['//RootHolders'], alphaRao: rest });
    for (const part of named) stakes.push({ hotkey, netuid: 0, ...part });
  }
  return stakes;
}

function alphaStakes(plan: SubnetPlan): StakeGenesis[] {
  const { netuid } = plan;
  const stakes: StakeGenesis[] = validators.map(({ name }, i) => ({
    hotkey: devAccounts[`//${name}//hot`],
    coldkey: devAccounts[`//${name}`],
    netuid,
    alphaRao: (plan.validatorAlpha[i] as bigint) * RAO,
  }));
  const owner = devAccounts[`//Owner${netuid}`];
  const ownerHotkey = devAccounts[`//Owner${netuid}//hot`];
  stakes.push({ hotkey: ownerHotkey, coldkey: owner, netuid, alphaRao: plan.ownerAlpha * RAO });
  for (const { delegator, validator, alpha } of plan.delegations) {
    const hotkey = devAccounts[`//${validator}//hot`];
    stakes.push({ hotkey, coldkey: devAccounts[delegator], netuid, alphaRao: alpha * RAO });
  }
  return stakes;
}
