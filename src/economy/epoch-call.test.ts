import { beforeEach, describe, expect, test } from 'vitest';
import { applyBlock } from './block.ts';
import { linkChildren } from './children.ts';
import {
  activityCutoff,
  inheritedStake,
  mechanismInput,
  runSubnetEpoch,
  sharedInput,
  stakeWeight,
} from './epoch-call.ts';
import { ONE_32, ONE_64 } from './fixed.ts';
import { furtherLinks, linksOn, mechanismsOf } from './mechanisms.ts';
import { createEconomy, type EconomyState } from './state.ts';
import type { Neuron, Subnet } from './subnet.ts';

const TAO = 1_000_000_000n;
const HALF = 2n ** 63n;
let state: EconomyState;

/** Two validators, three quarters and one quarter of the stake, and two miners. */
beforeEach(() => {
  const old = { registeredAt: 0, lastUpdate: 950 };
  state = createEconomy({
    block: 1_000,
    subnets: [
      {
        netuid: 1,
        tempo: 100,
        lastMechanismStepBlock: 900,
        ownerHotkey: 'own',
        neurons: [
          { ...old, hotkey: 'own' },
          {
            ...old,
            hotkey: 'v1',
            permit: true,
            weights: [
              [2, 21_845],
              [3, 65_535],
            ],
          },
          { ...old, hotkey: 'm1' },
          { ...old, hotkey: 'm2' },
          {
            ...old,
            hotkey: 'v2',
            permit: true,
            weights: [
              [2, 65_535],
              [3, 65_535],
            ],
          },
        ],
      },
    ],
    hotkeys: {
      own: { owner: 'oc' },
      v1: { owner: 'c1' },
      v2: { owner: 'c2' },
      m1: { owner: 'mc' },
      m2: { owner: 'mc' },
    },
    stakes: [
      { hotkey: 'v1', coldkey: 'c1', netuid: 1, alphaRao: 300n * TAO },
      { hotkey: 'v2', coldkey: 'c2', netuid: 1, alphaRao: 100n * TAO },
    ],
  });
});

const one = (): Subnet => state.subnets[1] as Subnet;
const neuron = (uid: number): Neuron => one().neurons[uid] as Neuron;

describe('an epoch of a subnet', () => {
  test('gives miners 4/15 and 11/15 of one half, validators 4/5 and 1/5 of the other', () => {
    // Agreed: 1/4 and 3/4. Ranks 1/4 and 11/16. Bonds 3/4 and 9/11 are the first validator’s.
    const emissions = runSubnetEpoch(state, one(), 1_000n * TAO);
    expect(emissions.map(({ hotkey }) => hotkey)).toEqual(['own', 'v1', 'm1', 'm2', 'v2']);
    const near = (rao: bigint, whole: bigint) => rao - whole < 1_000n && whole - rao < 1_000n;
    const third = (500n * TAO) / 15n;
    const [, v1, m1, m2, v2] = emissions;
    expect(near(m1?.incentive ?? 0n, 4n * third)).toBe(true);
    expect(near(m2?.incentive ?? 0n, 11n * third)).toBe(true);
    expect(near(v1?.dividend ?? 0n, 400n * TAO)).toBe(true);
    expect(near(v2?.dividend ?? 0n, 100n * TAO)).toBe(true);
    expect([v1?.incentive, m1?.dividend, emissions[0]?.dividend]).toEqual([0n, 0n, 0n]);
  });

  test('stores what it found on the neurons', () => {
    const emissions = runSubnetEpoch(state, one(), 1_000n * TAO);
    expect(one().neurons.map((uid) => uid.stakeWeight)).toEqual([0, 49_151, 0, 0, 16_383]);
    expect(one().neurons.map((uid) => uid.consensus)).toEqual([0, 0, 16_383, 49_151, 0]);
    expect(one().neurons.map((uid) => uid.incentive)).toEqual([0, 0, 17_475, 48_058, 0]);
    expect(one().neurons.map((uid) => uid.validatorTrust)).toEqual([0, 65_535, 0, 0, 49_151]);
    expect(one().neurons.map((uid) => uid.dividends)).toEqual([0, 52_428, 0, 0, 13_106]);
    // The owner always has one.
    expect(one().neurons.map((uid) => uid.permit)).toEqual([true, true, false, false, true]);
    expect(one().neurons.map((uid) => uid.active)).toEqual([true, true, true, true, true]);
    expect(one().neurons.map((uid) => uid.emission)).toEqual(
      emissions.map(({ incentive, dividend }) => incentive + dividend),
    );
    expect(neuron(1).bonds.map(([uid]) => uid)).toEqual([2, 3]);
    expect(neuron(2).bonds).toEqual([]);
  });

  test('of nobody gives nothing', () => {
    one().neurons = [];
    expect(runSubnetEpoch(state, one(), 1_000n)).toEqual([]);
  });
});

describe('what an epoch takes', () => {
  test('is read from the state', () => {
    state.parameters.stakeThreshold = 7n;
    neuron(3).registeredAt = 12;
    const input = sharedInput(state, one());
    expect(input).toMatchObject({
      uids: 5,
      block: 1_000,
      activityCutoffBlocks: 1_388,
      stakeThreshold: 7,
      ownerUid: 0,
    });
    expect([...input.stakeWeights]).toEqual([0, 300e9, 0, 0, 100e9]);
    expect([...input.permits]).toEqual([0, 1, 0, 0, 1]);
    expect([...input.registeredAt]).toEqual([0, 0, 0, 12, 0]);
    one().ownerHotkey = 'gone';
    expect(sharedInput(state, one()).ownerUid).toBeNull();
  });

  test('has weights, bonds and updates of the mechanism', () => {
    Object.assign(neuron(4), {
      bonds: [[3, 9]],
      further: [{ weights: [[2, 5]], bonds: [[2, 6]], lastUpdate: 77, incentive: 1 }],
    });
    const read = (mechanism: number) => {
      const shared = sharedInput(state, one());
      const input = mechanismInput(shared, one(), { mechanism, emissionRao: 8n });
      const { weights, bonds } = input;
      if (weights.kind !== 'sparse' || bonds.kind !== 'sparse') throw new Error('Not sparse.');
      const last = (links: typeof weights) => [links.target.at(-1), links.value.at(-1)];
      return [input.emissionRao, input.lastUpdate[4], last(weights), last(bonds)];
    };
    expect(read(0)).toEqual([8n, 950, [3, 65_535], [3, 9]]);
    expect(read(1)).toEqual([8n, 77, [2, 5], [2, 6]]);
  });

  test.each([
    [360, 13_889, 5_000],
    [360, 1_000, 360],
    [1, 999, 1],
    [0, 13_889, 1],
  ])('cuts activity off after a tempo of %i times %i per mille: %i', (tempo, factor, blocks) => {
    Object.assign(one(), { tempo, activityCutoffFactorMilli: factor });
    expect(activityCutoff(one())).toBe(blocks);
  });
});

describe('the stake that a hotkey works with', () => {
  test('is what children leave and parents lend, on the subnet and on root', () => {
    const on = (hotkey: string) => inheritedStake(state, hotkey, { on: 1, links: 1 });
    expect([on('v1'), on('nobody')]).toEqual([300n * TAO, 0n]);
    linkChildren(state, 'v1', 1, [{ proportion: HALF, hotkey: 'v2' }]);
    linkChildren(state, 'v2', 1, [{ proportion: HALF, hotkey: 'm1' }]);
    expect([on('v1'), on('v2'), on('m1')]).toEqual([150n * TAO, 200n * TAO, 50n * TAO]);
    expect(inheritedStake(state, 'v2', { on: 1, links: 9 })).toBe(100n * TAO);
  });

  test('weighs root stake by its weight', () => {
    Object.assign(state.hotkeys.v2?.pools ?? {}, { 0: { value: 40n * TAO } });
    expect(stakeWeight(state, 'v2', 1, ONE_32 / 4n)).toBe(110n * TAO);
    linkChildren(state, 'v2', 1, [{ proportion: HALF, hotkey: 'm1' }]);
    expect(stakeWeight(state, 'm1', 1, ONE_32 / 4n)).toBe(55n * TAO);
  });
});

describe('the links of a neuron', () => {
  test('beyond the first mechanism are those of a newcomer until they are set', () => {
    const none = { weights: [], bonds: [], lastUpdate: 0, incentive: 0 };
    expect(linksOn(neuron(1), 0)).toBe(neuron(1));
    expect(linksOn(neuron(1), 1)).toEqual(none);
    expect(neuron(1).further).toBeUndefined();
    const made = furtherLinks(neuron(1), 2);
    expect(neuron(1).further).toEqual([none, none]);
    expect(neuron(1).further?.[1]).toBe(made);
    expect(linksOn(neuron(1), 2)).toBe(made);
    expect([mechanismsOf({}), mechanismsOf({ mechanismCount: 2 })]).toEqual([1, 2]);
  });
});

describe('a block', () => {
  const PRICE = 1_000_000_000n;

  test.each([
    // 10^9 × 2^(−1/360), floored with 64 bits; and with a half-life of seven blocks.
    [{}, 998_076_443n],
    [{ burnHalfLife: 7 }, 905_723_664n],
    [{ burnHalfLife: 0 }, PRICE],
    [{ minBurnRao: PRICE }, PRICE],
    [{ minBurnRao: PRICE + 1n }, PRICE],
    [{ minBurnRao: 998_076_444n }, 998_076_444n],
  ])('lets a registration price with %o fall to %d', (change, price) => {
    Object.assign(one(), { burnRao: PRICE, minBurnRao: 1n, ...change });
    applyBlock(state);
    expect(one().burnRao).toBe(price);
  });

  test('lets the price fall again and again', () => {
    Object.assign(one(), { burnRao: PRICE, minBurnRao: 1n });
    applyBlock(state);
    applyBlock(state);
    expect(one().burnRao).toBe(996_156_586n);
  });

  test('smooths prices of eligible subnets only', () => {
    const pool = { taoReserve: 2n * TAO, alphaIn: 4n * TAO, emaPriceBits: 0n };
    state.parameters.movingAlphaBits = ONE_32;
    Object.assign(one(), { ...pool, emaHalvingBlocks: 1, firstEmissionBlock: 1_001 });
    one().registrationAllowed = false;
    applyBlock(state);
    expect(one().emaPriceBits).toBe(0n);
    one().registrationAllowed = true;
    Object.assign(one(), { ...pool, emissionEnabled: false });
    applyBlock(state);
    // Two blocks old: 2/3 of the way to one half.
    expect(one().emaPriceBits).toBe((((ONE_64 * 2n) / 3n) * (ONE_64 / 2n)) >> 96n);
  });

  test('counts blocks since the last epoch everywhere but on root', () => {
    one().lastEpochBlock = 1_000;
    applyBlock(state);
    expect([state.subnets[0]?.blocksSinceLastStep, one().blocksSinceLastStep]).toEqual([0, 1]);
  });

  test('runs due epochs in order of netuid, and one too many a block later', () => {
    const more = createEconomy({
      block: 1_000,
      subnets: [5, 3, 4].map((netuid) => ({
        netuid,
        tempo: 100,
        lastEpochBlock: 901,
        neurons: [{ hotkey: 'x' }],
      })),
    });
    const deferred = applyBlock(more);
    expect(deferred).toEqual([
      {
        pallet: 'SubtensorModule',
        name: 'EpochDeferred',
        fields: { netuid: 5, from_block: 1_001n, to_block: 1_002n },
      },
    ]);
    const figures = (netuid: number) => {
      const { epochIndex, lastEpochBlock, lastMechanismStepBlock, pendingEpochAt } = more.subnets[
        netuid
      ] as Subnet;
      return [epochIndex, lastEpochBlock, lastMechanismStepBlock, pendingEpochAt];
    };
    expect([3, 4, 5].map(figures)).toEqual([
      [1, 1_001, 1_001, 0],
      [1, 1_001, 1_001, 0],
      [0, 901, 0, 1_002],
    ]);
    expect(applyBlock(more)).toEqual([]);
    expect(figures(5)).toEqual([1, 1_002, 1_002, 0]);
  });

  test('says which epoch it skipped, and applies children all the same', () => {
    Object.assign(one(), { lastEpochBlock: 901, pendings: { ...one().pendings, server: 5n } });
    neuron(3).hotkey = 'm1';
    Object.assign(state.hotkeys.v1 as object, {
      pendingChildren: { 1: { children: [{ proportion: 5n, hotkey: 'v2' }], appliesAt: 0 } },
    });
    one().pendingParents = ['v1'];
    expect(applyBlock(state).map(({ name, fields }) => [name, fields.netuid])).toEqual([
      ['EpochSkipped', 1],
      ['SetChildren', 1],
    ]);
    expect(one()).toMatchObject({ blocksSinceLastStep: 1, lastMechanismStepBlock: 900 });
    expect(one().pendings.server).toBe(5n);
  });

  test('without an epoch applies no children', () => {
    one().lastEpochBlock = 1_000;
    Object.assign(state.hotkeys.v1 as object, {
      pendingChildren: { 1: { children: [], appliesAt: 0 } },
    });
    one().pendingParents = ['v1'];
    expect(applyBlock(state)).toEqual([]);
    expect(one().pendingParents).toEqual(['v1']);
  });
});
