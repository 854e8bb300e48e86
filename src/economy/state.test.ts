import { describe, expect, test } from 'vitest';
import { invalidInput, requireU16, requireU64 } from './invalid-input.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyGenesis } from './state.ts';

const most64 = 2n ** 64n - 1n;

test('a genesis backs every pool with TAO and counts it as issued', () => {
  const state = createEconomy({
    balances: { alice: 7_000n },
    subnets: [{ netuid: 3, taoReserve: 1_000n, alphaIn: 4_000n, alphaOut: 500n }],
    hotkeys: { h: { owner: 'o', take: 100 } },
    stakes: [
      { hotkey: 'h', coldkey: 'alice', netuid: 3, alphaRao: 60n },
      { hotkey: 'h', coldkey: 'o', netuid: 0, alphaRao: 250n },
    ],
  });
  expect(state.netuids).toEqual([0, 3]);
  expect(state.taoIssuance).toBe(7_000n + 1_000n + 250n);
  expect(state.totalStake).toBe(1_250n);
  expect(state.subnets[3]?.alphaOut).toBe(560n);
  expect(state.balances['subnet:0']).toBe(250n);
  expect(state.coldkeys.alice?.stakingHotkeys).toEqual(['h']);
});

test('a genesis stake on an unknown hotkey is refused', () => {
  const stakes = [{ hotkey: 'nobody', coldkey: 'a', netuid: 0, alphaRao: 1n }];
  expect(() => createEconomy({ stakes })).toThrow(/unknown subnet or hotkey: nobody/);
});

test('a state survives a structured clone unchanged', () => {
  const state = createEconomy({ balances: { a: 5n }, subnets: [{ netuid: 1 }] });
  expect(structuredClone(state)).toEqual(state);
});

describe('a genesis', () => {
  test('starts with nothing but root and the defaults', () => {
    const state = createEconomy();
    expect(state).toMatchObject({
      format: 'economy/1',
      block: 0,
      taoIssuance: 0n,
      taoElsewhere: 0n,
      totalStake: 0n,
      blockEmission: 1_000_000_000n,
      emissionBarBits: 0n,
      reserved: {},
      netuids: [0],
      hotkeys: {},
      coldkeys: {},
      rootClaimers: [],
      parentHash: `0x${'0'.repeat(64)}`,
    });
    expect(state.subnets[0]).toMatchObject({ mechanism: 0, account: 'subnet:0', registeredAt: 0 });
  });

  test('counts what is elsewhere as issued, and dates root', () => {
    const state = createEconomy({ block: 7, issuanceElsewhere: 5n, balances: { a: 2n } });
    expect([state.taoIssuance, state.taoElsewhere]).toEqual([7n, 5n]);
    expect(state.subnets[0]?.registeredAt).toBe(7);
  });

  test('takes parameters, accounts, subnets in any order, and root’s own figures', () => {
    const state = createEconomy({
      block: 7,
      parameters: { ownerCut: 5 },
      subnets: [{ netuid: 4 }, { netuid: 2, tempo: 9 }, { netuid: 0, maxAllowedUids: 64 }],
      subnetAccount: (netuid) => `account ${netuid}`,
    });
    expect(state.parameters).toMatchObject({ ownerCut: 5, minStakeRao: 2_000_000n });
    expect(state.netuids).toEqual([0, 2, 4]);
    expect(state.subnets[2]).toMatchObject({ tempo: 9, account: 'account 2', mechanism: 1 });
    expect(state.subnets[0]).toMatchObject({
      maxAllowedUids: 64,
      mechanism: 0,
      account: 'account 0',
      registeredAt: 7,
    });
  });

  test('fills neurons up with what a newcomer has', () => {
    const neurons = [
      { hotkey: 'h', permit: true },
      { hotkey: 'i', registeredAt: 3 },
    ];
    const state = createEconomy({ block: 7, subnets: [{ netuid: 1, neurons }] });
    expect(state.subnets[1]?.neurons).toMatchObject([
      { hotkey: 'h', permit: true, registeredAt: 7, lastUpdate: 7, active: true },
      { hotkey: 'i', permit: false, registeredAt: 3, lastUpdate: 7 },
    ]);
  });

  test('knows who owns and who stakes', () => {
    const state = createEconomy({
      hotkeys: { h: { owner: 'o', take: 0 }, i: { owner: 'o' } },
      stakes: [
        { hotkey: 'h', coldkey: 'o', netuid: 0, alphaRao: 5n },
        { hotkey: 'i', coldkey: 'n', netuid: 0, alphaRao: 0n },
        { hotkey: 'h', coldkey: 'n', netuid: 0, alphaRao: 6n },
      ],
    });
    expect([state.hotkeys.h?.take, state.hotkeys.i?.take]).toEqual([0, undefined]);
    expect(state.hotkeys.h).toMatchObject({ owner: 'o', autoParentDelegation: true });
    expect(state.coldkeys.o).toEqual({
      stakingHotkeys: ['h', 'i'],
      ownedHotkeys: ['h', 'i'],
      rootClaimType: { kind: 'swap' },
      autoStake: {},
      locks: {},
      perpetualLock: {},
      acceptsLockedAlpha: false,
    });
    expect(state.coldkeys.n).toMatchObject({ stakingHotkeys: ['i', 'h'], ownedHotkeys: [] });
    expect(state.hotkeys.h?.pools[0]?.value).toBe(11n);
    expect([stakeOf(state, 'h', 'o', 0), stakeOf(state, 'h', 'n', 0)]).toEqual([5n, 6n]);
    expect(state.totalStake).toBe(11n);
    expect(state.subnets[0]).toMatchObject({ taoReserve: 11n, alphaOut: 11n });
  });

  test('of one position twice is refused', () => {
    const stake = { hotkey: 'h', coldkey: 'o', netuid: 0, alphaRao: 1n };
    const genesis = { hotkeys: { h: { owner: 'o' } }, stakes: [stake, stake] };
    expect(() => createEconomy(genesis)).toThrow(new TypeError('Genesis stake given twice: h, o'));
    const nowhere = { ...genesis, stakes: [{ ...stake, netuid: 8 }] };
    expect(() => createEconomy(nowhere)).toThrow(
      new TypeError('Genesis stake on an unknown subnet or hotkey: h'),
    );
  });

  const wrong: [string, EconomyGenesis][] = [
    ['issuanceElsewhere must be a u64', { issuanceElsewhere: most64 + 1n }],
    ['alice must be a u64', { balances: { alice: -1n } }],
    [
      'take must be a whole number from 0 to 65535',
      { hotkeys: { h: { owner: 'o', take: 65_536 } } },
    ],
    [
      'alphaRao must not be negative',
      { stakes: [{ hotkey: 'h', coldkey: 'o', netuid: 0, alphaRao: -1n }] },
    ],
    ['netuid must be a whole number from 0 to 65535', { subnets: [{ netuid: -1 }] }],
    ['taoReserve must be a u64', { subnets: [{ netuid: 1, taoReserve: -1n }] }],
    ['alphaIn must be a u64', { subnets: [{ netuid: 1, alphaIn: most64 + 1n }] }],
    ['alphaOut must be a u64', { subnets: [{ netuid: 1, alphaOut: most64 + 1n }] }],
    ['tempo must be whole', { subnets: [{ netuid: 1, tempo: 0.5 }] }],
    ['tempo must be whole', { subnets: [{ netuid: 1, tempo: -1 }] }],
  ];
  test.each(wrong)('is refused: %s', (why, genesis) => {
    expect(() => createEconomy(genesis)).toThrow(`Couldn't create an economy: ${why}.`);
  });

  test('may have figures at their ends', () => {
    expect(() =>
      createEconomy({
        issuanceElsewhere: most64,
        balances: { a: 0n },
        subnets: [{ netuid: 65_535, tempo: 0, alphaIn: most64, alphaOut: 0n }],
        hotkeys: { h: { owner: 'o', take: 65_535 } },
      }),
    ).not.toThrow();
  });
});

describe('figures that no chain has', () => {
  const thrown = (run: () => void): unknown => {
    try {
      run();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test('are an error with the field and the value', () => {
    expect(thrown(() => requireU64('look', { a: undefined, b: -1n }))).toMatchObject({
      code: 'ECONOMY_INVALID_INPUT',
      message: "Couldn't look: b must be a u64.",
      data: { field: 'b', value: '-1' },
    });
    const number = 7 as unknown as bigint;
    expect(thrown(() => requireU64('look', { a: number }))).toMatchObject({
      data: { field: 'a', value: '7' },
    });
    expect(thrown(() => requireU16('look', { c: 1.5 }))).toMatchObject({
      message: "Couldn't look: c must be a whole number from 0 to 65535.",
      data: { field: 'c', value: '1.5' },
    });
    expect(invalidInput('look', 'd', 'must be odd').data).toEqual({ field: 'd' });
  });

  test('do not include the ends of u16 and u64', () => {
    requireU64('look', { a: 0n, b: most64 });
    requireU16('look', { a: 0, b: 65_535 });
    expect(thrown(() => requireU64('look', { a: most64 + 1n }))).toBeDefined();
    expect(thrown(() => requireU16('look', { a: 65_536 }))).toBeDefined();
    expect(thrown(() => requireU16('look', { a: -1 }))).toBeDefined();
    expect(thrown(() => requireU16('look', { a: Number.NaN }))).toBeDefined();
  });
});
