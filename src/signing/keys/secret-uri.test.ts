import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaoError } from '../../errors/tao-error.ts';
import { encodeUtf8, formatHex } from '../bytes.ts';
import { keyFromUri } from './key-material.ts';
import { DEV_MNEMONIC, encodeChainCode, MAX_JUNCTIONS, parseSecretUri } from './secret-uri.ts';

const padded = (hex: string): string => `0x${hex.padEnd(64, '0')}`;

describe('junctions', () => {
  it.each([
    ['0', padded('00')],
    ['007', padded('07')],
    ['+5', padded('05')],
    ['18446744073709551615', padded('ffffffffffffffff')],
    ['18446744073709551616', padded(`50${Buffer.from('18446744073709551616').toString('hex')}`)],
    ['-1', padded(`08${Buffer.from('-1').toString('hex')}`)],
    ['+', padded('042b')],
    ['٣', padded(`08${Buffer.from('٣').toString('hex')}`)],
    ['a'.repeat(31), `0x7c${'61'.repeat(31)}`],
  ])('name %j becomes %s', (name, chainCode) => {
    expect(formatHex(encodeChainCode(name))).toBe(chainCode);
  });

  it('of 32 characters and more are hashed', () => {
    expect(formatHex(encodeChainCode('a'.repeat(32)))).not.toContain('6161');
    expect(encodeChainCode('a'.repeat(1000)).length).toBe(32);
  });

  it('that are too large for a number derive as sp-core does, not as polkadot-js', async () => {
    const text = await keyFromUri('//18446744073709551616', 'sr25519');
    const zero = await keyFromUri('//0', 'sr25519');
    expect(text.address).not.toBe(zero.address);
  });
});

describe('secret URIs', () => {
  it('come apart into source, derivations and passphrase', () => {
    const uri = parseSecretUri(`${DEV_MNEMONIC}//hard/soft///pass/// word`);
    expect(uri.passphrase).toBe('pass/// word');
    expect(uri.junctions.map(({ kind }) => kind)).toEqual(['hard', 'soft']);
    expect(uri.source).toEqual({ kind: 'words', words: DEV_MNEMONIC, isDevelopment: true });
  });

  it('without words stand on the development words, hard or soft', async () => {
    for (const path of ['//Alice', '/Alice']) {
      const [bare, full] = [
        await keyFromUri(path, 'sr25519'),
        await keyFromUri(`${DEV_MNEMONIC}${path}`, 'sr25519'),
      ];
      expect(bare.address).toBe(full.address);
    }
  });

  it('ignore a passphrase after a seed', async () => {
    const seed = `0x${'07'.repeat(32)}`;
    const [plain, passed] = [
      await keyFromUri(seed, 'sr25519'),
      await keyFromUri(`${seed}///x`, 'sr25519'),
    ];
    expect(passed.address).toBe(plain.address);
  });

  it('give the same soft key and the same file every time', async () => {
    const [first, second] = [
      await keyFromUri('//Alice/soft', 'sr25519'),
      await keyFromUri('//Alice/soft', 'sr25519'),
    ];
    expect(second.privateKey).toEqual(first.privateKey);
  });

  it.each([
    '//',
    '/',
    'words/',
    '//a//',
    `0x${'0'.repeat(63)}`,
    '0xzz',
    '//a'.repeat(MAX_JUNCTIONS + 1),
    'x'.repeat(5000),
  ])('are refused without being repeated: %s', (uri) => {
    expect(() => parseSecretUri(uri)).toThrow(expect.objectContaining({ code: 'URI_INVALID' }));
    if (uri.length > 4) {
      expect(() => parseSecretUri(uri)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining(uri) }),
      );
    }
  });

  it('of short text are not taken for a seed', async () => {
    await expect(keyFromUri('Alice', 'sr25519')).rejects.toMatchObject({
      code: 'MNEMONIC_INVALID',
    });
  });

  it('of any text give a key or a TaoError', async () => {
    const part = fc.oneof(fc.string(), fc.constantFrom('/', '//', '///', '0x', DEV_MNEMONIC, '+1'));
    const uri = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        uri,
        fc.constantFrom('sr25519' as const, 'ed25519' as const),
        async (text, scheme) => {
          try {
            expect((await keyFromUri(text, scheme)).publicKey.length).toBe(32);
          } catch (error) {
            expect(isTaoError(error)).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('with a name that is not ASCII encode its UTF-8 bytes', () => {
    const name = 'τάο';
    const bytes = encodeUtf8(name);
    expect(encodeChainCode(name).slice(0, 1 + bytes.length)).toEqual(
      Uint8Array.of(bytes.length << 2, ...bytes),
    );
  });
});
