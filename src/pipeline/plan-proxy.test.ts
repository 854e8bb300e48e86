import { describe, expect, it } from 'vitest';
import { isTaoError } from '../errors/tao-error.ts';
import type { InnerCall } from './acting-as-proxy.ts';
import { type ProxyPlanFacts, planProxyAdd, planProxyRemove } from './plan-proxy.ts';
import { planAnnounce, planReject, planWithdraw } from './plan-proxy-announcement.ts';
import type { ProxyEntry } from './plan-proxy-facts.ts';
import { TABLE_RULES } from './plan-proxy-rules.ts';

const REAL = { name: 'real', address: '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY' };
const BOB = { name: '//Bob', address: '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty' };
const terms = {
  proxyBaseRao: 60_000_000n,
  proxyEachRao: 33_000_000n,
  announcementBaseRao: 36_000_000n,
  announcementEachRao: 68_000_000n,
  maxProxies: 2,
  maxPending: 2,
};
const request = (type: string, delayBlocks = 0) => ({ delegate: BOB, type, delayBlocks });
const right = (type: string, delayBlocks = 0): ProxyEntry => ({
  delegate: BOB.address,
  type,
  delayBlocks,
});
const facts = (type: string, entries: readonly ProxyEntry[] = []): ProxyPlanFacts => ({
  real: REAL.address,
  proxies: {
    entries,
    depositRao: entries.length === 0 ? 0n : 60_000_000n + 33_000_000n * BigInt(entries.length),
  },
  terms,
  rule: TABLE_RULES.get(type),
  canSendFunds: type !== 'Staking',
});
const codeOf = (attempt: () => unknown): unknown => {
  try {
    return attempt();
  } catch (error) {
    return isTaoError(error) ? error.code : error;
  }
};

describe('giving a right', () => {
  it('reserves base and part for the first, only the part for the next', () => {
    expect(planProxyAdd(request('Staking'), facts('Staking')).spendRao).toBe(93_000_000n);
    const second = planProxyAdd(request('Staking'), facts('Staking', [right('RootClaim')]));
    expect(second.spendRao).toBe(33_000_000n);
  });

  it('has to be confirmed by the address where the type can send funds', () => {
    expect(planProxyAdd(request('Staking'), facts('Staking')).severe).toBeUndefined();
    expect(planProxyAdd(request('Any'), facts('Any')).severe?.value).toBe('jJM694ty');
  });

  it('is refused to the account itself, twice, and beyond the limit', () => {
    const own = { ...request('Staking'), delegate: REAL };
    expect(codeOf(() => planProxyAdd(own, facts('Staking')))).toBe('USAGE_INVALID');
    const same = facts('Staking', [right('Staking')]);
    expect(codeOf(() => planProxyAdd(request('Staking'), same))).toBe('PROXY_EXISTS');
    expect(planProxyAdd(request('Staking', 5), same).call.args.delay).toBe(5);
    const full = facts('Any', [right('Staking'), right('Staking', 5)]);
    expect(codeOf(() => planProxyAdd(request('Any'), full))).toBe('PROXY_EXISTS');
  });
});

describe('taking a right back', () => {
  it('returns everything with the last one', () => {
    const plan = planProxyRemove(request('Staking'), facts('Staking', [right('Staking')]));
    expect([plan.spendRao, plan.data.deposit]).toEqual([0n, { rao: '93000000', tao: '0.093' }]);
  });

  it('names what there is when type or delay do not fit', () => {
    const attempt = () =>
      planProxyRemove(request('Staking'), facts('Staking', [right('Staking', 5)]));
    expect(attempt).toThrow(
      expect.objectContaining({
        code: 'PROXY_UNKNOWN',
        details: ['It has type Staking with a delay of 5 blocks.'],
      }),
    );
  });
});

describe('announcing a call', () => {
  const inner: InnerCall = {
    call: { pallet: 'SubtensorModule', name: 'add_stake', args: {} },
    hex: '0x0702',
    hash: '0xaa',
  };
  const announced = (count: number) => ({
    announcements: Array.from({ length: count }, () => ({
      real: REAL.address,
      callHash: '0xaa',
      block: 1,
    })),
    depositRao: count === 0 ? 0n : 36_000_000n + 68_000_000n * BigInt(count),
  });
  const announce = (entries: readonly ProxyEntry[], count = 0) =>
    planAnnounce(REAL, inner, {
      delegate: BOB.address,
      entries,
      rules: TABLE_RULES,
      announced: announced(count),
      terms,
    });

  it('reserves its deposit and publishes the hash', () => {
    const plan = announce([right('Staking', 5)]);
    expect(plan.call.args).toEqual({ real: REAL.address, call_hash: '0xaa' });
    expect(plan.spendRao).toBe(104_000_000n);
    expect(announce([right('Staking', 5)], 1).spendRao).toBe(68_000_000n);
  });

  it('is refused where the call could never be executed, or too many are open', () => {
    expect(codeOf(() => announce([]))).toBe('PROXY_NOT_ALLOWED');
    expect(codeOf(() => announce([right('RootClaim', 5)]))).toBe('PROXY_NOT_ALLOWED');
    expect(codeOf(() => announce([right('Staking', 5)], 2))).toBe('USAGE_INVALID');
  });

  it('is vetoed and withdrawn by its hash alone', () => {
    const one = announced(1);
    expect(planReject(BOB, '0xaa', { real: REAL, announced: one, terms }).call).toEqual({
      pallet: 'Proxy',
      name: 'reject_announcement',
      args: { delegate: BOB.address, call_hash: '0xaa' },
    });
    expect(planWithdraw(REAL, '0xaa', { delegate: BOB, announced: one, terms }).call.name).toBe(
      'remove_announcement',
    );
    expect(planReject(BOB, '0xaa', { real: REAL, announced: one, terms }).rows).toContainEqual([
      'Deposit back',
      '0.104 TAO, to who announced it',
    ]);
    const other = () => planReject(BOB, '0xbb', { real: REAL, announced: one, terms });
    expect(codeOf(other)).toBe('ANNOUNCEMENT_UNKNOWN');
  });
});
