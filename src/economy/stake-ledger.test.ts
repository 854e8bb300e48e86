import { beforeEach, describe, expect, test } from 'vitest';
import { ONE_32 } from './fixed.ts';
import { safeFromInteger } from './safe-float.ts';
import {
  claimedOn,
  coldkeyAlpha,
  decreaseStake,
  hotkeyStake,
  increaseStake,
  poolFor,
  stakeOf,
} from './stake-ledger.ts';
import { createEconomy, type EconomyState, type Hotkey } from './state.ts';

let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    subnets: [{ netuid: 1 }],
    hotkeys: { val: { owner: 'vc' }, other: { owner: 'vc' } },
    stakes: [
      { hotkey: 'val', coldkey: 'alice', netuid: 1, alphaRao: 70n },
      { hotkey: 'other', coldkey: 'alice', netuid: 1, alphaRao: 5n },
      { hotkey: 'val', coldkey: 'bob', netuid: 1, alphaRao: 30n },
      { hotkey: 'val', coldkey: 'alice', netuid: 0, alphaRao: 100n },
    ],
  });
});

const val = (): Hotkey => state.hotkeys.val as Hotkey;
const at = (coldkey: string, netuid = 1, hotkey = 'val') => ({ hotkey, coldkey, netuid });

describe('stakes', () => {
  test('are read by position, hotkey and coldkey; what is not there is nothing', () => {
    expect(stakeOf(state, 'val', 'alice', 1)).toBe(70n);
    expect(hotkeyStake(state, 'val', 1)).toBe(100n);
    expect(coldkeyAlpha(state, 'alice', 1)).toBe(75n);
    expect(stakeOf(state, 'nobody', 'alice', 1)).toBe(0n);
    expect(hotkeyStake(state, 'nobody', 1)).toBe(0n);
    expect(hotkeyStake(state, 'val', 9)).toBe(0n);
    expect(coldkeyAlpha(state, 'nobody', 1)).toBe(0n);
  });

  test('rise and fall by position', () => {
    expect(increaseStake(state, at('carol'), 11n)).toBe(true);
    expect(stakeOf(state, 'val', 'carol', 1)).toBe(11n);
    expect(state.coldkeys.carol?.stakingHotkeys).toEqual(['val']);
    expect(decreaseStake(state, at('carol'), 1n)).toBe(true);
    expect([stakeOf(state, 'val', 'carol', 1), hotkeyStake(state, 'val', 1)]).toEqual([10n, 110n]);
    expect(increaseStake(state, at('carol'), 1n)).toBe(true);
    expect(state.coldkeys.carol?.stakingHotkeys).toEqual(['val']);
    expect(state.rootClaimers).toEqual([]);
  });

  test('do not rise by nothing, on nobody, or where no share registers', () => {
    expect(increaseStake(state, at('alice'), 0n)).toBe(false);
    expect(increaseStake(state, at('alice', 1, 'nobody'), 1n)).toBe(false);
    val().pools[1] = { value: 0n, denominator: safeFromInteger(5n), shares: {} };
    expect(increaseStake(state, at('carol'), 1n)).toBe(false);
    expect(state.coldkeys.carol).toBeUndefined();
  });

  test('do not fall below nothing', () => {
    expect(decreaseStake(state, at('alice'), 71n)).toBe(false);
    expect(decreaseStake(state, at('alice', 1, 'nobody'), 1n)).toBe(false);
    expect(decreaseStake(state, at('alice', 9), 1n)).toBe(false);
    expect(stakeOf(state, 'val', 'alice', 1)).toBe(70n);
  });

  test('have a pool of shares from the first question on', () => {
    expect(poolFor(val(), 1).value).toBe(100n);
    const made = poolFor(val(), 9);
    expect(val().pools[9]).toBe(made);
    expect(made).toEqual({ value: 0n, denominator: { mantissa: 0n, exponent: 0 }, shares: {} });
  });
});

describe('root stake', () => {
  test('makes its coldkey one of those whose dividends are claimed, once', () => {
    increaseStake(state, at('bob', 0), 10n);
    increaseStake(state, at('bob', 0), 10n);
    increaseStake(state, at('alice', 0), 10n);
    expect(state.rootClaimers).toEqual(['bob', 'alice']);
  });

  test('moves the watermark on every subnet that owes something', () => {
    val().rootClaimRates = { 1: ONE_32 / 2n, 2: ONE_32 * 3n };
    increaseStake(state, at('alice', 0), 11n);
    increaseStake(state, at('alice', 0), 1n);
    expect(val().rootClaimed).toEqual({ 1: { alice: 5n }, 2: { alice: 36n } });
    decreaseStake(state, at('alice', 0), 6n);
    expect(val().rootClaimed).toEqual({ 1: { alice: 2n }, 2: { alice: 18n } });
    // What would be left at nothing or less is forgotten.
    decreaseStake(state, at('alice', 0), 4n);
    decreaseStake(state, at('alice', 0), 4n);
    expect(val().rootClaimed).toEqual({ 1: {}, 2: {} });
  });

  test('of a subnet does not', () => {
    val().rootClaimRates = { 1: ONE_32 };
    increaseStake(state, at('alice'), 11n);
    decreaseStake(state, at('alice'), 11n);
    expect(val().rootClaimed).toEqual({});
  });

  test('moves the signed mark of a fund both ways', () => {
    val().basket = { shares: 1_000n, rateBits: ONE_32 / 2n, claimed: {} };
    increaseStake(state, at('alice', 0), 11n);
    expect(val().basket?.claimed).toEqual({ alice: 5n });
    increaseStake(state, at('alice', 0), 4n);
    expect(val().basket?.claimed).toEqual({ alice: 7n });
    decreaseStake(state, at('alice', 0), 31n);
    expect(val().basket?.claimed).toEqual({ alice: 7n - 15n });
  });

  test('has one table of watermarks a subnet', () => {
    const made = claimedOn(val(), 1);
    expect(val().rootClaimed[1]).toBe(made);
    expect(claimedOn(val(), 1)).toBe(made);
  });
});
