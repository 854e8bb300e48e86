import { describe, expect, it } from 'vitest';
import { devAddresses } from './dev-addresses.ts';
import { keyFromUri } from './key-material.ts';

describe('the table of development addresses', () => {
  it('names exactly the accounts that the URIs derive', async () => {
    for (const [uri, address] of Object.entries(devAddresses)) {
      expect((await keyFromUri(uri, 'sr25519')).address, uri).toBe(address);
    }
  });
});
