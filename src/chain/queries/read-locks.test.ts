import { describe, expect, it } from 'vitest';
import { ALICE, BOB } from '../../../test/fixtures/byte-vectors.ts';
import { openScripted, withoutFeatures } from '../../../test/helpers/open-scripted.ts';
import { readAutoStakes } from './read-auto-stake.ts';
import { readAcceptsLocked, readLocks, readPerpetual } from './read-locks.ts';

const PALLET = 'SubtensorModule';
const state = (locked: bigint, conviction: bigint) => ({
  locked_mass: locked,
  conviction,
  last_update: 12n,
});

describe('locks of a coldkey', () => {
  it('are those the runtime says are left, and perpetual where the flag says they do not decay', async () => {
    const { view, put, answer } = await openScripted();
    put(PALLET, 'Lock', [ALICE, 4, BOB], state(9n, 0n));
    put(PALLET, 'DecayingLock', [ALICE, 4], false);
    answer('StakeInfoRuntimeApi', 'get_coldkey_lock', state(7n, 1n << 64n), [ALICE, 4]);
    expect(await readLocks(view, ALICE)).toEqual([
      { netuid: 4, hotkey: BOB, lockedRao: 7n, convictionBits: 1n << 64n, isPerpetual: true },
    ]);
    expect(await readPerpetual(view, ALICE, 4)).toBe(true);
    expect(await readPerpetual(view, ALICE, 5)).toBe(false);
  });

  it('are none once decayed, and none where the runtime has no locks', async () => {
    const { view, put, answer } = await openScripted();
    put(PALLET, 'Lock', [ALICE, 4, BOB], state(9n, 0n));
    answer('StakeInfoRuntimeApi', 'get_coldkey_lock', undefined);
    expect(await readLocks(view, ALICE)).toEqual([]);
    const bare = withoutFeatures(view, ['StakeInfoRuntimeApi.get_coldkey_lock']);
    expect(await readLocks(bare, ALICE)).toEqual([]);
  });

  it('that others send are rejected unless the account says otherwise', async () => {
    const { view, put } = await openScripted();
    expect(await readAcceptsLocked(view, BOB)).toBe(false);
    put(PALLET, 'AccountFlags', [BOB], 3n);
    expect(await readAcceptsLocked(view, BOB)).toBe(true);
    put(PALLET, 'AccountFlags', [BOB], 2n);
    expect(await readAcceptsLocked(view, BOB)).toBe(false);
  });
});

describe('auto-stake', () => {
  it('is listed by subnet, and is none where the runtime has no such setting', async () => {
    const { view, put } = await openScripted();
    put(PALLET, 'AutoStakeDestination', [ALICE, 8], BOB);
    put(PALLET, 'AutoStakeDestination', [ALICE, 1], ALICE);
    expect(await readAutoStakes(view, ALICE)).toEqual([
      { netuid: 1, hotkey: ALICE },
      { netuid: 8, hotkey: BOB },
    ]);
    const bare = withoutFeatures(view, [`${PALLET}.AutoStakeDestination`]);
    expect(await readAutoStakes(bare, ALICE)).toEqual([]);
  });
});
