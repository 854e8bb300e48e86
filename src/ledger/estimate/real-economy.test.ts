import { describe, expect, test } from 'vitest';
import { addStake } from '../../economy/add-stake.ts';
import { quoteSell } from '../../economy/quote.ts';
import { owedRootDividend } from '../../economy/root-dividends.ts';
import { stakeOf } from '../../economy/stake-ledger.ts';
import type { EconomyState } from '../../economy/state.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { buildCoarseModel } from './coarse-model.ts';
import { estimateRewards } from './estimate-rewards.ts';
import { buildReducedState } from './reduced-state.ts';
import { advance, createTestEconomy, inputsOf, TAO } from './testing.ts';
import { walkBlocks } from './walk-blocks.ts';
import { walkTempos } from './walk-tempos.ts';

const settled = createTestEconomy();
advance(settled, 1_000);

/** What a stake really became: alpha bought, held at the end, and what is still owed on root. */
function live(
  netuid: number,
  amountRao: bigint,
  blocks: number,
): { bought: bigint; held: bigint; owedTao: bigint; state: EconomyState } {
  const state = structuredClone(settled);
  advance(state, 1);
  const added = addStake(state, { coldkey: 'me', hotkey: 'v1', netuid, amountRao });
  if (!added.ok) throw new Error(added.error.name);
  advance(state, blocks);
  let owedTao = 0n;
  for (const subnet of [8, 9]) {
    const owed = owedRootDividend(state, { hotkey: 'v1', coldkey: 'me', netuid: subnet });
    const sale = quoteSell(state.subnets[subnet] as Subnet, owed);
    if (netuid === 0 && sale.ok) owedTao += sale.quote.outRao;
  }
  return { bought: added.alphaRao, held: stakeOf(state, 'v1', 'me', netuid), owedTao, state };
}

function ppm(a: bigint, b: bigint): bigint {
  const difference = ((a - b) * 1_000_000n) / b;
  return difference < 0n ? -difference : difference;
}

describe('against the economy itself, with miners, Yuma and root claims', () => {
  test.each([
    ['a small stake', 100n, 200n],
    ['a stake of a fifth of the validator, which the bonds learn slowly', 5_000n, 1_500n],
  ])('%s grows as estimated, and sells as estimated', (_name, amount, allowedPpm) => {
    const amountRao = amount * TAO;
    const real = live(8, amountRao, 7_200);
    const found = estimateRewards({ inputs: inputsOf(settled, 8, 'v1'), amountRao, days: 1 });
    expect(found.method).toBe('block-by-block');
    const gain = real.held - real.bought;
    expect(ppm(found.expected.alphaGainRao, gain)).toBeLessThan(allowedPpm);
    const sale = quoteSell(real.state.subnets[8] as Subnet, real.held);
    const proceeds = sale.ok ? sale.quote.outRao : 0n;
    const quiet = found.scenarios.find((one) => one.name === 'nobody-else-trades');
    expect(ppm(quiet?.taoRao ?? 0n, proceeds)).toBeLessThan(3n);
    expect(proceeds).toBeGreaterThan(found.low.taoRao);
    expect(proceeds).toBeLessThan(found.high.taoRao);
  });

  test('tempo by tempo it grows as estimated too', () => {
    const amountRao = 100n * TAO;
    const real = live(9, amountRao, 5 * 7_200);
    const found = estimateRewards({ inputs: inputsOf(settled, 9, 'v1'), amountRao, days: 5 });
    expect(found.method).toBe('tempo-by-tempo');
    expect(ppm(found.expected.alphaGainRao, real.held - real.bought)).toBeLessThan(300n);
  });

  test('root earns as estimated, claims and what is owed taken together', () => {
    const amountRao = 1_000n * TAO;
    const real = live(0, amountRao, 7_200);
    const found = estimateRewards({ inputs: inputsOf(settled, 0, 'v1'), amountRao, days: 1 });
    const gain = real.held - real.bought + real.owedTao;
    expect(ppm(found.expected.alphaGainRao, gain)).toBeLessThan(1_000n);
    expect(found.expected.taoRao).toBe(found.expected.alphaRao);
    expect(found.entry).toMatchObject({ alphaRao: amountRao, feeRao: 0n, impactRao: 0n });
    expect(found.exit).toMatchObject({ feeAlphaRao: 0n, impactRao: 0n });
    expect(found.breakEven).toEqual({ blocks: 0, days: 0 });
    expect(found.low.taoRao).toBeLessThan(found.expected.taoRao);
    expect(found.high.taoRao).toBeGreaterThan(found.expected.taoRao);
  });
});

describe('the two ways of walking', () => {
  const inputs = inputsOf(settled, 8, 'v1');
  const amountRao = 100n * TAO;

  test('agree on alpha and on the pool to a few parts in a million', () => {
    const exactModel = buildCoarseModel(inputs);
    const state = buildReducedState(inputs, exactModel, amountRao);
    const exact = walkBlocks({ state, model: exactModel, amountRao, blocks: 3_600 });
    const model = buildCoarseModel(inputs);
    const bought = Number(exact.boughtRao);
    const held = walkTempos(model, {
      rules: { pool: 'chain-only', staking: 'dividends' },
      blocks: 3_600,
      stake: bought,
      netTao: 99_949_645_228,
      temposPerStep: 1,
    });
    const gain = Number(exact.heldRao - exact.boughtRao);
    expect((held - bought) / gain).toBeCloseTo(1, 5);
    const pool = state.subnets[8] as Subnet;
    const walked = model.subnets[0]?.pool;
    expect((walked?.tao ?? 0) / Number(pool.taoReserve)).toBeCloseTo(1, 7);
    expect((walked?.alpha ?? 0) / Number(pool.alphaIn)).toBeCloseTo(1, 7);
    expect((walked?.quoteWeight ?? 0) / (Number(pool.quoteWeight) / 1e18)).toBeCloseTo(1, 7);
    expect((model.subnets[0]?.issuance ?? 0) / Number(pool.alphaIn + pool.alphaOut)).toBeCloseTo(
      1,
      8,
    );
  });

  test('many tempos a step change little', () => {
    const walk = (temposPerStep: number): number =>
      walkTempos(buildCoarseModel(inputs), {
        rules: { pool: 'frozen', staking: 'dividends' },
        blocks: 365 * 7_200,
        stake: 2e12,
        netTao: 1e11,
        temposPerStep,
      });
    const fine = walk(1) - 2e12;
    expect((walk(20) - 2e12) / fine).toBeCloseTo(1, 3);
  });

  test('no stake enters before the next block: an epoch there pays nothing', () => {
    const due = { ...inputs, blockNumber: (inputs.subnets[0]?.lastEpochBlock ?? 0) + 359 };
    const first = estimateRewards({ inputs: due, amountRao, days: 0.04 });
    expect(first.window.blocks).toBe(288);
    // A share pool may round a rao away.
    expect(first.expected.alphaGainRao).toBeLessThanOrEqual(0n);
    const second = estimateRewards({ inputs: due, amountRao, days: 0.05 });
    expect(second.expected.alphaGainRao).toBeGreaterThan(0n);
  });
});
