import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../../test/helpers/files.ts';
import { mutated } from '../../../test/helpers/mutations.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { createPolicyFile, parsePolicyFile, serializePolicyFile } from './policy-file.ts';
import type { Policy } from './types.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const policy: Policy = {
  perTransactionRao: 5_000_000_000n,
  windows: [
    { period: 'hour', limitRao: 5_000_000_000n },
    { period: 'week', limitRao: 2n ** 64n - 1n },
  ],
  netuids: [0, 8],
  hotkeys: [ALICE],
  destinations: [],
  calls: ['SubtensorModule.add_stake_limit'],
  expiresAtMs: 1_900_000_000_000,
};
const text = serializePolicyFile(policy);

describe('the policy file', () => {
  it('reads back what was written, privately, and is absent until then', async () => {
    const files = createMemoryFiles();
    const file = createPolicyFile({ files, path: '/state/policy.json' });
    expect(await file.read()).toBeUndefined();
    await file.write(policy);
    expect(await file.read()).toEqual(policy);
    expect((await files.stat('/state/policy.json'))?.mode).toBe(0o600);
    await file.remove();
    expect(await file.read()).toBeUndefined();
  });

  it('that was edited by hand closes the tool with exit 9', () => {
    expect(() => parsePolicyFile(text.replaceAll('5000000000', '9000000000'))).toThrow(
      expect.objectContaining({ code: 'POLICY_DAMAGED', exitCode: 9 }),
    );
  });

  it.each<[string, Policy]>([
    ['a limit twice', { windows: [policy.windows[0], policy.windows[0]] as Policy['windows'] }],
    ['a negative limit', { windows: [], perTransactionRao: -1n }],
    ['a subnet that cannot be', { windows: [], netuids: [65_536] }],
    [
      'an address of another chain',
      { windows: [], hotkeys: ['16ADqpMa4yzfmWs3nuTSMhfZ2ckeGtvqhPWCNqECEGDcGgU2'] },
    ],
    ['a call nobody can judge', { windows: [], calls: ['Sudo.sudo'] }],
    ['a time that is no whole number', { windows: [], expiresAtMs: 1.5 }],
  ])('is not written with %s', (_title, odd) => {
    expect(() => serializePolicyFile(odd)).toThrow(
      expect.objectContaining({ code: 'POLICY_INVALID' }),
    );
  });

  it('of any text reads as the policy that was written or not at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), mutated(text)), (content) => {
        try {
          expect(parsePolicyFile(content)).toEqual(policy);
        } catch (error) {
          if (!isTaoError(error, 'POLICY_DAMAGED')) throw error;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
