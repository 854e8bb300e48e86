import { describe, expect, it } from 'vitest';
import { isTaoError, type TaoError } from '../../errors/tao-error.ts';
import type { EpochInput, EpochSettings } from './epoch-types.ts';
import { sparseLinks } from './sparse-links.ts';
import { validateInput } from './validate-input.ts';

const settings: EpochSettings = {
  tempo: 360,
  lastMechanismStepBlock: 0,
  kappa: 65_535,
  bondsMovingAverage: 1_000_000,
  bondsPenalty: 65_535,
  yuma3: false,
  liquidAlpha: false,
  alphaLow: 65_535,
  alphaHigh: 65_535,
  alphaSigmoidSteepness: -32_767,
  maxAllowedValidators: 65_535,
};

const valid: EpochInput = {
  uids: 3,
  block: 0,
  emissionRao: 2n ** 64n - 1n,
  settings,
  activityCutoffBlocks: 0,
  stakeWeights: Float64Array.of(0, 1.5, 2 ** 64),
  stakeThreshold: 0,
  permits: Uint8Array.of(0, 1, 1),
  ownerUid: 2,
  lastUpdate: Float64Array.of(0, 1, 2),
  registeredAt: Float64Array.of(0, 1, Number.MAX_SAFE_INTEGER),
  commitBlock: Float64Array.of(0, 5, Number.POSITIVE_INFINITY),
  weights: sparseLinks([[], [[2, 5]], []]),
  bonds: { kind: 'dense', rows: Uint16Array.of(0, 2), values: new Uint16Array(6) },
};

/** The message and the facts of the refusal; undefined when the input passes. */
function refusal(change: Partial<EpochInput>): { message: string; data: unknown } | undefined {
  try {
    validateInput({ ...valid, ...change });
    return undefined;
  } catch (error) {
    expect(isTaoError(error, 'ECONOMY_INVALID_INPUT')).toBe(true);
    const { message, data, exitCode } = error as TaoError;
    expect(exitCode).toBe(1);
    return { message, data };
  }
}

const sparse = (start: number[], target: number[], value = target) => ({
  kind: 'sparse' as const,
  start: Uint32Array.from(start),
  target: Uint16Array.from(target),
  value: Uint16Array.from(value),
});

const dense = (rows: number[], entries: number) => ({
  kind: 'dense' as const,
  rows: Uint16Array.from(rows),
  values: new Uint16Array(entries),
});

describe('validateInput', () => {
  it('accepts what lies on the limits', () => {
    expect(refusal({})).toBeUndefined();
    expect(refusal({ ownerUid: null, emissionRao: 0n })).toBeUndefined();
    expect(refusal({ weights: sparse([0, 2, 2, 3], [2, 0, 2]) })).toBeUndefined();
    expect(refusal({ weights: sparse([0, 0, 0, 0], [7], []) })).toBeUndefined();
    expect(refusal({ bonds: dense([0, 1, 2], 9) })).toBeUndefined();
    const { commitBlock: _, ...withoutCommits } = valid;
    expect(() => validateInput(withoutCommits)).not.toThrow();
  });

  it('says which field is wrong, why, and what it was', () => {
    expect(refusal({ stakeWeights: Float64Array.of(0, Number.NaN, 0) })).toEqual({
      message: "Couldn't run the epoch: stakeWeights must be a number from zero up for uid 1.",
      data: { field: 'stakeWeights', value: 'NaN' },
    });
    expect(refusal({ block: 1.5 })).toEqual({
      message: `Couldn't run the epoch: block must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`,
      data: { field: 'block', value: '1.5' },
    });
    expect(refusal({ emissionRao: -1n })).toEqual({
      message: "Couldn't run the epoch: emissionRao must be a u64.",
      data: { field: 'emissionRao', value: '-1' },
    });
    expect(refusal({ permits: new Uint8Array(2) })).toEqual({
      message: "Couldn't run the epoch: permits must have 3 entries.",
      data: { field: 'permits', value: '2' },
    });
    expect(refusal({ weights: sparse([0, 1, 1, 1], [3]) })).toEqual({
      message: "Couldn't run the epoch: weights.target must be below 3 for uid 0.",
      data: { field: 'weights.target' },
    });
  });

  const wrong: readonly (readonly [string, Partial<EpochInput>, RegExp])[] = [
    ['too many uids', { uids: 4_097 }, /uids must be a whole number from 0 to 4096/],
    ['a negative cutoff', { activityCutoffBlocks: -1 }, /activityCutoffBlocks/],
    ['emission of 2^64', { emissionRao: 2n ** 64n }, /emissionRao must be a u64/],
    ['an owner beyond the uids', { ownerUid: 3 }, /ownerUid .* from 0 to 2/],
    ['a negative threshold', { stakeThreshold: -1 }, /stakeThreshold must not be negative/],
    ['a threshold of NaN', { stakeThreshold: Number.NaN }, /stakeThreshold/],
    ['negative stake', { stakeWeights: Float64Array.of(0, 0, -1) }, /stakeWeights .* uid 2/],
    ['endless stake', { stakeWeights: Float64Array.of(Infinity, 0, 0) }, /stakeWeights/],
    ['too few stakes', { stakeWeights: new Float64Array(2) }, /stakeWeights must have 3/],
    ['an update of NaN', { lastUpdate: Float64Array.of(0, Number.NaN, 0) }, /lastUpdate/],
    ['endless registration', { registeredAt: Float64Array.of(Infinity, 0, 0) }, /registeredAt/],
    ['a commit of NaN', { commitBlock: Float64Array.of(Number.NaN, 0, 0) }, /commitBlock/],
    ['a dense matrix too short', { bonds: dense([0, 1], 5) }, /bonds\.values must have 6/],
    ['dense rows in disorder', { bonds: dense([1, 0], 6) }, /bonds\.rows must ascend/],
    ['a dense row twice', { bonds: dense([1, 1], 6) }, /bonds\.rows must ascend/],
    ['a dense row beyond the uids', { bonds: dense([3], 3) }, /bonds\.rows must ascend/],
    ['too few starts', { weights: sparse([0, 1, 1], [1]) }, /weights\.start must have 4/],
    [
      'a first start above zero',
      { weights: sparse([1, 1, 1, 1], [1]) },
      /weights\.start must begin at zero/,
    ],
    [
      'links beyond the targets',
      { weights: sparse([0, 0, 0, 2], [1], [1, 2]) },
      /weights\.start must not point beyond/,
    ],
    [
      'links beyond the values',
      { weights: sparse([0, 0, 0, 2], [1, 2], [1]) },
      /weights\.start must not point beyond/,
    ],
    [
      'descending starts',
      { weights: sparse([0, 2, 1, 2], [0, 1]) },
      /weights\.start must not descend/,
    ],
    [
      'a start beyond the last',
      { weights: sparse([0, 3, 1, 1], [0]) },
      /weights\.start must not descend/,
    ],
    [
      'a target twice in a row',
      { weights: sparse([0, 3, 3, 3], [1, 0, 1]) },
      /weights\.target must not repeat for uid 0/,
    ],
    [
      'a repeat later on',
      { bonds: sparse([0, 0, 2, 4], [0, 1, 2, 2]) },
      /bonds\.target must not repeat for uid 2/,
    ],
  ];

  it.each(wrong)('refuses %s', (_, change, message) => {
    expect(refusal(change)?.message).toMatch(message);
  });

  const limits = {
    tempo: [-1, 0.5],
    lastMechanismStepBlock: [-1, Number.NaN],
    kappa: [-1, 65_536],
    bondsMovingAverage: [-1, 1_000_001],
    bondsPenalty: [-1, 65_536],
    alphaHigh: [-1, 65_536],
    alphaSigmoidSteepness: [-32_768, 32_768],
    maxAllowedValidators: [-1, 65_536],
  } as const;

  it.each(Object.entries(limits))('refuses settings whose %s is out of range', (field, values) => {
    for (const value of values) {
      const changed = { ...settings, alphaLow: 0, [field]: value };
      expect(refusal({ settings: changed })?.message).toContain(
        `: ${field} must be a whole number`,
      );
    }
  });

  it('refuses a lower rate above the upper one', () => {
    const crossed = { ...settings, alphaHigh: 5, alphaLow: 6 };
    expect(refusal({ settings: crossed })?.message).toMatch(/alphaLow .* from 0 to 5/);
  });
});
