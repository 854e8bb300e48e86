import { describe, expect, test } from 'vitest';
import { smallGenesis } from '../../devnode/genesis/small.ts';
import { toDouble } from '../fixed.ts';
import type { EmissionRules } from '../parameters.ts';
import { createEconomy } from '../state.ts';
import { createProjection } from './create-projection.ts';
import { FAST_FORWARD_DEFAULTS, fastForward } from './fast-forward.ts';
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

  const wrong: [string, object][] = [
    ['no number of blocks', { blocks: Number.NaN }],
    ['negative blocks', { blocks: -1 }],
    ['half a block', { blocks: 0.5 }],
    ['ten years', { blocks: 26_280_000 }],
    ['steps of no block', { blocks: 1, blocksPerStep: 0 }],
    ['steps beyond a tempo', { blocks: 1, blocksPerStep: 361 }],
    ['a tolerance that is not a number', { blocks: 1, tolerance: Number.NaN }],
    ['a negative tolerance', { blocks: 1, tolerance: -1 }],
    ['half a tempo of reuse', { blocks: 1, longestReuse: 0.5 }],
  ];
  test.each(wrong)('over %s is refused', (_, options) => {
    const run = () => fastForward(createEconomy(), options as { blocks: number });
    expect(run).toThrow(expect.objectContaining({ code: 'ECONOMY_INVALID_INPUT' }));
  });
});
