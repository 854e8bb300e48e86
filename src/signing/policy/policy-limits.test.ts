import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../../test/helpers/files.ts';
import { checksumOf } from '../json-fields.ts';
import { KNOWN_CALLS } from './call-effects.ts';
import {
  createPolicyFile,
  MAX_LIST_LENGTH,
  POLICY_FILE_LIMIT_BYTES,
  parsePolicyFile,
  policyJson,
  serializePolicyFile,
} from './policy-file.ts';
import type { Policy } from './types.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const ON_POLKADOT = '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5';
const U64_MAX = 2n ** 64n - 1n;
const PATH = '/state/tao/policy.json';

const damaged = (reason: string) =>
  expect.objectContaining({
    code: 'POLICY_DAMAGED',
    exitCode: 9,
    message: expect.stringContaining(reason),
    hint: expect.stringContaining('tao policy set'),
  });

/** A file with the right checksum around any policy, so that only the policy can be at fault. */
const fileOf = (policy: unknown, over: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ format: 'tao-policy/1', policy, checksum: checksumOf(policy), ...over });

describe('a policy is written', () => {
  it.each<[string, Policy]>([
    ['without any limit', { windows: [] }],
    ['with the smallest limits', { windows: [], perTransactionRao: 0n, expiresAtMs: 0 }],
    [
      'with the largest limits',
      {
        windows: [{ period: 'day', limitRao: U64_MAX }],
        perTransactionRao: U64_MAX,
        expiresAtMs: Number.MAX_SAFE_INTEGER,
      },
    ],
    [
      'with every period once',
      {
        windows: [
          { period: 'week', limitRao: 3n },
          { period: 'day', limitRao: 2n },
          { period: 'hour', limitRao: 1n },
        ],
      },
    ],
    ['with the first and the last subnet', { windows: [], netuids: [0, 65_535] }],
    ['with lists that allow nothing', { windows: [], netuids: [], hotkeys: [], destinations: [] }],
    ['with accounts', { windows: [], hotkeys: [ALICE], destinations: [ALICE] }],
    ['with every call it knows', { windows: [], calls: KNOWN_CALLS }],
    [
      'with as many subnets as a list holds',
      { windows: [], netuids: Array.from({ length: MAX_LIST_LENGTH }, (_, netuid) => netuid) },
    ],
  ])('%s, and read back the same', (_title, policy) => {
    expect(parsePolicyFile(serializePolicyFile(policy))).toStrictEqual(policy);
  });

  it('with a line for each field and amounts as text', () => {
    const policy: Policy = { windows: [{ period: 'day', limitRao: 5n }], netuids: [1] };
    const text = serializePolicyFile(policy);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text.split('\n').length).toBeGreaterThan(10);
    expect(policyJson(policy)).toEqual({
      windows: [{ period: 'day', limitRao: '5' }],
      netuids: [1],
    });
  });
});

describe('a policy is not written', () => {
  it.each<[string, unknown, string]>([
    ['above the largest amount', { perTransactionRao: U64_MAX + 1n }, '"perTransactionRao"'],
    ['with a window above it', { windows: [{ period: 'day', limitRao: U64_MAX + 1n }] }, 'limit'],
    ['with a window below nothing', { windows: [{ period: 'day', limitRao: -1n }] }, '"limitRao"'],
    ['with a month', { windows: [{ period: 'month', limitRao: 1n }] }, 'not hour, day or week'],
    [
      'with two limits of a day',
      {
        windows: [
          { period: 'day', limitRao: 1n },
          { period: 'day', limitRao: 2n },
        ],
      },
      'one period twice',
    ],
    ['with a subnet below nothing', { netuids: [-1] }, '"netuids" holds something'],
    ['with a subnet in parts', { netuids: [1.5] }, '"netuids" holds something'],
    ['with a subnet as text', { netuids: ['1'] }, '"netuids" holds something'],
    ['with one bad subnet of two', { netuids: [1, 65_536] }, '"netuids" holds something'],
    ['with too long a list', { netuids: new Array(MAX_LIST_LENGTH + 1).fill(1) }, '"netuids"'],
    ['with a hotkey in another spelling', { hotkeys: [ON_POLKADOT] }, '"hotkeys" holds something'],
    ['with a hotkey that is a number', { hotkeys: [1] }, '"hotkeys" holds something'],
    ['with a destination that is none', { destinations: ['bob'] }, '"destinations" holds'],
    ['with a call that is a number', { calls: [1] }, '"calls" holds something'],
    ['with a wrapper as a call', { calls: ['Utility.batch'] }, '"calls" holds something'],
    ['with a time before all time', { expiresAtMs: -1 }, '"expiresAtMs"'],
  ])('%s', (_title, odd, reason) => {
    const policy = { windows: [], ...(odd as object) } as Policy;
    expect(() => serializePolicyFile(policy)).toThrow(
      expect.objectContaining({
        code: 'POLICY_INVALID',
        message: expect.stringMatching(`^Couldn't set the spending policy: .*${reason}`),
        hint: expect.stringContaining('amounts, addresses and call names'),
      }),
    );
  });
});

it('a policy whose file could not be read back is not written', () => {
  const hotkeys = new Array<string>(MAX_LIST_LENGTH).fill(ALICE);
  expect(serializePolicyFile({ windows: [], hotkeys }).length).toBeLessThan(
    POLICY_FILE_LIMIT_BYTES,
  );
  expect(() => serializePolicyFile({ windows: [], hotkeys, destinations: hotkeys })).toThrow(
    expect.objectContaining({
      code: 'POLICY_INVALID',
      message: expect.stringContaining('shorten its lists'),
    }),
  );
});

describe('a policy file closes the tool', () => {
  const window = { period: 'day', limitRao: '5' };

  it('and no other way of making one does', () => {
    expect(parsePolicyFile(fileOf({ windows: [window] }))).toEqual({
      windows: [{ period: 'day', limitRao: 5n }],
    });
  });

  it.each<[string, string, string]>([
    ['of another format', fileOf({ windows: [] }, { format: 'tao-policy/2' }), 'format'],
    ['with a field nobody knows', fileOf({ windows: [] }, { also: 1 }), 'unknown field'],
    ['with a limit nobody knows', fileOf({ windows: [], perMonth: '1' }), 'unknown field'],
    [
      'with a window that says more',
      fileOf({ windows: [{ ...window, from: 0 }] }),
      'a window has an unknown field',
    ],
    ['without windows', fileOf({}), 'lacks "windows"'],
    ['with a window too many', fileOf({ windows: new Array(4).fill(window) }), '"windows"'],
    ['with a window that is text', fileOf({ windows: ['day'] }), 'a window is not an object'],
    ['with a limit as a number', fileOf({ windows: [{ ...window, limitRao: 5 }] }), '"limitRao"'],
    ['without a checksum', fileOf({ windows: [] }, { checksum: undefined }), 'lacks "checksum"'],
    ['with another checksum', fileOf({ windows: [] }, { checksum: '0x00' }), 'its checksum'],
    ['that is too long', ' '.repeat(POLICY_FILE_LIMIT_BYTES + 1), 'characters'],
    ['that is empty', '', 'not JSON'],
  ])('%s', (_title, text, reason) => {
    expect(() => parsePolicyFile(text)).toThrow(damaged(reason));
  });

  it('that is not text', async () => {
    const files = createMemoryFiles();
    files.put(PATH, Uint8Array.of(0xc3, 0x28));
    await expect(createPolicyFile({ files, path: PATH }).read()).rejects.toEqual(
      damaged('it is not UTF-8 text'),
    );
  });

  it('that has more bytes than a policy can have', async () => {
    const files = createMemoryFiles();
    files.put(PATH, ' '.repeat(POLICY_FILE_LIMIT_BYTES + 1));
    await expect(createPolicyFile({ files, path: PATH }).read()).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
    });
  });
});

describe('writing a policy', () => {
  it('makes a private folder, and replaces the policy that was there', async () => {
    const files = createMemoryFiles();
    const file = createPolicyFile({ files, path: PATH });
    await file.write({ windows: [], netuids: [1] });
    expect((await files.stat('/state/tao'))?.mode).toBe(0o700);
    await file.write({ windows: [], netuids: [2] });
    expect(await file.read()).toEqual({ windows: [], netuids: [2] });
  });

  it('that is not valid leaves the old one', async () => {
    const files = createMemoryFiles();
    const file = createPolicyFile({ files, path: PATH });
    await file.write({ windows: [] });
    await expect(file.write({ windows: [], netuids: [-1] })).rejects.toMatchObject({
      code: 'POLICY_INVALID',
    });
    expect(await file.read()).toEqual({ windows: [] });
  });
});
