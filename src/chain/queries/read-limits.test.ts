import { describe, expect, it } from 'vitest';
import { ALICE, BOB, CHARLIE } from '../../../test/fixtures/byte-vectors.ts';
import { openScripted, withoutFeatures } from '../../../test/helpers/open-scripted.ts';
import { readClaimable } from './read-claimable.ts';
import { readBlockTime, readHotkeyOwner, readMinimumStake } from './read-limits.ts';

const stake = (hotkey: string, netuid: number, alphaRao: bigint) => ({
  hotkey,
  coldkey: ALICE,
  netuid,
  alphaRao,
  isRegistered: true,
});

describe('minimums', () => {
  it('come from constants and storage', async () => {
    const { view, put } = await openScripted();
    put('SubtensorModule', 'NominatorMinRequiredStake', [], 10_000_000n);
    expect(await readMinimumStake(view)).toEqual({
      stakeRao: 2_000_000n,
      transferRao: 2_000_000n,
      nominatorRao: 20_000_000n,
      existentialDepositRao: 500n,
    });
  });

  it('are the known ones where the runtime does not say', async () => {
    const { view } = await openScripted();
    const bare = withoutFeatures(view, [
      'SubtensorModule.InitialMinStake',
      'Balances.ExistentialDeposit',
      'SubtensorModule.NominatorMinRequiredStake',
    ]);
    expect(await readMinimumStake(bare)).toMatchObject({
      stakeRao: 2_000_000n,
      nominatorRao: 0n,
      existentialDepositRao: 500n,
    });
  });
});

describe('the owner of a hotkey', () => {
  it('is undefined when the chain does not know the hotkey', async () => {
    const { view, put } = await openScripted();
    put('SubtensorModule', 'Owner', [BOB], ALICE);
    expect(await readHotkeyOwner(view, BOB)).toBe(ALICE);
    expect(await readHotkeyOwner(view, CHARLIE)).toBeUndefined();
  });
});

describe('the time of a block', () => {
  it('is in milliseconds, and unknown before the first one', async () => {
    const { view, put } = await openScripted();
    expect(await readBlockTime(view)).toBeUndefined();
    put('Timestamp', 'Now', [], 1_786_363_200_000n);
    expect(await readBlockTime(view)).toBe(1_786_363_200_000);
  });
});

describe('claimable root dividends', () => {
  const rate = (numerator: bigint, denominator: bigint): bigint => (numerator << 32n) / denominator;

  it('are rate × root stake less what was claimed, per subnet', async () => {
    const { view, put } = await openScripted();
    put(
      'SubtensorModule',
      'RootClaimable',
      [BOB],
      [
        [1, rate(1n, 4n)],
        [2, rate(1n, 2n)],
        [3, rate(1n, 1n)],
      ],
    );
    put('SubtensorModule', 'RootClaimed', [1, BOB, ALICE], 50n);
    put('SubtensorModule', 'RootClaimed', [3, BOB, ALICE], 5_000n);
    const owed = await readClaimable(view, [stake(BOB, 0, 1_001n), stake(BOB, 1, 9n)]);
    const position = { coldkey: ALICE, hotkey: BOB, thresholdRao: 500_000n };
    expect(owed).toEqual([
      { ...position, netuid: 1, alphaRao: 200n },
      { ...position, netuid: 2, alphaRao: 500n },
    ]);
  });

  it('are none without root stake, and unknown where dividends go into baskets', async () => {
    const { view } = await openScripted();
    expect(await readClaimable(view, [stake(BOB, 1, 9n)])).toEqual([]);
    const later = withoutFeatures(view, ['SubtensorModule.RootClaimed']);
    expect(await readClaimable(later, [stake(BOB, 0, 9n)])).toBeUndefined();
  });
});
