import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createWalletBench, neverAsks, WALLET_ROOT } from '../../../test/helpers/wallets.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { keyFromUri } from '../keys/key-material.ts';
import { createWalletStore } from './wallet-store.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const COLDKEY = `${WALLET_ROOT}/w/coldkey`;
const ref = { wallet: 'w' };

async function withAlice(password?: string) {
  const bench = createWalletBench();
  const { store, unlocker } = bench;
  await store.writeKey({
    ref,
    key: await keyFromUri('//Alice', 'sr25519'),
    protection:
      password === undefined ? { kind: 'plain' } : { kind: 'encrypted', password, unlocker },
    overwrite: false,
  });
  return bench;
}

describe('changing the protection of a key', () => {
  it('sets another password: the new one opens, the old one does not', async () => {
    const { store, unlocker, withPassword } = await withAlice('the old one');
    await store.changeProtection({
      ref,
      current: withPassword('the old one'),
      protection: { kind: 'encrypted', password: 'the new one', unlocker },
      content: 'keep',
    });
    expect((await store.loadKey(ref, withPassword('the new one'))).address).toBe(ALICE);
    await expect(store.loadKey(ref, withPassword('the old one'))).rejects.toMatchObject({
      code: 'KEY_PASSWORD_WRONG',
    });
  });

  it('encrypts a plain key and writes the public file it lacked', async () => {
    const { store, files, unlocker } = await withAlice();
    await files.remove(`${COLDKEY}pub.txt`);
    await store.changeProtection({
      ref,
      current: neverAsks(unlocker),
      protection: { kind: 'encrypted', password: 'the new one', unlocker },
      content: 'keep',
    });
    expect(files.text(COLDKEY).startsWith('$NACL')).toBe(true);
    expect((await store.readAddress(ref)).address).toBe(ALICE);
  });

  it('with a wrong password or a weak new one leaves the file as it was', async () => {
    const { store, files, unlocker, withPassword } = await withAlice('the old one');
    const before = files.text(COLDKEY);
    const change = (current: string, password: string) =>
      store.changeProtection({
        ref,
        current: withPassword(current),
        protection: { kind: 'encrypted', password, unlocker },
        content: 'keep',
      });
    await expect(change('not the old one', 'the new one')).rejects.toMatchObject({
      code: 'KEY_PASSWORD_WRONG',
    });
    await expect(change('the old one', 'new')).rejects.toMatchObject({ code: 'KEY_PASSWORD_WEAK' });
    expect(files.text(COLDKEY)).toBe(before);
  });

  it('puts the old file back when the new one does not read back', async () => {
    const { files, unlocker, withPassword } = await withAlice('the old one');
    const before = files.text(COLDKEY);
    let writes = 0;
    const failing = createWalletStore({
      root: WALLET_ROOT,
      files: {
        ...files,
        writeAtomic: async (path, content, options) => {
          writes += 1;
          await files.writeAtomic(path, writes === 1 ? content.slice(1) : content, options);
        },
      },
    });
    const change = failing.changeProtection({
      ref,
      current: withPassword('the old one'),
      protection: { kind: 'encrypted', password: 'the new one', unlocker },
      content: 'keep',
    });
    await expect(change).rejects.toMatchObject({ code: 'KEYFILE_DAMAGED' });
    expect(files.text(COLDKEY)).toBe(before);
  });

  it('keeps the content, or reduces it to what btcli 9 opens', async () => {
    const { store, files, unlocker } = await withAlice();
    const newer = {
      ...(JSON.parse(files.text(COLDKEY)) as object),
      cryptoType: 1,
      signingScheme: 'sr25519',
    };
    files.put(COLDKEY, JSON.stringify(newer));
    const change = { ref, current: neverAsks(unlocker), protection: { kind: 'plain' } } as const;
    await store.changeProtection({ ...change, content: 'keep' });
    expect(JSON.parse(files.text(COLDKEY))).toEqual(newer);
    await store.changeProtection({ ...change, content: 'portable' });
    expect(JSON.parse(files.text(COLDKEY))).not.toHaveProperty('cryptoType');
  });

  it('brings an Ansible Vault file to the modern encryption', async () => {
    const fixtures = new URL('../../../test/fixtures/vectors-wallet.json', import.meta.url);
    const { vectors } = JSON.parse(readFileSync(fixtures, 'utf8')) as {
      vectors: {
        keyfile_encrypted: { name: string; inputs: { blob: string; password: string } }[];
      };
    };
    const vault = vectors.keyfile_encrypted.find(({ name }) => name === 'ansible-python-json');
    if (vault === undefined) throw new Error('The vector is gone');
    const { blob, password } = vault.inputs;
    const { store, files, unlocker, withPassword } = createWalletBench();
    files.put(COLDKEY, blob);
    const changed = await store.changeProtection({
      ref,
      current: withPassword(password),
      protection: { kind: 'encrypted', password, unlocker },
      content: 'keep',
    });
    expect(changed.address).toBe('5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX');
    expect((await store.readKey(ref)).encryption).toBe('nacl');
  });
});

describe('restoring a public file', () => {
  it('writes the address of the unlocked secret', async () => {
    const { store, files, withPassword } = await withAlice('the old one');
    await files.remove(`${COLDKEY}pub.txt`);
    await expect(store.readAddress(ref)).rejects.toMatchObject({ code: 'KEYFILE_MISSING' });
    await store.restoreCompanion(ref, withPassword('the old one'));
    expect((await store.readAddress(ref)).address).toBe(ALICE);
  });
});

describe('removing keys', () => {
  it('removes the files of one key, or of all, and nothing else', async () => {
    const { store, files } = await withAlice();
    const key = await keyFromUri('//Bob', 'sr25519');
    for (const hotkey of ['a', 'b']) {
      await store.writeKey({
        ref: { wallet: 'w', hotkey },
        key,
        protection: { kind: 'plain' },
        overwrite: false,
      });
    }
    files.put(`${WALLET_ROOT}/w/hotkeys/notes`, 'remember the milk');
    expect(await store.removeKey({ wallet: 'w', hotkey: 'a' })).toEqual([
      `${WALLET_ROOT}/w/hotkeys/a`,
      `${WALLET_ROOT}/w/hotkeys/apub.txt`,
    ]);
    await store.removeWallet('w');
    expect(files.paths()).toEqual([`${WALLET_ROOT}/w/hotkeys/notes`]);
  });

  it('says when there is nothing to remove', async () => {
    const { store } = await withAlice();
    await expect(store.removeKey({ wallet: 'w', hotkey: 'x' })).rejects.toBeInstanceOf(TaoError);
    await expect(store.removeWallet('x')).rejects.toMatchObject({ code: 'WALLET_NOT_FOUND' });
  });
});

describe('checking a wallet', () => {
  it('names everything that is wrong, and proves what it can open', async () => {
    const { store, files, unlocker, withPassword } = await withAlice('the old one');
    const bob = await keyFromUri('//Bob', 'sr25519');
    const words = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk';
    await store.writeKey({
      ref: { wallet: 'w', hotkey: 'bob' },
      key: bob,
      protection: { kind: 'plain' },
      overwrite: false,
    });
    const text = files.text(`${WALLET_ROOT}/w/hotkeys/bob`);
    files.put(`${WALLET_ROOT}/w/hotkeys/bob`, text, 0o644);
    files.put(`${WALLET_ROOT}/w/hotkeys/dev`, JSON.stringify({ secretPhrase: words }));
    files.put(
      `${WALLET_ROOT}/w/hotkeys/odd`,
      JSON.stringify({ ...JSON.parse(text), secretSeed: `0x${'05'.repeat(32)}` }),
    );
    files.put(`${WALLET_ROOT}/w/hotkeys/swapped`, text);
    files.put(`${WALLET_ROOT}/w/hotkeys/swappedpub.txt`, ALICE);
    files.put(`${WALLET_ROOT}/w/hotkeys/junk`, 'remember the milk');
    const rows = async (unlock?: ReturnType<typeof withPassword>) =>
      (await store.check('w', unlock)).map(({ ref: { hotkey }, proof, findings }) =>
        [hotkey ?? 'coldkey', proof, ...findings.map(({ code }) => code)].join(' '),
      );
    const hotkeys = [
      'bob proved open-to-others',
      'dev proved public-file-missing development-key',
      'odd proved public-file-missing secrets-disagree',
      'swapped failed mismatch mismatch',
      'junk failed unreadable',
    ];
    expect(await rows()).toEqual(['coldkey not-opened', ...hotkeys]);
    expect(await rows(withPassword('the old one'))).toEqual(['coldkey proved', ...hotkeys]);
    expect((await rows(withPassword('nonsense')))[0]).toBe('coldkey failed password-wrong');
    expect(unlocker.derivations.length).toBeLessThanOrEqual(2);
  });
});
