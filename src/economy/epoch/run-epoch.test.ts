import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactEpoch } from '../../../test/helpers/exact-epoch.ts';
import type { EpochInput, EpochResult, EpochSettings, Links } from './epoch-types.ts';
import { runEpoch } from './run-epoch.ts';
import { type SparsePair, sparseLinks } from './sparse-links.ts';
import { createEpochWorkspace } from './workspace.ts';

const ONE = 2 ** 32;
const shared = createEpochWorkspace(4, 8);

const classic: EpochSettings = {
  tempo: 10,
  lastMechanismStepBlock: 50,
  kappa: 32_767,
  bondsMovingAverage: 900_000,
  bondsPenalty: 65_535,
  yuma3: false,
  liquidAlpha: false,
  alphaLow: 6_553,
  alphaHigh: 19_660,
  alphaSigmoidSteepness: 1_000,
  maxAllowedValidators: 64,
};

/** What the chain stores of a result, in plain values. */
function plain(result: EpochResult) {
  const { bonds } = result;
  return {
    permits: Array.from(result.permits, (flag) => flag === 1),
    active: Array.from(result.active, (flag) => flag === 1),
    stakeWeight: [...result.stakeWeight],
    consensus: [...result.consensus],
    validatorTrust: [...result.validatorTrust],
    incentive: [...result.incentive],
    dividends: [...result.dividends],
    serverRao: [...result.serverRao],
    validatorRao: [...result.validatorRao],
    emissionRao: [...result.emissionRao],
    bonds: Array.from({ length: result.uids }, (_, uid) => {
      const first = bonds.start[uid] as number;
      const end = bonds.start[uid + 1] as number;
      return [...bonds.target.subarray(first, end)].map((target, at) => [
        target,
        bonds.value[first + at] as number,
      ]);
    }),
  };
}

const u16 = fc.oneof(
  fc.integer({ min: 0, max: 65_535 }),
  fc.constantFrom(0, 1, 2, 32_767, 32_768, 65_534, 65_535),
);

const settingsArb: fc.Arbitrary<EpochSettings> = fc
  .record({
    tempo: fc.integer({ min: 0, max: 200 }),
    lastMechanismStepBlock: fc.constantFrom(0, 1, 40, 99),
    kappa: u16,
    bondsMovingAverage: fc.constantFrom(0, 1, 900_000, 975_000, 1_000_000),
    bondsPenalty: u16,
    yuma3: fc.boolean(),
    liquidAlpha: fc.boolean(),
    low: u16,
    high: u16,
    alphaSigmoidSteepness: fc.integer({ min: -2_000, max: 2_000 }),
    maxAllowedValidators: fc.integer({ min: 0, max: 40 }),
  })
  .map(({ low, high, ...rest }) => ({
    ...rest,
    alphaLow: Math.min(low, high),
    alphaHigh: Math.max(low, high),
  }));

/** Links of each uid: some to all targets, some to a few in any order, some to none. */
function rowsArb(uids: number): fc.Arbitrary<SparsePair[][]> {
  const full = fc.array(u16, { minLength: uids, maxLength: uids });
  const few = fc.uniqueArray(fc.tuple(fc.nat({ max: uids - 1 }), u16), {
    selector: ([target]) => target,
    maxLength: 4,
  });
  const row = fc.oneof(
    full.map((values) => values.map((value, target): SparsePair => [target, value])),
    few,
    fc.constant<SparsePair[]>([]),
  );
  return fc.array(row, { minLength: uids, maxLength: uids });
}

function asDense(rows: SparsePair[][]): Links {
  const uids = rows.length;
  const given = rows.flatMap((row, uid) => (row.length > 0 ? [uid] : []));
  const values = new Uint16Array(given.length * uids);
  given.forEach((uid, at) => {
    for (const [target, value] of rows[uid] ?? []) values[at * uids + target] = value;
  });
  return { kind: 'dense', rows: Uint16Array.from(given), values };
}

const inputArb: fc.Arbitrary<EpochInput> = fc.integer({ min: 1, max: 28 }).chain((uids) => {
  const blocks = fc.array(fc.integer({ min: 0, max: 110 }), { minLength: uids, maxLength: uids });
  const amounts = fc.array(
    fc.oneof(fc.constantFrom(0, 1, 5, 5), fc.integer({ min: 0, max: 2 ** 50 })),
    { minLength: uids, maxLength: uids },
  );
  const flags = fc.array(fc.constantFrom(0, 1, 1, 1), { minLength: uids, maxLength: uids });
  return fc
    .record({
      settings: settingsArb,
      stake: amounts,
      permits: flags,
      update: blocks,
      registered: fc.oneof(
        blocks.map((list) => list.map((block) => block % 60)),
        fc.constant(Array<number>(uids).fill(0)),
      ),
      commit: fc.option(blocks, { nil: undefined }),
      weights: rowsArb(uids),
      bonds: rowsArb(uids),
      dense: fc.tuple(fc.boolean(), fc.boolean()),
      owner: fc.option(fc.nat({ max: uids - 1 })),
      threshold: fc.constantFrom(0, 1, 6),
      cutoff: fc.constantFrom(5_000, 20),
      emission: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    })
    .map((raw) => ({
      uids,
      block: 100,
      emissionRao: raw.emission,
      settings: raw.settings,
      activityCutoffBlocks: raw.cutoff,
      stakeWeights: Float64Array.from(raw.stake),
      stakeThreshold: raw.threshold,
      permits: Uint8Array.from(raw.permits),
      ownerUid: raw.owner,
      lastUpdate: Float64Array.from(raw.update),
      registeredAt: Float64Array.from(raw.registered),
      ...(raw.commit === undefined ? {} : { commitBlock: Float64Array.from(raw.commit) }),
      weights: raw.dense[0] ? asDense(raw.weights) : sparseLinks(raw.weights),
      bonds: raw.dense[1] ? asDense(raw.bonds) : sparseLinks(raw.bonds),
    }));
});

describe('runEpoch', () => {
  it('gives what whole matrices of big integers give, to the last rao', () => {
    fc.assert(
      fc.property(inputArb, (input) => {
        expect(plain(runEpoch(input, shared))).toEqual(exactEpoch(input));
      }),
      { numRuns: 1_500, seed: 20_260_630 },
    );
  });

  it('does not depend on how much room the workspace has, nor on what ran in it before', () => {
    fc.assert(
      fc.property(inputArb, inputArb, (input, other) => {
        const roomy = createEpochWorkspace(40, 40);
        runEpoch(other, roomy);
        const expected = plain(runEpoch(input, createEpochWorkspace(0, 0)));
        expect(plain(runEpoch(input, roomy))).toEqual(expected);
      }),
      { numRuns: 100, seed: 7 },
    );
  });
});

/** Ten validators in a row, each with weights for twenty miners. */
function marketOf(rows: readonly (readonly number[])[], settings: EpochSettings): EpochInput {
  const validators = rows.length;
  const uids = validators + 20;
  const links = Array.from({ length: uids }, (_, uid) =>
    (rows[uid] ?? []).map((value, miner): SparsePair => [validators + miner, value]),
  );
  return {
    uids,
    block: 100,
    emissionRao: 1_000_000_000n,
    settings,
    activityCutoffBlocks: 5_000,
    stakeWeights: Float64Array.from({ length: uids }, (_, uid) =>
      uid < validators ? 1_000 + uid * 77 : 0,
    ),
    stakeThreshold: 0,
    permits: Uint8Array.from({ length: uids }, (_, uid) => (uid < validators ? 1 : 0)),
    ownerUid: null,
    lastUpdate: new Float64Array(uids).fill(90),
    registeredAt: new Float64Array(uids).fill(1),
    weights: sparseLinks(links),
    bonds: sparseLinks(links.map((row) => row.slice(0, 5))),
  };
}

const marketArb = fc.array(fc.array(u16, { minLength: 20, maxLength: 20 }), {
  minLength: 1,
  maxLength: 10,
});

describe('the rules of an epoch', () => {
  it('keep incentives when all stake grows by one factor', () => {
    fc.assert(
      fc.property(marketArb, fc.integer({ min: 2, max: 1_000 }), (rows, factor) => {
        const input = marketOf(rows, classic);
        const before = plain(runEpoch(input, shared));
        const stakeWeights = input.stakeWeights.map((weight) => weight * factor);
        expect(plain(runEpoch({ ...input, stakeWeights }, shared))).toEqual(before);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('treat miners alike, whatever their uid', () => {
    fc.assert(
      fc.property(
        marketArb,
        fc.constantFrom(classic, { ...classic, yuma3: true, liquidAlpha: true, bondsPenalty: 0 }),
        fc.shuffledSubarray([...Array(20).keys()], { minLength: 20, maxLength: 20 }),
        (rows, settings, order) => {
          const first = rows.length;
          const noBonds = sparseLinks(Array.from({ length: first + 20 }, () => []));
          const input = { ...marketOf(rows, settings), bonds: noBonds };
          const straight = plain(runEpoch(input, shared));
          const moved = rows.map((row) => order.map((miner) => row[miner] as number));
          const shuffled = plain(
            runEpoch({ ...marketOf(moved, settings), bonds: noBonds }, shared),
          );
          const miners = order.map((miner) => first + miner);
          for (const field of ['incentive', 'consensus', 'serverRao'] as const) {
            expect(shuffled[field].slice(first)).toEqual(
              miners.map((uid) => straight[field][uid] as number | bigint),
            );
          }
          expect(shuffled.dividends).toEqual(straight.dividends);
          expect(shuffled.validatorTrust).toEqual(straight.validatorTrust);
        },
      ),
      { numRuns: 100, seed: 2 },
    );
  });

  it('let no weight above consensus count', () => {
    fc.assert(
      fc.property(marketArb, u16, (rows, kappa) => {
        const result = runEpoch(marketOf(rows, { ...classic, kappa }), shared);
        const { consensus } = result.fractions;
        rows.forEach((row, uid) => {
          const total = row.reduce((sum, value) => sum + value, 0);
          const most = row.reduce(
            (sum, value, miner) =>
              sum +
              Math.min(
                total === 0 ? 0 : Math.floor((value * ONE) / total),
                consensus[rows.length + miner] as number,
              ),
            0,
          );
          expect(result.validatorTrust[uid]).toBe(Math.floor((most * 65_535) / ONE));
        });
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('give finite, normalised results that never exceed the emission', () => {
    fc.assert(
      fc.property(inputArb, (input) => {
        const result = runEpoch(input, shared);
        for (const list of [result.fractions.incentive, result.fractions.dividends]) {
          const sum = list.reduce((total, value) => total + value, 0);
          expect(list.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
          expect(sum === 0 || (sum <= ONE && sum > ONE - input.uids)).toBe(true);
        }
        const paid = [...result.serverRao, ...result.validatorRao].reduce((a, b) => a + b, 0n);
        expect(paid <= input.emissionRao).toBe(true);
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe('an epoch at the edges', () => {
  it('of no uids is empty', () => {
    const nothing = sparseLinks([]);
    const input: EpochInput = {
      ...marketOf([], classic),
      uids: 0,
      stakeWeights: new Float64Array(0),
      permits: new Uint8Array(0),
      lastUpdate: new Float64Array(0),
      registeredAt: new Float64Array(0),
      weights: nothing,
      bonds: nothing,
    };
    expect(plain(runEpoch(input, shared))).toMatchObject({ permits: [], incentive: [], bonds: [] });
  });

  it('of one validator gives it all dividends and its miners what it says', () => {
    const result = plain(runEpoch(marketOf([[3, 1, ...Array(18).fill(0)]], classic), shared));
    expect(result.dividends[0]).toBe(65_535);
    expect(result.incentive.slice(0, 4)).toEqual([0, 49_151, 16_383, 0]);
    expect(result.validatorRao[0]).toBe(500_000_000n);
    expect(result.serverRao.slice(0, 3)).toEqual([0n, 375_000_000n, 125_000_000n]);
  });

  it('of weights that are all zero pays validators by stake', () => {
    const result = plain(
      runEpoch(marketOf([Array(20).fill(0), Array(20).fill(0)], classic), shared),
    );
    expect(result.incentive.every((value) => value === 0)).toBe(true);
    expect(result.serverRao.every((rao) => rao === 0n)).toBe(true);
    expect(result.validatorRao.slice(0, 2)).toEqual([481_463_649n, 518_536_350n]);
  });

  it('of 4,096 uids works, and grows a smaller workspace', () => {
    const uids = 4_096;
    const links = sparseLinks(
      Array.from({ length: uids }, (_, uid) =>
        uid < 3 ? [[4_095, 40_000] as const, [1_000 + uid, 20_000] as const] : [],
      ),
    );
    const input: EpochInput = {
      ...marketOf([[1]], classic),
      uids,
      stakeWeights: Float64Array.from({ length: uids }, (_, uid) => (uid < 3 ? 10 : 0)),
      permits: new Uint8Array(uids).fill(1),
      lastUpdate: new Float64Array(uids).fill(90),
      registeredAt: new Float64Array(uids).fill(1),
      weights: links,
      bonds: links,
    };
    const result = runEpoch(input, createEpochWorkspace(64, 256));
    expect(result.incentive[4_095]).toBe(65_535);
    expect([...result.dividends.subarray(0, 4)]).toEqual([21_844, 21_844, 21_844, 0]);
    expect(result.serverRao[4_095]).toBe(500_000_000n);
  });
});
