/**
 * What people write where an account is wanted: an ss58 address, a wallet, `wallet/hotkey`, or a
 * name from the address book. A name that means two accounts is an error, never a guess.
 */
import { formatAddress, looksLikeAddress, parseAddress } from '../domain/address.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import type { AddressBook } from './address-book.ts';
import { isValidName, parseKeyRef } from './wallet/names.ts';
import type { WalletStore } from './wallet/wallet-store.ts';

export type ResolvedAddress = {
  readonly address: string;
  readonly publicKey: Uint8Array;
  readonly from: 'address' | 'wallet' | 'hotkey' | 'address-book';
  /** What the user wrote, or the address itself. */
  readonly name: string;
};

export type AddressSources = {
  readonly wallets: Pick<WalletStore, 'readAddress'>;
  readonly addressBook: Pick<AddressBook, 'find'>;
};

/**
 * Resolves a text to an account. ADDRESS_INVALID and ADDRESS_WRONG_PREFIX for what looks like an
 * address; ADDRESS_UNKNOWN, ADDRESS_AMBIGUOUS for names; WALLET_ and KEYFILE_ codes for wallets.
 */
export async function resolveAddress(
  text: string,
  sources: AddressSources,
): Promise<ResolvedAddress> {
  if (looksLikeAddress(text)) return fromAddress(parseAddress(text), 'address', text);
  if (text.includes('/')) {
    const known = await sources.wallets.readAddress(parseKeyRef(text));
    return fromAddress(known.publicKey, 'hotkey', text);
  }
  if (!isValidName(text)) throw unknown(text);
  const [wallet, entry] = [
    await walletAddress(text, sources),
    await sources.addressBook.find(text),
  ];
  if (wallet !== undefined && entry !== undefined && entry.address !== wallet.address) {
    throw ambiguous({ name: text, wallet: wallet.address, entry: entry.address });
  }
  if (wallet !== undefined) return wallet;
  if (entry !== undefined) return fromAddress(parseAddress(entry.address), 'address-book', text);
  throw unknown(text);
}

/** A wallet that is there but does not state its address stays an error: the name is taken. */
async function walletAddress(
  name: string,
  { wallets }: AddressSources,
): Promise<ResolvedAddress | undefined> {
  try {
    return fromAddress((await wallets.readAddress({ wallet: name })).publicKey, 'wallet', name);
  } catch (error) {
    if (isTaoError(error, 'WALLET_NOT_FOUND')) return undefined;
    throw error;
  }
}

function fromAddress(
  publicKey: Uint8Array,
  from: ResolvedAddress['from'],
  name: string,
): ResolvedAddress {
  return { address: formatAddress(publicKey), publicKey, from, name };
}

function ambiguous(found: {
  readonly name: string;
  readonly wallet: string;
  readonly entry: string;
}): TaoError {
  return new TaoError('ADDRESS_AMBIGUOUS', {
    message: `Couldn't tell which account "${found.name}" is: a wallet and an address book entry have that name.`,
    details: [`The wallet is ${found.wallet}.`, `The address book says ${found.entry}.`],
    hint: 'Write the address itself, or rename the address book entry.',
    data: { ...found },
  });
}

/**
 * What was written is repeated only when it could be a name: people paste seeds into wrong
 * fields.
 */
function unknown(text: string): TaoError {
  const shown = isValidName(text) && text.length <= 40 ? `"${text}"` : 'that text';
  return new TaoError('ADDRESS_UNKNOWN', {
    message: `Couldn't find the account ${shown}: it is no address, no wallet and not in the address book.`,
    hint: 'Run tao wallet list and tao wallet address-book list, or write the ss58 address.',
  });
}
