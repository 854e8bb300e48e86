import { blake2b } from '@noble/hashes/blake2.js';
import { describe, expect, it } from 'vitest';
import { concatBytes, formatHex } from './bytes.ts';
import { assembleSigned, assembleUnsignedDummy, extrinsicHash, signingBytes } from './payload.ts';

const bytes = (length: number, value = 7): Uint8Array => new Uint8Array(length).fill(value);

describe('signingBytes', () => {
  it('joins call, extra and additional as they are up to 256 bytes', () => {
    const joined = signingBytes({
      call: bytes(200, 1),
      extra: bytes(50, 2),
      additional: bytes(6, 3),
    });
    expect(joined).toEqual(concatBytes(bytes(200, 1), bytes(50, 2), bytes(6, 3)));
  });

  it('hashes one byte more', () => {
    const parts = { call: bytes(200, 1), extra: bytes(50, 2), additional: bytes(7, 3) };
    const joined = concatBytes(parts.call, parts.extra, parts.additional);
    expect(signingBytes(parts)).toEqual(blake2b(joined, { dkLen: 32 }));
  });
});

describe('assembleSigned', () => {
  const parts = {
    publicKey: bytes(32, 0xaa),
    signature: bytes(64, 0xbb),
    extra: Uint8Array.of(1, 2, 3),
    call: Uint8Array.of(9, 8),
  };

  it('lays out an sr25519 extrinsic as the chain expects it', () => {
    const body = `8400${'aa'.repeat(32)}01${'bb'.repeat(64)}0102030908`;
    expect(formatHex(assembleSigned({ ...parts, scheme: 'sr25519' }))).toBe(`0xa101${body}`);
  });

  it('marks an ed25519 signature with type 0', () => {
    const extrinsic = assembleSigned({ ...parts, scheme: 'ed25519' });
    expect(extrinsic[2 + 2 + 32]).toBe(0);
  });

  it('gives a dummy of exactly the signed length for fee queries', () => {
    const dummy = assembleUnsignedDummy({ ...parts, scheme: 'sr25519' });
    expect(dummy.length).toBe(assembleSigned({ ...parts, scheme: 'sr25519' }).length);
  });

  it('gives a dummy that no chain takes for signed: all of its signature is ones', () => {
    const dummy = formatHex(assembleUnsignedDummy({ ...parts, scheme: 'sr25519' }));
    expect(dummy).toBe(`0xa1018400${'aa'.repeat(32)}01${'01'.repeat(64)}0102030908`);
  });

  it('refuses keys and signatures that are too short', () => {
    expect(() => assembleSigned({ ...parts, scheme: 'sr25519', signature: bytes(63) })).toThrow(
      RangeError,
    );
    expect(() => assembleSigned({ ...parts, scheme: 'sr25519', publicKey: bytes(0) })).toThrow(
      RangeError,
    );
  });

  it('refuses keys and signatures of a wrong length', () => {
    expect(() => assembleSigned({ ...parts, scheme: 'sr25519', signature: bytes(65) })).toThrow(
      'The signature has 65 bytes instead of 64',
    );
    expect(() => assembleSigned({ ...parts, scheme: 'sr25519', publicKey: bytes(33) })).toThrow(
      'The public key has 33 bytes instead of 32',
    );
  });
});

describe('extrinsicHash', () => {
  it('is blake2-256 in hex', () => {
    expect(extrinsicHash(new Uint8Array(0))).toBe(
      '0x0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8',
    );
  });
});
