import { createPair } from '@polkadot/keyring';
import { describe, expect, it } from 'vitest';
import { formatAddress } from '../domain/address.ts';
import { keyFromUri } from './keys/key-material.ts';
import { createKeySigner } from './keys/key-signer.ts';
import { signMessage, verifyMessage } from './messages.ts';

describe('signed messages', () => {
  it.each(['sr25519', 'ed25519'] as const)(
    'of %s verify as the scheme they were made with only',
    async (scheme) => {
      const signer = await createKeySigner(await keyFromUri('//Alice', scheme));
      const { signedMessage, signerAddress } = await signMessage(signer, '0x1234');
      expect(signedMessage).toMatch(/^[0-9a-f]{128}$/);
      const input = { message: '0x1234', signature: signedMessage, signer: signerAddress };
      expect(await verifyMessage({ ...input, scheme })).toEqual({
        valid: true,
        scheme,
        form: 'raw',
      });
      const other = scheme === 'sr25519' ? 'ed25519' : 'sr25519';
      expect((await verifyMessage({ ...input, scheme: other })).valid).toBe(false);
      expect((await verifyMessage({ ...input, message: '\u0012\u0034', scheme })).valid).toBe(
        false,
      );
    },
  );

  it('in the wrapping of browser extensions verify and say so', async () => {
    const key = await keyFromUri('//Alice', 'sr25519');
    const signer = await createKeySigner(key);
    const signature = await signer.signBytes(new TextEncoder().encode('<Bytes>hello</Bytes>'));
    const input = {
      message: 'hello',
      signature: Buffer.from(signature).toString('hex'),
      signer: key.address,
    };
    expect(await verifyMessage(input)).toMatchObject({ valid: true, form: 'wrapped' });
  });

  it('verify with the keyring itself, so both sides agree on the bytes', async () => {
    const key = await keyFromUri('//Alice', 'sr25519');
    const signer = await createKeySigner(key);
    const bytes = Uint8Array.of(1, 2, 3);
    const pair = createPair(
      { toSS58: formatAddress, type: 'sr25519' },
      { publicKey: key.publicKey, secretKey: new Uint8Array(64) },
    );
    expect(pair.verify(bytes, await signer.signPayload(bytes), key.publicKey)).toBe(true);
  });

  it.each(['', '0x', 'zz', '00'.repeat(63), '00'.repeat(65), '00'.repeat(64)])(
    'with the malformed signature %j are not valid, and no error',
    async (signature) => {
      const signer = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
      expect((await verifyMessage({ message: 'm', signature, signer })).valid).toBe(false);
    },
  );

  it('by someone who is no account are an error', async () => {
    const verify = verifyMessage({ message: 'm', signature: '00', signer: 'nobody' });
    await expect(verify).rejects.toMatchObject({ code: 'ADDRESS_INVALID' });
  });
});
