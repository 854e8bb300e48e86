/** The plan of one transaction: a value that is shown, checked, signed and performed. Types only. */
import type { Call } from '../chain/types.ts';
import type { Text } from '../cli/spec.ts';

export type TxPlan = {
  /** Such as `stake.add`. */
  readonly command: string;
  /** `Stake 2.5 TAO on 5F3s…Qk2a in subnet 8`: what the journal keeps. */
  readonly summary: string;
  /** `Stake 2.5 TAO?` */
  readonly question: string;
  readonly call: Call;
  /** Target, amounts and worst case, for the consent screen. */
  readonly rows: readonly (readonly [label: string, value: Text])[];
  readonly warnings: readonly string[];
  /** TAO in rao that leaves the free balance, transaction fee not included. */
  readonly spendRao: bigint;
  /** With --as: TAO in rao that is reserved from the signer, who is another account. */
  readonly signerDepositRao?: bigint;
  /** What to sample before and after, for the ledger. */
  readonly touches: { readonly netuids: readonly number[]; readonly hotkeys: readonly string[] };
  /** The plan for machines, amounts as strings. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Set where a plain yes is not enough: the value to type back. */
  readonly severe?: { readonly value: string; readonly what: string };
  /** What comes of it in a few words, for one line of a batch: `about 41 alpha, at least 40.8`. */
  readonly brief?: string;
  /** The price limit the call carries, so that a refusal can be set beside the price of then. */
  readonly limit?: PriceLimit;
  /** The same of a swap between two subnets. */
  readonly rateLimit?: RateLimit;
  /** Set for several plans in one: each item's own plan, in the order of the calls. */
  readonly batch?: { readonly mode: BatchMode; readonly items: readonly TxPlan[] };
};

export type PriceLimit = {
  readonly netuid: number;
  readonly side: 'buy' | 'sell';
  readonly raoPerAlpha: bigint;
};

/** The least of `toNetuid`, in rao, for one whole unit of `fromNetuid`. */
export type RateLimit = {
  readonly fromNetuid: number;
  readonly toNetuid: number;
  readonly limitRatio: bigint;
};

/** `atomic`: all items or none. `best-effort`: what the chain refuses is left out. */
export type BatchMode = 'atomic' | 'best-effort';
