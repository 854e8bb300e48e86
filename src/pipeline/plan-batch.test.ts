import { describe, expect, it } from 'vitest';
import type { Call } from '../chain/types.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { MAX_BATCH_CALLS, planBatch } from './plan-batch.ts';

const inner = (pallet: string, name: string, args: Call['args'] = {}) => ({
  call: { pallet, name, args },
  hex: '0x00',
  hash: '0x00',
});
const stake = (rao: bigint) => inner('SubtensorModule', 'add_stake_limit', { amount_staked: rao });
const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return isTaoError(error) ? error.code : 'not ours';
  }
  return 'none';
};

describe('the plan of a batch', () => {
  it('does all or none, in the order given, and knows what it spends', () => {
    const send = inner('Balances', 'transfer_keep_alive', { value: 5n });
    const plan = planBatch([stake(2n), send, inner('System', 'remark')]);
    expect([plan.call.pallet, plan.call.name]).toEqual(['Utility', 'batch_all']);
    expect(plan.call.args.calls).toEqual([
      stake(2n).call,
      send.call,
      inner('System', 'remark').call,
    ]);
    expect(plan.spendRao).toBe(7n);
    expect(plan.batch?.items.map(({ summary }) => summary)).toEqual([
      'SubtensorModule.add_stake_limit',
      'Balances.transfer_keep_alive',
      'System.remark',
    ]);
  });

  it('does each call on its own where that is asked for', () => {
    const plan = planBatch([stake(2n), stake(3n)], 'best-effort');
    expect([plan.call.name, plan.question]).toEqual([
      'force_batch',
      'Make these 2 calls, each on its own?',
    ]);
  });

  it.each([
    ['one call', [stake(1n)]],
    ['none', []],
    ['too many', Array.from({ length: MAX_BATCH_CALLS + 1 }, () => stake(1n))],
    ['a batch inside', [stake(1n), inner('Utility', 'batch')]],
  ])('is refused for %s', (_, calls) => {
    expect(codeOf(() => planBatch(calls))).toBe('USAGE_INVALID');
  });
});
