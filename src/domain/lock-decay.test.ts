import { describe, expect, it } from 'vitest';
import { lockAfter } from './lock-decay.ts';

const RATE = 934_866;
const rates = { unlockBlocks: RATE, maturityBlocks: RATE };
const lock = {
  lockedRao: 1_000_000_000_000n,
  convictionRao: 0n,
  isPerpetual: false,
  isOwnerLock: false,
};

describe('a lock that goes on', () => {
  it('is as it is after no blocks', () => {
    expect(lockAfter({ ...lock, convictionRao: 7n }, rates, 0)).toEqual({
      lockedRao: lock.lockedRao,
      convictionRao: 7n,
    });
  });

  it('holds 1/e of it after its rate, and has that much conviction by then', () => {
    const { lockedRao, convictionRao } = lockAfter(lock, rates, RATE);
    expect(lockedRao).toBe(367_879_441_171n);
    expect(convictionRao).toBe(367_879_441_171n);
  });

  it('keeps all of it while perpetual, and conviction grows towards it', () => {
    const { lockedRao, convictionRao } = lockAfter({ ...lock, isPerpetual: true }, rates, RATE);
    expect([lockedRao, convictionRao]).toEqual([lock.lockedRao, 632_120_558_829n]);
  });

  it('for the owner has what is locked as conviction', () => {
    const after = lockAfter({ ...lock, isOwnerLock: true }, rates, RATE);
    expect(after).toEqual({ lockedRao: 367_879_441_171n, convictionRao: 367_879_441_171n });
    const perpetual = { ...lock, isOwnerLock: true, isPerpetual: true };
    expect(lockAfter(perpetual, rates, RATE).convictionRao).toBe(lock.lockedRao);
  });

  it('with two rates grows by their difference', () => {
    const two = { unlockBlocks: 2 * RATE, maturityBlocks: RATE };
    // 2·(e^(−1/2) − e^(−1)) of what is locked.
    expect(lockAfter(lock, two, RATE).convictionRao).toBe(477_302_437_082n);
  });
});
