import { sign, verify as verifyLight } from '@scure/sr25519';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromHex } from '../scale/hex.ts';
import { alice, bob } from '../testing/dev-client.ts';
import { fastSr25519 } from './signature.ts';

const safely = (run: () => boolean): boolean => {
  try {
    return run();
  } catch {
    return false;
  }
};

test('both checks of a signature agree, on right ones, changed ones and bytes of any kind', async () => {
  const verifyFast = await fastSr25519();
  const message = Uint8Array.from({ length: 80 }, (_, i) => i);
  const right = sign(alice.secret, message);
  const keys = [fromHex(alice.account), fromHex(bob.account)];
  const signatures = fc.oneof(
    fc.constant(right),
    fc.tuple(fc.nat(63), fc.integer({ min: 1, max: 255 })).map(([at, mask]) => {
      const changed = right.slice();
      changed[at] = (changed[at] as number) ^ mask;
      return changed;
    }),
    fc.uint8Array({ minLength: 60, maxLength: 66 }),
  );
  const accepted = { right: 0, wrong: 0 };
  fc.assert(
    fc.property(signatures, fc.constantFrom(...keys), (signature, key) => {
      const fast = safely(() => verifyFast(message, signature, key));
      expect(fast).toBe(safely(() => verifyLight(message, signature, key)));
      if (fast) accepted[signature === right && key === keys[0] ? 'right' : 'wrong'] += 1;
    }),
    { numRuns: 150 },
  );
  expect(accepted.right).toBeGreaterThan(0);
  expect(accepted.wrong).toBe(0);
});
