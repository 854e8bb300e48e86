/** A spending policy and what it is checked against. Types only. */
import type { TaoError } from '../../errors/tao-error.ts';

/** A decoded call, with nested calls decoded too: what a chain client's decoder returns. */
export type DecodedCall = {
  readonly pallet: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
};

export type WindowPeriod = 'hour' | 'day' | 'week';

/** Value in rao of TAO that may be moved in any stretch of time of that length. */
export type WindowLimit = { readonly period: WindowPeriod; readonly limitRao: bigint };

/**
 * What may be signed. A limit or list that is undefined does not restrict; an empty list allows
 * nothing. Value is what a call moves, whichever way: staking, unstaking and transfers all count.
 */
export type Policy = {
  readonly perTransactionRao?: bigint;
  readonly windows: readonly WindowLimit[];
  readonly netuids?: readonly number[];
  /** ss58; every hotkey a call names must be in it. */
  readonly hotkeys?: readonly string[];
  /** ss58; every account that would receive funds or rights must be in it. */
  readonly destinations?: readonly string[];
  /** `Pallet.call`; undefined allows every known call except those that hand out rights. */
  readonly calls?: readonly string[];
  /** From this moment (milliseconds since 1970) nothing is allowed. */
  readonly expiresAtMs?: number;
};

/** Whose funds a call moves: the signer's, or those of the account it acts for through a proxy. */
export type Owner =
  | { readonly kind: 'signer' }
  | { readonly kind: 'account'; readonly address: string };

/** One thing whose TAO value is asked for. All but `alpha` mean everything that is there. */
export type ValuedAsset =
  | { readonly kind: 'alpha'; readonly netuid: number; readonly amountRao: bigint }
  | {
      readonly kind: 'position';
      readonly owner: Owner;
      readonly netuid: number;
      readonly hotkey: string;
    }
  | { readonly kind: 'hotkey-positions'; readonly owner: Owner; readonly hotkey: string }
  | { readonly kind: 'free-balance'; readonly owner: Owner };

/** TAO value in rao, rounded up; undefined when it is not known, which refuses the call. */
export type ValueRaoOf = (asset: ValuedAsset) => bigint | undefined;

/** One earlier transaction that was signed under the policy, whatever became of it. */
export type PolicySpend = { readonly atMs: number; readonly valueRao: bigint };

export type PolicyRule =
  | 'expired'
  | 'unknown-call'
  | 'malformed-call'
  | 'too-large'
  | 'call'
  | 'netuid'
  | 'hotkey'
  | 'destination'
  | 'value-unknown'
  | 'per-transaction'
  | 'window';

export type PolicyVerdict =
  | { readonly allowed: true; readonly valueRao: bigint }
  | { readonly allowed: false; readonly rule: PolicyRule; readonly error: TaoError };
