import { describe, expect, it } from 'vitest';
import {
  checkPolicy,
  type PolicyCheck,
  remainingInWindows,
  requirePolicy,
  WINDOW_MS,
} from './check-policy.ts';
import type { DecodedCall, Policy, PolicySpend } from './types.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const NOW = 1_800_000_000_000;

const call = (name: string, args: Readonly<Record<string, unknown>>): DecodedCall => {
  const [pallet = '', short = ''] = name.split('.');
  return { pallet, name: short, args };
};
const burn = (value: bigint) => call('Balances.burn', { value });
const sell = (netuid: number) =>
  call('SubtensorModule.remove_stake', { hotkey: ALICE, netuid, amount_unstaked: 5n });
const swap = (origin: number, destination: number) =>
  call('SubtensorModule.swap_stake', {
    hotkey: ALICE,
    origin_netuid: origin,
    destination_netuid: destination,
    alpha_amount: 5n,
  });
const unstakeAll = call('SubtensorModule.unstake_all', { hotkey: ALICE });
const addProxy = call('Proxy.add_proxy', { delegate: BOB, proxy_type: 'Any', delay: 0 });
const move = call('SubtensorModule.move_stake', {
  origin_hotkey: ALICE,
  destination_hotkey: BOB,
  origin_netuid: 1,
  destination_netuid: 1,
  alpha_amount: 5n,
});

const judge = (policy: Partial<Policy>, decodedCall: DecodedCall, over?: Partial<PolicyCheck>) =>
  checkPolicy({
    policy: { windows: [], ...policy },
    decodedCall,
    valueRaoOf: () => 10n,
    history: [],
    nowMs: NOW,
    ...over,
  });

describe('a refusal', () => {
  it.each<[string, Partial<Policy>, DecodedCall, string, string]>([
    ['expired', { expiresAtMs: NOW }, burn(1n), 'expired', 'the policy has expired'],
    ['unknown', {}, call('Sudo.sudo', {}), 'unknown-call', 'Sudo.sudo is not a call it can judge'],
    ['malformed', {}, call('Balances.burn', {}), 'malformed-call', 'argument "value" is missing'],
    ['not on the list', { calls: ['System.remark'] }, burn(1n), 'call', 'Balances.burn is not on'],
    ['rights', {}, addProxy, 'call', 'Proxy.add_proxy hands out rights'],
    ['one subnet', { netuids: [1] }, swap(1, 2), 'netuid', 'subnet 2 is not on its list'],
    ['the other', { netuids: [2] }, swap(1, 2), 'netuid', 'subnet 1 is not on its list'],
    ['all subnets', { netuids: [1] }, unstakeAll, 'netuid', 'unstake_all reaches every subnet'],
    ['one hotkey', { hotkeys: [ALICE] }, move, 'hotkey', `the hotkey ${BOB} is not on its list`],
    [
      'who gets rights',
      { calls: ['Proxy.add_proxy'], destinations: [ALICE] },
      addProxy,
      'destination',
      `the account ${BOB} is not on its list`,
    ],
    ['the amount', { perTransactionRao: 1n }, burn(2n), 'per-transaction', 'one transaction may'],
    [
      'the period',
      { windows: [{ period: 'hour', limitRao: 1n }] },
      burn(2n),
      'window',
      'with what was spent before it moves more than one hour may',
    ],
  ])('says what is not allowed: %s', (_title, policy, decodedCall, rule, reason) => {
    expect(judge(policy, decodedCall)).toMatchObject({
      allowed: false,
      rule,
      error: {
        code: 'POLICY_REFUSED',
        message: expect.stringContaining(reason),
        hint: expect.stringContaining('tao policy show'),
        data: { rule },
      },
    });
  });

  it('comes before any value is asked for', () => {
    const valueRaoOf = () => {
      throw new Error('asked');
    };
    expect(judge({ netuids: [] }, sell(3), { valueRaoOf })).toMatchObject({ rule: 'netuid' });
  });

  it.each([0, 65_535])('spares subnet %i when it is on the list', (netuid) => {
    expect(judge({ netuids: [0, 65_535] }, sell(netuid))).toMatchObject({ allowed: true });
  });

  it('of rights does not depend on the other lists', () => {
    expect(judge({ calls: ['Proxy.add_proxy'], destinations: [BOB] }, addProxy)).toEqual({
      allowed: true,
      valueRao: 0n,
    });
  });

  it.each<[string, () => unknown]>([
    ['nobody knows', () => undefined],
    ['is below nothing', () => -1n],
    ['is no bigint', () => 1],
  ])('names a value that %s', (_title, value) => {
    const valueRaoOf = value as PolicyCheck['valueRaoOf'];
    expect(judge({}, sell(3), { valueRaoOf })).toMatchObject({
      rule: 'value-unknown',
      error: { message: expect.stringContaining('the value it moves is not known') },
    });
  });

  it('does not meet what is worth nothing', () => {
    const nothing = { allowed: true, valueRao: 0n };
    expect(judge({ perTransactionRao: 0n }, sell(3), { valueRaoOf: () => 0n })).toEqual(nothing);
  });

  it('is thrown by requirePolicy, which returns the value of what is allowed', () => {
    const check = { valueRaoOf: () => 10n, history: [], nowMs: NOW, decodedCall: sell(3) };
    expect(requirePolicy({ ...check, policy: { windows: [] } })).toBe(10n);
    expect(() => requirePolicy({ ...check, policy: { windows: [], calls: [] } })).toThrow(
      expect.objectContaining({ code: 'POLICY_REFUSED' }),
    );
  });
});

describe('windows', () => {
  const HOUR = 60 * 60 * 1000;
  const spend = (valueRao: bigint, agoMs: number): PolicySpend => ({ atMs: NOW - agoMs, valueRao });

  it('are an hour, a day and seven days long', () => {
    expect(WINDOW_MS).toEqual({ hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR });
  });

  it('allow exactly what is left and not one rao more', () => {
    const policy: Partial<Policy> = { windows: [{ period: 'day', limitRao: 100n }] };
    const history = [spend(30n, 0), spend(40n, HOUR), spend(500n, 24 * HOUR + 1)];
    expect(judge(policy, burn(30n), { history })).toEqual({ allowed: true, valueRao: 30n });
    expect(judge(policy, burn(31n), { history })).toMatchObject({ rule: 'window' });
  });

  it('all count: the narrow one and the wide one', () => {
    const policy: Partial<Policy> = {
      windows: [
        { period: 'hour', limitRao: 50n },
        { period: 'week', limitRao: 100n },
      ],
    };
    const history = [spend(80n, 48 * HOUR)];
    expect(judge(policy, burn(20n), { history })).toMatchObject({ allowed: true });
    expect(judge(policy, burn(21n), { history })).toMatchObject({ rule: 'window' });
    expect(judge(policy, burn(51n))).toMatchObject({ rule: 'window' });
  });

  it('are not freed by a record below nothing', () => {
    const policy: Partial<Policy> = { windows: [{ period: 'day', limitRao: 100n }] };
    const history = [spend(100n, 0), spend(-100n, 0)];
    expect(judge(policy, burn(1n), { history })).toMatchObject({ rule: 'window' });
  });

  it('show what is left of each, and never less than nothing', () => {
    const policy: Policy = {
      windows: [
        { period: 'hour', limitRao: 100n },
        { period: 'day', limitRao: 100n },
        { period: 'week', limitRao: 100n },
      ],
    };
    const history = [spend(30n, HOUR), spend(69n, 2 * HOUR), spend(500n, 48 * HOUR)];
    expect(remainingInWindows(policy, history, NOW)).toEqual([
      { period: 'hour', leftRao: 70n },
      { period: 'day', leftRao: 1n },
      { period: 'week', leftRao: 0n },
    ]);
    expect(remainingInWindows({ windows: [] }, history, NOW)).toEqual([]);
  });
});
