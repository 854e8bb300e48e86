/** A spending policy as data for machines and as rows for people. Pure. */
import { displayRao, tao, taoJson } from '../../domain/amount.ts';
import { isoTime } from '../../domain/time.ts';
import { remainingInWindows } from '../../signing/policy/check-policy.ts';
import type { Policy, PolicySpend } from '../../signing/policy/types.ts';

/** Without a history it is not said what is left. */
export type Spent = {
  readonly history?: readonly PolicySpend[] | undefined;
  readonly nowMs: number;
};

/** Limits with what is left of them; a list that is null does not restrict. */
export function policyData(
  policy: Policy,
  { history, nowMs }: Spent,
): Readonly<Record<string, unknown>> {
  const { perTransactionRao, netuids, hotkeys, destinations, calls, expiresAtMs } = policy;
  return {
    perTransaction: perTransactionRao === undefined ? null : taoJson(tao(perTransactionRao)),
    windows: windowsOf(policy, { history, nowMs }).map(({ period, limitRao, leftRao }) => ({
      period,
      limit: taoJson(tao(limitRao)),
      ...(leftRao === undefined ? {} : { left: taoJson(tao(leftRao)) }),
    })),
    netuids: netuids ?? null,
    hotkeys: hotkeys ?? null,
    destinations: destinations ?? null,
    calls: calls ?? null,
    expiresAt: expiresAtMs === undefined ? null : isoTime(expiresAtMs),
    isExpired: isExpired(policy, nowMs),
  };
}

/** The same for people; what does not restrict is said too. */
export function policyRows(
  policy: Policy,
  { history, nowMs }: Spent,
): readonly (readonly [label: string, value: string])[] {
  const { perTransactionRao, netuids, hotkeys, destinations, calls, expiresAtMs } = policy;
  const once = perTransactionRao === undefined ? 'any amount' : atMost(perTransactionRao);
  return [
    ['One transaction', once],
    ...windowsOf(policy, { history, nowMs }).map(
      ({ period, limitRao, leftRao }) =>
        [
          `In a ${period}`,
          leftRao === undefined
            ? atMost(limitRao)
            : `${atMost(limitRao)}, ${displayRao(leftRao, 9)} TAO left`,
        ] as const,
    ),
    ['Subnets', listText(netuids, 'any')],
    ['Hotkeys', listText(hotkeys, 'any')],
    ['Destinations', listText(destinations, 'any')],
    ['Calls', listText(calls, 'every known call, but none that hands out rights')],
    ['Until', expiryText(policy, expiresAtMs, nowMs)],
  ];
}

function windowsOf(policy: Policy, { history, nowMs }: Spent) {
  const left = history === undefined ? [] : remainingInWindows(policy, history, nowMs);
  return policy.windows.map(({ period, limitRao }) => ({
    period,
    limitRao,
    leftRao: left.find((window) => window.period === period)?.leftRao,
  }));
}

function isExpired({ expiresAtMs }: Policy, nowMs: number): boolean {
  return expiresAtMs !== undefined && nowMs >= expiresAtMs;
}

function expiryText(policy: Policy, expiresAtMs: number | undefined, nowMs: number): string {
  if (expiresAtMs === undefined) return 'it is changed';
  const passed = isExpired(policy, nowMs) ? ': over, so nothing is allowed' : '';
  return `${isoTime(expiresAtMs)}${passed}`;
}

function atMost(rao: bigint): string {
  return `at most ${displayRao(rao, 9)} TAO`;
}

function listText(list: readonly (string | number)[] | undefined, otherwise: string): string {
  if (list === undefined) return otherwise;
  return list.length === 0 ? 'none' : list.join(', ');
}
