import { expect, test } from 'vitest';
import { createEconomy } from './state.ts';

test('a genesis backs every pool with TAO and counts it as issued', () => {
  const state = createEconomy({
    balances: { alice: 7_000n },
    subnets: [{ netuid: 3, taoReserve: 1_000n, alphaIn: 4_000n, alphaOut: 500n }],
    hotkeys: { h: { owner: 'o', take: 100 } },
    stakes: [
      { hotkey: 'h', coldkey: 'alice', netuid: 3, alphaRao: 60n },
      { hotkey: 'h', coldkey: 'o', netuid: 0, alphaRao: 250n },
    ],
  });
  expect(state.netuids).toEqual([0, 3]);
  expect(state.taoIssuance).toBe(7_000n + 1_000n + 250n);
  expect(state.totalStake).toBe(1_250n);
  expect(state.subnets[3]?.alphaOut).toBe(560n);
  expect(state.balances['subnet:0']).toBe(250n);
  expect(state.coldkeys.alice?.stakingHotkeys).toEqual(['h']);
});

test('a genesis stake on an unknown hotkey is refused', () => {
  const stakes = [{ hotkey: 'nobody', coldkey: 'a', netuid: 0, alphaRao: 1n }];
  expect(() => createEconomy({ stakes })).toThrow(/unknown subnet or hotkey: nobody/);
});

test('a state survives a structured clone unchanged', () => {
  const state = createEconomy({ balances: { a: 5n }, subnets: [{ netuid: 1 }] });
  expect(structuredClone(state)).toEqual(state);
});
