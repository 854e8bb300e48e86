import { describe, expect, it } from 'vitest';
import { createTestContext } from '../../test/helpers/test-context.ts';
import type { RawInput } from '../cli/spec.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { createPasswords, readNewPassword } from './passwords.ts';

const raw = (options: RawInput['options']): RawInput => ({ arguments: {}, options });
const request = {
  ref: { wallet: 'savings' },
  path: '/wallets/savings/coldkey',
  address: undefined,
  encryption: 'nacl',
} as const;

/** The code an expected failure has. */
async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isTaoError(error)) return error.code;
  throw new Error('Not refused');
}

describe('the password of a key that is there', () => {
  it('is read from a pipe once, however many keys are opened', async () => {
    const context = createTestContext();
    let reads = 0;
    const readStdin = async () => {
      reads += 1;
      return new TextEncoder().encode(reads === 1 ? 'secret one\nsecond line\n' : '');
    };
    const piped = { ...context, streams: { ...context.streams, readStdin } };
    const { current, wasTyped } = createPasswords(piped, raw({ 'password-file': '-' }));
    expect([await current(request), await current(request)]).toEqual(['secret one', 'secret one']);
    expect([reads, wasTyped()]).toEqual([1, false]);
  });

  it('comes from the option, then our variables, then the official ones', async () => {
    const env = {
      TAO_PASSWORD: 'from ours',
      TAO_PASSWORD_FILE: '/file',
      BT_WALLET_PASSWORD: 'from theirs',
    };
    const ask = async (given: Record<string, string>, options: RawInput['options'] = {}) => {
      const context = createTestContext({ env: given });
      context.platform.files.put('/file', 'from a file\r\n');
      context.platform.files.put('/dev/fd/7', 'from a descriptor');
      return createPasswords(context, raw(options)).current(request);
    };
    expect(await ask(env, { 'password-fd': '7' })).toBe('from a descriptor');
    expect(await ask(env, { 'password-file': '/file' })).toBe('from a file');
    expect(await ask(env)).toBe('from ours');
    expect(await ask({ ...env, TAO_PASSWORD: '' })).toBe('from a file');
    expect(await ask({ BT_WALLET_PASSWORD: 'from theirs' })).toBe('from theirs');
  });

  it.each([
    ['a file that is not there', { 'password-file': '/nowhere' }, 'KEY_PASSWORD_MISSING'],
    ['an empty file', { 'password-file': '/empty' }, 'KEY_PASSWORD_MISSING'],
    ['a terminal as standard input', { 'password-file': '-' }, 'KEY_PASSWORD_MISSING'],
    ['a file that is too long', { 'password-file': '/long' }, 'FILE_TOO_LARGE'],
    ['two sources', { 'password-file': '/empty', 'password-fd': '3' }, 'USAGE_CONFLICT'],
    ['nothing', {}, 'KEY_PASSWORD_MISSING'],
  ])('is missing with %s', async (_, options, code) => {
    const context = createTestContext();
    context.platform.files.put('/empty', '\n');
    context.platform.files.put('/long', 'x'.repeat(5_000));
    expect(await codeOf(createPasswords(context, raw(options)).current(request))).toBe(code);
  });
});

describe('the password of a new key', () => {
  it('is never taken from the official variables', async () => {
    const context = createTestContext({ env: { BT_WALLET_PASSWORD: 'from theirs' } });
    expect(await codeOf(readNewPassword(context, raw({})))).toBe('KEY_PASSWORD_MISSING');
  });
});
