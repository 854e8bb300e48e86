import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALICE, BOB } from '../../../test/fixtures/byte-vectors.ts';
import { openScripted, withoutFeatures } from '../../../test/helpers/open-scripted.ts';
import { quoteBuy, quoteSell } from './quote-swap.ts';
import { priceOfPool, readNetuids, readPrice, readPrices } from './read-prices.ts';
import { emaPriceFloor, readSubnet, readSubnetNames, readSubnets } from './read-subnets.ts';

const SWAP = 'SwapRuntimeApi';
const bytes = (text: string): readonly number[] => [...new TextEncoder().encode(text)];

const identity = (name: string) => ({
  subnet_name: new TextEncoder().encode(name),
  github_repo: '0x',
  subnet_contact: '0x',
  subnet_url: '0x',
  discord: '0x',
  description: '0x',
  logo_url: '0x',
  additional: '0x',
});

const dynamic = (netuid: number, more: Record<string, unknown> = {}) => ({
  netuid,
  owner_hotkey: BOB,
  owner_coldkey: ALICE,
  subnet_name: bytes(`token ${netuid}`),
  token_symbol: bytes('τ\u202e'),
  tempo: 360,
  last_step: 100n,
  blocks_since_last_step: 7n,
  emission: 0n,
  alpha_in: 2_000n,
  alpha_out: 3_000n,
  tao_in: 1_000n,
  alpha_out_emission: 11n,
  alpha_in_emission: 12n,
  tao_in_emission: 13n,
  pending_alpha_emission: 0n,
  pending_root_emission: 0n,
  subnet_volume: 2n ** 80n,
  network_registered_at: 5n,
  subnet_identity: undefined,
  moving_price: 1n << 31n,
  ...more,
});

const result = (more: Record<string, bigint> = {}) => ({
  tao_amount: 0n,
  alpha_amount: 0n,
  tao_fee: 0n,
  alpha_fee: 0n,
  tao_slippage: 0n,
  alpha_slippage: 0n,
  ...more,
});

describe('subnets', () => {
  it('come with their prices in one round trip, safe to show', async () => {
    const { view, answer, newCalls } = await openScripted();
    const rows = [
      dynamic(8, { subnet_identity: identity('Apex\u001b[31m') }),
      undefined,
      dynamic(0),
      dynamic(3, { subnet_identity: identity('') }),
    ];
    answer('SubnetInfoRuntimeApi', 'get_all_dynamic_info', rows, []);
    answer(SWAP, 'current_alpha_price_all', [
      { netuid: 8, price: 500_000_000n },
      { netuid: 0, price: 1n },
    ]);
    const subnets = await readSubnets(view);
    expect(newCalls()).toEqual(['state_call', 'state_call']);
    expect(subnets.map((s) => [s.netuid, s.name, s.priceRaoPerAlpha])).toEqual([
      [0, 'token 0', 1_000_000_000n],
      [3, 'token 3', 0n],
      [8, 'Apex [31m', 500_000_000n],
    ]);
    expect(subnets[2]).toEqual({
      netuid: 8,
      name: 'Apex [31m',
      symbol: 'τ',
      ownerHotkey: BOB,
      ownerColdkey: ALICE,
      tempo: 360,
      lastStepBlock: 100,
      blocksSinceLastStep: 7,
      taoReserveRao: 1_000n,
      alphaInRao: 2_000n,
      alphaOutRao: 3_000n,
      alphaOutEmissionRao: 11n,
      alphaInEmissionRao: 12n,
      taoInEmissionRao: 13n,
      volumeRao: 2n ** 80n,
      priceRaoPerAlpha: 500_000_000n,
      emaPriceRaoPerAlpha: 500_000_000n,
      registeredAtBlock: 5,
    });
  });

  it('give their names alone, the same ones, in one round trip', async () => {
    const { view, answer, newCalls } = await openScripted();
    const rows = [
      dynamic(8, { subnet_identity: identity('Apex\u001b[31m') }),
      undefined,
      dynamic(3, { subnet_identity: identity('') }),
    ];
    answer('SubnetInfoRuntimeApi', 'get_all_dynamic_info', rows, []);
    expect([...(await readSubnetNames(view))]).toEqual([
      [8, 'Apex [31m'],
      [3, 'token 3'],
    ]);
    expect(newCalls()).toEqual(['state_call']);
  });

  it('may be read one at a time; an unknown one is undefined', async () => {
    const { view, answer } = await openScripted();
    answer('SubnetInfoRuntimeApi', 'get_dynamic_info', dynamic(8), [8]);
    answer(SWAP, 'current_alpha_price', 7n, [8]);
    expect(await readSubnet(view, 8)).toMatchObject({ netuid: 8, priceRaoPerAlpha: 7n });
    answer('SubnetInfoRuntimeApi', 'get_dynamic_info', undefined);
    expect(await readSubnet(view, 8)).toBeUndefined();
  });

  it('floor their EMA price', () => {
    expect(emaPriceFloor(1n << 32n)).toBe(1_000_000_000n);
    expect(emaPriceFloor(1n)).toBe(0n);
    expect(emaPriceFloor(5n)).toBe(1n);
  });
});

describe('prices without the API for all of them', () => {
  it('are asked for one by one', async () => {
    const { view, answer, put } = await openScripted();
    put('SubtensorModule', 'NetworksAdded', [0], true);
    put('SubtensorModule', 'NetworksAdded', [4], true);
    put('SubtensorModule', 'NetworksAdded', [5], false);
    answer(SWAP, 'current_alpha_price', 9n, [4]);
    const older = withoutFeatures(view, [`${SWAP}.current_alpha_price_all`]);
    expect(await readNetuids(older)).toEqual([0, 4]);
    expect([...(await readPrices(older))]).toEqual([
      [0, 1_000_000_000n],
      [4, 9n],
    ]);
  });

  it('or come from the reserves and weights of the pool', async () => {
    const { view, put } = await openScripted();
    put('SubtensorModule', 'SubnetTAO', [4], 1_000n);
    put('SubtensorModule', 'SubnetAlphaIn', [4], 4_000n);
    const none = withoutFeatures(view, [`${SWAP}.current_alpha_price`]);
    expect(await readPrice(none, 4)).toBe(250_000_000n);
    put('Swap', 'SwapBalancer', [4], 200_000_000_000_000_000n);
    expect(await readPrice(none, 4)).toBe(1_000_000_000n);
    expect(await readPrice(none, 9)).toBe(0n);
  });
});

describe('a quote', () => {
  it('for buying takes the node’s figures, whose input is net of the fee', async () => {
    const { view, answer, newCalls } = await openScripted();
    const answered = result({ tao_amount: 999n, alpha_amount: 1_900n, tao_fee: 1n });
    answer(SWAP, 'sim_swap_tao_for_alpha', answered, [8, 1_000n]);
    answer(SWAP, 'current_alpha_price', 500_000_000n, [8]);
    expect(await quoteBuy(view, 8, 1_000n)).toEqual({
      netuid: 8,
      side: 'buy',
      amountInRao: 1_000n,
      amountOutRao: 1_900n,
      feeRao: 1n,
      spotRaoPerAlpha: 500_000_000n,
      source: 'node',
    });
    expect(newCalls()).toEqual(['state_call', 'state_call']);
  });

  it('for selling has its fee in alpha', async () => {
    const { view, answer } = await openScripted();
    const answered = result({ tao_amount: 400n, alpha_amount: 998n, alpha_fee: 2n });
    answer(SWAP, 'sim_swap_alpha_for_tao', answered, [8, 1_000n]);
    answer(SWAP, 'current_alpha_price', 500_000_000n);
    expect(await quoteSell(view, 8, 1_000n)).toMatchObject({
      amountInRao: 1_000n,
      amountOutRao: 400n,
      feeRao: 2n,
    });
  });

  it('on root is one to one and asks nobody', async () => {
    const { view, newCalls } = await openScripted();
    expect(await quoteBuy(view, 0, 5n)).toMatchObject({ amountOutRao: 5n, feeRao: 0n });
    expect(await quoteSell(view, 0, 5n)).toMatchObject({ spotRaoPerAlpha: 1_000_000_000n });
    expect(newCalls()).toEqual([]);
  });

  it('that gives nothing is CHAIN_LIQUIDITY', async () => {
    const { view, answer } = await openScripted();
    answer(SWAP, 'sim_swap_tao_for_alpha', result());
    answer(SWAP, 'current_alpha_price', 1n);
    await expect(quoteBuy(view, 8, 1_000n)).rejects.toMatchObject({ code: 'CHAIN_LIQUIDITY' });
  });

  it('without simulation uses the constant product, and no other pool shape', async () => {
    const { view, put } = await openScripted();
    const none = withoutFeatures(view, [
      `${SWAP}.sim_swap_tao_for_alpha`,
      `${SWAP}.sim_swap_alpha_for_tao`,
      `${SWAP}.current_alpha_price`,
    ]);
    put('SubtensorModule', 'SubnetTAO', [8], 100_000_000_000_000n);
    put('SubtensorModule', 'SubnetAlphaIn', [8], 2_000_000_000_000_000n);
    expect(await quoteBuy(none, 8, 100_000_000_000n)).toEqual({
      netuid: 8,
      side: 'buy',
      amountInRao: 100_000_000_000n,
      amountOutRao: 1_996_996_913_230n,
      feeRao: 50_354_772n,
      spotRaoPerAlpha: 50_000_000n,
      source: 'formula',
    });
    expect(await quoteSell(none, 8, 0n)).toMatchObject({ amountOutRao: 0n, source: 'formula' });
    put('Swap', 'SwapBalancer', [8], 400_000_000_000_000_000n);
    await expect(quoteSell(none, 8, 5n)).rejects.toMatchObject({ code: 'CHAIN_LACKS_ITEM' });
  });
});

describe('the price of a pool', () => {
  it('rises with TAO, falls with alpha, and never throws', async () => {
    const amount = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    const weight = fc.bigInt({ min: 0n, max: 10n ** 18n });
    await fc.assert(
      fc.property(amount, amount, weight, (taoRao, alphaRao, quoteWeight) => {
        const pool = { taoRao, alphaRao, quoteWeight, feeRateU16: 33 };
        const price = priceOfPool(pool);
        expect(price >= 0n).toBe(true);
        expect(priceOfPool({ ...pool, taoRao: taoRao + 1n }) >= price).toBe(true);
        expect(alphaRao === 0n || priceOfPool({ ...pool, alphaRao: alphaRao + 1n }) <= price).toBe(
          true,
        );
      }),
    );
  });
});
