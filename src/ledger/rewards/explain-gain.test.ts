import { describe, expect, test } from 'vitest';
import { ALICE, poolOf, VALIDATOR } from '../testing.ts';
import type { KnownFacts } from '../types.ts';
import { computeRewards } from './compute-rewards.ts';
import { explainGain, type Pattern } from './explain-gain.ts';
import { factsOf, HALF, only, stamp } from './testing.ts';

describe('how a position begins', () => {
  test('flows that make up the first sample opened it, up to rounding', () => {
    const facts = factsOf({
      samples: [[1_002, 1_009n, HALF]],
      flows: [[1_001, { alphaRao: 999n, taoRao: 510n }]],
    });
    expect(only(facts)).toMatchObject({
      opened: { kind: 'opened', block: stamp(1_001) },
      start: stamp(1_001),
      alphaStartRao: 0n,
      emissionAlphaRao: 10n,
      inexact: [],
    });
  });

  test('what exceeds them was there before: observed since, valued at the sample, not earned', () => {
    const facts = factsOf({
      samples: [[1_002, 1_010n, HALF]],
      flows: [[1_001, { alphaRao: 999n, taoRao: 510n }]],
    });
    expect(only(facts)).toMatchObject({
      opened: { kind: 'observed-since', block: stamp(1_001) },
      alphaStartRao: 11n,
      emissionAlphaRao: 0n,
      tao: { startValueRao: 6n, valueNowRao: 505n, resultRao: -11n },
      inexact: ['opening-not-observed'],
    });
  });

  test('less than they brought is missing', () => {
    const facts = factsOf({
      samples: [[1_002, 988n, HALF]],
      flows: [[1_001, { alphaRao: 999n, taoRao: 510n }]],
    });
    expect(only(facts)).toMatchObject({
      opened: { kind: 'opened', block: stamp(1_001) },
      alphaStartRao: 0n,
      emissionAlphaRao: 0n,
      unexplained: [{ from: stamp(1_001), to: stamp(1_002), alphaRao: -11n, reason: 'shrank' }],
      inexact: ['unexplained-change'],
    });
  });

  test('without flows it is observed since the first sample', () => {
    expect(
      only(
        factsOf({
          samples: [
            [1_000, 700n, HALF],
            [1_400, 701n, HALF],
          ],
        }),
      ),
    ).toMatchObject({
      opened: { kind: 'observed-since', block: stamp(1_000) },
      alphaStartRao: 700n,
      emissionAlphaRao: 1n,
      tao: { startValueRao: 350n, valueNowRao: 350n, emissionRao: 0n, resultRao: 0n },
      inexact: ['opening-not-observed'],
    });
  });

  test('an empty position is opened by the flow, however often it was seen empty', () => {
    const facts = factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_001, 0n, HALF],
        [1_003, 999n, HALF],
      ],
      flows: [[1_002, { alphaRao: 999n, taoRao: 510n }]],
    });
    expect(only(facts).opened).toEqual({ kind: 'opened', block: stamp(1_002) });
  });

  test('one rao that came from nowhere is seen from there on', () => {
    const facts = factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_400, 1n, HALF],
        [1_500, 1n, HALF],
      ],
    });
    expect(only(facts).opened).toEqual({ kind: 'observed-since', block: stamp(1_400) });
  });

  test('flows alone are all there is until a sample is taken', () => {
    const pool = { ...poolOf(8, HALF), block: stamp(1_001) };
    const facts = factsOf({
      flows: [
        [1_001, { alphaRao: 999n, taoRao: 510n }],
        [1_003, { direction: 'out', alphaRao: 99n, taoRao: 40n }],
      ],
      changes: { pools: [pool] },
    });
    expect(only(facts)).toMatchObject({
      opened: { kind: 'opened', block: stamp(1_001) },
      start: stamp(1_001),
      end: stamp(1_003),
      sampleCount: 0,
      alphaNowRao: 900n,
      tao: undefined,
      inexact: ['never-sampled'],
    });
  });

  test('a position that was always listed as empty is none', () => {
    expect(
      computeRewards(
        factsOf({
          samples: [
            [1_000, 0n, HALF],
            [1_400, 0n, HALF],
          ],
        }),
      ),
    ).toEqual([]);
  });
});

describe('what cannot have been earned', () => {
  const reasonsOf = (facts: KnownFacts): unknown =>
    only(facts).unexplained.map((change) => [change.reason, change.alphaRao]);

  test('alpha that left without a flow, beyond the rounding of share pools', () => {
    expect(
      reasonsOf(
        factsOf({
          samples: [
            [1_000, 1_000n, HALF],
            [1_400, 990n, HALF],
          ],
        }),
      ),
    ).toEqual([]);
    const facts = factsOf({
      samples: [
        [1_000, 1_000n, HALF],
        [1_400, 989n, HALF],
      ],
    });
    expect(reasonsOf(facts)).toEqual([['shrank', -11n]]);
    expect(only(facts)).toMatchObject({
      emissionAlphaRao: 0n,
      tao: { unexplainedRao: -6n, emissionRao: 0n, resultRao: -6n, tradeCostRao: 0n },
    });
  });

  test('alpha in an empty position', () => {
    const facts = factsOf({
      samples: [
        [1_000, 0n, HALF],
        [1_400, 11n, HALF],
      ],
    });
    expect(reasonsOf(facts)).toEqual([['from-nothing', 11n]]);
    expect(only(facts).opened).toEqual({ kind: 'observed-since', block: stamp(1_400) });
  });

  test('more than the subnet can have minted, pending emission included', () => {
    const minted = (400n + 50_400n) * 1_000_000_000n;
    const grown = (gain: bigint): KnownFacts =>
      factsOf({
        samples: [
          [1_000, minted, HALF],
          [1_400, minted + gain, HALF],
        ],
      });
    expect(reasonsOf(grown(minted))).toEqual([]);
    expect(reasonsOf(grown(minted + 1n))).toEqual([['more-than-minted', minted + 1n]]);
  });

  test('root has no such limit: its dividends come from every subnet', () => {
    const huge = 10n ** 17n;
    const samples = [
      [1_000, huge],
      [1_400, 2n * huge],
    ] as const;
    expect(only(factsOf({ samples, netuid: 0 })).emissionAlphaRao).toBe(huge);
  });

  test('over ten times the growth seen before, per alpha and block', () => {
    const steady = [
      [1_000, 100_000n, HALF],
      [1_360, 100_100n, HALF],
      [1_720, 100_200n, HALF],
      [2_080, 100_300n, HALF],
    ] as const;
    // Earned 300 over 108,108,000 alpha-blocks; ten times that over 720 blocks of 100,300 is 2,003.996.
    const grown = (gain: bigint): KnownFacts =>
      factsOf({ samples: [...steady, [2_440, 100_300n + gain, HALF]] });
    expect(reasonsOf(grown(2_003n))).toEqual([]);
    expect(reasonsOf(grown(2_004n))).toEqual([['out-of-pattern', 2_004n]]);
  });

  test('time without growth counts in what was earned before', () => {
    const grown = (gain: bigint): KnownFacts =>
      factsOf({
        samples: [
          [1_000, 100_000n, HALF],
          [1_360, 100_100n, HALF],
          [1_720, 100_200n, HALF],
          [2_080, 100_300n, HALF],
          [2_440, 100_300n, HALF],
          [2_800, 100_400n, HALF],
          [3_160, 100_400n + gain, HALF],
        ],
      });
    // 400 earned over 180,324,000 alpha-blocks; ten times that over 720 of 100,400 is 1,603.5.
    expect(reasonsOf(grown(1_603n))).toEqual([]);
    expect(reasonsOf(grown(1_604n))).toEqual([['out-of-pattern', 1_604n]]);
  });

  test('a payout after idle samples is in the pattern of the time it took', () => {
    const samples: [number, bigint, bigint][] = [[1_000, 1_000_000n, HALF]];
    for (let tempo = 1; tempo <= 6; tempo += 1) {
      for (let part = 1; part <= 23; part += 1) {
        samples.push([
          1_000 + (tempo - 1) * 7_200 + part * 300,
          1_000_000n + BigInt(tempo - 1) * 500n,
          HALF,
        ]);
      }
      samples.push([1_000 + tempo * 7_200, 1_000_000n + BigInt(tempo) * 500n, HALF]);
    }
    expect(only(factsOf({ samples }))).toMatchObject({ emissionAlphaRao: 3_000n, unexplained: [] });
  });

  test('a claim that was seen to be owed explains growth', () => {
    const samples = [
      [1_000, 0n, HALF],
      [1_400, 700n, HALF],
    ] as const;
    const claim = { coldkey: ALICE, hotkey: VALIDATOR, netuid: 8 };
    const changes = {
      claimable: [
        { ...claim, alphaRao: 400n, block: stamp(1_000) },
        { ...claim, alphaRao: 50n, block: stamp(1_400) },
      ],
    };
    expect(reasonsOf(factsOf({ samples, changes }))).toEqual([]);
    // Listed completely and not there: all 400 were claimed, and twice that explains 800.
    const gone = {
      claimable: changes.claimable.slice(0, 1),
      complete: [
        { coldkey: ALICE, block: stamp(1_400) },
        { coldkey: 'somebody else', block: stamp(1_300) },
      ],
    };
    expect(reasonsOf(factsOf({ samples, changes: gone }))).toEqual([]);
    const elsewhere = { ...gone, complete: [{ coldkey: 'somebody else', block: stamp(1_400) }] };
    expect(reasonsOf(factsOf({ samples, changes: elsewhere }))).toEqual([['from-nothing', 700n]]);
    const more = [samples[0], [1_400, 701n, HALF]] as const;
    expect(reasonsOf(factsOf({ samples: more, changes }))).toEqual([['from-nothing', 701n]]);
  });
});

describe('by the growth of the pool', () => {
  const none: Pattern = { growths: 0, earnedRao: 0n, alphaBlocks: 0n, idleBlocks: 7 };
  const steady: Pattern = { growths: 3, earnedRao: 1n, alphaBlocks: 10n ** 12n, idleBlocks: 0 };
  const explained = (changes: Partial<Parameters<typeof explainGain>[0]>) =>
    explainGain({
      gainRao: 100n,
      beforeRao: 1_000_000n,
      blocks: 360,
      netuid: 8,
      claimedRao: 0n,
      pattern: none,
      mostClaimed: () => 0n,
      mostEarned: undefined,
      ...changes,
    });
  const grew = (gainRao: bigint) => ({
    growths: 1,
    earnedRao: gainRao,
    alphaBlocks: 360_000_000n,
    idleBlocks: 0,
  });

  test('what the pool gave is earned, whatever was usual, up to rounding', () => {
    const mostEarned = { stakerRao: 900n, ownerRao: 1_000n };
    const pattern = steady;
    expect(explained({ gainRao: 1_010n, pattern, mostEarned })).toMatchObject({
      reason: undefined,
      pattern: { growths: 4, earnedRao: 1_011n },
    });
    expect(explained({ gainRao: 1_011n, pattern, mostEarned }).reason).toBe('out-of-pattern');
    // Also where nothing was held at the look before.
    const first = { gainRao: 1_010n, beforeRao: 0n, mostEarned };
    expect(explained(first).reason).toBeUndefined();
    expect(explained({ ...first, gainRao: 1_011n }).reason).toBe('from-nothing');
  });

  test('without a pattern up to ten times as much is, where the pool paid something', () => {
    const mostEarned = { stakerRao: 11n, ownerRao: 11n };
    expect(explained({ gainRao: 110n, mostEarned })).toEqual({
      reason: undefined,
      pattern: grew(110n),
    });
    expect(explained({ gainRao: 111n, mostEarned }).reason).toBe('out-of-pattern');
    const little = { stakerRao: 10n, ownerRao: 10n };
    expect(explained({ gainRao: 9_999n, mostEarned: little }).reason).toBeUndefined();
    expect(explained({ gainRao: 9_999n }).reason).toBeUndefined();
  });

  test('a claim explains twice what was owed, by looks or by rates, whichever is more', () => {
    const first = { beforeRao: 0n, gainRao: 100n };
    const idle = { ...none, idleBlocks: 367 };
    for (const [claimedRao, rated] of [
      [50n, 0n],
      [0n, 50n],
      [50n, 49n],
      [49n, 50n],
    ] as const) {
      const claim = { ...first, claimedRao, mostClaimed: () => rated };
      expect(explained(claim)).toEqual({ reason: undefined, pattern: idle });
      expect(explained({ ...claim, gainRao: 101n }).reason).toBe('from-nothing');
    }
  });

  test('what is within rounding is neither growth nor a loss', () => {
    const still = { growths: 0, earnedRao: 0n, alphaBlocks: 360_000_000n, idleBlocks: 367 };
    expect(explained({ gainRao: 10n })).toEqual({ reason: undefined, pattern: still });
    expect(explained({ gainRao: -10n })).toEqual({ reason: undefined, pattern: still });
    expect(explained({ gainRao: 11n })).toEqual({ reason: undefined, pattern: grew(11n) });
    expect(explained({ gainRao: -11n })).toEqual({
      reason: 'shrank',
      pattern: { ...none, idleBlocks: 367 },
    });
  });

  test('of a pattern exactly ten times as much can be earned', () => {
    // 100 rao in 7,200,000 alpha-blocks; ten times that over 720 blocks of a thousand is 100.
    const pattern = { growths: 3, earnedRao: 100n, alphaBlocks: 7_200_000n, idleBlocks: 0 };
    const gain = { beforeRao: 1_000n, pattern };
    expect(explained({ ...gain, gainRao: 100n }).reason).toBeUndefined();
    expect(explained({ ...gain, gainRao: 101n }).reason).toBe('out-of-pattern');
  });
});
