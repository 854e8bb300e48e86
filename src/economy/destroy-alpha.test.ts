import { beforeEach, describe, expect, test } from 'vitest';
import { atomically } from './atomically.ts';
import { addStakeBurn, burnOwnAlpha, recycleOwnAlpha } from './destroy-alpha.ts';
import { failure, success } from './outcome.ts';
import { createEconomy, type EconomyState, ensureHotkey, type Outcome } from './state.ts';
import type { Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    balances: { alice: 100n * TAO },
    subnets: [{ netuid: 1, taoReserve: 100_000n * TAO, alphaIn: 2_000_000n * TAO }],
    hotkeys: { val: { owner: 'vc' } },
    stakes: [{ hotkey: 'val', coldkey: 'alice', netuid: 1, alphaRao: 70n * TAO }],
  });
});

const one = (): Subnet => state.subnets[1] as Subnet;
const CALL = { coldkey: 'alice', hotkey: 'val', netuid: 1, amountRao: 60n * TAO };
const refusal = (name: string) => ({ ok: false, error: { pallet: 'SubtensorModule', name } });
const lock = (lockedMass: bigint) =>
  Object.assign(state.coldkeys.alice?.locks ?? {}, {
    1: { hotkey: 'val', lockedMass, convictionBits: 0n, updatedAt: 0 },
  });

describe('alpha', () => {
  test.each([
    ['AlphaRecycled', recycleOwnAlpha],
    ['AlphaBurned', burnOwnAlpha],
  ])('that is gone is announced as %s', (name, run) => {
    expect(run(state, CALL)).toEqual({
      ok: true,
      alphaRao: 60n * TAO,
      events: [
        {
          pallet: 'SubtensorModule',
          name,
          fields: { coldkey: 'alice', hotkey: 'val', alpha: 60n * TAO, netuid: 1 },
        },
      ],
    });
  });

  const refusals: [object, () => void, string][] = [
    [{ netuid: 9 }, () => {}, 'SubnetNotExists'],
    [{ netuid: 0 }, () => {}, 'CannotBurnOrRecycleOnRootSubnet'],
    [{}, () => Object.assign(one(), { subtokenEnabled: false }), 'SubtokenDisabled'],
    [{ hotkey: 'nobody' }, () => {}, 'HotKeyAccountNotExists'],
    [{}, () => Object.assign(one(), { alphaOut: 60n * TAO - 1n }), 'InsufficientLiquidity'],
    [{}, () => lock(10n * TAO + 1n), 'StakeUnavailable'],
  ];
  test.each(refusals)('with %o is refused', (change, arrange, name) => {
    arrange();
    const before = structuredClone(state);
    expect(burnOwnAlpha(state, { ...CALL, ...change })).toEqual(refusal(name));
    expect(state).toEqual(before);
  });

  test('may be all that is outstanding, and all that is not locked', () => {
    one().alphaOut = 60n * TAO;
    lock(10n * TAO);
    expect(burnOwnAlpha(state, CALL).ok).toBe(true);
  });
});

describe('TAO that buys alpha and burns it', () => {
  const burn = (change: object = {}) =>
    addStakeBurn(state, { ...CALL, amountRao: TAO, author: 'author', ...change });
  const names = (outcome: Outcome) => outcome.ok && outcome.events.map(({ name }) => name);

  test('leaves what was there and burns what it bought', () => {
    const burned = burn();
    expect(names(burned)).toEqual([
      'Transfer',
      'NewAccount',
      'Endowed',
      'Transfer',
      'StakeAdded',
      'AlphaBurned',
      'AddStakeBurn',
    ]);
    const alphaRao = burned.ok ? burned.alphaRao : 0n;
    expect(one().alphaBurned).toBe(alphaRao);
    expect(burned.ok && burned.events.at(-1)?.fields).toEqual({
      netuid: 1,
      hotkey: 'val',
      amount: TAO,
      alpha: alphaRao,
    });
  });

  test.each([
    [{ limitRaoPerAlpha: 50_000_000n }, 'Swap', 'PriceLimitExceeded'],
    [{ limitRaoPerAlpha: 50_000_100n, amountRao: 50n * TAO }, 'SubtensorModule', 'SlippageTooHigh'],
    [{ hotkey: 'nobody' }, 'SubtensorModule', 'HotKeyAccountNotExists'],
  ])('with %o is refused', (change, pallet, name) => {
    const before = structuredClone(state);
    expect(burn(change)).toEqual({ ok: false, error: { pallet, name } });
    expect(state).toEqual(before);
  });

  test('within a limit is one purchase', () => {
    expect(names(burn({ limitRaoPerAlpha: 60_000_000n }))).toContain('AddStakeBurn');
  });

  test('is undone where a lock holds more than there is', () => {
    lock(10n ** 15n);
    const before = structuredClone(state);
    expect(burn()).toEqual(refusal('StakeUnavailable'));
    expect(state).toEqual(before);
  });
});

describe('all or nothing', () => {
  const SCOPE = {
    hotkeys: ['val', 'new', 'val'],
    coldkeys: ['alice', 'carol'],
    accounts: ['author', undefined],
    netuids: [1, 9],
  };

  /** Writes wherever an operation may. */
  function scribble(): void {
    const { val } = state.hotkeys;
    const { alice } = state.coldkeys;
    if (val === undefined || alice === undefined) throw new Error('No such account.');
    for (const netuid of [0, 1]) {
      const subnet = state.subnets[netuid] as Subnet;
      subnet.taoReserve += 1n;
      subnet.userFlow.sinceLastStep += 1n;
      subnet.protocolFlow.sinceLastStep += 1n;
    }
    Object.assign(val.pools[1]?.shares ?? {}, { bob: { mantissa: 1n, exponent: 0 } });
    val.pools[0] = { value: 1n, denominator: { mantissa: 1n, exponent: 0 }, shares: {} };
    Object.assign(val.rootClaimed[1] ?? {}, { alice: 9n });
    Object.assign(val.basket?.claimed ?? {}, { alice: 9n });
    val.take = 5;
    ensureHotkey(state, 'new', 'carol');
    alice.stakingHotkeys.push('new');
    alice.ownedHotkeys.push('new');
    alice.locks[1] = { hotkey: 'val', lockedMass: 1n, convictionBits: 0n, updatedAt: 0 };
    alice.perpetualLock[1] = true;
    state.rootClaimers.push('alice');
    state.taoIssuance += 1n;
    state.totalStake += 1n;
    for (const account of ['alice', 'author', 'subnet:1', 'subnet:0', 'carol']) {
      state.balances[account] = 3n;
    }
  }

  beforeEach(() => {
    Object.assign(state.hotkeys.val ?? {}, {
      rootClaimed: { 1: { alice: 4n } },
      basket: { shares: 1n, rateBits: 1n, claimed: { alice: 1n } },
    });
    Object.assign(state.coldkeys.alice ?? {}, { perpetualLock: { 7: true } });
  });

  test('a refusal puts everything back', () => {
    const before = structuredClone(state);
    const outcome = atomically(state, SCOPE, () => {
      scribble();
      return failure('AmountTooLow');
    });
    expect(outcome).toEqual(refusal('AmountTooLow'));
    expect(state).toEqual(before);
  });

  test('a success keeps what was written', () => {
    const before = structuredClone(state);
    expect(
      atomically(state, SCOPE, () => {
        scribble();
        return success([], {});
      }),
    ).toEqual({ ok: true, events: [] });
    expect(state.taoIssuance).toBe(before.taoIssuance + 1n);
    expect(state.hotkeys.new?.owner).toBe('carol');
    expect(state.balances.author).toBe(3n);
  });
});
