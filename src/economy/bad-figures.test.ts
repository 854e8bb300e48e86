import { describe, expect, test } from 'vitest';
import { calibratePool } from './calibrated-pool.ts';
import { rootProportion, splitAlphaOut } from './coinbase.ts';
import { distributeDividends, inheritStake, splitChildkey, splitTake } from './dividends.ts';
import { nextEmaPrice } from './ema-price.ts';
import { blockEmission } from './emission-curve.ts';
import { runSubnetEpoch } from './epoch-call.ts';
import { emissionBar, gateFactor, gateShares } from './hill-gate.ts';
import { maxMoveFloor } from './max-move.ts';
import {
  constantProductPool,
  maxAmountAtLimit,
  type Pool,
  poolPriceBits,
  swapOnPool,
  weightAfterInjection,
} from './pool.ts';
import { powRatioFloor } from './power.ts';
import { quoteBuy, quoteSell, simSwapAlphaForTao, simSwapTaoForAlpha } from './quote.ts';
import { modelReturn, type ReturnModelInput } from './return-model.ts';
import { claimIndices } from './root-claims.ts';
import { creditPool, depositShare, shareValue, withdrawShare } from './share-pool.ts';
import { createEconomy, type EconomyState, newSharePool } from './state.ts';
import { normalize } from './subnet-shares.ts';
import { powNormalize } from './tao-flow.ts';

const TAO = 1_000_000_000n;
const U64 = 2n ** 64n;

function world(): EconomyState {
  const neurons = [{ hotkey: 'h1', permit: true }, { hotkey: 'h2' }];
  return createEconomy({
    block: 10,
    subnets: [{ netuid: 1, neurons }],
    hotkeys: { h1: { owner: 'alice' }, h2: { owner: 'bob' } },
  });
}

const invalid = expect.objectContaining({ code: 'ECONOMY_INVALID_INPUT' });
const pool = constantProductPool({ taoReserve: 100n * TAO, alphaIn: 100n * TAO }, 33);
const none = constantProductPool({ taoReserve: 0n, alphaIn: 0n }, 33);
const oneSided: Pool = { ...pool, quoteWeight: 0n };
const model: ReturnModelInput = {
  rootTao: 1,
  taoWeight: 0.18,
  alphaIssuance: 1,
  alphaEmissionPerBlock: 1,
  ownerCut: 0.18,
  take: 0.18,
  hotkeyAlpha: 1,
  dividendShare: 0.1,
  tempo: 360,
  blocksPerYear: 2_628_000,
};
const genesisTake = (take: number) => createEconomy({ hotkeys: { h: { owner: 'o', take } } });
const request = { side: 'buy', limitRaoPerAlpha: 1n, minimumReserveRao: 1n } as const;
const swap = { ...request, limitRaoPerAlpha: 10n ** 15n };

describe('a formula', () => {
  const defined: [string, () => unknown, unknown][] = [
    ['emission below an issuance of zero', () => blockEmission(-1n), TAO],
    ['emission beyond the cap', () => blockEmission(U64), 0n],
    ['price of an empty pool', () => poolPriceBits(none), 0n],
    [
      'weight after nothing into nothing',
      () => weightAfterInjection(none, 0n, 0n),
      5n * 10n ** 17n,
    ],
    [
      'swap on an empty pool',
      () => swapOnPool(none, { ...swap, amountIn: TAO }),
      { ok: false, error: 'SwapInputTooLarge' },
    ],
    [
      'swap beyond u64',
      () => swapOnPool(pool, { ...swap, amountIn: U64 }),
      { ok: false, error: 'SwapInputTooLarge' },
    ],
    [
      'largest amount of an empty pool',
      () => maxAmountAtLimit(none, request),
      { ok: false, error: 'ReservesTooLow' },
    ],
    ['largest move between empty pools', () => maxMoveFloor(none, none, 0n), 0n],
    ['quote on an empty pool', () => quoteBuy(none, 1n).ok, false],
    ['quote of a sale to an empty pool', () => quoteSell(none, 1n).ok, false],
    ['simulated purchase from an empty pool', () => simSwapTaoForAlpha(none, 1n).alphaAmount, 0n],
    ['simulated sale to an empty pool', () => simSwapAlphaForTao(none, 1n).taoAmount, 0n],
    ['root proportion of nothing', () => rootProportion(0n, 0n), 0n],
    [
      'split of nothing',
      () => splitAlphaOut(0n, 1n << 32n, 1n << 32n),
      { ownerCut: 0n, server: 0n, validator: 0n, root: 0n },
    ],
    [
      'split with a root part above one',
      () => splitAlphaOut(1n << 40n, 0n, 3n << 32n).validator,
      0n,
    ],
    ['take of the whole', () => splitTake(10n << 32n, 65_535), { take: 10n, rest: 0n }],
    ['children of more than all', () => inheritStake(5n, [U64 - 1n, U64 - 1n], []), 0n],
    ['shares of nothing', () => normalize([0n, 0n]), [0n, 0n]],
    ['shares of no subnets', () => normalize([]), []],
    ['powers of nothing', () => powNormalize([0, -1, Number.NaN], 2), [0, 0, 0]],
    ['bar over no shares', () => emissionBar([], { rank: 32, quantile: 0.6 }), 0n],
    ['gate of a negative share', () => gateFactor(-1n, 1n, 3), 0n],
    ['gate over nothing', () => gateShares([0n], 0n, 3), [0n]],
    ['claim indices of nobody', () => claimIndices('0x', 0, 0), []],
    [
      'fit without quotes',
      () => calibratePool({ priceRaoPerAlpha: 1n, feeRateU16: 33 }, []),
      undefined,
    ],
    ['value of nobody', () => shareValue(newSharePool(), 'x'), 0n],
    ['deposit of less than nothing', () => depositShare(newSharePool(), 'x', -1n), false],
    ['withdrawal of less than nothing', () => withdrawShare(newSharePool(), 'x', -1n), false],
    [
      'dividends of no one',
      () =>
        distributeDividends({
          pendingValidator: 5n,
          pendingRoot: 5n,
          taoWeight32: 0n,
          hotkeys: [],
        }),
      [],
    ],
    [
      'price smoothing of age below zero',
      () =>
        nextEmaPrice({
          previousBits: 7n,
          spotBits: U64,
          age: -5,
          movingAlphaBits: 12_885n,
          halvingBlocks: 1,
        }),
      7n,
    ],
  ];
  test.each(defined)('for the %s is defined', (_, run, expected) => {
    expect(run()).toEqual(expected);
  });

  const refused: [string, () => unknown][] = [
    ['a swap of less than nothing', () => swapOnPool(pool, { ...swap, amountIn: -1n })],
    ['a quote of less than nothing', () => quoteSell(pool, -1n)],
    ['a swap with all weight on one side', () => swapOnPool(oneSided, { ...swap, amountIn: TAO })],
    ['a power over nothing', () => powRatioFloor(1n, 0n, { numerator: 1n, denominator: 2n }, 1n)],
    ['a power with no root', () => powRatioFloor(1n, 2n, { numerator: 1n, denominator: 0n }, 1n)],
    ['a negative base', () => powRatioFloor(-1n, 2n, { numerator: 1n, denominator: 2n }, 1n)],
    ['a take above the whole', () => splitTake(10n << 32n, 65_536)],
    ['a take of no number', () => splitTake(10n << 32n, Number.NaN)],
    ['a genesis take above the whole', () => genesisTake(65_536)],
    ['a genesis take of no number', () => genesisTake(Number.NaN)],
    ['a negative credit', () => creditPool(newSharePool(), -1n)],
    ['a return on nothing', () => modelReturn({ ...model, hotkeyAlpha: 0 })],
    ['a return of no number', () => modelReturn({ ...model, take: Number.NaN })],
    ['a return over no tempo', () => modelReturn({ ...model, tempo: 0 })],
    ['a return on a debt', () => modelReturn({ ...model, rootTao: -1 })],
    ['a genesis with a negative balance', () => createEconomy({ balances: { x: -1n } })],
    ['a genesis beyond u64', () => createEconomy({ issuanceElsewhere: U64 })],
    ['a genesis netuid beyond u16', () => createEconomy({ subnets: [{ netuid: 65_536 }] })],
    [
      'a genesis reserve below zero',
      () => createEconomy({ subnets: [{ netuid: 1, alphaIn: -1n }] }),
    ],
    [
      'a genesis tempo of no number',
      () => createEconomy({ subnets: [{ netuid: 1, tempo: Number.NaN }] }),
    ],
    [
      'a genesis stake below zero',
      () =>
        createEconomy({
          hotkeys: { h: { owner: 'o' } },
          stakes: [{ hotkey: 'h', coldkey: 'o', netuid: 0, alphaRao: -1n }],
        }),
    ],
    [
      'an epoch of a negative emission',
      () => runSubnetEpoch(world(), world().subnets[1] as never, -1n),
    ],
    ['an epoch beyond u64', () => runSubnetEpoch(world(), world().subnets[1] as never, U64)],
  ];
  test.each(refused)('refuses %s', (_, run) => {
    expect(run).toThrow(invalid);
  });

  test('for takes of children never pays more than there is', () => {
    const split = splitChildkey({
      dividend: 1_000n,
      taoWeight32: 1n << 32n,
      childkeyBurn: U64 - 1n,
      hotkey: 'child',
      owner: 'a',
      takeU16: 65_535,
      stake: { alpha: 0n, root: 0n },
      childProportions: [U64 - 1n, U64 - 1n],
      parents: [
        { hotkey: 'p', owner: 'b', proportion: U64 - 1n, stake: { alpha: 1n, root: 0n } },
        { hotkey: 'q', owner: 'b', proportion: 0n, stake: { alpha: 0n, root: 0n } },
      ],
    });
    expect(split.dividends.every(([, rao]) => rao >= 0n && rao <= 1_000n)).toBe(true);
  });
});
