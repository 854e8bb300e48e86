import { describe, expect, test } from 'vitest';
import type { ProjectionInputs, ProjectionSubnet } from '../../domain/projection-inputs.ts';
import { buildCoarseModel, type CoarseModel, emaPriceOf } from './coarse-model.ts';
import { estimateRewards } from './estimate-rewards.ts';
import type { WalkRules } from './pay-epoch.ts';
import { buildReducedState } from './reduced-state.ts';
import { TAO, validatorInputs, workedInputs } from './testing.ts';
import { walkBlocks } from './walk-blocks.ts';
import { type Walk, walkTempos } from './walk-tempos.ts';

const FLAT: WalkRules = { pool: 'frozen', staking: 'dividends' };
/** Two TAO on root for each alpha, so that root dividends are half the alpha's 0.18 part. */
const onRoot = (changes: Parameters<typeof workedInputs>[0] = {}): ProjectionInputs => ({
  ...workedInputs(changes),
  netuid: 0,
});

function walk(model: CoarseModel, changes: Partial<Walk> = {}): number {
  const base = { rules: FLAT, blocks: 7_200, stake: 2e12, netTao: 0, temposPerStep: 1 };
  return walkTempos(model, { ...base, ...changes });
}

describe('in doubles', () => {
  test('the issuance of TAO grows by its emission', () => {
    const model = buildCoarseModel(workedInputs());
    const before = model.issuance;
    walk(model);
    expect(model.issuance - before).toBe(7_201 * 5e8);
  });

  test('what is emitted to others and sold is in the pool, all but the fee', () => {
    const inputs = workedInputs({ subnet: { emissionEnabled: false, taoInEmissionRao: 0n } });
    const model = buildCoarseModel(inputs);
    const [subnet] = model.subnets;
    if (subnet === undefined) throw new Error('no subnet');
    const outstanding = (): number => subnet.issuance - subnet.pool.alpha;
    const before = outstanding();
    // The stake enters at block 1, and the last of three tempos ends at block 1,080.
    const held = walk(model, { rules: { ...FLAT, pool: 'sold' }, blocks: 1_079 });
    const own = held - 2e12;
    const sold = 1_080e9 - own;
    const rootPart = 0.0625 * 1_080e9;
    const fee = (33 / 65_535) * (sold - rootPart);
    expect(outstanding() - before).toBeGreaterThan(own + fee * 0.98);
    expect(outstanding() - before).toBeLessThan(own + fee * 1.02);
  });

  test('a walk ends where it is told to, and not before', () => {
    const blocks: number[] = [];
    const onPayout = (block: number): boolean => blocks.push(block) === 4;
    walk(buildCoarseModel(workedInputs()), { onPayout });
    expect(blocks).toEqual([9_000_360, 9_000_720, 9_001_080, 9_001_440]);
    const all: number[] = [];
    walk(buildCoarseModel(workedInputs()), { onPayout: (block) => all.push(block) < 0 });
    expect(all).toHaveLength(20);
  });

  test('root dividends are restaked by everybody, and are all of the growth of root', () => {
    const inputs = onRoot();
    const model = buildCoarseModel(inputs);
    const roots = (): number => model.roots.reduce((sum, root) => sum + root, 0);
    const [before, total] = [roots(), model.rootTao];
    walk(model, { stake: 1e12 });
    expect(model.rootTao - total).toBeGreaterThan(1e12);
    expect((roots() - before) / (model.rootTao - total)).toBeCloseTo(1, 9);
    const [first = 0, second = 0] = model.roots;
    // 800,001 and 4,200,000 TAO earn alike, less what the bonds do not know yet.
    expect((first - 801_000e9) / first / ((second - 4_200_000e9) / second)).toBeCloseTo(1, 2);
  });

  test('new stake on root dilutes', () => {
    const found = estimateRewards({ inputs: onRoot(), amountRao: 1_000n * TAO, days: 365 });
    const gain = (name: string): bigint =>
      found.scenarios.find((one) => one.name === name)?.alphaGainRao ?? 0n;
    expect(gain('stake-grows')).toBeLessThan(gain('price-flat'));
    expect(gain('stake-grows') * 10n).toBeGreaterThan(gain('price-flat') * 8n);
    expect(gain('emission-sold')).toBeLessThan(gain('price-flat'));
  });

  test('a subnet that has not started earns nothing', () => {
    const inputs = workedInputs({ subnet: { firstEmissionBlock: undefined } });
    const found = estimateRewards({ inputs, amountRao: TAO, days: 10 });
    expect(found.high.alphaGainRao).toBe(0n);
    expect(found.assumptions[0]).toMatch(/gets no emission now/);
  });

  test('without anybody who earns nothing moves', () => {
    const idle = workedInputs({
      validators: [validatorInputs('v1', 400_000n, 0n), validatorInputs('v2', 1n, 1n)],
    });
    const model = buildCoarseModel(idle);
    model.subnets[0]?.performance.fill(0);
    expect(walk(model)).toBe(2e12);
    const all = buildCoarseModel(idle);
    all.subnets[0]?.performance.fill(0);
    expect(walk(all, { rules: { pool: 'sold', staking: 'all-emission' } })).toBe(2e12);
  });

  test('stable subnets count as one TAO in the split', () => {
    const subnet = workedInputs().subnets[0] as ProjectionSubnet;
    expect(emaPriceOf({ ...subnet, mechanism: 0 })).toBe(1);
    expect(emaPriceOf(subnet)).toBeCloseTo(0.05, 9);
  });
});

describe('in the chain’s integers', () => {
  /** The state after ten blocks with a stake of one TAO. */
  function tenBlocks(inputs: ProjectionInputs): ReturnType<typeof buildReducedState> {
    const model = buildCoarseModel(inputs);
    const state = buildReducedState(inputs, model, TAO);
    walkBlocks({ state, model, amountRao: TAO, blocks: 9 });
    return state;
  }

  test('root dividends accrue while the prices of all subnets sum to more than one', () => {
    const silent = (price: bigint): ProjectionInputs => {
      const inputs = workedInputs();
      const [target, other] = inputs.subnets as [ProjectionSubnet, ProjectionSubnet];
      const emaPriceBits = (price << 32n) / 100n;
      return { ...inputs, subnets: [target, { ...other, emaPriceBits, emissionEnabled: false }] };
    };
    expect(tenBlocks(silent(94n)).subnets[8]?.pendings.root).toBe(0n);
    expect(tenBlocks(silent(96n)).subnets[8]?.pendings.root).toBeGreaterThan(600_000_000n);
  });

  test('the TAO of a subnet is what was seen, where it is less than its share', () => {
    // The pool could take 7.6 million rao a block; the burn factor leaves it one million.
    const seen = tenBlocks(workedInputs({ subnet: { taoInEmissionRao: 1_000_000n } }));
    const taoIn = seen.subnets[8]?.lastBlock.taoIn ?? 0n;
    expect(taoIn).toBeGreaterThan(999_000n);
    expect(taoIn).toBeLessThan(1_001_000n);
    expect(seen.subnets[8]?.lastBlock.excessTao).toBe(0n);
    const full = tenBlocks(workedInputs());
    expect(full.subnets[8]?.lastBlock.taoIn).toBeGreaterThan(7_600_000n);
    expect(full.subnets[8]?.lastBlock.excessTao).toBeGreaterThan(12_000_000n);
  });

  test('the issuance of TAO grows by all that is emitted, also to subnets left out', () => {
    const inputs = workedInputs();
    const state = tenBlocks(inputs);
    // Less the pool fee of the stake, which nobody gets.
    const grown = 10n * 500_000_000n - 503_547n;
    expect(state.taoIssuance - inputs.global.issuanceRao).toBe(grown);
    expect(state.block).toBe(9_000_010);
  });
});
