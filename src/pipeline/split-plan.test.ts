import { describe, expect, it } from 'vitest';
import { combinePlans } from './combine-plans.ts';
import type { TxPlan } from './plan.ts';
import { splitPlan } from './split-plan.ts';

const item = (number: number): TxPlan => ({
  command: 'unstake',
  summary: `Item ${number}`,
  question: 'Go?',
  call: { pallet: 'SubtensorModule', name: 'remove_stake', args: { number } },
  rows: [],
  warnings: [],
  spendRao: 1n,
  touches: { netuids: [], hotkeys: [] },
  data: {},
});
const batch = (count: number, mode: 'atomic' | 'best-effort' = 'atomic') =>
  combinePlans(
    Array.from({ length: count }, (_, index) => item(index)),
    { command: 'unstake', summary: 'All of it', question: 'Go?', mode },
  );
const open = { calls: 10_922, bytes: undefined, refTime: undefined };
const sizes = (plans: readonly TxPlan[]) => plans.map((plan) => plan.batch?.items.length ?? 1);

describe('a batch on a chain with limits', () => {
  it('stays one transaction where it fits', () => {
    const plan = batch(100);
    expect(splitPlan(plan, open, { bytes: 5_000, refTime: 1n })).toEqual([plan]);
    expect(splitPlan(item(1), { ...open, calls: 1 }, { bytes: 1, refTime: 1n })).toEqual([item(1)]);
  });

  it.each([
    ['calls', { ...open, calls: 40 }],
    ['bytes', { ...open, bytes: 5_000 }],
    ['weight', { ...open, refTime: 500n }],
  ])('is split evenly by its %s, in order and losing nothing', (_, limits) => {
    const plans = splitPlan(batch(100), limits, { bytes: 10_000, refTime: 1_000n });
    expect(plans.length).toBe(3);
    expect(sizes(plans)).toEqual([34, 34, 32]);
    expect(plans.flatMap((plan) => plan.batch?.items ?? [])).toEqual(batch(100).batch?.items);
    expect(plans.map(({ summary }) => summary)[1]).toBe('All of it, part 2 of 3');
  });

  it('keeps the kind of the batch, and never comes to nothing per transaction', () => {
    const plans = splitPlan(
      batch(3, 'best-effort'),
      { ...open, calls: 2 },
      { bytes: 1, refTime: 0n },
    );
    expect(plans.map(({ call }) => call.name)).toEqual(['force_batch', 'remove_stake']);
    const tiny = splitPlan(batch(2), { ...open, bytes: 1 }, { bytes: 1_000, refTime: undefined });
    expect(sizes(tiny)).toEqual([1, 1]);
  });
});
