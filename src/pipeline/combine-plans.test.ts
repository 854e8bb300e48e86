import { describe, expect, it } from 'vitest';
import { combinePlans, MAX_DETAILED_ITEMS } from './combine-plans.ts';
import type { TxPlan } from './plan.ts';

const plan = (number: number, changes: Partial<TxPlan> = {}): TxPlan => ({
  command: 'stake.add',
  summary: `Stake ${number} TAO`,
  question: `Stake ${number} TAO?`,
  call: { pallet: 'SubtensorModule', name: 'add_stake_limit', args: { netuid: number } },
  rows: [
    ['Stake', `${number} TAO`],
    ['With', `validator ${number}`],
  ],
  warnings: [],
  spendRao: BigInt(number),
  touches: { netuids: [8], hotkeys: [`hotkey ${number}`] },
  data: { netuid: number },
  brief: `about ${number} alpha`,
  ...changes,
});
const whole = {
  command: 'stake.add',
  summary: 'Stake on several positions',
  question: 'Stake?',
  mode: 'atomic',
} as const;

describe('several plans as one', () => {
  it('leaves one plan as it is', () => {
    const only = plan(1);
    expect(combinePlans([only], whole)).toBe(only);
  });

  it('makes all calls in their order, or none, and adds up what is spent', () => {
    const combined = combinePlans([plan(1), plan(2)], whole);
    expect(combined.call).toEqual({
      pallet: 'Utility',
      name: 'batch_all',
      args: { calls: [plan(1).call, plan(2).call] },
    });
    expect(combined.spendRao).toBe(3n);
    expect(combined.touches).toEqual({ netuids: [8], hotkeys: ['hotkey 1', 'hotkey 2'] });
    expect(combined.data).toEqual({
      mode: 'atomic',
      spends: { rao: '3', tao: '0.000000003' },
      items: [
        { summary: 'Stake 1 TAO', call: 'SubtensorModule.add_stake_limit', netuid: 1 },
        { summary: 'Stake 2 TAO', call: 'SubtensorModule.add_stake_limit', netuid: 2 },
      ],
    });
    expect(combined.batch).toEqual({ mode: 'atomic', items: [plan(1), plan(2)] });
  });

  it('lets each item stand alone when asked to', () => {
    const combined = combinePlans([plan(1), plan(2)], { ...whole, mode: 'best-effort' });
    expect(combined.call.name).toBe('force_batch');
    expect(combined.batch?.mode).toBe('best-effort');
  });

  it('never puts a batch into a batch', () => {
    const inner = combinePlans([plan(1), plan(2)], whole);
    const combined = combinePlans([inner, plan(3)], whole);
    expect(combined.batch?.items).toEqual([plan(1), plan(2), plan(3)]);
  });

  it('shows few items with all their rows and many with one row each', () => {
    const few = combinePlans([plan(1), plan(2)], whole);
    expect(few.rows.slice(0, 2)).toEqual([
      ['Item 1', { text: 'Stake 1 TAO', tone: 'strong' }],
      ['  With', 'validator 1'],
    ]);
    const count = MAX_DETAILED_ITEMS + 1;
    const many = combinePlans(
      Array.from({ length: count }, (_, index) => plan(index + 1)),
      whole,
    );
    expect(many.rows.slice(0, count)).toEqual(
      Array.from({ length: count }, (_, index) => [
        `Item ${index + 1}`,
        `Stake ${index + 1} TAO: about ${index + 1} alpha`,
      ]),
    );
  });

  it('says a warning once and names the items it is about', () => {
    const both = combinePlans([plan(1, { warnings: ['w'] }), plan(2, { warnings: ['w'] })], whole);
    expect(both.warnings).toEqual(['w']);
    const one = combinePlans([plan(1), plan(2, { warnings: ['w'] })], whole);
    expect(one.warnings).toEqual(['Item 2: w']);
  });

  it('wants a severe value typed once, and the count where the values differ', () => {
    const severe = { value: '5F3s', what: 'destination' };
    const other = { value: '5Dx1', what: 'destination' };
    expect(combinePlans([plan(1, { severe }), plan(2)], whole).severe).toEqual(severe);
    expect(combinePlans([plan(1, { severe }), plan(2, { severe: other })], whole).severe).toEqual({
      value: '2',
      what: 'number of items (destination)',
    });
  });
});
