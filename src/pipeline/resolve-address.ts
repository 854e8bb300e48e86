/** Accounts as people write them: an address, a wallet, wallet/hotkey, a book name, a development key. */
import { join } from 'node:path';
import type { Context } from '../cli/context.ts';
import { parseWalletOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { TaoError } from '../errors/tao-error.ts';
import { type AddressBook, createAddressBook } from '../signing/address-book.ts';
import { createMultisigBook, type MultisigBook } from '../signing/multisig-book.ts';
import { resolveAddress } from '../signing/resolve-address.ts';
import { createWalletStore } from '../signing/wallet/wallet-store.ts';
import { isDevUri, readDevAddress } from './wallet-access.ts';

/** The address book of this user; a file that is absent is an empty book. */
export function openAddressBook(context: Pick<Context, 'files' | 'paths'>): AddressBook {
  const path = join(context.paths.config, 'address-book.json');
  return createAddressBook({ files: context.files, path });
}

/** The saved multisigs of this user; a file that is absent is an empty book. */
export function openMultisigBook(context: Pick<Context, 'files' | 'paths'>): MultisigBook {
  const path = join(context.paths.config, 'multisigs.json');
  return createMultisigBook({ files: context.files, path });
}

export type NamedAddress = { readonly name: string; readonly address: string };

/**
 * ADDRESS_*, WALLET_NOT_FOUND, KEYFILE_MISSING; WALLET_NO_KEY for a development key where TAO has
 * value, unless `scope` says that only the embedded chain is meant.
 */
export async function resolveAccount(
  context: Context,
  text: string,
  scope?: 'dev',
): Promise<NamedAddress> {
  if (isDevUri(text)) {
    return { name: text, address: await readDevAddress(context, text, scope) };
  }
  const { address, name } = await resolveAddress(text, {
    wallets: createWalletStore({
      files: context.files,
      root: context.settings.get('wallet-path'),
    }),
    addressBook: { find: (name) => findSaved(context, name) },
  });
  return { name, address };
}

/** A name of the address book or of a saved multisig. ADDRESS_AMBIGUOUS when both have it. */
async function findSaved(context: Context, name: string) {
  const [entry, multisig] = await Promise.all([
    openAddressBook(context).find(name),
    openMultisigBook(context).find(name),
  ]);
  if (entry === undefined) return multisig;
  if (multisig === undefined || multisig.address === entry.address) return entry;
  throw new TaoError('ADDRESS_AMBIGUOUS', {
    message: `Couldn't tell which account "${name}" is: a saved multisig and an address book entry have that name.`,
    details: [`The multisig is ${multisig.address}.`, `The address book says ${entry.address}.`],
    hint: 'Remove one of them, or write the address itself.',
    data: { name, multisig: multisig.address, entry: entry.address },
  });
}

/** The `account` argument of commands that look at one; the default wallet when left out. */
export async function readAccountArgument(context: Context, raw: RawInput): Promise<NamedAddress> {
  const text = raw.arguments.account?.[0] ?? parseWalletOptions(raw, context.settings).wallet;
  return resolveAccount(context, text);
}
