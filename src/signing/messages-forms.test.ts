import { beforeAll, describe, expect, it } from 'vitest';
import { formatAddress } from '../domain/address.ts';
import { formatBareHex } from './bytes.ts';
import { keyFromUri } from './keys/key-material.ts';
import { createKeySigner } from './keys/key-signer.ts';
import { verifyMessage } from './messages.ts';
import type { KeyMaterial, Signer } from './types.ts';

let key: KeyMaterial;
let signer: Signer;

beforeAll(async () => {
  key = await keyFromUri('//Alice', 'sr25519');
  signer = await createKeySigner(key);
});

const sign = async (text: string): Promise<string> =>
  formatBareHex(await signer.signBytes(new TextEncoder().encode(text)));

describe('a signature is verified', () => {
  it('in any spelling of its hex, and for every spelling of the signer', async () => {
    const signature = await sign('hello');
    const hex = formatBareHex(key.publicKey);
    for (const given of [signature, `0x${signature}`, signature.toUpperCase(), ` ${signature}\n`]) {
      const input = { message: 'hello', signature: given, signer: key.address };
      expect(await verifyMessage(input)).toEqual({ valid: true, scheme: 'sr25519', form: 'raw' });
    }
    for (const given of [hex, `0x${hex}`, formatAddress(key.publicKey)]) {
      expect(await verifyMessage({ message: 'hello', signature, signer: given })).toMatchObject({
        valid: true,
      });
    }
  });

  it('not of another message, by another key or with another letter of it', async () => {
    const signature = await sign('hello');
    const bob = await keyFromUri('//Bob', 'sr25519');
    const flipped = `${signature.startsWith('0') ? '1' : '0'}${signature.slice(1)}`;
    const right = { message: 'hello', signature, signer: key.address };
    for (const change of [
      { message: 'hello ' },
      { message: '' },
      { signer: bob.address },
      { signature: flipped },
    ]) {
      expect(await verifyMessage({ ...right, ...change })).toEqual({
        valid: false,
        scheme: 'sr25519',
        form: undefined,
      });
    }
  });

  it('in the wrapping only when both tags are there', async () => {
    const verified = async (signed: string) =>
      verifyMessage({ message: 'a', signature: await sign(signed), signer: key.address });
    expect(await verified('<Bytes>a</Bytes>')).toMatchObject({ valid: true, form: 'wrapped' });
    expect(await verified('<Bytes>a')).toMatchObject({ valid: false });
    expect(await verified('a</Bytes>')).toMatchObject({ valid: false });
    expect(await verified('<Bytes></Bytes>')).toMatchObject({ valid: false });
  });

  it('of a scheme that is not the one it was made with as not valid, and says which', async () => {
    const input = { message: 'a', signature: await sign('a'), signer: key.address };
    expect(await verifyMessage({ ...input, scheme: 'ed25519' })).toEqual({
      valid: false,
      scheme: 'ed25519',
      form: undefined,
    });
  });

  it('without the mark of sr25519 is not one, before any curve is asked', async () => {
    const signature = await sign('a');
    const last = Number.parseInt(signature.slice(-2), 16);
    const unmarked = signature.slice(0, -2) + (last & 0x7f).toString(16).padStart(2, '0');
    expect(
      await verifyMessage({ message: 'a', signature: unmarked, signer: key.address }),
    ).toMatchObject({ valid: false });
  });

  it.each(['nobody', '', `0x${'00'.repeat(31)}`, `0x${'00'.repeat(33)}`])(
    'not at all for the signer %j, and the error says what to give',
    async (nobody) => {
      await expect(
        verifyMessage({ message: 'a', signature: '00', signer: nobody }),
      ).rejects.toMatchObject({
        code: 'ADDRESS_INVALID',
        hint: expect.stringContaining('64 hex digits'),
      });
    },
  );
});
