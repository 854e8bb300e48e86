import { describe, expect, it } from 'vitest';
import { blake2 } from '../blocks/header.ts';
import { toHex } from '../scale/hex.ts';
import { encodedMetadata } from './build.ts';
import { codeBytes, METADATA_DIGESTS } from './code.ts';
import { PROFILE_NAMES, profileNamed } from './profiles/profiles.ts';

describe('the code of the dev chain', () => {
  it.each(PROFILE_NAMES)('of profile %s changes with its metadata', (name) => {
    const metadata = encodedMetadata(15, profileNamed(name));
    expect(METADATA_DIGESTS[name]).toBe(toHex(blake2(metadata)));
  });

  it('differs from profile to profile', () => {
    const codes = PROFILE_NAMES.map((name) => toHex(codeBytes(profileNamed(name))));
    expect(new Set(codes).size).toBe(PROFILE_NAMES.length);
  });
});
