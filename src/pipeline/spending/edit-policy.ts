/** Changes to a spending policy, and which of them allow more than before. Pure. */
import { displayRao } from '../../domain/amount.ts';
import { isoTime } from '../../domain/time.ts';
import { checksumOf } from '../../signing/json-fields.ts';
import { WINDOW_MS } from '../../signing/policy/check-policy.ts';
import { policyJson } from '../../signing/policy/policy-file.ts';
import type { Policy, WindowPeriod } from '../../signing/policy/types.ts';

/** `any` lifts the limit or the list; what is absent stays as it is. */
export type PolicyEdit = {
  readonly perTransactionRao?: bigint | 'any';
  readonly windows: Readonly<Partial<Record<WindowPeriod, bigint | 'any'>>>;
  readonly netuids?: readonly number[] | 'any';
  readonly hotkeys?: readonly string[] | 'any';
  readonly destinations?: readonly string[] | 'any';
  readonly calls?: readonly string[] | 'any';
  readonly expiresAtMs?: number | 'any';
};

export const WINDOW_PERIODS = Object.keys(WINDOW_MS) as readonly WindowPeriod[];

/** The policy with the edit in it; without a policy, what is not named is not limited. */
export function editPolicy(policy: Policy | undefined, edit: PolicyEdit): Policy {
  const windows = WINDOW_PERIODS.flatMap((period) => {
    const known = policy?.windows.find((window) => window.period === period)?.limitRao;
    const limitRao = edited(known, edit.windows[period]);
    return limitRao === undefined ? [] : [{ period, limitRao }];
  });
  const fields = {
    perTransactionRao: edited(policy?.perTransactionRao, edit.perTransactionRao),
    netuids: edited(policy?.netuids, edit.netuids),
    hotkeys: edited(policy?.hotkeys, edit.hotkeys),
    destinations: edited(policy?.destinations, edit.destinations),
    calls: edited(policy?.calls, edit.calls),
    expiresAtMs: edited(policy?.expiresAtMs, edit.expiresAtMs),
  };
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { windows, ...(Object.fromEntries(set) as Omit<Policy, 'windows'>) };
}

function edited<T>(before: T | undefined, edit: T | 'any' | undefined): T | undefined {
  if (edit === undefined) return before;
  return edit === 'any' ? undefined : (edit as T);
}

/** What `after` allows and `before` did not, in words; empty when nothing. */
export function loosenings(before: Policy, after: Policy): readonly string[] {
  return [
    ...raised('One transaction', before.perTransactionRao, after.perTransactionRao),
    ...WINDOW_PERIODS.flatMap((period) =>
      raised(`A ${period}`, limitOf(before, period), limitOf(after, period)),
    ),
    ...widened('Subnets', before.netuids, after.netuids),
    ...widened('Hotkeys', before.hotkeys, after.hotkeys),
    ...widened('Destinations', before.destinations, after.destinations),
    ...widenedCalls(before.calls, after.calls),
    ...prolonged(before.expiresAtMs, after.expiresAtMs),
  ];
}

/** The limit of one window in rao; undefined when there is none. */
export function limitOf(policy: Policy, period: WindowPeriod): bigint | undefined {
  return policy.windows.find((window) => window.period === period)?.limitRao;
}

/** The start of a policy's checksum: what has to be repeated where it is loosened or removed. */
export function policyMark(policy: Policy): string {
  const MARK_DIGITS = 8;
  return checksumOf(policyJson(policy)).slice(2, 2 + MARK_DIGITS);
}

function raised(what: string, before: bigint | undefined, after: bigint | undefined) {
  if (before === undefined || (after !== undefined && after <= before)) return [];
  const from = `${displayRao(before, 9)} TAO`;
  return [
    after === undefined
      ? `${what} may move any amount, instead of at most ${from}.`
      : `${what} may move ${displayRao(after, 9)} TAO, instead of at most ${from}.`,
  ];
}

function widened<T>(
  what: string,
  before: readonly T[] | undefined,
  after: readonly T[] | undefined,
): readonly string[] {
  if (before === undefined) return [];
  if (after === undefined) return [`${what}: any, instead of a list of ${before.length}.`];
  const added = after.filter((item) => !before.includes(item));
  return added.length === 0 ? [] : [`${what}: also ${added.join(', ')}.`];
}

/** Without a list the calls that hand out rights are refused; a list may name them. */
function widenedCalls(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly string[] {
  if (before !== undefined) return widened('Calls', before, after);
  const rights = (after ?? []).filter((call) => /^(?:Proxy|Multisig)\./.test(call));
  return rights.length === 0
    ? []
    : [`Calls: also ${rights.join(', ')}, which may hand out rights.`];
}

function prolonged(before: number | undefined, after: number | undefined): readonly string[] {
  if (before === undefined || (after !== undefined && after <= before)) return [];
  const until = after === undefined ? 'for ever' : `until ${isoTime(after)}`;
  return [`It allows something ${until}, instead of until ${isoTime(before)}.`];
}
