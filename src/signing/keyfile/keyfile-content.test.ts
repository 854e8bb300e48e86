import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from '../../../test/helpers/mutations.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes.ts';
import { keyFromMnemonic, keyFromPrivateKey, keyFromUri } from '../keys/key-material.ts';
import type { KeyMaterial } from '../types.ts';
import { parseKeyfile } from './keyfile-content.ts';
import { openKeyfile } from './open-keyfile.ts';
import { serializePublic, serializeSecret } from './serialize-keyfile.ts';

const MNEMONIC = 'old leopard transfer rib spatial phone calm indicate online fire caution review';
const ADDRESS = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

const open = (fields: unknown): Promise<KeyMaterial> =>
  openKeyfile(encodeUtf8(typeof fields === 'string' ? fields : JSON.stringify(fields)));

describe('key files', () => {
  it('read back as they were written, for every origin and scheme', async () => {
    const keys = [
      await keyFromMnemonic(MNEMONIC, { scheme: 'sr25519' }),
      await keyFromMnemonic(MNEMONIC, { scheme: 'sr25519', passphrase: 'pass' }),
      await keyFromMnemonic(MNEMONIC, { scheme: 'ed25519' }),
      await keyFromUri('//Alice/soft//7', 'sr25519'),
      await keyFromUri('//Alice', 'ed25519'),
    ];
    for (const key of keys) {
      const opened = await openKeyfile(serializeSecret(key));
      expect(opened.address).toBe(key.address);
      expect(opened.scheme).toBe(key.scheme);
      expect(opened.privateKey).toEqual(key.privateKey);
      const shared = parseKeyfile(serializePublic(key), 'public');
      expect(shared).toEqual({
        kind: 'public',
        key: { scheme: key.scheme, publicKey: key.publicKey, address: key.address },
      });
    }
  });

  it('keep the words only when the words alone restore the key', async () => {
    const fieldsOf = async (passphrase: string): Promise<readonly string[]> => {
      const key = await keyFromMnemonic(MNEMONIC, { scheme: 'sr25519', passphrase });
      return Object.keys(JSON.parse(decodeUtf8(serializeSecret(key)) as string) as object).sort();
    };
    expect(await fieldsOf('')).toContain('secretPhrase');
    expect(await fieldsOf('x')).not.toContain('secretPhrase');
  });

  it('of an sr25519 key hold text only, exactly the fields of the official wallet', async () => {
    const key = await keyFromUri('//Alice', 'sr25519');
    expect(decodeUtf8(serializeSecret(key))).toBe(
      '{"accountId":"0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d","publicKey":"0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d","privateKey":"0x33a6f3093f158a7109f679410bef1a0c54168145e0cecb4df006c1c2fffb1f09925a225d97aa00682d6a59b95b18780c10d7032336e88f3442b42361f4a66011","ss58Address":"5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"}',
    );
  });

  it('open through the next secret when one has a broken form and the address agrees', async () => {
    const fields = {
      secretSeed: '\u0001'.repeat(32),
      secretPhrase: MNEMONIC,
      ss58Address: ADDRESS,
    };
    expect((await open(fields)).address).toBe(ADDRESS);
    const key = await keyFromMnemonic(MNEMONIC, { scheme: 'sr25519' });
    const privateKey = `0x0x${Buffer.from(key.privateKey).toString('hex')}`;
    const broken = { secretPhrase: 'no words', privateKey, ss58Address: ADDRESS };
    expect((await open(broken)).address).toBe(ADDRESS);
  });

  it('never sign for another address than they state, whatever the secrets', async () => {
    const wrong = {
      secretPhrase: MNEMONIC,
      privateKey: `0x${'11'.repeat(64)}`,
      ss58Address: ALICE,
    };
    await expect(open(wrong)).rejects.toMatchObject({ code: 'KEY_MISMATCH' });
    await expect(open({ ...wrong, ss58Address: '5nonsense' })).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
    });
  });

  it('accept the address in the spelling of another chain', async () => {
    const onPolkadot = '16ADqpMa4yzfmWs3nuTSMhfZ2ckeGtvqhPWCNqECEGDcGgU2';
    expect((await open({ secretPhrase: MNEMONIC, ss58Address: onPolkadot })).address).toBe(ADDRESS);
  });

  it('with nothing usable are damaged', async () => {
    await expect(open({ secretSeed: '0x12', secretPhrase: 'a b c' })).rejects.toMatchObject({
      code: 'KEYFILE_DAMAGED',
    });
  });

  it.each([
    [4, 'KEYFILE_UNSUPPORTED'],
    ['7', 'KEYFILE_UNSUPPORTED'],
    [2, 'KEYFILE_UNSUPPORTED'],
    [-1, 'KEYFILE_UNSUPPORTED'],
  ])('of key type %j are refused', async (cryptoType, code) => {
    await expect(open({ secretPhrase: MNEMONIC, cryptoType })).rejects.toMatchObject({ code });
  });

  it('never take a bare public key for a seed, nor a bare seed for a public key', () => {
    const hex = `0x${'66'.repeat(32)}`;
    expect(parseKeyfile(encodeUtf8(hex), 'public').kind).toBe('public');
    expect(parseKeyfile(encodeUtf8(hex), 'secret').kind).toBe('secret');
  });

  it('read a bare URI as agcli writes it, and bare digits that are also a JSON number', async () => {
    expect((await open('//Alice\n')).address).toBe(ALICE);
    expect(parseKeyfile(encodeUtf8('1'.repeat(64)), 'secret').kind).toBe('secret');
  });

  it('are not confused by fields of the object prototype', () => {
    const content = encodeUtf8('{"__proto__":{"ss58Address":"x","secretPhrase":"y"}}');
    expect(() => parseKeyfile(content, 'secret')).toThrow(
      expect.objectContaining({ code: 'KEYFILE_FORMAT_UNKNOWN' }),
    );
  });
});

describe('any content', () => {
  const tolerated = (work: () => unknown): void => {
    try {
      work();
    } catch (error) {
      expect(isTaoError(error)).toBe(true);
    }
  };
  const role = fc.constantFrom('public' as const, 'secret' as const);

  it('parses or gives a TaoError', async () => {
    const key = await keyFromMnemonic(MNEMONIC, { scheme: 'sr25519' });
    const file = decodeUtf8(serializeSecret(key)) as string;
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.oneof(fc.json(), fc.string(), mutated(file), mutated(MNEMONIC)).map(encodeUtf8),
    );
    fc.assert(
      fc.property(content, role, (bytes, as) => tolerated(() => parseKeyfile(bytes, as))),
      { numRuns: 2000 },
    );
  });

  it('opens to the stated address or gives a TaoError', async () => {
    const key = await keyFromMnemonic(MNEMONIC, { scheme: 'sr25519' });
    const file = decodeUtf8(serializeSecret(key)) as string;
    await fc.assert(
      fc.asyncProperty(mutated(file), async (text) => {
        const address = await openKeyfile(encodeUtf8(text)).then(
          (opened) => opened.address,
          (error: unknown) => (isTaoError(error) ? ADDRESS : String(error)),
        );
        const statesAddress = /"ss58Address":"5/.test(text);
        if (statesAddress) expect(address).toBe(ADDRESS);
      }),
      { numRuns: 200 },
    );
  });

  it('of 64 bytes is a private key only with a scalar below the group order', () => {
    const bytes = fc.uint8Array({ minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(bytes, (privateKey) => {
        tolerated(() => {
          const key = keyFromPrivateKey(privateKey, 'sr25519');
          expect((key.privateKey[31] as number) <= 0x10).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
    expect(() => keyFromPrivateKey(new Uint8Array(64), 'sr25519')).toThrow(
      expect.objectContaining({ code: 'SEED_INVALID' }),
    );
  });
});
