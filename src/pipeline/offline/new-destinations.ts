/**
 * What in a call needs more than a yes: accounts that this machine never met and that would receive
 * funds or control, rights over the account, funds destroyed, and calls that this tool cannot
 * judge. One place for every call that comes as bytes: whoever made them chose where money goes.
 */
import type { Call } from '../../chain/types.ts';
import type { ConsentRequest } from '../../cli/consent.ts';
import type { Context } from '../../cli/context.ts';
import type { Ledger } from '../../ledger/types.ts';
import type { CallEffect } from '../../signing/policy/call-effects.ts';
import { flattenCall } from '../../signing/policy/flatten-call.ts';
import { callOf } from '../call-input.ts';
import type { TxPlan } from '../plan.ts';
import { endOf } from '../plan-transfer.ts';
import { isDevelopmentAccount, readFamiliarities } from '../read-transfer-facts.ts';

/** Characters of a call's hash that have to be repeated, 0x included. */
export const HASH_CHARACTERS = 10;

/** Reasons that are named one by one. */
const MAX_REASONS = 20;

/** Calls after which nobody has the funds. */
const DESTROYING_CALLS: readonly string[] = [
  'Balances.burn',
  'SubtensorModule.add_stake_burn',
  'SubtensorModule.burn_alpha',
  'SubtensorModule.recycle_alpha',
];

type Severe = NonNullable<ConsentRequest['severe']>;

/** A call and the hash it is known by. */
type Judged = { readonly call: Call; readonly hash: string };

export type Unfamiliar = {
  /** Why a yes is not enough; empty when it is. */
  readonly reasons: readonly string[];
  readonly severe: Severe | undefined;
};

/**
 * Of one account its end has to be repeated, of anything else the start of the call's hash. Never
 * online.
 */
export async function findUnfamiliar(
  context: Context,
  given: Judged & {
    readonly ledger: Pick<Ledger, 'journal' | 'genesisHash'>;
    /** `--confirm` was given: then it has to be right, also for accounts that are known. */
    readonly hasConfirm: boolean;
  },
): Promise<Unfamiliar> {
  const { call, hash, ledger, hasConfirm } = given;
  const effects = flattenCall(call);
  if ('rule' in effects) {
    const reasons = [`This tool cannot judge the call: ${effects.reason}.`];
    return { reasons, severe: startOfHash(hash) };
  }
  const burning = effects.filter((effect) => DESTROYING_CALLS.includes(effect.call));
  const trusted = destinationsOf(effects.filter(({ grantsRights }) => grantsRights));
  const all = [...destinationsOf(effects)];
  const asked: string[] = [];
  const reasons = [...new Set(burning.map((effect) => effect.call))].map(
    (name) => `Destroyed: ${name} leaves funds to nobody.`,
  );
  const familiarityOf = await readFamiliarities(context, ledger);
  for (const address of all) {
    const isFamiliar = isDevelopmentAccount(ledger, address) || familiarityOf(address) !== 'none';
    if (isFamiliar && !trusted.has(address)) continue;
    asked.push(address);
    if (!isFamiliar) reasons.push(`New here: ${address} would receive funds or rights.`);
    if (trusted.has(address)) reasons.push(`Rights: ${address} could act for the account.`);
  }
  const repeated = hasConfirm && asked.length === 0 ? all : asked;
  const severe = burning.length > 0 ? startOfHash(hash) : severeOf(repeated, hash);
  return { reasons: shortened(reasons), severe };
}

/** The plan, and what of its call a yes is not enough for; `judged` where that is not `plan.call`. */
export async function withUnfamiliar(
  context: Context,
  plan: TxPlan,
  choices: { readonly confirm: string | undefined },
  judged?: Judged,
): Promise<TxPlan> {
  const { genesisHash, runtime } = await context.openChain();
  const ledger = await context.openLedger(genesisHash);
  const { call, hash } = judged ?? callOf(runtime, plan.call);
  const hasConfirm = choices.confirm !== undefined;
  const { reasons, severe } = await findUnfamiliar(context, { call, hash, ledger, hasConfirm });
  const warnings = [...plan.warnings, ...reasons];
  return severe === undefined ? { ...plan, warnings } : { ...plan, warnings, severe };
}

/** Names one call by its hash, which pins everything in it. */
export function startOfHash(hash: string): Severe {
  return { value: hash.slice(0, HASH_CHARACTERS), what: 'the start of the call hash' };
}

function severeOf(addresses: readonly string[], hash: string): Severe | undefined {
  const [only, another] = addresses;
  if (only === undefined) return undefined;
  return another === undefined ? endOf(only) : startOfHash(hash);
}

function destinationsOf(effects: readonly CallEffect[]): ReadonlySet<string> {
  return new Set(effects.flatMap(({ destinations }) => destinations));
}

function shortened(reasons: readonly string[]): readonly string[] {
  const more = reasons.length - MAX_REASONS;
  return more > 0 ? [...reasons.slice(0, MAX_REASONS), `And ${more} more like these.`] : reasons;
}
