/**
 * Decides whether a policy allows a transaction, on the decoded call and what was spent before.
 * Pure, and closed by default: what it does not know, cannot value or cannot look into is
 * refused.
 */
import { TaoError } from '../../errors/tao-error.ts';
import { type CallEffect, type MovedAsset, readAccount } from './call-effects.ts';
import { flattenCall } from './flatten-call.ts';
import type {
  DecodedCall,
  Policy,
  PolicyRule,
  PolicySpend,
  PolicyVerdict,
  ValueRaoOf,
  WindowPeriod,
} from './types.ts';

export const WINDOW_MS: Readonly<Record<WindowPeriod, number>> = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

export type PolicyCheck = {
  readonly policy: Policy;
  readonly decodedCall: DecodedCall;
  readonly valueRaoOf: ValueRaoOf;
  /** Earlier spends under this policy, in any order; older than a week may be left out. */
  readonly history: readonly PolicySpend[];
  readonly nowMs: number;
};

/**
 * The verdict, with the value in rao that the transaction counts for: record it in the history
 * before the first signature. A refusal carries a POLICY_REFUSED error that never says how to
 * raise a limit.
 */
export function checkPolicy(check: PolicyCheck): PolicyVerdict {
  const { policy, nowMs } = check;
  if (policy.expiresAtMs !== undefined && !(nowMs < policy.expiresAtMs)) {
    return refuse('expired', 'the policy has expired');
  }
  const effects = flattenCall(check.decodedCall);
  if ('rule' in effects) return refuse(effects.rule, effects.reason);
  for (const effect of effects) {
    const breach = findBreach(policy, effect);
    if (breach !== undefined) return breach;
  }
  const valueRao = totalValue(effects, check.valueRaoOf);
  if (valueRao === undefined) return refuse('value-unknown', 'the value it moves is not known');
  return checkLimits(check, valueRao);
}

/** As `checkPolicy`, throwing the refusal. Returns the value in rao. POLICY_REFUSED. */
export function requirePolicy(check: PolicyCheck): bigint {
  const verdict = checkPolicy(check);
  if (verdict.allowed) return verdict.valueRao;
  throw verdict.error;
}

/** What is left of every window, in rao, for display. */
export function remainingInWindows(
  policy: Policy,
  history: readonly PolicySpend[],
  nowMs: number,
): readonly { readonly period: WindowPeriod; readonly leftRao: bigint }[] {
  return policy.windows.map(({ period, limitRao }) => {
    const left = limitRao - spentWithin(history, period, nowMs);
    return { period, leftRao: left > 0n ? left : 0n };
  });
}

function findBreach(policy: Policy, effect: CallEffect): PolicyVerdict | undefined {
  const { call } = effect;
  const isNamed = policy.calls?.includes(call) === true;
  if (policy.calls !== undefined && !isNamed) return refuse('call', `${call} is not on its list`);
  if (effect.grantsRights && !isNamed) {
    return refuse('call', `${call} hands out rights and is not allowed by name`);
  }
  const { netuids, hotkeys, destinations } = policy;
  if (netuids !== undefined) {
    if (effect.netuids === 'every') return refuse('netuid', `${call} reaches every subnet`);
    const netuid = effect.netuids.find((candidate) => !netuids.includes(candidate));
    if (netuid !== undefined) return refuse('netuid', `subnet ${netuid} is not on its list`);
  }
  const hotkey = notListed(effect.hotkeys, hotkeys);
  if (hotkey !== undefined) return refuse('hotkey', `the hotkey ${hotkey} is not on its list`);
  const destination = notListed(effect.destinations, destinations);
  if (destination === undefined) return undefined;
  return refuse('destination', `the account ${destination} is not on its list`);
}

function notListed(
  accounts: readonly string[],
  allowed: readonly string[] | undefined,
): string | undefined {
  if (allowed === undefined) return undefined;
  const canonical = new Set(allowed.map(readAccount));
  return accounts.find((account) => !canonical.has(account));
}

function totalValue(effects: readonly CallEffect[], valueRaoOf: ValueRaoOf): bigint | undefined {
  let total = 0n;
  for (const asset of effects.flatMap(({ moves }) => moves)) {
    const value = valueOfMoved(asset, valueRaoOf);
    if (typeof value !== 'bigint' || value < 0n) return undefined;
    total += value;
  }
  return total;
}

function valueOfMoved(asset: MovedAsset, valueRaoOf: ValueRaoOf): bigint | undefined {
  if (asset.kind === 'tao') return asset.amountRao;
  return asset.kind === 'unknowable' ? undefined : valueRaoOf(asset);
}

function checkLimits(check: PolicyCheck, valueRao: bigint): PolicyVerdict {
  const { policy, history, nowMs } = check;
  const { perTransactionRao } = policy;
  if (perTransactionRao !== undefined && valueRao > perTransactionRao) {
    return refuse('per-transaction', 'it moves more than one transaction may');
  }
  for (const { period, limitRao } of policy.windows) {
    if (spentWithin(history, period, nowMs) + valueRao > limitRao) {
      return refuse('window', `with what was spent before it moves more than one ${period} may`);
    }
  }
  return { allowed: true, valueRao };
}

/**
 * Counts both ends of the window, and spends dated in the future: setting the clock back must not
 * free a limit.
 */
function spentWithin(history: readonly PolicySpend[], period: WindowPeriod, nowMs: number): bigint {
  const since = nowMs - WINDOW_MS[period];
  let spent = 0n;
  for (const { atMs, valueRao } of history) {
    if (!(atMs < since) && valueRao > 0n) spent += valueRao;
  }
  return spent;
}

function refuse(rule: PolicyRule, reason: string): PolicyVerdict {
  const error = new TaoError('POLICY_REFUSED', {
    message: `Couldn't sign: the spending policy does not allow it: ${reason}.`,
    hint: 'Run tao policy show to see what the policy allows.',
    data: { rule },
  });
  return { allowed: false, rule, error };
}
