import { describe, expect, it } from 'vitest';
import { parseAddress } from '../domain/address.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import { type AddressSources, resolveAddress } from './resolve-address.ts';
import type { KeyRef } from './wallet/names.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';

/** Wallets by `WALLET` or `WALLET/HOTKEY`, and names of the address book; other codes are thrown. */
function sources(
  wallets: Readonly<Record<string, string>>,
  names: Readonly<Record<string, string>> = {},
): AddressSources {
  const readAddress = async ({ wallet, hotkey }: KeyRef) => {
    const found = wallets[hotkey === undefined ? wallet : `${wallet}/${hotkey}`];
    if (found === undefined) throw new TaoError('WALLET_NOT_FOUND', { message: 'None.' });
    if (found === 'locked') throw new TaoError('KEYFILE_MISSING', { message: 'Locked.' });
    return { publicKey: parseAddress(found), address: found, scheme: 'sr25519' as const };
  };
  const find = async (name: string) => {
    const address = names[name];
    return address === undefined ? undefined : { name, address };
  };
  return { wallets: { readAddress }, addressBook: { find } } as unknown as AddressSources;
}

const errorOf = async (text: string, from: AddressSources): Promise<unknown> =>
  resolveAddress(text, from).catch((error: unknown) => error);

describe('an account that was written', () => {
  it('as an address is that address, whatever has its name', async () => {
    const from = sources({ [ALICE]: BOB }, { [ALICE]: BOB });
    expect(await resolveAddress(ALICE, from)).toMatchObject({ address: ALICE, from: 'address' });
  });

  it('as WALLET/HOTKEY is never looked for in the address book', async () => {
    const from = sources({ savings: ALICE }, { 'savings/miner': BOB });
    expect(await errorOf('savings/miner', from)).toMatchObject({ code: 'WALLET_NOT_FOUND' });
    const known = sources({ 'savings/miner': BOB });
    expect(await resolveAddress('savings/miner', known)).toEqual({
      address: BOB,
      publicKey: parseAddress(BOB),
      from: 'hotkey',
      name: 'savings/miner',
    });
  });

  it('as a name of two accounts is neither, and both are told', async () => {
    expect(await errorOf('both', sources({ both: ALICE }, { both: BOB }))).toMatchObject({
      code: 'ADDRESS_AMBIGUOUS',
      message: expect.stringContaining('"both"'),
      details: [expect.stringContaining(ALICE), expect.stringContaining(BOB)],
      hint: expect.stringContaining('Write the address itself'),
      data: { name: 'both', wallet: ALICE, entry: BOB },
    });
  });

  it('as a name of one account twice is that account', async () => {
    const from = sources({ agreed: ALICE }, { agreed: ALICE });
    expect(await resolveAddress('agreed', from)).toMatchObject({ address: ALICE, from: 'wallet' });
  });

  it('as a wallet that does not tell its address is not the entry of that name', async () => {
    const error = await errorOf('locked', sources({ locked: 'locked' }, { locked: BOB }));
    expect(error).toMatchObject({ code: 'KEYFILE_MISSING' });
  });

  it('as a name nobody has is unknown, and the error says where to look', async () => {
    expect(await errorOf('nobody', sources({}))).toMatchObject({
      code: 'ADDRESS_UNKNOWN',
      message: expect.stringContaining('"nobody"'),
      hint: expect.stringContaining('tao wallet address-book list'),
    });
  });

  it.each([
    ['a name of forty letters', 'x'.repeat(40), true],
    ['one letter more', 'x'.repeat(41), false],
    ['what is no name', 'old:leopard\u0007', false],
  ])('is repeated in the error or not: %s', async (_title, text, isShown) => {
    const error = await errorOf(text, sources({}));
    expect(isTaoError(error, 'ADDRESS_UNKNOWN')).toBe(true);
    expect(String(error).includes(text)).toBe(isShown);
    expect(String(error).includes('that text')).toBe(!isShown);
  });
});
