import { describe, expect, it } from 'vitest';
import { blake2 } from '../blocks/header.ts';
import { toHex } from '../scale/hex.ts';
import { encodedMetadata } from './build.ts';
import { METADATA_DIGEST } from './code.ts';

describe('the code of the dev chain', () => {
  it('changes with the metadata, so that no client keeps what is out of date', () => {
    expect(METADATA_DIGEST).toBe(toHex(blake2(encodedMetadata(15))));
  });
});
