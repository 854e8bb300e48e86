import { describe, expect, test } from 'vitest';
import { canSpend, freeOf, mintTao, recycleTao, transferTao } from './accounts.ts';
import { createEconomy, type EconomyEvent, type EconomyState } from './state.ts';

const bank = (): EconomyState => createEconomy({ balances: { alice: 1_000n, bob: 7n } });

describe('a transfer', () => {
  const sent = (from: string, to: string, amountRao: bigint) => {
    const state = bank();
    const events: EconomyEvent[] = [];
    transferTao(state, events, { from, to, amountRao });
    return { state, events };
  };
  const transfer = { pallet: 'Balances', name: 'Transfer' };

  test('to somebody known is one event', () => {
    const { state, events } = sent('alice', 'bob', 400n);
    expect([freeOf(state, 'alice'), freeOf(state, 'bob')]).toEqual([600n, 407n]);
    expect(events).toEqual([{ ...transfer, fields: { from: 'alice', to: 'bob', amount: 400n } }]);
    expect(state.taoIssuance).toBe(1_007n);
  });

  test('to somebody new announces the account first', () => {
    const { events } = sent('alice', 'carol', 1n);
    expect(events).toEqual([
      { pallet: 'System', name: 'NewAccount', fields: { account: 'carol' } },
      { pallet: 'Balances', name: 'Endowed', fields: { account: 'carol', free_balance: 1n } },
      { ...transfer, fields: { from: 'alice', to: 'carol', amount: 1n } },
    ]);
  });

  test('of everything leaves no entry behind', () => {
    expect(sent('alice', 'bob', 1_000n).state.balances).not.toHaveProperty('alice');
  });

  test.each([
    ['nothing', 'alice', 'bob', 0n],
    ['one’s own', 'alice', 'alice', 5n],
    ['nothing by nobody', 'nobody', 'bob', 0n],
  ])('of %s does nothing', (_, from, to, amountRao) => {
    const { state, events } = sent(from, to, amountRao);
    expect(events).toEqual([]);
    expect(state).toEqual(bank());
  });

  test.each([1_001n, -1n])('of %d rao that are not there is a fault of the caller', (amountRao) => {
    const message = `Transfer of ${amountRao} rao that alice does not hold`;
    expect(() => sent('alice', 'bob', amountRao)).toThrow(new RangeError(message));
  });
});

describe('the issuance', () => {
  test('rises with what is minted and falls with what is recycled', () => {
    const state = bank();
    mintTao(state, 'carol', 5n);
    mintTao(state, 'carol', 0n);
    expect([freeOf(state, 'carol'), state.taoIssuance]).toEqual([5n, 1_012n]);
    recycleTao(state, 'carol', 0n);
    recycleTao(state, 'alice', 300n);
    expect([freeOf(state, 'alice'), state.taoIssuance]).toEqual([700n, 712n]);
    recycleTao(state, 'bob', 7n);
    expect(state.balances).not.toHaveProperty('bob');
  });

  test('takes no negative amounts and nothing that is not there', () => {
    expect(() => mintTao(bank(), 'a', -1n)).toThrow(new RangeError('Minting -1 rao'));
    const recycled = (amount: bigint) => () => recycleTao(bank(), 'bob', amount);
    expect(recycled(8n)).toThrow(new RangeError('Recycling 8 rao that bob does not hold'));
    expect(recycled(-1n)).toThrow(new RangeError('Recycling -1 rao that bob does not hold'));
  });
});

test('what can be spent leaves the existential deposit of 500 rao', () => {
  const state = bank();
  expect(canSpend(state, 'alice', 500n)).toBe(true);
  expect(canSpend(state, 'alice', 501n)).toBe(false);
  expect(canSpend(state, 'nobody', 0n)).toBe(false);
});
