/** A market over some subnets of a chain: draws who is good at what. Pure but for its result. */

import { drawsOf } from '../../domain/draws.ts';
import type { Account } from '../../economy/state.ts';
import { drawSkills } from './compete.ts';
import type { MarketState, SubnetMarket } from './market-state.ts';

/** Deviations of the validators' measurements. */
const NOISE = { least: 0.03, range: 0.07 } as const;
const CREATION_STREAM = 0;

export type MarketPlan = {
  readonly seed: number;
  /** Pays for the users' tasks. */
  readonly users: Account;
  readonly subnets: readonly {
    readonly netuid: number;
    readonly demand: readonly number[];
    readonly tasksPerTurn: number;
    readonly validators: readonly Account[];
    readonly miners: readonly { readonly hotkey: Account; readonly coldkey: Account }[];
  }[];
};

export function createMarket({ seed, users, subnets }: MarketPlan): MarketState {
  return {
    seed,
    users,
    subnets: subnets.map(({ netuid, demand, tasksPerTurn, validators, miners }): SubnetMarket => {
      const draws = drawsOf(seed, CREATION_STREAM, netuid);
      return {
        netuid,
        demand,
        tasksPerTurn,
        validators: validators.map((hotkey) => ({
          hotkey,
          noise: NOISE.least + NOISE.range * draws.next(),
          conduct: { kind: 'honest' },
        })),
        miners: miners.map(({ hotkey, coldkey }) => ({
          hotkey,
          coldkey,
          skills: drawSkills(demand.length, draws),
          poorEpochs: 0,
        })),
        turns: 0,
      };
    }),
  };
}
