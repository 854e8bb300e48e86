import { describe, expect, test } from 'vitest';
import { smallGenesis } from '../../devnode/genesis/small.ts';
import { refreshAutopilots } from '../../devnode/runtime/autopilot.ts';
import type { ChainState } from '../../devnode/state/chain-state.ts';
import { applyBlock } from '../block.ts';
import { linkChildren } from '../children.ts';
import { toDouble } from '../fixed.ts';
import { mechanismsOf, setMechanismCount, setMechanismSplit } from '../mechanisms.ts';
import type { EmissionRules } from '../parameters.ts';
import { poolPriceBits } from '../pool.ts';
import { hotkeyStake, stakeOf } from '../stake-ledger.ts';
import { createEconomy, type EconomyState } from '../state.ts';
import type { Subnet } from '../subnet.ts';
import { createProjection } from './create-projection.ts';
import type { FastForwardEstimate, WatchedPosition } from './estimate-types.ts';
import { FAST_FORWARD_DEFAULTS, fastForward } from './fast-forward.ts';
import { readEstimate } from './read-estimate.ts';
import { planWindow, walkWindow } from './walk-projection.ts';

const TEMPOS = 20;
const BLOCKS = 360 * TEMPOS;
const TAO = 1_000_000_000n;

function exactAfter(chain: ChainState, blocks: number): EconomyState {
  const { economy } = chain;
  for (let block = 0; block < blocks; block += 1) {
    applyBlock(economy);
    refreshAutopilots(chain, economy.block);
  }
  return economy;
}

const relative = (estimate: number, exact: number): number =>
  Math.abs(exact === 0 ? estimate : estimate / exact - 1);
const rao = (exact: bigint): number => toDouble(exact, 0);

function everyPosition(state: EconomyState): WatchedPosition[] {
  return Object.entries(state.hotkeys).flatMap(([hotkey, { pools }]) =>
    Object.entries(pools).flatMap(([netuid, pool]) =>
      Object.keys(pool.shares).map((coldkey) => ({ hotkey, coldkey, netuid: Number(netuid) })),
    ),
  );
}

/** The largest relative deviation of the figures of each kind. */
function deviations(estimate: FastForwardEstimate, exact: EconomyState) {
  const worst = { tao: 0, pool: 0, price: 0, ema: 0, alpha: 0, position: 0 };
  const note = (kind: keyof typeof worst, off: number): void => {
    worst[kind] = Math.max(worst[kind], off);
  };
  note('tao', relative(estimate.taoIssuanceRaoEstimate, rao(exact.taoIssuance)));
  for (const one of estimate.subnets) {
    const subnet = exact.subnets[one.netuid] as Subnet;
    expect(one.epochs).toBe(subnet.epochIndex);
    note('tao', relative(one.taoReserveRaoEstimate, rao(subnet.taoReserve)));
    note('pool', relative(one.alphaInRaoEstimate, rao(subnet.alphaIn)));
    note('pool', relative(one.alphaOutRaoEstimate, rao(subnet.alphaOut)));
    note('price', relative(one.priceEstimate, toDouble(poolPriceBits(subnet), 64)));
    note('ema', relative(one.emaPriceEstimate, toDouble(subnet.emaPriceBits, 32)));
    for (const { hotkey, alphaRaoEstimate } of one.hotkeys) {
      note('alpha', relative(alphaRaoEstimate, rao(hotkeyStake(exact, hotkey, one.netuid))));
    }
  }
  for (const { hotkey, coldkey, netuid, stakeRaoEstimate } of estimate.positions) {
    note('position', relative(stakeRaoEstimate, rao(stakeOf(exact, hotkey, coldkey, netuid))));
  }
  return worst;
}

const RULES: readonly EmissionRules[] = ['2025-02', '2025-11', '2026-06', '2026-08'];

function small(rules: EmissionRules): ChainState {
  const chain = smallGenesis();
  chain.economy.parameters.emissionRules = rules;
  if (rules === '2026-08') chain.economy.parameters.rootRules = 'baskets';
  return chain;
}

describe('twenty tempos of the small chain, fast-forwarded', () => {
  test.each(RULES)('lie where the exact machine arrives under the rules of %s', (rules) => {
    const chain = small(rules);
    const { economy } = chain;
    const watch = everyPosition(economy);
    const usual = fastForward(economy, { blocks: BLOCKS, watch });
    const close = fastForward(economy, { blocks: BLOCKS, watch, tolerance: 0 });
    const exact = exactAfter(chain, BLOCKS);
    // Measured 9e-11, 1.2e-10, 6e-11, 5.3e-7, 5.6e-6, 5.6e-6; the promise is 1e-4.
    const far = deviations(usual, exact);
    expect(far.tao).toBeLessThan(1e-9);
    expect(far.pool).toBeLessThan(1e-9);
    expect(far.price).toBeLessThan(1e-9);
    expect(far.ema).toBeLessThan(1e-6);
    expect(far.alpha).toBeLessThan(1e-5);
    expect(far.position).toBeLessThan(1e-5);
    // With every epoch run only rounding is left.
    const near = deviations(close, exact);
    expect(near.alpha).toBeLessThan(1e-8);
    expect(near.position).toBeLessThan(1e-8);
    expect(close.subnets.every(({ epochs, epochsRun }) => epochs === epochsRun)).toBe(true);
    expect(usual.subnets.every(({ epochs, epochsRun }) => epochsRun < epochs)).toBe(true);
  });

  test('follow children, auto-stake, withheld incentive and two mechanisms', () => {
    const chain = small('2026-06');
    const { economy } = chain;
    const subnet = economy.subnets[4] as Subnet;
    const key = (uid: number): string => subnet.neurons[uid]?.hotkey as string;
    const half = 2n ** 63n;
    linkChildren(economy, key(1), 4, [{ proportion: half, hotkey: key(2) }]);
    (economy.hotkeys[key(2)] as { childkeyTakes: object }).childkeyTakes = { 4: 6_000 };
    const miner = economy.hotkeys[key(7)]?.owner as string;
    (economy.coldkeys[miner] as { autoStake: object }).autoStake = { 4: key(3) };
    subnet.recycleOrBurn = 'recycle';
    (subnet.neurons[3] as { weights: object }).weights = [
      [0, 65_535],
      [8, 65_535],
    ];
    subnet.maxAllowedUids = 128;
    const owner = { coldkey: subnet.owner, netuid: 4 };
    expect(setMechanismCount(economy, { ...owner, count: 2 }).ok).toBe(true);
    expect(setMechanismSplit(economy, { ...owner, split: [40_000, 25_535] }).ok).toBe(true);
    for (const uid of [1, 2]) {
      const links = { weights: [[7 + uid, 65_535]], bonds: [], lastUpdate: 1e6, incentive: 0 };
      Object.assign(subnet.neurons[uid] as object, { further: [links] });
    }
    expect(mechanismsOf(subnet)).toBe(2);
    const watch = everyPosition(economy);
    const estimate = fastForward(economy, { blocks: BLOCKS, watch, tolerance: 0 });
    const worst = deviations(estimate, exactAfter(chain, BLOCKS));
    expect(Math.max(...Object.values(worst))).toBeLessThan(1e-6);
    expect(worst.position).toBeLessThan(1e-8);
  });
});

describe('a fast-forward', () => {
  test('leaves the state as it is and says what it is', () => {
    const { economy } = smallGenesis();
    const estimate = fastForward(economy, { blocks: 1_000 });
    expect(economy).toEqual(smallGenesis().economy);
    expect(estimate).toMatchObject({ kind: 'estimate', method: 'fast-forward', unit: 'rao' });
    expect([estimate.fromBlock, estimate.toBlock]).toEqual([0, 1_000]);
  });

  test('of no blocks gives the state', () => {
    const { economy } = smallGenesis();
    const watch = everyPosition(economy);
    const worst = deviations(fastForward(economy, { blocks: 0, watch }), economy);
    expect(Math.max(...Object.values(worst))).toBeLessThan(1e-12);
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
