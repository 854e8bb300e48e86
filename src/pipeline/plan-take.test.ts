import { describe, expect, test } from 'vitest';
import { planTake, type TakePlanFacts } from './plan-take.ts';

const hotkey = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const coldkey = '5CtyxUn5KEpxEY9Tf6cQc82jBH3rscPGGLZm2mwHf6bAiAxT';
const facts: TakePlanFacts = {
  coldkey,
  blockNumber: 1_000_000,
  owner: coldkey,
  hotkeyName: 'Basalt',
  currentU16: 6_553,
  minU16: 0,
  maxU16: 11_796,
  changedAtBlock: 0,
  waitBlocks: 216_000,
};
const plan = (takeU16: number, more: Partial<TakePlanFacts> = {}) =>
  planTake({ hotkey, takeU16 }, { ...facts, ...more });

describe('planning a take', () => {
  test('a raise and a lowering are two calls of the chain', () => {
    expect(plan(11_796).call).toEqual({
      pallet: 'SubtensorModule',
      name: 'increase_take',
      args: { hotkey, take: 11_796 },
    });
    expect(plan(0).call.name).toBe('decrease_take');
    expect(plan(11_796).summary).toBe('Raise the take of 5HQU…KeV7 to 18.00 %');
  });

  test('a raise waits after any change, to the block; a lowering does not', () => {
    const changedAtBlock = 1_000_000 - 216_000;
    expect(plan(7_000, { changedAtBlock }).call.name).toBe('increase_take');
    expect(plan(7_000, { changedAtBlock: changedAtBlock + 1 }).call.name).toBe('increase_take');
    expect(() => plan(7_000, { changedAtBlock: changedAtBlock + 2 })).toThrowError(
      expect.objectContaining({
        code: 'CHAIN_RATE_LIMITED',
        data: { changedAtBlock: 784_002, allowedAtBlock: 1_000_002 },
      }),
    );
    expect(plan(1, { changedAtBlock: 999_999 }).call.name).toBe('decrease_take');
  });

  test.each([
    ['a hotkey of another owner', 1, { owner: hotkey }, 'CHAIN_NOT_PERMITTED'],
    ['an unknown hotkey', 1, { owner: undefined }, 'HOTKEY_UNKNOWN'],
    ['more than the most', 11_797, {}, 'USAGE_INVALID'],
    ['less than the least', 9, { minU16: 10 }, 'USAGE_INVALID'],
    ['the take it has', 6_553, {}, 'USAGE_INVALID'],
  ])('refuses %s', (_name, takeU16, more, code) => {
    expect(() => plan(takeU16, more)).toThrowError(expect.objectContaining({ code }));
  });
});
