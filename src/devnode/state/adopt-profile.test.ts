import { beforeAll, expect, test } from 'vitest';
import { owedShares } from '../../economy/baskets.ts';
import { checkConservation } from '../../economy/conservation.ts';
import { ROOT } from '../../economy/parameters.ts';
import { owedRootDividend } from '../../economy/root-dividends.ts';
import type { Account } from '../../economy/state.ts';
import { advanceChain, openChain } from '../blocks/chain.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { presetState } from '../genesis/presets.ts';
import { adoptProfile } from './adopt-profile.ts';
import type { ChainState } from './chain-state.ts';

const COLDKEY = devAccounts['//Delegator1'];
const AURORA = devAccounts['//Aurora//hot'];

/** A state in which root stakers are owed something, made once. */
let busy: ChainState;
beforeAll(() => {
  const chain = openChain({ preset: 'small' });
  advanceChain(chain, 1_500);
  busy = chain.live.state;
});

const owedAlpha = ({ economy }: ChainState, coldkey: Account): bigint =>
  economy.netuids.reduce(
    (sum, netuid) => sum + owedRootDividend(economy, { hotkey: AURORA, coldkey, netuid }),
    0n,
  );

test('an upgrade from claims to baskets loses no alpha and leaves nothing owed the old way', () => {
  const state = structuredClone(busy);
  expect(checkConservation(state.economy)).toEqual([]);
  expect(owedAlpha(state, COLDKEY)).toBeGreaterThan(0n);
  adoptProfile(state, '448');
  expect(checkConservation(state.economy)).toEqual([]);
  expect(state.economy.parameters.rootRules).toBe('baskets');
  expect(owedAlpha(state, COLDKEY)).toBe(0n);
  for (const { rootClaimRates, rootClaimed } of Object.values(state.economy.hotkeys)) {
    expect([rootClaimRates, rootClaimed]).toEqual([{}, {}]);
  }
});

test('the shares of a fund are all owed to its stakers, each in proportion to what it was owed', () => {
  const state = structuredClone(busy);
  const stakers = Object.keys(state.economy.hotkeys[AURORA]?.pools[ROOT]?.shares ?? {});
  const before = stakers.map((coldkey) => owedAlpha(state, coldkey));
  adoptProfile(state, '448');
  const after = stakers.map((coldkey) => owedShares(state.economy, AURORA, coldkey));
  const total = (list: readonly bigint[]) => list.reduce((sum, one) => sum + one, 0n);
  expect(total(after)).toBe(state.economy.hotkeys[AURORA]?.basket?.shares);
  // Of one subnet or of all in the same proportions, the parts stay what they were, to a millionth.
  for (const [i, shares] of after.entries()) {
    const expected = ((before[i] ?? 0n) * total(after)) / total(before);
    const difference = shares > expected ? shares - expected : expected - shares;
    expect(difference * 1_000_000n <= expected).toBe(true);
  }
});

test('a genesis takes a profile without owing anything, and there is no way back', () => {
  const state = presetState('small/448');
  expect(state.profile).toBe('448');
  expect(checkConservation(state.economy)).toEqual([]);
  expect(Object.values(state.economy.hotkeys).every(({ basket }) => basket === undefined)).toBe(
    true,
  );
  expect(() => adoptProfile(state, '424')).toThrow('No way back from baskets to profile 424');
  expect(() => adoptProfile(state, '999')).toThrow('there is no runtime profile "999"');
});
