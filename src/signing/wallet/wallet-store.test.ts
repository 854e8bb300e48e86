import { describe, expect, it } from 'vitest';
import { createWalletBench, neverAsks, WALLET_ROOT } from '../../../test/helpers/wallets.ts';
import { parseAddress } from '../../domain/address.ts';
import { keyFromMnemonic, keyFromUri } from '../keys/key-material.ts';
import { signMessage, verifyMessage } from '../messages.ts';
import type { KeyMaterial } from '../types.ts';

const MNEMONIC = 'old leopard transfer rib spatial phone calm indicate online fire caution review';
const ADDRESS = '5HDvhV6WDCjCKyrXqGQSDYqQAzkzabNhctmiDYEqgBC66BsX';
const PASSWORD = 'correct horse battery';
const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';

const coldkey = (): Promise<KeyMaterial> => keyFromMnemonic(MNEMONIC, { scheme: 'sr25519' });
const alice = (): Promise<KeyMaterial> => keyFromUri('//Alice', 'sr25519');

async function withSavings() {
  const bench = createWalletBench();
  await bench.store.writeKey({
    ref: { wallet: 'savings' },
    key: await coldkey(),
    protection: { kind: 'encrypted', password: PASSWORD, unlocker: bench.unlocker },
    overwrite: false,
  });
  await bench.store.writeKey({
    ref: { wallet: 'savings', hotkey: 'miner' },
    key: await alice(),
    protection: { kind: 'plain' },
    overwrite: false,
  });
  return bench;
}

describe('writing a wallet', () => {
  it('makes the files and modes of the official wallet', async () => {
    const { files } = await withSavings();
    expect(files.paths()).toEqual([
      `${WALLET_ROOT}/savings/coldkey`,
      `${WALLET_ROOT}/savings/coldkeypub.txt`,
      `${WALLET_ROOT}/savings/hotkeys/miner`,
      `${WALLET_ROOT}/savings/hotkeys/minerpub.txt`,
    ]);
    for (const path of files.paths()) expect((await files.stat(path))?.mode).toBe(0o600);
    expect((await files.stat(`${WALLET_ROOT}/savings`))?.mode).toBe(0o700);
    expect((await files.stat(`${WALLET_ROOT}/savings/hotkeys`))?.mode).toBe(0o700);
    expect(files.text(`${WALLET_ROOT}/savings/coldkey`).startsWith('$NACL')).toBe(true);
  });

  it('derives the file key once for a seal, its check and a later load', async () => {
    const { store, unlocker, withPassword } = await withSavings();
    await store.loadKey({ wallet: 'savings' }, withPassword(PASSWORD));
    expect(unlocker.derivations).toEqual([PASSWORD]);
  });

  it('refuses to replace a key, and leaves every byte as it was', async () => {
    const { store, files } = await withSavings();
    const before = files.text(`${WALLET_ROOT}/savings/coldkey`);
    const again = store.writeKey({
      ref: { wallet: 'savings' },
      key: await alice(),
      protection: { kind: 'plain' },
      overwrite: false,
    });
    await expect(again).rejects.toMatchObject({ code: 'WALLET_EXISTS', exitCode: 4 });
    expect(files.text(`${WALLET_ROOT}/savings/coldkey`)).toBe(before);
  });

  it('replaces a key when told to', async () => {
    const { store } = await withSavings();
    await store.writeKey({
      ref: { wallet: 'savings' },
      key: await alice(),
      protection: { kind: 'plain' },
      overwrite: true,
    });
    expect((await store.readAddress({ wallet: 'savings' })).address).toBe(ALICE);
  });

  it('gives a watch-only wallet its secret back, but not the secret of another account', async () => {
    const { store } = createWalletBench();
    const key = await coldkey();
    await store.writeWatchOnly({ ref: { wallet: 'watch' }, key, overwrite: false });
    const other = store.writeKey({
      ref: { wallet: 'watch' },
      key: await alice(),
      protection: { kind: 'plain' },
      overwrite: false,
    });
    await expect(other).rejects.toMatchObject({ code: 'WALLET_EXISTS' });
    const written = await store.writeKey({
      ref: { wallet: 'watch' },
      key,
      protection: { kind: 'plain' },
      overwrite: false,
    });
    expect(written.address).toBe(ADDRESS);
  });

  it('never turns a wallet with a secret into a watch-only one', async () => {
    const { store } = await withSavings();
    const key = await alice();
    const change = store.writeWatchOnly({ ref: { wallet: 'savings' }, key, overwrite: true });
    await expect(change).rejects.toMatchObject({ code: 'WALLET_EXISTS' });
  });

  it.each(['savings', 'savings/hotkeys', 'savings/hotkeys/miner', 'savings/hotkeys/minerpub.txt'])(
    'does not follow a symbolic link at %s',
    async (linked) => {
      const { store, files } = createWalletBench();
      files.put('/elsewhere/hotkeys/keep', 'x');
      files.link(
        `${WALLET_ROOT}/${linked}`,
        linked.includes('miner') ? '/elsewhere/m' : '/elsewhere',
      );
      const write = store.writeKey({
        ref: { wallet: 'savings', hotkey: 'miner' },
        key: await alice(),
        protection: { kind: 'plain' },
        overwrite: true,
      });
      await expect(write).rejects.toMatchObject({ code: 'FILE_IS_SYMLINK' });
      expect(files.paths().filter((path) => path.startsWith('/elsewhere'))).toEqual([
        '/elsewhere/hotkeys/keep',
      ]);
    },
  );

  it.each([
    '',
    '.',
    '..',
    '../up',
    'a/b',
    'a\\b',
    'a\0b',
    'xpub.txt',
    'x.lock',
    'x.tmp',
    ' x',
    '.x',
  ])('refuses the name %j', async (wallet) => {
    const { store, files } = createWalletBench();
    const key = await alice();
    const write = store.writeWatchOnly({ ref: { wallet }, key, overwrite: true });
    await expect(write).rejects.toMatchObject({ code: 'WALLET_NAME_INVALID', exitCode: 2 });
    expect(files.paths()).toEqual([]);
  });

  it('refuses a weak password before anything is written', async () => {
    const { store, files, unlocker } = createWalletBench();
    for (const password of ['', 'short', ' spaced password ']) {
      const write = store.writeKey({
        ref: { wallet: 'w' },
        key: await alice(),
        protection: { kind: 'encrypted', password, unlocker },
        overwrite: false,
      });
      await expect(write).rejects.toMatchObject({ code: 'KEY_PASSWORD_WEAK' });
    }
    expect(files.paths()).toEqual([]);
  });
});

describe('reading wallets', () => {
  it('needs neither a password nor the secret for the address', async () => {
    const { store, asked } = await withSavings();
    expect(await store.readAddress({ wallet: 'savings' })).toEqual({
      scheme: 'sr25519',
      address: ADDRESS,
      publicKey: parseAddress(ADDRESS),
      from: 'public-file',
    });
    expect(asked).toEqual([]);
  });

  it('lists complete, watch-only, partial and odd wallets, and skips what is no wallet', async () => {
    const { store, files } = await withSavings();
    files.put(
      `${WALLET_ROOT}/old/coldkeypub.txt`,
      `0x${'32939b6abc4d81f02dff04d2b8d1d01cc8e71c5e4c7492e4fa6a238cdca3512f'}`,
    );
    files.put(`${WALLET_ROOT}/locked/coldkey`, '$NACL....');
    files.put(`${WALLET_ROOT}/third/coldkey`, Uint8Array.of(0xff, 0xfe, 1, 2));
    files.put(
      `${WALLET_ROOT}/third/coldkeypub.txt`,
      '66933bd1f37070ef87bd1198af3dacceb095237f803f3d32b173e6b425ed7972',
    );
    files.put(
      `${WALLET_ROOT}/third/hotkeys/h1`,
      'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about',
    );
    files.put(`${WALLET_ROOT}/third/hotkeys/h1.lock`, '');
    files.put(`${WALLET_ROOT}/third/hotkeys/notes`, 'remember the milk');
    files.put(`${WALLET_ROOT}/third/hotkeys/.hidden`, 'x');
    files.link(`${WALLET_ROOT}/third/hotkeys/nowhere`, '/nowhere');
    files.put(`${WALLET_ROOT}/third/hotkeys/folder/file`, 'x');
    files.put(`${WALLET_ROOT}/third/hotkeys/gonepub.txt`, ALICE);
    files.put(`${WALLET_ROOT}/hotkeypub.txt`, 'stray');
    await files.makeDirectory(`${WALLET_ROOT}/empty`, 0o700);
    const wallets = await store.list();
    const rows = wallets.map(({ name, coldkey: cold, hotkeys, strays }) => [
      name,
      cold.secret,
      cold.address,
      hotkeys.map((hotkey) => `${hotkey.name} ${hotkey.secret} ${hotkey.address}`),
      strays,
    ]);
    expect(rows).toEqual([
      ['locked', 'encrypted', undefined, [], []],
      ['old', 'absent', '5DD26kC2kxajmwfbbZmVmxhrY9VeeyR1Gpzy9i8wxLUg6zxm', [], []],
      ['savings', 'encrypted', ADDRESS, [`miner plain ${ALICE}`], []],
      [
        'third',
        'unreadable',
        '5EPCUjPxiHAcNooYipQFWr9NmmXJKpNG5RhcntXwbtUySrgH',
        [`gone absent ${ALICE}`, 'h1 plain 5EPCUjPxiHAcNooYipQFWr9NmmXJKpNG5RhcntXwbtUySrgH'],
        ['folder', 'notes', 'nowhere'],
      ],
    ]);
  });

  it('says that an agcli coldkey is not a btcli key file instead of calling a password wrong', async () => {
    const { store, files, withPassword } = createWalletBench();
    files.put(`${WALLET_ROOT}/a/coldkey`, Uint8Array.of(0xff, 0xfe, 1, 2));
    await expect(store.loadKey({ wallet: 'a' }, withPassword('x'))).rejects.toMatchObject({
      code: 'KEYFILE_FORMAT_UNKNOWN',
      message: expect.stringContaining('agcli'),
    });
  });

  it('reads a linked wallet folder, which only writing refuses', async () => {
    const { store, files } = createWalletBench();
    files.put('/elsewhere/coldkeypub.txt', ALICE);
    files.link(`${WALLET_ROOT}/linked`, '/elsewhere');
    expect((await store.list()).map(({ name }) => name)).toEqual(['linked']);
    expect((await store.readAddress({ wallet: 'linked' })).address).toBe(ALICE);
  });

  it('distinguishes a wallet, a hotkey and a public file that are not there', async () => {
    const { store, files } = createWalletBench();
    files.put(`${WALLET_ROOT}/locked/coldkey`, '$NACL....');
    await expect(store.readAddress({ wallet: 'none' })).rejects.toMatchObject({
      code: 'WALLET_NOT_FOUND',
    });
    await expect(store.readAddress({ wallet: 'locked', hotkey: 'h' })).rejects.toMatchObject({
      code: 'KEYFILE_MISSING',
      data: { reason: 'no_secret_file' },
    });
    await expect(store.readAddress({ wallet: 'locked' })).rejects.toMatchObject({
      code: 'KEYFILE_MISSING',
      data: { reason: 'no_public_file' },
    });
  });

  it('refuses an address when the public file contradicts the plain secret', async () => {
    const { store, files } = await withSavings();
    files.put(`${WALLET_ROOT}/savings/hotkeys/minerpub.txt`, ADDRESS);
    await expect(store.readAddress({ wallet: 'savings', hotkey: 'miner' })).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
    });
  });

  it('refuses a public file that contradicts itself', async () => {
    const { store, files } = createWalletBench();
    const content = JSON.stringify({ ss58Address: ALICE, publicKey: `0x${'11'.repeat(32)}` });
    files.put(`${WALLET_ROOT}/w/coldkeypub.txt`, content);
    await expect(store.readAddress({ wallet: 'w' })).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
    });
  });
});

describe('signing with a wallet', () => {
  it('asks for the password with the file, its address and its encryption', async () => {
    const { store, asked, withPassword } = await withSavings();
    const signer = await store.loadSigner({ wallet: 'savings' }, withPassword(PASSWORD));
    expect(asked).toEqual([
      {
        ref: { wallet: 'savings' },
        path: `${WALLET_ROOT}/savings/coldkey`,
        address: ADDRESS,
        encryption: 'nacl',
      },
    ]);
    const { signedMessage } = await signMessage(signer, 'hello');
    const verdict = await verifyMessage({
      message: 'hello',
      signature: signedMessage,
      signer: ADDRESS,
    });
    expect(verdict).toEqual({ valid: true, scheme: 'sr25519', form: 'raw' });
  });

  it('opens a plain hotkey without asking', async () => {
    const { store, unlocker } = await withSavings();
    const signer = await store.loadSigner(
      { wallet: 'savings', hotkey: 'miner' },
      neverAsks(unlocker),
    );
    expect(signer.address).toBe(ALICE);
  });

  it('cannot sign after dispose', async () => {
    const { store, unlocker } = await withSavings();
    const signer = await store.loadSigner(
      { wallet: 'savings', hotkey: 'miner' },
      neverAsks(unlocker),
    );
    signer.dispose();
    await expect(signer.signPayload(Uint8Array.of(1))).rejects.toThrow('disposed');
  });

  it('tries a typed password without its outer spaces, as the official prompt trims', async () => {
    const { store, withPassword, unlocker } = await withSavings();
    const key = await store.loadKey({ wallet: 'savings' }, withPassword(` ${PASSWORD}\n`));
    expect(key.address).toBe(ADDRESS);
    expect(unlocker.derivations).toEqual([PASSWORD, ` ${PASSWORD}\n`]);
  });

  it('says of a wrong password that the file may be damaged instead', async () => {
    const { store, withPassword } = await withSavings();
    const load = store.loadKey({ wallet: 'savings' }, withPassword('wrong password'));
    await expect(load).rejects.toMatchInlineSnapshot(
      `[TaoError: Couldn't open the key file: the password is wrong or the file is damaged; the two look the same.]`,
    );
  });

  it('refuses a secret that is not the one the public file names', async () => {
    const { store, files, withPassword } = await withSavings();
    files.put(`${WALLET_ROOT}/savings/coldkeypub.txt`, ALICE);
    const load = store.loadSigner({ wallet: 'savings' }, withPassword(PASSWORD));
    await expect(load).rejects.toMatchObject({ code: 'KEY_MISMATCH', data: { address: ALICE } });
  });

  it('refuses a watch-only wallet with a word about it', async () => {
    const { store, unlocker } = createWalletBench();
    await store.writeWatchOnly({ ref: { wallet: 'w' }, key: await alice(), overwrite: false });
    await expect(store.loadSigner({ wallet: 'w' }, neverAsks(unlocker))).rejects.toMatchObject({
      code: 'KEYFILE_MISSING',
    });
  });

  it('shows a hashed account and refuses to sign for it', async () => {
    const { store, files, unlocker } = createWalletBench();
    const fields = { ss58Address: ALICE, cryptoType: 4, hashedDescriptor: `0x${'01'.repeat(34)}` };
    files.put(`${WALLET_ROOT}/h/coldkey`, JSON.stringify({ ...fields, privateKey: '0x00' }));
    files.put(`${WALLET_ROOT}/h/coldkeypub.txt`, JSON.stringify(fields));
    const { coldkey: state } = await store.read('h');
    expect([state.isHashed, state.address]).toEqual([true, ALICE]);
    await expect(store.loadSigner({ wallet: 'h' }, neverAsks(unlocker))).rejects.toMatchObject({
      code: 'KEYFILE_UNSUPPORTED',
      data: { reason: 'hashed_account' },
    });
  });
});
