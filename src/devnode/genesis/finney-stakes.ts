/**
 * Who holds what on the preset `finney`. Every subnet's positions sum to its alpha outside the
 * pool, root's to the root stake. Pure; amounts in rao.
 */

import { drawsOf } from '../../domain/draws.ts';
import type { Account, StakeGenesis } from '../../economy/state.ts';
import { devAccounts } from './accounts.ts';
import { ROOT_STAKE_RAO } from './finney-figures.ts';
import { type Miner, STREAM, type Validator } from './finney-people.ts';

const RAO = 1_000_000_000n;
const MILLION = 1_000_000n;
/** Parts per million of a subnet's alpha. */
const STAKED_WITH_VALIDATORS = 820_000n;
const HELD_BY_MINERS = 50_000n;
/** Parts per million of a validator's pool that are its own. */
const OWN_STAKE = 180_000n;
const DELEGATORS_PER_POOL = 3;
/** Positions of `//Fiona`, the large portfolio for benchmarks. */
const FIONA_POSITIONS = 500;
/** Subnets on which each of `//Delegator1` to `//Delegator5` holds alpha, and with whom. */
const SMALL_HOLDINGS = [
  { delegator: '//Delegator2', netuid: 1, validator: 1, alpha: 8_000n },
  { delegator: '//Delegator2', netuid: 4, validator: 0, alpha: 1_500n },
  { delegator: '//Delegator3', netuid: 1, validator: 2, alpha: 3_200n },
  { delegator: '//Delegator3', netuid: 4, validator: 3, alpha: 900n },
  { delegator: '//Delegator3', netuid: 8, validator: 0, alpha: 2_100n },
  { delegator: '//Delegator4', netuid: 64, validator: 4, alpha: 400n },
  { delegator: '//Delegator5', netuid: 8, validator: 5, alpha: 150n },
] as const;

export type SubnetPeople = {
  readonly netuid: number;
  readonly owner: Miner;
  readonly validators: readonly Validator[];
  readonly miners: readonly Miner[];
  readonly alphaOutRao: bigint;
};

/** Stakes on one subnet; `position` is its place in the list of subnets. */
export function subnetStakes(
  people: SubnetPeople,
  crowd: readonly Account[],
  { seed, position, subnets }: { seed: number; position: number; subnets: number },
): StakeGenesis[] {
  const { netuid, owner, validators, miners, alphaOutRao } = people;
  const draws = drawsOf(seed, STREAM.stakes, netuid);
  const stakes: StakeGenesis[] = [];
  const total = validators.reduce((sum, { weight }) => sum + weight, 0);
  let left = alphaOutRao;
  const give = (hotkey: Account, coldkey: Account, alphaRao: bigint): void => {
    stakes.push({ hotkey, coldkey, netuid, alphaRao });
    left -= alphaRao;
  };
  for (const [i, validator] of validators.entries()) {
    const staked = (alphaOutRao * STAKED_WITH_VALIDATORS) / MILLION;
    const pool = (staked * millionths(validator.weight / total)) / MILLION;
    const own = (pool * OWN_STAKE) / MILLION;
    give(validator.hotkey, validator.coldkey, own);
    for (const { coldkey, alphaRao } of keyedHoldings(netuid, i)) {
      give(validator.hotkey, coldkey, alphaRao);
    }
    const turn = (i + position) % validators.length;
    if (position + turn * subnets < FIONA_POSITIONS) {
      give(validator.hotkey, devAccounts['//Fiona'], BigInt(5 + draws.below(60)) * RAO);
    }
    const first = draws.below(crowd.length);
    for (let d = 0; d < DELEGATORS_PER_POOL; d += 1) {
      const coldkey = crowd[(first + d * 37) % crowd.length] as Account;
      give(validator.hotkey, coldkey, (pool - own) / BigInt(DELEGATORS_PER_POOL + d));
    }
  }
  const perMiner = (alphaOutRao * HELD_BY_MINERS) / MILLION / BigInt(miners.length);
  for (const { hotkey, coldkey } of miners) give(hotkey, coldkey, perMiner);
  give(owner.hotkey, owner.coldkey, left);
  return stakes;
}

function keyedHoldings(
  netuid: number,
  validator: number,
): readonly { readonly coldkey: Account; readonly alphaRao: bigint }[] {
  return SMALL_HOLDINGS.filter((one) => one.netuid === netuid && one.validator === validator).map(
    ({ delegator, alpha }) => ({ coldkey: devAccounts[delegator], alphaRao: alpha * RAO }),
  );
}

/** Root stake in proportion to the validators' sizes; `//RootHolders` has what nobody else has. */
export function rootStakes(
  validators: readonly Validator[],
  crowd: readonly Account[],
  seed: number,
): StakeGenesis[] {
  const draws = drawsOf(seed, STREAM.root);
  const total = validators.reduce((sum, { weight }) => sum + weight, 0);
  const stakes: StakeGenesis[] = [];
  let left = ROOT_STAKE_RAO;
  const give = (hotkey: Account, coldkey: Account, alphaRao: bigint): void => {
    stakes.push({ hotkey, coldkey, netuid: 0, alphaRao });
    left -= alphaRao;
  };
  for (const { hotkey, coldkey, weight } of validators) {
    const staked = (ROOT_STAKE_RAO * millionths(weight / total)) / MILLION;
    give(hotkey, coldkey, staked / 50n);
    const first = draws.below(crowd.length);
    for (let d = 0; d < DELEGATORS_PER_POOL; d += 1) {
      give(hotkey, crowd[(first + d * 37) % crowd.length] as Account, staked / 10n);
    }
    if (validators[0]?.hotkey !== hotkey) {
      give(hotkey, devAccounts['//RootHolders'], (staked * 6n) / 10n);
    }
  }
  const largest = validators[0]?.hotkey as Account;
  give(largest, devAccounts['//Delegator1'], 12_000n * RAO);
  give(largest, devAccounts['//RootHolders'], left);
  return stakes;
}

function millionths(share: number): bigint {
  return BigInt(Math.floor(share * 1_000_000));
}
