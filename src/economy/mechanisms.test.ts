import { describe, expect, test } from 'vitest';
import { applyBlock } from './block.ts';
import { checkConservation } from './conservation.ts';
import { runSubnetEpoch } from './epoch-call.ts';
import {
  netuidIndex,
  setMechanismCount,
  setMechanismSplit,
  splitEpochEmission,
} from './mechanisms.ts';
import { stakeOf } from './stake-ledger.ts';
import { createEconomy, type EconomyState } from './state.ts';
import type { Neuron, Subnet } from './subnet.ts';
import { setWeights } from './weights.ts';

const TAO = 1_000_000_000n;
const OWNER = { coldkey: 'oc', netuid: 1 };

/** One validator, two miners, an even start; uid 1 validates, 2 and 3 mine. */
function network(): EconomyState {
  return createEconomy({
    block: 100,
    subnets: [
      {
        netuid: 1,
        taoReserve: 100_000n * TAO,
        alphaIn: 2_000_000n * TAO,
        firstEmissionBlock: 1,
        tempo: 5,
        lastEpochBlock: 100,
        emaPriceBits: 2n << 32n,
        owner: 'oc',
        ownerHotkey: 'own',
        commitReveal: false,
        maxAllowedUids: 64,
        neurons: [
          { hotkey: 'own', registeredAt: 0 },
          { hotkey: 'val', registeredAt: 0, permit: true },
          { hotkey: 'm1', registeredAt: 0 },
          { hotkey: 'm2', registeredAt: 0 },
        ],
      },
    ],
    hotkeys: {
      own: { owner: 'oc' },
      val: { owner: 'vc', take: 0 },
      m1: { owner: 'c1' },
      m2: { owner: 'c2' },
    },
    stakes: [{ hotkey: 'val', coldkey: 'alice', netuid: 1, alphaRao: 400_000n * TAO }],
  });
}

/** Mechanism 0 pays the first miner, mechanism 1 the second. */
function twoMechanisms(split?: readonly number[]): EconomyState {
  const state = network();
  expect(setMechanismCount(state, { ...OWNER, count: 2 }).ok).toBe(true);
  if (split !== undefined) expect(setMechanismSplit(state, { ...OWNER, split }).ok).toBe(true);
  const row = { hotkey: 'val', netuid: 1, values: [1] };
  expect(setWeights(state, { ...row, uids: [2] }).ok).toBe(true);
  expect(setWeights(state, { ...row, uids: [3], mechanism: 1 }).ok).toBe(true);
  return state;
}

const one = (state: EconomyState): Subnet => state.subnets[1] as Subnet;
const neuron = (state: EconomyState, uid: number): Neuron => one(state).neurons[uid] as Neuron;

describe('the emission of an epoch', () => {
  test('is split evenly, and the first mechanism has the remainder', () => {
    const state = twoMechanisms();
    expect(splitEpochEmission(one(state), 1_001n)).toEqual([501n, 500n]);
    expect(splitEpochEmission({}, 1_001n)).toEqual([1_001n]);
  });

  test('is split by u16 parts, and a short list leaves the rest without any', () => {
    const state = twoMechanisms([16_384, 49_151]);
    expect(splitEpochEmission(one(state), 1_000_003n)).toEqual([250_005n, 749_998n]);
    setMechanismSplit(state, { ...OWNER, split: [65_535] });
    expect(splitEpochEmission(one(state), 7n)).toEqual([7n, 0n]);
    setMechanismSplit(state, OWNER);
    expect(splitEpochEmission(one(state), 7n)).toEqual([4n, 3n]);
  });

  test('reaches the miners of each mechanism, and the sums are exact', () => {
    const state = twoMechanisms([16_384, 49_151]);
    const emissions = runSubnetEpoch(state, one(state), 1_000_003n);
    // Halves of 250,005 and 749,998, each floored.
    expect(emissions.map(({ incentive }) => incentive)).toEqual([0n, 0n, 125_002n, 374_999n]);
    expect(emissions.map(({ dividend }) => dividend)).toEqual([0n, 500_001n, 0n, 0n]);
    const sum = emissions.reduce((all, e) => all + e.incentive + e.dividend, 0n);
    expect(sum).toBe(1_000_002n);
  });

  test('keeps bonds and incentive apart and mixes the other figures by their parts', () => {
    const state = twoMechanisms([16_384, 49_151]);
    runSubnetEpoch(state, one(state), 65_535n);
    expect(neuron(state, 1).bonds).toEqual([[2, 65_535]]);
    expect(neuron(state, 1).further?.[0]?.bonds).toEqual([[3, 65_535]]);
    expect(neuron(state, 2).incentive).toBe(65_535);
    expect(neuron(state, 2).further?.[0]?.incentive).toBe(0);
    expect(neuron(state, 3).further?.[0]?.incentive).toBe(65_535);
    // ⌊65,535 × 16,384/65,535⌋ with a part that is a little less than that.
    expect(neuron(state, 2).consensus).toBe(16_383);
    expect(neuron(state, 3).consensus).toBe(49_150);
    expect(neuron(state, 1).dividends).toBe(16_383 + 49_150);
  });

  test('without any rao counts the first mechanism alone', () => {
    const state = twoMechanisms();
    const emissions = runSubnetEpoch(state, one(state), 0n);
    expect(emissions.every(({ incentive, dividend }) => incentive + dividend === 0n)).toBe(true);
    expect(neuron(state, 2).consensus).toBe(65_535);
    expect(neuron(state, 3).consensus).toBe(0);
  });

  test('gives every mechanism the permits of the epoch before', () => {
    const state = twoMechanisms();
    neuron(state, 1).permit = false;
    runSubnetEpoch(state, one(state), 1_000n);
    expect(neuron(state, 2).incentive + (neuron(state, 3).further?.[0]?.incentive ?? 0)).toBe(0);
    expect(neuron(state, 1).permit).toBe(true);
    runSubnetEpoch(state, one(state), 1_000n);
    expect(neuron(state, 2).incentive).toBe(65_535);
    expect(neuron(state, 3).further?.[0]?.incentive).toBe(65_535);
  });
});

describe('a tempo with two mechanisms', () => {
  test('pays as much as with one, and every rao is accounted for', () => {
    const split = twoMechanisms();
    const single = network();
    setWeights(single, { hotkey: 'val', netuid: 1, uids: [2, 3], values: [1, 1] });
    for (let block = 0; block < 5; block += 1) {
      applyBlock(split);
      applyBlock(single);
    }
    // 410,002,288 rao a block and side, halved by floors of fractions of 2^32.
    const pays = (state: EconomyState) =>
      ['1', '2'].map((i) => stakeOf(state, `m${i}`, `c${i}`, 1));
    expect(pays(split)).toEqual([1_025_005_720n, 1_025_005_720n]);
    expect(pays(single)).toEqual([1_025_005_720n, 1_025_005_720n]);
    expect(stakeOf(split, 'val', 'alice', 1)).toBe(stakeOf(single, 'val', 'alice', 1));
    expect(checkConservation(split)).toEqual([]);
  });

  test('is, with one mechanism, what it was before there were several', () => {
    const never = network();
    const back = twoMechanisms();
    setMechanismCount(back, { ...OWNER, count: 1 });
    setWeights(never, { hotkey: 'val', netuid: 1, uids: [2], values: [1] });
    for (let block = 0; block < 6; block += 1) {
      applyBlock(never);
      applyBlock(back);
    }
    expect(back).toEqual(never);
  });
});

describe('weights', () => {
  test('of a mechanism count for activity and age on that mechanism only', () => {
    const state = twoMechanisms();
    state.block = 300;
    setWeights(state, { hotkey: 'val', netuid: 1, uids: [2], values: [1], mechanism: 1 });
    expect([neuron(state, 1).lastUpdate, neuron(state, 1).further?.[0]?.lastUpdate]).toEqual([
      100, 300,
    ]);
  });

  test.each([2, -1, 0.5, Number.NaN])('on mechanism %d, which is not there, are refused', (n) => {
    const call = { hotkey: 'val', netuid: 1, uids: [2], values: [1], mechanism: n };
    const error = { ok: false, error: { name: 'MechanismDoesNotExist' } };
    expect(setWeights(twoMechanisms(), call)).toMatchObject(error);
  });
});

describe('the owner', () => {
  const refusals: [string, (state: EconomyState) => unknown, string][] = [
    ['no mechanism', (s) => setMechanismCount(s, { ...OWNER, count: 0 }), 'InvalidValue'],
    ['three', (s) => setMechanismCount(s, { ...OWNER, count: 3 }), 'InvalidValue'],
    ['a part', (s) => setMechanismCount(s, { ...OWNER, count: 1.5 }), 'InvalidValue'],
    [
      'another owner',
      (s) => setMechanismCount(s, { ...OWNER, coldkey: 'x', count: 2 }),
      'NotSubnetOwner',
    ],
    [
      'root',
      (s) => setMechanismCount(s, { coldkey: '', netuid: 0, count: 2 }),
      'MechanismDoesNotExist',
    ],
    [
      'a sum of one too few',
      (s) => setMechanismSplit(s, { ...OWNER, split: [65_534] }),
      'InvalidValue',
    ],
    [
      'too many parts',
      (s) => setMechanismSplit(s, { ...OWNER, split: [65_535, 0] }),
      'InvalidValue',
    ],
    ['a negative part', (s) => setMechanismSplit(s, { ...OWNER, split: [-1] }), 'InvalidValue'],
    ['no parts', (s) => setMechanismSplit(s, { ...OWNER, split: [] }), 'InvalidValue'],
  ];
  test.each(refusals)('cannot set %s', (_, run, name) => {
    const state = network();
    expect(run(state)).toMatchObject({ ok: false, error: { name } });
    expect(state).toEqual(network());
  });

  test('cannot have several on more than 256 uids in all', () => {
    const state = network();
    one(state).maxAllowedUids = 129;
    expect(setMechanismCount(state, { ...OWNER, count: 2 })).toMatchObject({
      error: { name: 'TooManyUIDsPerMechanism' },
    });
  });

  test('loses the split with another count, and nothing with the same', () => {
    const state = twoMechanisms([65_535, 0]);
    setMechanismCount(state, { ...OWNER, count: 2 });
    expect(one(state).mechanismSplit).toEqual([65_535, 0]);
    setMechanismCount(state, { ...OWNER, count: 1 });
    expect(one(state).mechanismSplit).toBeUndefined();
    expect(neuron(state, 1).further).toBeUndefined();
  });

  test.each([[[65_536, -1]], [[-1, 65_536]], [[32_767.5, 32_767.5]], [[65_535, 0, 0]]])(
    'cannot split by %j',
    (split) => {
      const state = twoMechanisms();
      expect(setMechanismSplit(state, { ...OWNER, split })).toMatchObject({
        error: { name: 'InvalidValue' },
      });
      expect(one(state).mechanismSplit).toBeUndefined();
    },
  );

  test('says nothing when it changes the count or the split', () => {
    const state = network();
    const quiet = { ok: true, events: [] };
    expect(setMechanismCount(state, { ...OWNER, count: 2 })).toEqual(quiet);
    expect(setMechanismCount(state, { ...OWNER, count: 2 })).toEqual(quiet);
    expect(setMechanismSplit(state, { ...OWNER, split: [65_535, 0] })).toEqual(quiet);
    expect(setMechanismSplit(state, OWNER)).toEqual(quiet);
    const elsewhere = { coldkey: 'oc', netuid: 9 };
    const none = { ok: false, error: { pallet: 'SubtensorModule', name: 'MechanismDoesNotExist' } };
    expect(setMechanismSplit(state, elsewhere)).toEqual(none);
    expect(setMechanismCount(state, { ...elsewhere, count: 1 })).toEqual(none);
  });

  test('may have 256 uids over two mechanisms, and any number on one', () => {
    const state = network();
    one(state).maxAllowedUids = 128;
    expect(setMechanismCount(state, { ...OWNER, count: 2 }).ok).toBe(true);
    one(state).maxAllowedUids = 300;
    expect(setMechanismCount(state, { ...OWNER, count: 1 }).ok).toBe(true);
  });

  test('numbers what a mechanism has of its own', () => {
    expect([netuidIndex(7, 0), netuidIndex(7, 1), netuidIndex(7, 2)]).toEqual([7, 4_103, 8_199]);
  });
});
