import { describe, expect, test } from 'vitest';
import { smallGenesis } from '../../devnode/genesis/small.ts';
import { toDouble } from '../fixed.ts';
import type { EmissionRules } from '../parameters.ts';
import { createEconomy } from '../state.ts';
import { createProjection } from './create-projection.ts';
import { estimateBlockEmission } from './estimate-emission.ts';
import { FAST_FORWARD_DEFAULTS, fastForward, settingsOf } from './fast-forward.ts';
import { readEstimate } from './read-estimate.ts';
import { planWindow, walkWindow } from './walk-projection.ts';

const TAO = 1_000_000_000n;
const RULES: readonly EmissionRules[] = ['2025-02', '2025-11', '2026-06', '2026-08'];
const rao = (exact: bigint): number => toDouble(exact, 0);

describe('a fast-forward', () => {
  test('leaves the state as it is and says what it is', () => {
    const { economy } = smallGenesis();
    const estimate = fastForward(economy, { blocks: 1_000 });
    expect(economy).toEqual(smallGenesis().economy);
    expect(estimate).toMatchObject({ kind: 'estimate', method: 'fast-forward', unit: 'rao' });
    expect([estimate.fromBlock, estimate.toBlock]).toEqual([0, 1_000]);
  });

  test('is the same in two halves of the subnets over one board', () => {
    const { economy } = smallGenesis();
    const whole = fastForward(economy, { blocks: 1_000 });
    const settings = FAST_FORWARD_DEFAULTS;
    const first = createProjection(economy, settings);
    const second = createProjection(economy, settings, { board: first.board });
    for (let left = 1_000; left > 0; left -= settings.blocksPerStep) {
      const blocks = Math.min(left, settings.blocksPerStep);
      planWindow(first, blocks);
      planWindow(second, blocks);
      walkWindow(first, first.subnets.slice(0, 2), blocks);
      walkWindow(second, second.subnets.slice(2), blocks);
      first.block += blocks;
      second.block += blocks;
    }
    const parts = [readEstimate(economy, first, []), readEstimate(economy, second, [])] as const;
    const joined = [...parts[0].subnets.slice(0, 2), ...parts[1].subnets.slice(2)];
    expect(joined).toEqual(whole.subnets);
    expect(parts[0].taoIssuanceRaoEstimate).toBe(whole.taoIssuanceRaoEstimate);
  });

  test('turns root dividends into root stake when they are sold as they come', () => {
    const { economy } = smallGenesis();
    const accrued = fastForward(economy, { blocks: 2_000 });
    const sold = fastForward(economy, { blocks: 2_000, rootDividends: 'sell' });
    expect(accrued.rootTaoRaoEstimate).toBe(rao(economy.subnets[0]?.taoReserve ?? 0n));
    const gained = sold.rootTaoRaoEstimate - accrued.rootTaoRaoEstimate;
    const left = accrued.subnets.map(
      (one, i) =>
        one.taoReserveRaoEstimate - (sold.subnets[i]?.taoReserveRaoEstimate ?? Number.NaN),
    );
    expect(gained).toBeGreaterThan(1e9);
    // What left the pools is on root, but for a slightly different injection.
    expect(left.reduce((sum, one) => sum + one, 0) / gained).toBeCloseTo(1, 2);
    expect(sold.subnets.every((one) => one.hotkeys.every((h) => h.rootRateEstimate === 0))).toBe(
      true,
    );
  });

  test('halves the emission where the issuance passes a threshold', () => {
    const { economy } = smallGenesis();
    economy.taoIssuance = 15_749_999_999_000_000n;
    economy.taoElsewhere += economy.taoIssuance;
    const estimate = fastForward(economy, { blocks: 600 });
    const minted = estimate.taoIssuanceRaoEstimate - rao(economy.taoIssuance);
    expect(minted).toBeLessThan(0.5e9 * 62 + 0.25e9 * 540);
    expect(minted).toBeGreaterThan(0.25e9 * 590);
  });

  test('of subnets without neurons, alpha or TAO stays a number', () => {
    const economy = createEconomy({
      block: 1,
      balances: { x: TAO },
      subnets: [
        { netuid: 1, firstEmissionBlock: 1 },
        { netuid: 2, firstEmissionBlock: 1, taoReserve: 5n * TAO, tempo: 0 },
        { netuid: 3, firstEmissionBlock: 1, alphaIn: 5n * TAO, neurons: [{ hotkey: 'nobody' }] },
        { netuid: 4, firstEmissionBlock: null, taoReserve: TAO, alphaIn: TAO },
      ],
    });
    for (const rules of RULES) {
      economy.parameters.emissionRules = rules;
      const estimate = fastForward(economy, { blocks: 800 });
      const text = JSON.stringify(estimate, (_, value: unknown) =>
        typeof value === 'number' && !Number.isFinite(value) ? 'not a number' : value,
      );
      expect(text).not.toContain('not a number');
      expect(estimate.subnets.map(({ epochs }) => epochs)).toEqual([2, 0, 2, 2]);
    }
  });

  const blocks = 'blocks must be a whole number from 0 to 10512000';
  const steps = 'blocksPerStep must be a whole number from 1 to 360';
  const reuse = 'longestReuse must be a whole number from 0 to 10512000';
  const tolerance = 'tolerance must be from 0 to 1';
  test.each([
    [{ blocks: Number.NaN }, blocks],
    [{ blocks: -1 }, blocks],
    [{ blocks: 0.5 }, blocks],
    [{ blocks: 10_512_001 }, blocks],
    [{ blocks: 1, blocksPerStep: 0 }, steps],
    [{ blocks: 1, blocksPerStep: 361 }, steps],
    [{ blocks: 1, tolerance: Number.NaN }, tolerance],
    [{ blocks: 1, tolerance: -0.001 }, tolerance],
    [{ blocks: 1, tolerance: 1.001 }, tolerance],
    [{ blocks: 1, longestReuse: 0.5 }, reuse],
    [{ blocks: 1, longestReuse: -1 }, reuse],
  ])('with %o is refused', (options, why) => {
    expect(() => fastForward(createEconomy(), options)).toThrow(
      expect.objectContaining({
        code: 'ECONOMY_INVALID_INPUT',
        message: `Couldn't fast-forward: ${why}.`,
      }),
    );
  });

  test('may have options at their ends', () => {
    expect(settingsOf({ blocks: 10_512_000, blocksPerStep: 360, tolerance: 1 })).toEqual({
      blocksPerStep: 360,
      tolerance: 1,
      longestReuse: 32,
      rootDividends: 'accrue',
    });
    expect(settingsOf({ blocks: 0, blocksPerStep: 1, tolerance: 0, longestReuse: 0 })).toEqual({
      blocksPerStep: 1,
      tolerance: 0,
      longestReuse: 0,
      rootDividends: 'accrue',
    });
    expect(settingsOf({ blocks: 5, rootDividends: 'sell' })).toEqual({
      ...FAST_FORWARD_DEFAULTS,
      rootDividends: 'sell',
    });
  });

  test('follows positions on hotkeys that hold nothing yet, on root and nowhere', () => {
    const economy = createEconomy({
      subnets: [{ netuid: 1, taoReserve: 5n * TAO, alphaIn: 5n * TAO }],
      hotkeys: { h: { owner: 'o' } },
      stakes: [
        { hotkey: 'h', coldkey: 'a', netuid: 0, alphaRao: 7n * TAO },
        { hotkey: 'h', coldkey: 'a', netuid: 1, alphaRao: 3n * TAO },
      ],
    });
    const watch = [
      { hotkey: 'h', coldkey: 'a', netuid: 0 },
      { hotkey: 'h', coldkey: 'a', netuid: 1 },
      { hotkey: 'h', coldkey: 'b', netuid: 1 },
      { hotkey: 'x', coldkey: 'a', netuid: 1 },
      { hotkey: 'x', coldkey: 'a', netuid: 0 },
      { hotkey: 'h', coldkey: 'a', netuid: 9 },
    ];
    const { positions, subnets } = fastForward(economy, { blocks: 10, watch });
    expect(positions.map(({ stakeRaoEstimate }) => stakeRaoEstimate)).toEqual([
      7e9, 3e9, 0, 0, 0, 0,
    ]);
    expect(positions.map(({ stakeRaoEstimate: _, ...position }) => position)).toEqual(watch);
    const held = subnets[0]?.hotkeys;
    expect(held?.find(({ hotkey }) => hotkey === 'h')).toEqual({
      hotkey: 'h',
      alphaRaoEstimate: 3e9,
      growthEstimate: 1,
      rootRateEstimate: 0,
    });
  });
});

describe('the emission of a block, as a double', () => {
  test.each([
    [0, 1e9],
    [10.5e15 - 2, 1e9],
    [10.5e15, 5e8],
    [15.75e15, 2.5e8],
    [18.375e15, 1.25e8],
    [21e15 - 4, 0],
    [21e15, 0],
    [22e15, 0],
  ])('at an issuance of %d rao is %d', (issuance, emission) => {
    expect(estimateBlockEmission(issuance)).toBe(emission);
  });
});
