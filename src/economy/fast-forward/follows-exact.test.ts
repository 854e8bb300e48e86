/** Short walks in small worlds with everything in them: the estimate beside the exact machine. */
import { describe, expect, test } from 'vitest';
import { smallEconomy } from '../../../test/helpers/small-economy.ts';
import { applyBlock } from '../block.ts';
import { toDouble } from '../fixed.ts';
import type { EmissionRules } from '../parameters.ts';
import { poolPriceBits } from '../pool.ts';
import { hotkeyStake, stakeOf } from '../stake-ledger.ts';
import type { EconomyState } from '../state.ts';
import type { Subnet } from '../subnet.ts';
import type { WatchedPosition } from './estimate-types.ts';
import { type FastForwardOptions, fastForward } from './fast-forward.ts';

const TAO = 1_000_000_000n;
const EXACT = { blocksPerStep: 1, tolerance: 0 };

const one = (economy: EconomyState, netuid: number): Subnet => economy.subnets[netuid] as Subnet;

/** Validators repeat their weights in every block, as the estimate assumes. */
function exactAfter(economy: EconomyState, blocks: number): EconomyState {
  for (let block = 0; block < blocks; block += 1) {
    applyBlock(economy);
    for (const { neurons } of Object.values(economy.subnets)) {
      for (const neuron of neurons) if (neuron.weights.length > 0) neuron.lastUpdate += 1;
    }
  }
  return economy;
}

function positionsOf(economy: EconomyState): WatchedPosition[] {
  return Object.entries(economy.hotkeys).flatMap(([hotkey, { pools }]) =>
    Object.entries(pools).flatMap(([netuid, pool]) =>
      Object.keys(pool.shares).map((coldkey) => ({ hotkey, coldkey, netuid: Number(netuid) })),
    ),
  );
}

/** Pools that take nothing, or from which nothing can be bought. */
const EXTREMES: readonly (readonly [string, Partial<Subnet>])[] = [
  ['no TAO in a pool', { taoReserve: 0n }],
  ['no alpha in a pool', { alphaIn: 0n }],
  ['too little alpha to buy any', { alphaIn: 900_000n, taoReserve: 200_000n }],
  ['too little TAO for the purchase', { alphaIn: 5_000_000n, taoReserve: 200_000n }],
];

type Figures = Record<string, number>;

/** Every figure of an estimate, and the same of an exact state, by one name. */
function bothSides(
  economy: EconomyState,
  options: FastForwardOptions,
): { estimate: Figures; exact: Figures } {
  const watch = [...positionsOf(economy), { hotkey: 'p1', coldkey: 'pc', netuid: 3 }];
  const given = fastForward(economy, { watch, ...options });
  const after = exactAfter(economy, options.blocks);
  const estimate: Figures = { issuance: given.taoIssuanceRaoEstimate };
  const exact: Figures = { issuance: toDouble(after.taoIssuance, 0) };
  estimate.root = given.rootTaoRaoEstimate;
  exact.root = toDouble(one(after, 0).taoReserve, 0);
  for (const figures of given.subnets) {
    const { netuid } = figures;
    const subnet = one(after, netuid);
    const note = (name: string, left: number, right: number): void => {
      estimate[`${netuid} ${name}`] = left;
      exact[`${netuid} ${name}`] = right;
    };
    note('tao', figures.taoReserveRaoEstimate, toDouble(subnet.taoReserve, 0));
    note('alpha in', figures.alphaInRaoEstimate, toDouble(subnet.alphaIn, 0));
    note('alpha out', figures.alphaOutRaoEstimate, toDouble(subnet.alphaOut, 0));
    note('price', figures.priceEstimate, toDouble(poolPriceBits(subnet), 64));
    note('ema', figures.emaPriceEstimate, toDouble(subnet.emaPriceBits, 32));
    note('burned', figures.minerBurnedEstimate, toDouble(subnet.minerBurnedBits, 32));
    note('epochs', figures.epochs, subnet.epochIndex);
    for (const { hotkey, alphaRaoEstimate, rootRateEstimate } of figures.hotkeys) {
      note(hotkey, alphaRaoEstimate, toDouble(hotkeyStake(after, hotkey, netuid), 0));
      if (economy.parameters.rootRules === 'baskets') continue;
      const rate = economy.hotkeys[hotkey]?.rootClaimRates[netuid] ?? 0n;
      note(`${hotkey} rate`, rootRateEstimate, toDouble(rate, 32));
    }
  }
  for (const { hotkey, coldkey, netuid, stakeRaoEstimate } of given.positions) {
    const name = `${netuid} ${hotkey} ${coldkey}`;
    estimate[name] = stakeRaoEstimate;
    exact[name] = toDouble(stakeOf(after, hotkey, coldkey, netuid), 0);
  }
  return { estimate, exact };
}

/**
 * Amounts within a few rao and 2 × 10^-8 of themselves, fractions within 10^-8. Measured 9 × 10^-9:
 * the exact machine's prices have 32 fraction bits.
 */
function expectClose({ estimate, exact }: ReturnType<typeof bothSides>, within = 2e-8): void {
  expect(Object.keys(estimate)).toEqual(Object.keys(exact));
  const far = Object.keys(exact).filter((name) => {
    const [left, right] = [estimate[name] as number, exact[name] as number];
    const slack = Math.abs(right) > 1e3 ? 40 : 1e-8;
    return !(Math.abs(left - right) <= slack + Math.abs(right) * within);
  });
  expect(far.map((name) => [name, estimate[name], exact[name]])).toEqual([]);
}

describe('block by block the estimate follows the exact machine', () => {
  const rules: readonly EmissionRules[] = ['2025-02', '2025-11', '2026-06', '2026-08'];
  test.each(rules)('under the rules of %s', (emissionRules) => {
    expectClose(bothSides(smallEconomy({ emissionRules }), { ...EXACT, blocks: 23 }));
  });

  test('of no blocks, so that it is the state', () => {
    expectClose(bothSides(smallEconomy(), { ...EXACT, blocks: 0 }), 1e-12);
  });

  test.each(EXTREMES.flatMap(([name, pool]) => rules.map((rule) => [name, rule, pool] as const)))(
    'with %s, under the rules of %s',
    (_, emissionRules, pool) => {
      const economy = smallEconomy({ emissionRules });
      Object.assign(one(economy, 1), pool);
      // So small a pool feels every floor.
      expectClose(bothSides(economy, { ...EXACT, blocks: 23 }), 1e-6);
    },
  );

  const worlds: readonly (readonly [string, () => EconomyState])[] = [
    [
      'with two mechanisms, one of which pays others',
      () => {
        const economy = smallEconomy();
        Object.assign(one(economy, 2), { mechanismCount: 2, mechanismSplit: [40_000, 25_535] });
        const links = { weights: [[4, 65_535]], bonds: [], lastUpdate: 1_000_000, incentive: 0 };
        Object.assign(one(economy, 2).neurons[1] as object, { further: [links] });
        return economy;
      },
    ],
    ['with baskets', () => smallEconomy({ rootRules: 'baskets', emissionRules: '2026-08' })],
    [
      'with a bar by quantile',
      () => smallEconomy({ emissionRules: '2026-08', emissionBarRank: 0 }),
    ],
    [
      'with a low quantile',
      () => {
        const quantile = { emissionBarRank: 0, emissionBarQuantile: 0.3 };
        return smallEconomy({ emissionRules: '2026-08', ...quantile });
      },
    ],
    [
      'with a bar beyond the last rank',
      () => {
        return smallEconomy({ emissionRules: '2026-08', emissionBarRank: 9 });
      },
    ],
    ['with sharpened flows', () => smallEconomy({ emissionRules: '2025-11', flowExponent: 2 })],
    [
      'with a protocol that spent more than users brought',
      () => {
        const economy = smallEconomy({ emissionRules: '2025-11' });
        one(economy, 1).protocolFlow.emaBits = (5n * TAO) << 64n;
        one(economy, 3).protocolFlow.emaBits = TAO << 64n;
        one(economy, 3).userFlow = { sinceLastStep: 0n, emaBits: TAO << 64n, emaBlock: 1_069 };
        one(economy, 4).protocolFlow.emaBits = (50n * TAO) << 64n;
        one(economy, 4).userFlow.emaBits = (50n * TAO) << 64n;
        return economy;
      },
    ],
    ['with gross flows', () => smallEconomy({ emissionRules: '2025-11', netFlowEnabled: false })],
    ['with one epoch a block', () => smallEconomy({ maxEpochsPerBlock: 1 })],
    ['without childkey burn', () => smallEconomy({ childkeyBurn: 0n })],
    ['with a threshold for stake', () => smallEconomy({ stakeThreshold: 3_000n * TAO })],
    ['with a heavy root', () => smallEconomy({ taoWeight: 2n ** 64n - 1n })],
    [
      'with the root gate shut',
      () => {
        const economy = smallEconomy();
        for (const netuid of [1, 2, 3]) one(economy, netuid).emaPriceBits /= 4n;
        return economy;
      },
    ],
    [
      'with everything withheld from miners',
      () => {
        const economy = smallEconomy();
        for (const netuid of [1, 2, 3]) one(economy, netuid).minerBurnedBits = 1n << 32n;
        return economy;
      },
    ],
    [
      'without any weights, so that miners earn nothing',
      () => {
        const economy = smallEconomy();
        for (const neuron of one(economy, 1).neurons) neuron.weights = [];
        return economy;
      },
    ],
    [
      'with a pool that is tilted all the way',
      () => {
        const economy = smallEconomy();
        one(economy, 2).quoteWeight = 10_000_000_000_000_000n;
        return economy;
      },
    ],
    [
      'with more for root than root has',
      () => {
        const economy = smallEconomy();
        const subnet = one(economy, 1);
        subnet.pendings.root += 10n ** 13n;
        subnet.alphaOut += 10n ** 13n;
        return economy;
      },
    ],
    [
      'with reservoirs that wait for their turn',
      () => {
        const economy = smallEconomy({ emissionRules: '2026-08' });
        const account = one(economy, 2).account;
        Object.assign(one(economy, 2), {
          quoteWeight: 10_000_000_000_000_001n,
          taoReservoir: 3n * TAO,
          alphaReservoir: 7n * TAO,
        });
        economy.balances[account] = (economy.balances[account] ?? 0n) + 3n * TAO;
        economy.taoIssuance += 3n * TAO;
        return economy;
      },
    ],
    [
      'with a stable subnet',
      () => {
        const economy = smallEconomy();
        one(economy, 2).mechanism = 0;
        return economy;
      },
    ],
    [
      'with a stable subnet and the gate',
      () => {
        const economy = smallEconomy({ emissionRules: '2026-08' });
        one(economy, 2).mechanism = 0;
        return economy;
      },
    ],
    [
      'without the hotkey of an owner',
      () => {
        const economy = smallEconomy();
        one(economy, 1).ownerHotkey = 'lost';
        return economy;
      },
    ],
    [
      'with an epoch long overdue',
      () => {
        const economy = smallEconomy();
        Object.assign(one(economy, 2), { tempo: 60_000, blocksSinceLastStep: 50_397 });
        return economy;
      },
    ],
    [
      'with a subnet that never has an epoch',
      () => {
        const economy = smallEconomy();
        one(economy, 2).tempo = 0;
        return economy;
      },
    ],
    [
      'with a miner who is far from active',
      () => {
        const economy = smallEconomy();
        one(economy, 1).activityCutoffFactorMilli = 1_000;
        for (const neuron of one(economy, 1).neurons) neuron.lastUpdate = 1_069;
        return economy;
      },
    ],
    [
      'past the first halving of an alpha',
      () => {
        const economy = smallEconomy();
        one(economy, 1).alphaOut += 11_000_000n * TAO;
        one(economy, 1).unassignedAlpha += 11_000_000n * TAO;
        return economy;
      },
    ],
  ];
  test.each(worlds)('%s', (_, build) => {
    expectClose(bothSides(build(), { ...EXACT, blocks: 23 }));
  });
});

describe('root dividends sold as they come', () => {
  test('give root stake as claims in the same block would', () => {
    const economy = smallEconomy({ rootClaimsPerBlock: 50 });
    for (const netuid of [1, 2, 3]) one(economy, netuid).rootClaimThreshold = 1_000n;
    economy.rootClaimers = ['rita', 'nom'];
    economy.parentHash = `0x${'0123456789abcdef'.repeat(4)}`;
    const sides = bothSides(economy, { ...EXACT, blocks: 11, rootDividends: 'sell' });
    // The rates of what was claimed at once are not kept by a sale.
    for (const side of [sides.estimate, sides.exact]) {
      for (const name of Object.keys(side)) if (name.endsWith('rate')) delete side[name];
    }
    expectClose(sides, 1e-6);
    expect(sides.exact['0 v1 rita']).toBeGreaterThan(2_000e9 + 1e8);
  });
});

describe('in larger steps', () => {
  test('epochs fall in the same blocks and the figures stay close', () => {
    // What is withheld moves no shares under these rules; only prices do.
    const economy = smallEconomy({ emissionRules: '2025-02' });
    expectClose(bothSides(economy, { blocks: 61, blocksPerStep: 20, tolerance: 0 }), 1e-6);
  });

  test('what waits in reservoirs goes block by block', () => {
    const economy = smallEconomy({ emissionRules: '2026-08', emissionBarRank: 1 });
    Object.assign(one(economy, 2), { taoReservoir: 2n * TAO, alphaReservoir: 9n * TAO });
    Object.assign(one(economy, 1), { taoReserve: 0n });
    economy.block = 1_100;
    for (const netuid of [1, 2, 3]) one(economy, netuid).lastEpochBlock = 1_100;
    one(economy, 3).pendingEpochAt = 0;
    const options = { blocks: 4, blocksPerStep: 4, tolerance: 0 };
    expectClose(bothSides(economy, options), 1e-7);
  });

  test('the bar of the gate is taken anew in the window that holds its block', () => {
    const bar = (blocks: number, blocksPerStep: number): number => {
      const economy = smallEconomy({ emissionRules: '2026-08' });
      economy.emissionBarBits = 1n << 58n;
      const estimate = fastForward(economy, { blocks, blocksPerStep, tolerance: 0 });
      const [first] = estimate.subnets;
      return (first?.taoReserveRaoEstimate ?? Number.NaN) - 9_000e9;
    };
    // The bar of block 1,080 lies ten blocks on: out of a step of nine, in one of ten.
    expect(Math.abs(bar(9, 9) / bar(9, 3) - 1)).toBeLessThan(5e-2);
    expect(Math.abs(bar(9, 10) / bar(9, 9) - 1)).toBeGreaterThan(0.1);
  });
});

describe('an epoch that would give the same again', () => {
  const runs = (economy: EconomyState, options: Partial<FastForwardOptions>): number =>
    fastForward(economy, { blocks: 200, ...options }).subnets[0]?.epochsRun ?? Number.NaN;

  test('is not run, until a number of tempos has passed or stakes have moved', () => {
    const all = runs(smallEconomy(), { tolerance: 0 });
    expect(all).toBe(50);
    const settled = runs(smallEconomy(), { tolerance: 1 });
    expect(settled).toBeLessThan(10);
    expect(runs(smallEconomy(), { tolerance: 1, longestReuse: 3 })).toBeGreaterThan(settled);
    expect(runs(smallEconomy(), { tolerance: 1, longestReuse: 0 })).toBe(50);
  });

  test('is run the more often the less stakes may move', () => {
    const at = (tolerance: number): number =>
      runs(smallEconomy(), { tolerance, longestReuse: 1_000 });
    // Bonds settle in the first runs; from then on only moving stakes bring another.
    expect([1e-9, 1e-3, 1e-2, 1].map(at)).toEqual([50, 14, 3, 2]);
  });

  test('is run where someone falls inactive', () => {
    const idle = (lastUpdate: number): EconomyState => {
      const economy = smallEconomy();
      const subnet = one(economy, 1);
      subnet.activityCutoffFactorMilli = 25_000;
      for (const neuron of subnet.neurons) neuron.lastUpdate = 1_070;
      Object.assign(subnet.neurons[5] as object, { lastUpdate });
      return economy;
    };
    const always = runs(idle(1_070), { tolerance: 1 });
    const once = runs(idle(1_030), { tolerance: 1 });
    expect([always, once]).toEqual([3, 4]);
  });
});
