import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from '../../../test/helpers/mutations.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { keyFromPolkadotJson } from './polkadot-json.ts';

type Vector = {
  readonly name: string;
  readonly inputs: { readonly json: string; readonly password: string };
};
const fixtures = new URL('../../../test/fixtures/vectors-wallet.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(fixtures, 'utf8')) as {
  readonly vectors: { readonly polkadot_js_json: readonly Vector[] };
};
const { json, password } = (
  vectors.polkadot_js_json.find(({ name }) => name === 'published-sr25519') as Vector
).inputs;

/** The export with something changed. */
function edited(edit: (fields: Record<string, unknown>) => void): string {
  const fields = JSON.parse(json) as Record<string, unknown>;
  edit(fields);
  return JSON.stringify(fields);
}

function withScrypt(N: number, p: number, r: number): string {
  return edited((fields) => {
    const encoded = Buffer.from(fields.encoded as string, 'base64');
    encoded.writeUInt32LE(N, 32);
    encoded.writeUInt32LE(p, 36);
    encoded.writeUInt32LE(r, 40);
    fields.encoded = encoded.toString('base64');
  });
}

describe('polkadot-js exports', () => {
  it('with a wrong password say that the file may be damaged instead', async () => {
    await expect(keyFromPolkadotJson(json, 'nope')).rejects.toMatchObject({
      code: 'KEY_PASSWORD_WRONG',
      message: expect.stringContaining('damaged'),
    });
  });

  it.each<[string, string, string]>([
    [
      'another version',
      edited((f) => Object.assign(f.encoding as object, { version: '2' })),
      'KEYFILE_UNSUPPORTED',
    ],
    [
      'an Ethereum key',
      edited((f) => Object.assign(f.encoding as object, { content: ['pkcs8', 'ethereum'] })),
      'KEYFILE_UNSUPPORTED',
    ],
    [
      'no encryption',
      edited((f) => Object.assign(f.encoding as object, { type: ['none'] })),
      'KEYFILE_UNSUPPORTED',
    ],
    ['a cut secret', edited((f) => Object.assign(f, { encoded: 'AAAA' })), 'KEYFILE_DAMAGED'],
    ['base64 with holes', edited((f) => Object.assign(f, { encoded: '!!' })), 'KEYFILE_DAMAGED'],
    ['too much memory asked for', withScrypt(2 ** 20, 1, 8), 'KEYFILE_UNSUPPORTED'],
    ['a cost that is no power of two', withScrypt(100, 1, 8), 'KEYFILE_UNSUPPORTED'],
    ['more than one lane', withScrypt(32_768, 4, 8), 'KEYFILE_UNSUPPORTED'],
    ['a key file instead', '{"secretSeed":"0x"}', 'KEYFILE_DAMAGED'],
    ['no JSON', 'hello', 'KEYFILE_DAMAGED'],
  ])('are refused with %s', async (_title, text, code) => {
    await expect(keyFromPolkadotJson(text, password)).rejects.toMatchObject({ code });
  });

  it('are refused when they name another account than their secret', async () => {
    const text = edited((fields) => {
      fields.address = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
    });
    await expect(keyFromPolkadotJson(text, password)).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
    });
  });

  it('of any text give the right key or a TaoError', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(json), async (text) => {
        try {
          const key = await keyFromPolkadotJson(text, password);
          expect(key.address).toBe('5CuByUQBWZci5AtXonuHHhcbRL3yxM5xDdJsTNaYN3vPDY6f');
        } catch (error) {
          expect(isTaoError(error)).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });
});
