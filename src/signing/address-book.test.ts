import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../test/helpers/files.ts';
import { mutated } from '../../test/helpers/mutations.ts';
import { createWalletBench } from '../../test/helpers/wallets.ts';
import { parseAddress } from '../domain/address.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { createAddressBook } from './address-book.ts';
import { resolveAddress } from './resolve-address.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const PATH = '/home/alice/.config/tao/address-book.json';

function openBook() {
  const files = createMemoryFiles();
  return { files, book: createAddressBook({ files, path: PATH }) };
}

describe('the address book', () => {
  it('keeps names in a private file, sorted', async () => {
    const { files, book } = openBook();
    expect(await book.list()).toEqual([]);
    await book.add({ name: 'carol', address: BOB, note: 'exchange' });
    await book.add({ name: 'alice', address: ALICE });
    expect(await book.list()).toEqual([
      { name: 'alice', address: ALICE },
      { name: 'carol', address: BOB, note: 'exchange' },
    ]);
    expect((await files.stat(PATH))?.mode).toBe(0o600);
    expect(await book.remove('carol')).toEqual({ name: 'carol', address: BOB, note: 'exchange' });
    expect(await book.find('carol')).toBeUndefined();
  });

  it('never points a name at another address', async () => {
    const { book } = openBook();
    await book.add({ name: 'alice', address: ALICE });
    await expect(book.add({ name: 'alice', address: BOB })).rejects.toMatchObject({
      code: 'ADDRESS_BOOK_NAME_TAKEN',
      message: expect.stringContaining(ALICE),
    });
    await book.add({ name: 'alice', address: ALICE, note: 'same again' });
    expect((await book.find('alice'))?.note).toBe('same again');
  });

  it.each(['', 'a/b', '//Alice', ALICE, '0x12', '..', 'x\u0007'])(
    'refuses the name %j',
    async (name) => {
      await expect(openBook().book.add({ name, address: ALICE })).rejects.toMatchObject({
        code: 'ADDRESS_BOOK_NAME_INVALID',
      });
    },
  );

  it('refuses an address of another chain', async () => {
    const address = '16ADqpMa4yzfmWs3nuTSMhfZ2ckeGtvqhPWCNqECEGDcGgU2';
    await expect(openBook().book.add({ name: 'x', address })).rejects.toMatchObject({
      code: 'ADDRESS_WRONG_PREFIX',
    });
  });

  it('of any content reads or is damaged', async () => {
    const { files, book } = openBook();
    await book.add({ name: 'alice', address: ALICE });
    const text = files.text(PATH);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string(), mutated(text)), async (content) => {
        files.put(PATH, content);
        try {
          for (const { address } of await book.list())
            expect(parseAddress(address).length).toBe(32);
        } catch (error) {
          expect(isTaoError(error, 'ADDRESS_BOOK_DAMAGED')).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('resolving what was written', () => {
  async function sources() {
    const { store, files } = createWalletBench();
    const { book } = openBook();
    const root = '/home/alice/.bittensor/wallets';
    files.put(`${root}/savings/coldkeypub.txt`, ALICE);
    files.put(`${root}/savings/hotkeys/minerpub.txt`, BOB);
    files.put(`${root}/both/coldkeypub.txt`, ALICE);
    files.put(`${root}/agreed/coldkeypub.txt`, ALICE);
    files.put(`${root}/locked/coldkey`, '$NACL...');
    await book.add({ name: 'friend', address: BOB });
    await book.add({ name: 'both', address: BOB });
    await book.add({ name: 'agreed', address: ALICE });
    await book.add({ name: 'locked', address: BOB });
    return { wallets: store, addressBook: book };
  }

  it.each([
    [ALICE, 'address', ALICE],
    ['savings', 'wallet', ALICE],
    ['savings/miner', 'hotkey', BOB],
    ['friend', 'address-book', BOB],
    ['agreed', 'wallet', ALICE],
  ])('finds %s as %s', async (text, from, address) => {
    const resolved = await resolveAddress(text, await sources());
    expect(resolved).toEqual({ address, publicKey: parseAddress(address), from, name: text });
  });

  it.each([
    ['both', 'ADDRESS_AMBIGUOUS'],
    ['nobody', 'ADDRESS_UNKNOWN'],
    ['savings/none', 'KEYFILE_MISSING'],
    ['none/miner', 'WALLET_NOT_FOUND'],
    ['locked', 'KEYFILE_MISSING'],
    ['a/b/c', 'WALLET_NAME_INVALID'],
    ['', 'ADDRESS_UNKNOWN'],
    [`${ALICE.slice(0, -1)}Z`, 'ADDRESS_INVALID'],
    ['16ADqpMa4yzfmWs3nuTSMhfZ2ckeGtvqhPWCNqECEGDcGgU2', 'ADDRESS_WRONG_PREFIX'],
  ])('never guesses: %j is %s', async (text, code) => {
    await expect(resolveAddress(text, await sources())).rejects.toMatchObject({ code });
  });

  it('does not repeat words that were pasted by mistake', async () => {
    const words = 'old leopard transfer rib spatial phone calm indicate online fire caution review';
    const error = await resolveAddress(words, await sources()).catch((thrown: unknown) => thrown);
    expect(isTaoError(error) && !JSON.stringify(error).includes('leopard')).toBe(true);
    expect(String(error)).not.toContain('leopard');
  });
});
