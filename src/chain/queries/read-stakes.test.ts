import { describe, expect, it } from 'vitest';
import { ALICE, BOB, CHARLIE } from '../../../test/fixtures/byte-vectors.ts';
import { openScripted, withoutFeatures } from '../../../test/helpers/open-scripted.ts';
import { readAccount, readAccounts } from './read-accounts.ts';
import { readAvailability, readStake, readStakes } from './read-stakes.ts';

const API = 'StakeInfoRuntimeApi';

const row = (hotkey: string, coldkey: string, netuid: number, stake: bigint) => ({
  hotkey,
  coldkey,
  netuid,
  stake,
  locked: 0n,
  emission: 1n,
  tao_emission: 0n,
  drain: 0n,
  is_registered: netuid !== 2,
});

describe('balances', () => {
  it('of several accounts take one round trip; an unknown account has nothing', async () => {
    const { view, put, newCalls } = await openScripted();
    const data = { free: 7n, reserved: 2n, frozen: 1n, flags: 0n };
    put('System', 'Account', [BOB], { nonce: 4, consumers: 0, providers: 1, sufficients: 0, data });
    expect(await readAccounts(view, [ALICE, BOB])).toEqual([
      { address: ALICE, nonce: 0, freeRao: 0n, reservedRao: 0n, frozenRao: 0n },
      { address: BOB, nonce: 4, freeRao: 7n, reservedRao: 2n, frozenRao: 1n },
    ]);
    expect(newCalls()).toEqual(['state_queryStorageAt']);
    expect(await readAccount(view, BOB)).toMatchObject({ freeRao: 7n });
  });
});

describe('positions', () => {
  it('of all coldkeys take one round trip, sorted, without empty ones', async () => {
    const { view, answer, newCalls } = await openScripted();
    const rows = [
      [ALICE, [row(CHARLIE, ALICE, 2, 5n), row(BOB, ALICE, 0, 9n), row(BOB, ALICE, 3, 0n)]],
      [BOB, [row(BOB, BOB, 2, 6n)]],
    ];
    answer(API, 'get_stake_info_for_coldkeys', rows, [[ALICE, BOB]]);
    expect(await readStakes(view, [ALICE, BOB])).toEqual([
      { hotkey: BOB, coldkey: ALICE, netuid: 0, alphaRao: 9n, isRegistered: true },
      { hotkey: BOB, coldkey: BOB, netuid: 2, alphaRao: 6n, isRegistered: false },
      { hotkey: CHARLIE, coldkey: ALICE, netuid: 2, alphaRao: 5n, isRegistered: false },
    ]);
    expect(newCalls()).toEqual(['state_call']);
    expect(await readStakes(view, [])).toEqual([]);
    expect(newCalls()).toEqual([]);
  });

  it('may be asked for one by one', async () => {
    const { view, answer } = await openScripted();
    const method = 'get_stake_info_for_hotkey_coldkey_netuid';
    const position = { hotkey: BOB, coldkey: ALICE, netuid: 1 };
    answer(API, method, row(BOB, ALICE, 1, 5n), [BOB, ALICE, 1]);
    expect(await readStake(view, position)).toMatchObject({ alphaRao: 5n });
    answer(API, method, row(BOB, ALICE, 1, 0n));
    expect(await readStake(view, position)).toBeUndefined();
    answer(API, method, undefined);
    expect(await readStake(view, position)).toBeUndefined();
  });

  it('say what of them is free to leave, where the runtime knows locks', async () => {
    const { view, answer } = await openScripted();
    const method = 'get_stake_availability_for_coldkeys';
    const rows = [[ALICE, [[1, { total: 5n, locked: 2n, available: 3n }]]]];
    answer(API, method, rows, [[ALICE], [1]]);
    expect(await readAvailability(view, ALICE, [1])).toEqual([
      { netuid: 1, totalRao: 5n, lockedRao: 2n, availableRao: 3n },
    ]);
    const older = withoutFeatures(view, [`${API}.${method}`]);
    expect(await readAvailability(older, ALICE, [1])).toBeUndefined();
  });
});
