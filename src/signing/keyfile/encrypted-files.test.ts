import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flipBit } from '../../../test/helpers/mutations.ts';
import { createQuickUnlocker } from '../../../test/helpers/wallets.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { encodeUtf8, equalBytes, formatBareHex } from '../bytes.ts';
import { keyFromMnemonic } from '../keys/key-material.ts';
import { openKeyfile } from './open-keyfile.ts';
import { serializeSecret } from './serialize-keyfile.ts';
import { createUnlocker } from './unlocker.ts';

const PASSWORD = 'golden-test-password';
const MNEMONIC = 'old leopard transfer rib spatial phone calm indicate online fire caution review';
/** What opening a damaged file may say. None of them is "unexpected". */
const ANSWERS = ['KEY_PASSWORD_WRONG', 'KEYFILE_DAMAGED', 'KEYFILE_FORMAT_UNKNOWN'];

type Vector = {
  readonly name: string;
  readonly inputs: { readonly blob: string; readonly password: string };
};

function publishedBlob(name: string): Vector['inputs'] {
  const path = new URL('../../../test/fixtures/vectors-wallet.json', import.meta.url);
  const { vectors } = JSON.parse(readFileSync(path, 'utf8')) as {
    readonly vectors: { readonly keyfile_encrypted: readonly Vector[] };
  };
  return (vectors.keyfile_encrypted.find((vector) => vector.name === name) as Vector).inputs;
}

async function answerTo(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'opened';
  } catch (error) {
    return isTaoError(error) ? error.code : String(error);
  }
}

describe('a $NACL file', () => {
  it('opens to what was sealed, with another nonce every time', async () => {
    const unlocker = createQuickUnlocker();
    const plaintext = encodeUtf8('{"a":1}');
    const first = await unlocker.seal(plaintext, PASSWORD);
    const second = await unlocker.seal(plaintext, PASSWORD);
    expect(first.length).toBe(5 + 24 + 16 + plaintext.length);
    expect(equalBytes(first, second)).toBe(false);
    expect(await unlocker.open(first, PASSWORD)).toEqual(plaintext);
    expect(await unlocker.open(second, PASSWORD)).toEqual(plaintext);
  });

  it('with any bit flipped, or cut anywhere, never opens and never crashes', async () => {
    const unlocker = createQuickUnlocker();
    const key = await keyFromMnemonic(MNEMONIC, { scheme: 'sr25519' });
    const file = await unlocker.seal(serializeSecret(key), PASSWORD);
    const answers = new Set<string>();
    const load = async (content: Uint8Array): Promise<void> => {
      const work = unlocker.open(content, PASSWORD).then(openKeyfile);
      answers.add(await answerTo(work));
    };
    for (let bit = 0; bit < file.length * 8; bit += 1) await load(flipBit(file, bit));
    for (let length = 0; length < file.length; length += 1) await load(file.slice(0, length));
    expect([...answers].sort()).toEqual([...ANSWERS].sort());
  });
});

describe('an Ansible Vault file', () => {
  it('with a bit flipped opens to the same key or not at all', async () => {
    const { blob, password } = publishedBlob('ansible-python-json');
    const file = encodeUtf8(blob);
    const unlocker = createQuickUnlocker();
    const original = formatBareHex(await unlocker.open(file, password));
    const outcomes = new Set<string>();
    for (let bit = 0; bit < file.length * 8; bit += 83) {
      const work = unlocker.open(flipBit(file, bit), password).then(async (opened) => {
        if (formatBareHex(opened) === original) return;
        await openKeyfile(opened);
      });
      outcomes.add(await answerTo(work));
    }
    for (const outcome of outcomes) expect(['opened', ...ANSWERS]).toContain(outcome);
    expect(outcomes).toContain('KEY_PASSWORD_WRONG');
    expect(outcomes).toContain('KEYFILE_DAMAGED');
  });
});

describe('a Fernet file', () => {
  const { blob, password } = publishedBlob('fernet-published-inputs');

  it('that is cut or holds strange characters is damaged, found without the slow derivation', async () => {
    const unlocker = createQuickUnlocker();
    for (const text of [
      blob.slice(0, 60),
      `${blob.slice(0, 40)}!${blob.slice(41)}`,
      'gAAAAA',
      `${blob}x`,
    ]) {
      expect(await answerTo(unlocker.open(encodeUtf8(text), password))).toBe('KEYFILE_DAMAGED');
    }
  });

  it('with a changed letter is a wrong password or a damaged file', async () => {
    const changed = `${blob.slice(0, 50)}${blob[50] === 'A' ? 'B' : 'A'}${blob.slice(51)}`;
    const work = createQuickUnlocker().open(encodeUtf8(changed), password);
    expect(await answerTo(work)).toBe('KEY_PASSWORD_WRONG');
  });
});

describe('the unlocker', () => {
  it('tells when a derivation begins and ends, also when it fails, and tries again after that', async () => {
    const states: string[] = [];
    let isFirst = true;
    const unlocker = createUnlocker({
      random: { bytes: (length) => new Uint8Array(length) },
      onDerivation: (state) => states.push(state),
      deriveKey: async () => {
        if (!isFirst) return new Uint8Array(32);
        isFirst = false;
        throw new RangeError('no memory');
      },
    });
    await expect(unlocker.seal(Uint8Array.of(1), 'p')).rejects.toThrow('no memory');
    await unlocker.seal(Uint8Array.of(1), 'p');
    expect(states).toEqual(['started', 'finished', 'started', 'finished']);
  });

  it('wipes its keys when the command is over', async () => {
    const key = new Uint8Array(32).fill(7);
    const unlocker = createUnlocker({
      random: { bytes: (length) => new Uint8Array(length) },
      deriveKey: async () => key,
    });
    await unlocker.seal(Uint8Array.of(1), 'p');
    unlocker.dispose();
    await Promise.resolve();
    expect(key).toEqual(new Uint8Array(32));
  });

  it('passes content that is not encrypted through', async () => {
    const content = encodeUtf8('{}');
    expect(await createQuickUnlocker().open(content, 'p')).toEqual(content);
  });
});
