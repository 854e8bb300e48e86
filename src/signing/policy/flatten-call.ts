/**
 * Takes calls out of their wrappers, however deep: batches, proxies, multisigs, alternatives. A
 * wrapper adds nothing and hides nothing; what cannot be looked into is refused. Pure.
 */
import {
  type Actor,
  type CallEffect,
  readAccount,
  readCallEffect,
  type Unjudgeable,
} from './call-effects.ts';
import type { DecodedCall } from './types.ts';

export const MAX_DEPTH = 16;
export const MAX_CALLS = 2000;

type Wrapper = {
  /** Which arguments hold calls. Of an `if_else` both sides count: either may run. */
  readonly fields: readonly string[];
  /** Whom the inner calls act for: the same account, the one in `real`, or one derived on chain. */
  readonly actsFor: 'same' | 'real' | 'unknown';
};

const BATCH: Wrapper = { fields: ['calls'], actsFor: 'same' };
const DERIVED: Wrapper = { fields: ['call'], actsFor: 'unknown' };
const PROXY: Wrapper = { fields: ['call'], actsFor: 'real' };

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  'Utility.batch': BATCH,
  'Utility.batch_all': BATCH,
  'Utility.force_batch': BATCH,
  'Utility.if_else': { fields: ['main', 'fallback'], actsFor: 'same' },
  'Utility.as_derivative': DERIVED,
  'Proxy.proxy': PROXY,
  'Proxy.proxy_announced': PROXY,
  'Multisig.as_multi': DERIVED,
  'Multisig.as_multi_threshold_1': DERIVED,
};

/** The effects of every call inside, in order, or why they cannot be judged. */
export function flattenCall(root: DecodedCall): readonly CallEffect[] | Unjudgeable {
  const effects: CallEffect[] = [];
  const stack: Pending[] = [{ call: root, depth: 0, actor: { kind: 'signer' } }];
  for (let seen = 0; stack.length > 0; seen += 1) {
    const { call, depth, actor } = stack.pop() as Pending;
    if (seen >= MAX_CALLS) return tooLarge(`it has more than ${MAX_CALLS} calls inside`);
    if (depth > MAX_DEPTH) return tooLarge(`its calls are nested more than ${MAX_DEPTH} deep`);
    if (!isCall(call)) return malformed('an inner call could not be decoded');
    const inner = innerCalls(call, actor);
    if (inner === undefined) {
      const effect = readCallEffect(call, actor) ?? unknownCall(call);
      if ('rule' in effect) return effect;
      effects.push(effect);
    } else if ('rule' in inner) {
      return inner;
    } else {
      if (inner.calls.length > MAX_CALLS) return tooLarge('it has too many calls inside');
      for (const next of inner.calls.toReversed()) {
        stack.push({ call: next, depth: depth + 1, actor: inner.actor });
      }
    }
  }
  return effects;
}

type Pending = { readonly call: unknown; readonly depth: number; readonly actor: Actor };

type Inner = { readonly calls: readonly unknown[]; readonly actor: Actor };

/** Undefined for a call that wraps nothing. */
function innerCalls(call: DecodedCall, actor: Actor): Inner | Unjudgeable | undefined {
  const name = `${call.pallet}.${call.name}`;
  const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
  if (wrapper === undefined) return undefined;
  const calls: unknown[] = [];
  for (const field of wrapper.fields) {
    const value = Object.hasOwn(call.args, field) ? call.args[field] : undefined;
    const isList = Array.isArray(value);
    if (isList !== (field === 'calls')) return malformed(`${name} has no ${field} of its form`);
    calls.push(...(isList ? (value as readonly unknown[]) : [value]));
  }
  return { calls, actor: innerActor(call, wrapper, actor) };
}

function innerActor(call: DecodedCall, { actsFor }: Wrapper, actor: Actor): Actor {
  if (actsFor === 'same') return actor;
  const real = actsFor === 'real' ? readAccount(call.args.real) : undefined;
  return real === undefined ? { kind: 'unknown' } : { kind: 'account', address: real };
}

function isCall(value: unknown): value is DecodedCall {
  if (typeof value !== 'object' || value === null) return false;
  const call = value as { readonly [field: string]: unknown };
  const hasNames = typeof call.pallet === 'string' && typeof call.name === 'string';
  return hasNames && typeof call.args === 'object' && call.args !== null;
}

function unknownCall(call: DecodedCall): Unjudgeable {
  return { rule: 'unknown-call', reason: `${call.pallet}.${call.name} is not a call it can judge` };
}

function malformed(reason: string): Unjudgeable {
  return { rule: 'malformed-call', reason };
}

function tooLarge(reason: string): Unjudgeable {
  return { rule: 'too-large', reason };
}
