import { encodeMultiAddress } from '@polkadot/util-crypto';
import { describe, expect, it } from 'vitest';
import { multisigAccount } from '../devnode/runtime/calls-multisig.ts';
import { formatAddress, parseAddress } from '../domain/address.ts';
import type { Files } from '../domain/ports.ts';
import { createMultisigBook, multisigAddress, otherSignatories } from './multisig-book.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const CHARLIE = '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y';
/** Of these three with a threshold of two. */
const TWO_OF_THREE = '5DjYJStmdZ2rcqXbXGX7TW85JsrW6uG4y9MUcLq2BoPMpRA7';

const hexOf = (address: string): string =>
  `0x${Buffer.from(parseAddress(address)).toString('hex')}`;

/** One file in memory. */
function memory(content?: string): { files: Files; text: () => string } {
  let stored: Uint8Array | undefined =
    content === undefined ? undefined : new TextEncoder().encode(content);
  const files = {
    read: async () => stored,
    makeDirectory: async () => undefined,
    writeAtomic: async (_path: string, bytes: Uint8Array) => {
      stored = bytes;
    },
  };
  return { files: files as unknown as Files, text: () => new TextDecoder().decode(stored) };
}
const bookOf = ({ files }: { files: Files }) => createMultisigBook({ files, path: '/c/m.json' });
const team = { name: 'team', threshold: 2, signatories: [ALICE, BOB, CHARLIE] };

describe('the address of a multisig', () => {
  it('does not depend on the order of the signatories', () => {
    expect(encodeMultiAddress([ALICE, BOB, CHARLIE], 2, 42)).toBe(TWO_OF_THREE);
    expect(multisigAddress([ALICE, BOB, CHARLIE], 2)).toBe(TWO_OF_THREE);
    expect(multisigAddress([CHARLIE, ALICE, BOB], 2)).toBe(TWO_OF_THREE);
    expect(multisigAddress([ALICE, BOB, CHARLIE], 3)).not.toBe(TWO_OF_THREE);
  });

  it.each([2, 63, 64, 100])('is what the dev chain derives for %i signatories', (count) => {
    const accounts = Array.from({ length: count }, (_, index) => new Uint8Array(32).fill(index));
    const addresses = accounts.map(formatAddress);
    const onChain = multisigAccount(addresses.map(hexOf).sort(), count);
    expect(hexOf(multisigAddress(addresses, count))).toBe(onChain);
  });
});

describe('the saved multisigs', () => {
  it('are kept in the chain’s order, with the address that follows', async () => {
    const store = memory();
    const saved = await bookOf(store).add(team);
    expect(saved).toEqual({
      name: 'team',
      address: TWO_OF_THREE,
      threshold: 2,
      signatories: [BOB, CHARLIE, ALICE],
    });
    expect(await bookOf(store).list()).toEqual([saved]);
    expect(otherSignatories(saved, CHARLIE)).toEqual([BOB, ALICE]);
    expect(await bookOf(store).remove('team')).toEqual(saved);
    expect(await bookOf(store).list()).toEqual([]);
    await expect(bookOf(store).remove('team')).rejects.toMatchObject({ code: 'MULTISIG_UNKNOWN' });
  });

  it('keep a name for one account', async () => {
    const book = bookOf(memory());
    await book.add(team);
    expect((await book.add({ ...team, signatories: [BOB, CHARLIE, ALICE] })).name).toBe('team');
    await expect(book.add({ ...team, threshold: 3 })).rejects.toMatchObject({
      code: 'MULTISIG_NAME_TAKEN',
    });
  });

  it.each<[string, Partial<typeof team>]>([
    ['one signatory', { signatories: [ALICE], threshold: 1 }],
    ['a signatory named twice', { signatories: [ALICE, BOB, ALICE] }],
    ['a threshold above the number of signatories', { threshold: 4 }],
    ['a threshold of none', { threshold: 0 }],
    ['a name that is an address', { name: ALICE }],
    ['a name that is no file name', { name: 'a/b' }],
  ])('refuse %s', async (_title, change) => {
    await expect(bookOf(memory()).add({ ...team, ...change })).rejects.toMatchObject({
      code: 'MULTISIG_INVALID',
    });
  });

  it('are refused when the file was changed by hand so that the address lies', async () => {
    const store = memory();
    await bookOf(store).add(team);
    const forged = store.text().replace(TWO_OF_THREE, ALICE);
    for (const text of [forged, '{', '{"format":"other"}', forged.replace('"team"', '"a/b"')]) {
      await expect(bookOf(memory(text)).list()).rejects.toMatchObject({
        code: 'MULTISIG_BOOK_DAMAGED',
      });
    }
  });
});
