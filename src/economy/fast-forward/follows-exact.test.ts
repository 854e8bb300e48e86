/** Short walks in small worlds with everything in them: the estimate beside the exact machine. */
import { describe, expect, test } from 'vitest';
import { applyBlock } from '../block.ts';
import { linkChildren } from '../children.ts';
import { toDouble } from '../fixed.ts';
import type { EconomyParameters, EmissionRules } from '../parameters.ts';
import { poolPriceBits } from '../pool.ts';
import { hotkeyStake, stakeOf } from '../stake-ledger.ts';
import { createEconomy, type EconomyState } from '../state.ts';
import type { Subnet } from '../subnet.ts';
import type { WatchedPosition } from './estimate-types.ts';
import { type FastForwardOptions, fastForward } from './fast-forward.ts';

const TAO = 1_000_000_000n;
const HALF = 2n ** 63n;
const EXACT = { blocksPerStep: 1, tolerance: 0 };

/** Three subnets with neurons, one without emission of TAO, one that waits; a family on the first. */
function world(parameters: Partial<EconomyParameters> = {}): EconomyState {
  const started = {
    firstEmissionBlock: 900,
    owner: 'oc',
    ownerHotkey: 'own',
    activityCutoffFactorMilli: 10_000_000,
    maxAllowedValidators: 3,
  };
  const validator = { registeredAt: 0, permit: true, lastUpdate: 1_070 };
  const miner = { registeredAt: 0, lastUpdate: 1_000 };
  const neurons = [
    { ...miner, hotkey: 'own' },
    { ...validator, hotkey: 'v1', weights: [[3, 65_535]] as const },
    {
      ...validator,
      hotkey: 'v2',
      weights: [
        [0, 20_000],
        [3, 30_000],
        [4, 65_535],
      ] as const,
    },
    { ...miner, hotkey: 'm1' },
    { ...miner, hotkey: 'm2' },
    { ...miner, hotkey: 'stranger' },
  ];
  const economy = createEconomy({
    block: 1_070,
    issuanceElsewhere: 11_000_000n * TAO,
    parameters: { childkeyBurn: HALF / 8n, emissionBarRank: 2, ...parameters },
    subnets: [
      { netuid: 0, neurons: [{ hotkey: 'v1' }] },
      {
        netuid: 1,
        ...started,
        tempo: 4,
        lastEpochBlock: 1_069,
        taoReserve: 9_000n * TAO,
        alphaIn: 20_000n * TAO,
        protocolAlpha: 7n * TAO,
        alphaOut: 7n * TAO,
        emaPriceBits: 3n << 31n,
        userFlow: { sinceLastStep: 5n * TAO, emaBits: TAO << 64n, emaBlock: 1_069 },
        protocolFlow: { sinceLastStep: TAO, emaBits: TAO << 62n, emaBlock: 1_069 },
        pendings: { server: TAO, validator: TAO, root: TAO / 4n, ownerCut: TAO / 2n },
        neurons,
      },
      {
        netuid: 2,
        ...started,
        tempo: 5,
        lastEpochBlock: 1_068,
        taoReserve: 500n * TAO,
        alphaIn: 90_000n * TAO,
        quoteWeight: 300_000_000_000_000_000n,
        emaPriceBits: 1n << 30n,
        minerBurnedBits: 1n << 30n,
        recycleOrBurn: 'recycle',
        userFlow: { sinceLastStep: -TAO, emaBits: 3n * (TAO << 64n), emaBlock: 1_069 },
        protocolFlow: { sinceLastStep: -TAO, emaBits: -(TAO << 63n), emaBlock: 1_069 },
        neurons: neurons.slice(0, 5),
      },
      {
        netuid: 3,
        ...started,
        tempo: 7,
        pendingEpochAt: 1_073,
        lastEpochBlock: 1_069,
        emissionEnabled: false,
        ownerCutEnabled: false,
        taoReserve: 60_000n * TAO,
        alphaIn: 70_000n * TAO,
        emaPriceBits: 1n << 31n,
        userFlow: { sinceLastStep: 2n * TAO, emaBits: 0n, emaBlock: null },
        neurons: neurons.slice(0, 5),
      },
      { netuid: 4, taoReserve: 5n * TAO, alphaIn: 5n * TAO, subtokenEnabled: false, tempo: 0 },
    ],
    hotkeys: {
      own: { owner: 'oc' },
      v1: { owner: 'c1', take: 6_000 },
      v2: { owner: 'c2' },
      p1: { owner: 'pc', take: 0 },
      p2: { owner: 'c2', take: 1_000 },
      m1: { owner: 'mc' },
      m2: { owner: 'oc' },
    },
    stakes: [
      { hotkey: 'v1', coldkey: 'c1', netuid: 1, alphaRao: 3_000n * TAO },
      { hotkey: 'v1', coldkey: 'nom', netuid: 1, alphaRao: 2_000n * TAO },
      { hotkey: 'v2', coldkey: 'nom', netuid: 1, alphaRao: 4_000n * TAO },
      { hotkey: 'p1', coldkey: 'pc', netuid: 1, alphaRao: 1_500n * TAO },
      { hotkey: 'p2', coldkey: 'nom', netuid: 1, alphaRao: 500n * TAO },
      { hotkey: 'v1', coldkey: 'nom', netuid: 2, alphaRao: 100n * TAO },
      { hotkey: 'v2', coldkey: 'c2', netuid: 3, alphaRao: 900n * TAO },
      { hotkey: 'v1', coldkey: 'rita', netuid: 0, alphaRao: 2_000n * TAO },
      { hotkey: 'v2', coldkey: 'rita', netuid: 0, alphaRao: 1_000n * TAO },
      { hotkey: 'p1', coldkey: 'nom', netuid: 0, alphaRao: 700n * TAO },
    ],
  });
  linkChildren(economy, 'p1', 1, [{ proportion: HALF, hotkey: 'v2' }]);
  linkChildren(economy, 'p2', 1, [{ proportion: HALF, hotkey: 'v2' }]);
  linkChildren(economy, 'v2', 1, [{ proportion: HALF / 2n, hotkey: 'm1' }]);
  (economy.hotkeys.v2 as { childkeyTakes: object }).childkeyTakes = { 1: 9_000 };
  (economy.coldkeys.mc as { autoStake: object }).autoStake = { 1: 'v1', 2: 'nowhere' };
  return economy;
}

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
    expectClose(bothSides(world({ emissionRules }), { ...EXACT, blocks: 23 }));
  });

  test('of no blocks, so that it is the state', () => {
    expectClose(bothSides(world(), { ...EXACT, blocks: 0 }), 1e-12);
  });

  const worlds: readonly (readonly [string, () => EconomyState])[] = [
    [
      'with two mechanisms, one of which pays others',
      () => {
        const economy = world();
        Object.assign(one(economy, 2), { mechanismCount: 2, mechanismSplit: [40_000, 25_535] });
        const links = { weights: [[4, 65_535]], bonds: [], lastUpdate: 1_000_000, incentive: 0 };
        Object.assign(one(economy, 2).neurons[1] as object, { further: [links] });
        return economy;
      },
    ],
    ['with baskets', () => world({ rootRules: 'baskets', emissionRules: '2026-08' })],
    ['with a bar by quantile', () => world({ emissionRules: '2026-08', emissionBarRank: 0 })],
    [
      'with a low quantile',
      () => {
        const quantile = { emissionBarRank: 0, emissionBarQuantile: 0.3 };
        return world({ emissionRules: '2026-08', ...quantile });
      },
    ],
    [
      'with a bar beyond the last rank',
      () => {
        return world({ emissionRules: '2026-08', emissionBarRank: 9 });
      },
    ],
    ['with sharpened flows', () => world({ emissionRules: '2025-11', flowExponent: 2 })],
    ['with gross flows', () => world({ emissionRules: '2025-11', netFlowEnabled: false })],
    ['with one epoch a block', () => world({ maxEpochsPerBlock: 1 })],
    ['without childkey burn', () => world({ childkeyBurn: 0n })],
    ['with a threshold for stake', () => world({ stakeThreshold: 3_000n * TAO })],
    ['with a heavy root', () => world({ taoWeight: 2n ** 64n - 1n })],
    [
      'with the root gate shut',
      () => {
        const economy = world();
        for (const netuid of [1, 2, 3]) one(economy, netuid).emaPriceBits /= 4n;
        return economy;
      },
    ],
    [
      'with everything withheld from miners',
      () => {
        const economy = world();
        for (const netuid of [1, 2, 3]) one(economy, netuid).minerBurnedBits = 1n << 32n;
        return economy;
      },
    ],
    [
      'without any weights, so that miners earn nothing',
      () => {
        const economy = world();
        for (const neuron of one(economy, 1).neurons) neuron.weights = [];
        return economy;
      },
    ],
    [
      'with a pool so tilted that nothing can enter',
      () => {
        const economy = world();
        one(economy, 2).quoteWeight = 10_000_000_000_000_000n;
        return economy;
      },
    ],
    [
      'with a pool of next to no alpha',
      () => {
        const economy = world({ emissionRules: '2026-08' });
        Object.assign(one(economy, 1), { alphaIn: 900_000n, quoteWeight: 10n ** 18n / 2n });
        return economy;
      },
    ],
    [
      'with a pool of next to no alpha, as before spec 448',
      () => {
        const economy = world();
        one(economy, 1).alphaIn = 900_000n;
        return economy;
      },
    ],
    [
      'with reservoirs that wait for their turn',
      () => {
        const economy = world({ emissionRules: '2026-08' });
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
        const economy = world();
        one(economy, 2).mechanism = 0;
        return economy;
      },
    ],
    [
      'with a stable subnet and the gate',
      () => {
        const economy = world({ emissionRules: '2026-08' });
        one(economy, 2).mechanism = 0;
        return economy;
      },
    ],
    [
      'without the hotkey of an owner',
      () => {
        const economy = world();
        one(economy, 1).ownerHotkey = 'lost';
        return economy;
      },
    ],
    [
      'with an epoch long overdue',
      () => {
        const economy = world();
        Object.assign(one(economy, 2), { tempo: 60_000, blocksSinceLastStep: 50_397 });
        return economy;
      },
    ],
    [
      'with a subnet that never has an epoch',
      () => {
        const economy = world();
        one(economy, 2).tempo = 0;
        return economy;
      },
    ],
    [
      'with a miner who is far from active',
      () => {
        const economy = world();
        one(economy, 1).activityCutoffFactorMilli = 1_000;
        for (const neuron of one(economy, 1).neurons) neuron.lastUpdate = 1_069;
        return economy;
      },
    ],
    [
      'past the first halving of an alpha',
      () => {
        const economy = world();
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
    const economy = world({ rootClaimsPerBlock: 50 });
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
    const economy = world({ emissionRules: '2025-02' });
    expectClose(bothSides(economy, { blocks: 61, blocksPerStep: 20, tolerance: 0 }), 1e-6);
  });

  test('the bar of the gate is taken anew in the window that holds its block', () => {
    const bar = (blocks: number, blocksPerStep: number): number => {
      const economy = world({ emissionRules: '2026-08' });
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
    const all = runs(world(), { tolerance: 0 });
    expect(all).toBe(50);
    const settled = runs(world(), { tolerance: 1 });
    expect(settled).toBeLessThan(10);
    expect(runs(world(), { tolerance: 1, longestReuse: 3 })).toBeGreaterThan(settled);
    expect(runs(world(), { tolerance: 1, longestReuse: 0 })).toBe(50);
  });

  test('is run where someone falls inactive', () => {
    const idle = (lastUpdate: number): EconomyState => {
      const economy = world();
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
