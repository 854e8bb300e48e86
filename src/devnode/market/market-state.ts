/**
 * What the market remembers between blocks, as plain data: part of the chain's state, so that a
 * replay and a restored snapshot go on exactly as the first run did.
 */
import type { Account } from '../../economy/state.ts';

/** `lazy` copies what the last epoch rewarded; `dishonest` puts a crony over everybody else. */
export type Conduct =
  | { readonly kind: 'honest' }
  | { readonly kind: 'lazy' }
  | { readonly kind: 'dishonest'; readonly crony: Account };

export type MarketValidator = {
  hotkey: Account;
  /** Deviation of its measurements, in points of quality between 0 and 1. */
  readonly noise: number;
  conduct: Conduct;
};

export type MarketMiner = {
  hotkey: Account;
  readonly coldkey: Account;
  /** Hidden from everybody: between 0 and 1 per kind of task. */
  skills: number[];
  /** Epochs in a row in which it earned too little. */
  poorEpochs: number;
};

/** What one turn of a subnet's market came to; qualities between 0 and 1, means over its tasks. */
export type TurnReport = {
  readonly block: number;
  readonly tasks: number;
  /** Of the answers that the users got: the routed miners', blended. */
  readonly routedQuality: number;
  /** Of the one miner that would have done best on these very tasks. */
  readonly bestSingleQuality: number;
  readonly paidRao: bigint;
  readonly replacedMiners: number;
};

export type SubnetMarket = {
  readonly netuid: number;
  /** Parts of the demand per kind of task, each with an incentive mechanism of its own; sum 1. */
  readonly demand: readonly number[];
  readonly tasksPerTurn: number;
  readonly validators: MarketValidator[];
  miners: MarketMiner[];
  turns: number;
  last?: TurnReport;
};

export type MarketState = {
  readonly seed: number;
  /** Pays for the users' tasks. */
  readonly users: Account;
  readonly subnets: SubnetMarket[];
};
