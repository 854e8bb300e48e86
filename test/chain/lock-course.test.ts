/** The outlook of a lock against what the embedded chain's economy makes of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lockAfter } from '../../src/domain/lock-decay.ts';
import { rollLock } from '../../src/economy/locks.ts';

/** Doubles against the chain's fixed point: parts of what there was at first. */
const TOLERANCE = 10n ** 11n;

describe('the outlook of a lock', () => {
  it('is what the chain makes of it, for any rates and any time', () => {
    const rate = fc.integer({ min: 10_000, max: 3_000_000 });
    const amount = fc.bigInt({ min: 1_000_000n, max: 10n ** 16n });
    fc.assert(
      fc.property(
        fc.record({
          lockedRao: amount,
          convictionRao: amount,
          isPerpetual: fc.boolean(),
          isOwnerLock: fc.boolean(),
          unlockBlocks: rate,
          sameRate: fc.boolean(),
          otherRate: rate,
          blocks: fc.integer({ min: 0, max: 5_000_000 }),
        }),
        ({ unlockBlocks, sameRate, otherRate, blocks, ...lock }) => {
          // Rates a hair apart lose digits in their difference, in any arithmetic.
          const differ = Math.abs(unlockBlocks - otherRate) > unlockBlocks / 10;
          const maturityBlocks = sameRate || !differ ? unlockBlocks : otherRate;
          const outlook = lockAfter(lock, { unlockBlocks, maturityBlocks }, blocks);
          const exact = rollLock(
            {
              lockedMass: lock.lockedRao,
              convictionBits: lock.convictionRao << 64n,
            },
            blocks,
            {
              unlockRate: unlockBlocks,
              maturityRate: maturityBlocks,
              perpetual: lock.isPerpetual,
              ownerLock: lock.isOwnerLock,
            },
          );
          const allowed = (lock.lockedRao + lock.convictionRao) / TOLERANCE + 200n;
          const isNear = (a: bigint, b: bigint) => (a > b ? a - b : b - a) <= allowed;
          expect(isNear(outlook.lockedRao, exact.lockedMass)).toBe(true);
          expect(isNear(outlook.convictionRao, exact.convictionBits >> 64n)).toBe(true);
        },
      ),
    );
  });
});
