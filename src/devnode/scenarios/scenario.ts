/** A scenario as data: who stakes, what happens when, and what a delegator should observe. */
import type { DevAccountName } from '../genesis/accounts.ts';
import type { ValidatorName } from '../genesis/small-figures.ts';

/** Blocks of one epoch of a scenario: each subnet has one epoch in it. */
export const EPOCH_BLOCKS = 360;

export type Delegator = {
  /** What the report calls it. */
  readonly label: string;
  readonly account: DevAccountName;
  readonly validator: ValidatorName;
  readonly netuid: number;
  /** Whole TAO staked at the start. */
  readonly tao: bigint;
};

export type Step =
  | { readonly kind: 'unstake-all'; readonly delegator: string }
  | { readonly kind: 'take'; readonly validator: ValidatorName; readonly takeU16: number }
  /** The crony of a dishonest one is the miner that earned least. */
  | {
      readonly kind: 'conduct';
      readonly validator: ValidatorName;
      readonly netuid: number;
      readonly conduct: 'honest' | 'lazy' | 'dishonest';
    }
  /** Mints TAO to nobody until the next halving is about so many blocks away. */
  | { readonly kind: 'near-halving'; readonly blocks: number }
  | { readonly kind: 'dissolve'; readonly netuid: number }
  | { readonly kind: 'upgrade'; readonly profile: string };

export type TimedStep = {
  /** Epochs that have passed when it happens; 0 is the start. */
  readonly epoch: number;
  readonly text: string;
  readonly step: Step;
};

/** Epochs `from` to `to`, both included, counted from 1. */
export type Phase = { readonly name: string; readonly from: number; readonly to: number };

/** The mean of a figure over a phase, divided by that of another one if there is one. */
export type Mean = { readonly figure: string; readonly phase: string; readonly over?: string };

export type Observation = {
  readonly text: string;
  readonly left: Mean;
  readonly is: 'below' | 'above' | 'about';
  /** A number, or another mean. */
  readonly right: Mean | number;
  /** Factor on the right side; 1 when left out. */
  readonly times?: number;
  /** For `about`: the largest relative deviation. */
  readonly within?: number;
};

export type Scenario = {
  readonly name: string;
  readonly summary: string;
  /** What a delegator should observe, in a few sentences. */
  readonly expect: string;
  readonly epochs: number;
  readonly delegators: readonly Delegator[];
  /** Validators and subnets whose figures are recorded, beside those of the delegators. */
  readonly watch: {
    readonly validators: readonly { readonly name: ValidatorName; readonly netuid: number }[];
    readonly subnets: readonly number[];
  };
  /** Whether a client is connected all the while. */
  readonly hasClient?: boolean;
  readonly steps: readonly TimedStep[];
  readonly phases: readonly Phase[];
  readonly observations: readonly Observation[];
};
