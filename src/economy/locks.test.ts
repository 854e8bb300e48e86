import { beforeEach, describe, expect, test } from 'vitest';
import {
  changeOwnerIfConvicted,
  convictions,
  lockStake,
  moveLock,
  OWNERSHIP_AGE_BLOCKS,
  setPerpetualLock,
  setRejectLockedAlpha,
} from './lock-stake.ts';
import { checkLockTransfer, storeLock, transferLock } from './lock-transfer.ts';
import {
  availableAlpha,
  canUnlock,
  currentLock,
  dropDecayedLock,
  type LockRates,
  rollLock,
} from './locks.ts';
import {
  createEconomy,
  type EconomyEvent,
  type EconomyState,
  type Lock,
  type Outcome,
} from './state.ts';
import type { Subnet } from './subnet.ts';

const RATE = 934_866;
let state: EconomyState;

beforeEach(() => {
  state = createEconomy({
    block: 1_000,
    subnets: [{ netuid: 1, owner: 'oc', ownerHotkey: 'own' }],
    hotkeys: {
      own: { owner: 'oc' },
      val: { owner: 'vc' },
      twin: { owner: 'vc' },
      rival: { owner: 'rc' },
    },
    stakes: [
      { hotkey: 'val', coldkey: 'alice', netuid: 1, alphaRao: 7_000n },
      { hotkey: 'rival', coldkey: 'alice', netuid: 1, alphaRao: 3_000n },
      { hotkey: 'val', coldkey: 'bob', netuid: 1, alphaRao: 5_000n },
    ],
  });
});

const one = (): Subnet => state.subnets[1] as Subnet;
const ALICE = { coldkey: 'alice', hotkey: 'val', netuid: 1 };

/** A lock as of now, whatever the stake. */
function put(coldkey: string, lock: Partial<Lock>): void {
  const whole = { hotkey: 'val', lockedMass: 0n, convictionBits: 0n, updatedAt: state.block };
  storeLock(state, coldkey, 1, { ...whole, ...lock });
}

const lockOf = (coldkey: string): Lock | undefined => state.coldkeys[coldkey]?.locks[1];
const refusal = (name: string) => ({ ok: false, error: { pallet: 'SubtensorModule', name } });
const event = (name: string, fields: object) => ({ pallet: 'SubtensorModule', name, fields });
const events = (outcome: Outcome) => (outcome.ok ? outcome.events : outcome);

describe('a lock that ages', () => {
  const RATES: LockRates = {
    unlockRate: RATE,
    maturityRate: RATE,
    perpetual: false,
    ownerLock: false,
  };
  const start = { lockedMass: 10n ** 15n, convictionBits: (4n * 10n ** 14n) << 64n };
  const rolled = (blocks: number, rates: Partial<LockRates> = {}) => {
    const { lockedMass, convictionBits } = rollLock(start, blocks, { ...RATES, ...rates });
    return [Number(lockedMass) / 1e15, Number(convictionBits >> 64n) / 1e15];
  };
  const near = (...values: number[]) => values.map((value) => expect.closeTo(value, 12));

  test('loses mass by e, and turns it into conviction by (t/τ)·e^(−t/τ)', () => {
    const e = Math.exp(-1);
    expect(rolled(RATE)).toEqual(near(e, 0.4 * e + e));
    expect(rolled(2 * RATE)).toEqual(near(e * e, 0.4 * e * e + 2 * e * e));
  });

  test('with two rates grows by τu·(e^(−t/τu) − e^(−t/τm)) ÷ (τu − τm)', () => {
    const growth = 2 * (Math.exp(-0.5) - Math.exp(-1));
    const rates = { unlockRate: 2 * RATE };
    expect(rolled(RATE, rates)).toEqual(near(Math.exp(-0.5), 0.4 * Math.exp(-1) + growth));
  });

  test('stays, when perpetual, and its conviction grows towards it', () => {
    const e = Math.exp(-1);
    expect(rolled(RATE, { perpetual: true })).toEqual(near(1, 0.4 * e + 1 - e));
  });

  test('in favour of the owner has its mass for conviction', () => {
    const e = Math.exp(-1);
    expect(rolled(RATE, { ownerLock: true })).toEqual(near(e, e));
  });

  test('is the same at once', () => {
    expect(rollLock(start, 0, RATES)).toEqual(start);
    expect(rollLock(start, 0, { ...RATES, perpetual: true })).toEqual(start);
  });

  test('decays no further than e^−40', () => {
    const heap = { lockedMass: 10n ** 21n, convictionBits: 0n };
    const { lockedMass } = rollLock(heap, 50 * RATE, RATES);
    expect(lockedMass).toBe(4_248n);
    expect(rollLock(heap, 40 * RATE, RATES).lockedMass).toBe(4_248n);
  });

  test('is gone when both figures are under 100 rao', () => {
    const small = (lockedMass: bigint, conviction: bigint) =>
      rollLock({ lockedMass, convictionBits: conviction << 64n }, 0, RATES);
    expect(small(99n, 99n)).toEqual({ lockedMass: 0n, convictionBits: 0n });
    expect(small(100n, 0n).lockedMass).toBe(100n);
    expect(small(0n, 100n).convictionBits).toBe(100n << 64n);
  });
});

describe('what a lock holds', () => {
  test('is not available, over all hotkeys; everything is without one', () => {
    expect(availableAlpha(state, 'alice', 1)).toBe(10_000n);
    expect(canUnlock(state, 'alice', 1, 10n ** 18n)).toBe(true);
    put('alice', { lockedMass: 4_000n });
    expect(availableAlpha(state, 'alice', 1)).toBe(6_000n);
    expect([6_000n, 6_001n].map((rao) => canUnlock(state, 'alice', 1, rao))).toEqual([true, false]);
    put('alice', { lockedMass: 40_000n });
    expect(availableAlpha(state, 'alice', 1)).toBe(0n);
    expect([0n, 1n].map((rao) => canUnlock(state, 'alice', 1, rao))).toEqual([true, false]);
  });

  test('is forgotten once it has decayed', () => {
    dropDecayedLock(state, 'alice', 1);
    dropDecayedLock(state, 'nobody', 1);
    put('alice', { lockedMass: 4_000n });
    state.block += RATE;
    dropDecayedLock(state, 'alice', 1);
    expect(currentLock(state, 'alice', 1)?.lockedMass).toBe(1_471n);
    state.block += 20 * RATE;
    expect(currentLock(state, 'alice', 1)).toBeUndefined();
    expect(lockOf('alice')).toBeDefined();
    dropDecayedLock(state, 'alice', 1);
    expect(lockOf('alice')).toBeUndefined();
  });

  test('counts while it has conviction only', () => {
    put('alice', { convictionBits: 500n << 64n });
    expect(currentLock(state, 'alice', 1)).toEqual({
      hotkey: 'val',
      lockedMass: 0n,
      convictionBits: 500n << 64n,
    });
    put('alice', {});
    expect(lockOf('alice')).toBeUndefined();
  });
});

describe('locking', () => {
  const lock = (change: object) => lockStake(state, { ...ALICE, amountRao: 1_000n, ...change });

  test.each([
    [{ netuid: 9 }, 'SubnetNotExists'],
    [{ amountRao: 0n }, 'AmountTooLow'],
    [{ hotkey: 'nobody' }, 'HotKeyAccountNotExists'],
    [{ amountRao: 10_001n }, 'InsufficientStakeForLock'],
    [{ coldkey: 'carol' }, 'InsufficientStakeForLock'],
  ])('%o is refused as %s', (change, name) => {
    expect(lock(change)).toEqual(refusal(name));
    expect(state.coldkeys.alice?.locks).toEqual({});
  });

  test('all there is is announced, and a top-up keeps the conviction', () => {
    expect(events(lock({ amountRao: 4_000n }))).toEqual([
      event('StakeLocked', { ...ALICE, amount: 4_000n }),
    ]);
    expect(lockOf('alice')).toEqual({
      hotkey: 'val',
      lockedMass: 4_000n,
      convictionBits: 0n,
      updatedAt: 1_000,
    });
    state.block += RATE;
    const before = currentLock(state, 'alice', 1);
    expect(lock({ amountRao: 10_000n - 1_471n }).ok).toBe(true);
    expect(lockOf('alice')).toEqual({ ...before, lockedMass: 10_000n, updatedAt: state.block });
    expect(lock({ amountRao: 1n })).toEqual(refusal('InsufficientStakeForLock'));
    expect(lock({ hotkey: 'twin', amountRao: 1n })).toEqual(refusal('LockHotkeyMismatch'));
  });

  test('for the owner’s hotkey is conviction at once', () => {
    lock({ hotkey: 'own' });
    expect(lockOf('alice')?.convictionBits).toBe(1_000n << 64n);
  });
});

describe('moving a lock', () => {
  const move = (destinationHotkey: string) =>
    moveLock(state, { coldkey: 'alice', destinationHotkey, netuid: 1 });

  test('needs one, and a hotkey that is there', () => {
    expect(move('twin')).toEqual(refusal('NoExistingLock'));
    put('alice', { lockedMass: 4_000n });
    expect(move('nobody')).toEqual(refusal('HotKeyAccountNotExists'));
  });

  test('to another hotkey of one owner keeps the conviction, to a rival it starts anew', () => {
    put('alice', { lockedMass: 4_000n, convictionBits: 900n << 64n });
    expect(events(move('twin'))).toEqual([
      event('LockMoved', {
        coldkey: 'alice',
        origin_hotkey: 'val',
        destination_hotkey: 'twin',
        netuid: 1,
      }),
    ]);
    const moved = { lockedMass: 4_000n, updatedAt: 1_000 };
    expect(lockOf('alice')).toEqual({ ...moved, hotkey: 'twin', convictionBits: 900n << 64n });
    move('rival');
    expect(lockOf('alice')).toEqual({ ...moved, hotkey: 'rival', convictionBits: 0n });
  });
});

describe('the switches', () => {
  const perpetual = (enabled: boolean, coldkey = 'alice', netuid = 1) =>
    setPerpetualLock(state, { coldkey, netuid, enabled });

  test('of a perpetual lock fix what it is now', () => {
    expect(perpetual(true, 'alice', 9)).toEqual(refusal('SubnetNotExists'));
    put('alice', { lockedMass: 4_000n });
    state.block += RATE;
    expect(events(perpetual(true))).toEqual([
      event('PerpetualLockUpdated', { coldkey: 'alice', netuid: 1, enabled: true }),
    ]);
    expect(lockOf('alice')).toMatchObject({ lockedMass: 1_471n, updatedAt: state.block });
    state.block += RATE;
    expect(currentLock(state, 'alice', 1)?.lockedMass).toBe(1_471n);
    perpetual(false);
    expect(state.coldkeys.alice?.perpetualLock).toEqual({});
    state.block += RATE;
    expect(currentLock(state, 'alice', 1)?.lockedMass).toBe(541n);
    perpetual(true, 'carol');
    expect(state.coldkeys.carol).toMatchObject({ perpetualLock: { 1: true }, locks: {} });
  });

  test('of locked alpha in transfers', () => {
    const reject = (enabled: boolean) => setRejectLockedAlpha(state, { coldkey: 'bob', enabled });
    expect(events(reject(false))).toEqual([
      event('RejectLockedAlphaUpdated', { coldkey: 'bob', enabled: false }),
    ]);
    expect(state.coldkeys.bob?.acceptsLockedAlpha).toBe(true);
    reject(true);
    expect(state.coldkeys.bob?.acceptsLockedAlpha).toBe(false);
  });
});

describe('locked alpha in a transfer', () => {
  const GIFT = { from: 'alice', to: 'bob', netuid: 1, amountRao: 7_000n };
  const check = (change: object = {}) => checkLockTransfer(state, { ...GIFT, ...change })?.name;

  test('stays behind while the free part is enough', () => {
    expect(check()).toBeUndefined();
    put('alice', { lockedMass: 3_000n });
    expect(check()).toBeUndefined();
    expect(check({ amountRao: 7_001n, to: 'alice' })).toBeUndefined();
    const before = structuredClone(state);
    transferLock(state, GIFT);
    transferLock(state, { ...GIFT, amountRao: 7_001n, to: 'alice' });
    expect(state).toEqual(before);
  });

  test('needs a receiver who accepts it and locks for nobody else', () => {
    put('alice', { lockedMass: 4_000n });
    expect([check(), check({ to: 'carol' })]).toEqual([
      'AccountRejectsLockedAlpha',
      'AccountRejectsLockedAlpha',
    ]);
    setRejectLockedAlpha(state, { coldkey: 'bob', enabled: false });
    expect(check()).toBeUndefined();
    put('bob', { hotkey: 'rival', lockedMass: 4_000n });
    expect(check()).toBe('LockHotkeyMismatch');
    put('bob', { lockedMass: 4_000n });
    expect(check()).toBeUndefined();
  });

  test('takes its part of the conviction along, on top of what is there', () => {
    put('alice', { lockedMass: 4_000n, convictionBits: 1_000n << 64n });
    put('bob', { lockedMass: 500n, convictionBits: 50n << 64n });
    transferLock(state, GIFT);
    const now = { hotkey: 'val', updatedAt: 1_000 };
    // 6,000 are free, a quarter of the lock goes.
    expect(lockOf('alice')).toEqual({
      ...now,
      lockedMass: 3_000n,
      convictionBits: 750n << 64n,
    });
    expect(lockOf('bob')).toEqual({ ...now, lockedMass: 1_500n, convictionBits: 300n << 64n });
  });

  test('goes whole where more is asked than is there', () => {
    put('alice', { lockedMass: 12_000n, convictionBits: 1_000n << 64n });
    transferLock(state, { ...GIFT, amountRao: 13_000n });
    expect(lockOf('alice')).toBeUndefined();
    expect(lockOf('bob')).toMatchObject({ lockedMass: 12_000n, convictionBits: 1_000n << 64n });
  });
});

describe('the ownership of a subnet', () => {
  const convict = (coldkey: string, hotkey: string, conviction: bigint) =>
    put(coldkey, { hotkey, convictionBits: conviction << 64n });
  const change = (): EconomyEvent[] => {
    const found: EconomyEvent[] = [];
    changeOwnerIfConvicted(state, found, one());
    return found;
  };

  beforeEach(() => {
    state.block = OWNERSHIP_AGE_BLOCKS + 100;
    Object.assign(one(), { registeredAt: 100, alphaOut: 10_000n });
  });

  test('is asked of the convictions of all, by hotkey', () => {
    convict('alice', 'val', 600n);
    convict('bob', 'val', 300n);
    convict('carol', 'rival', 200n);
    expect([...convictions(state, 1)]).toEqual([
      ['val', 900n << 64n],
      ['rival', 200n << 64n],
    ]);
    expect([...convictions(state, 2)]).toEqual([]);
  });

  test('passes to the most convicted at a tenth of the alpha in all', () => {
    convict('alice', 'val', 600n);
    convict('carol', 'rival', 399n);
    expect(change()).toEqual([]);
    convict('carol', 'rival', 400n);
    expect(change()).toEqual([
      event('SubnetOwnerChanged', { netuid: 1, old_coldkey: 'oc', new_coldkey: 'vc' }),
    ]);
    expect(one()).toMatchObject({ owner: 'vc', ownerHotkey: 'val' });
    expect(change()).toEqual([]);
  });

  test('passes, from spec 447 on, at 18 % on one hotkey', () => {
    state.parameters.emissionRules = '2026-08';
    convict('carol', 'rival', 1_700n);
    convict('alice', 'val', 1_799n);
    expect(change()).toEqual([]);
    convict('alice', 'val', 1_800n);
    expect(change()).toHaveLength(1);
  });

  test('passes to the most convicted, wherever in order', () => {
    convict('alice', 'val', 200n);
    convict('carol', 'rival', 900n);
    change();
    expect(one()).toMatchObject({ owner: 'rc', ownerHotkey: 'rival' });
  });

  test('passes to the last in order of equals', () => {
    convict('alice', 'val', 600n);
    convict('carol', 'rival', 600n);
    change();
    expect(one().ownerHotkey).toBe('val');
  });

  test.each([
    ['a block too young', { registeredAt: 101 }],
    ['without any alpha', { alphaOut: 0n }],
    ['of that hotkey already', { ownerHotkey: 'val' }],
  ])('stays where the subnet is %s', (_, fields) => {
    put('alice', { lockedMass: 9_000n, convictionBits: 9_000n << 64n });
    Object.assign(one(), fields);
    expect(change()).toEqual([]);
    expect(one().owner).toBe('oc');
  });

  test('stays where nobody is convinced, or of a hotkey without an owner', () => {
    expect(change()).toEqual([]);
    convict('alice', 'ghost', 9_000n);
    expect(change()).toEqual([]);
    expect(one()).toMatchObject({ owner: 'oc', ownerHotkey: 'own' });
  });
});
