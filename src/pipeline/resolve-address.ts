/** Addresses as people write them: ss58, a wallet's name, wallet/hotkey, or a development key. */
import type { Context } from '../cli/context.ts';
import { parseWalletOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { formatAddress, looksLikeAddress, parseAddress } from '../domain/address.ts';
import { parseKeyRef } from '../signing/wallet/names.ts';
import { createWalletStore } from '../signing/wallet/wallet-store.ts';
import { isDevUri, readDevKey } from './wallet-access.ts';

export type NamedAddress = { readonly name: string; readonly address: string };

/**
 * A hotkey: an ss58 address, `wallet/hotkey` of one's own, or a development key. ADDRESS_*,
 * WALLET_NOT_FOUND, KEYFILE_MISSING.
 */
export async function resolveHotkey(context: Context, text: string): Promise<string> {
  if (looksLikeAddress(text) || !/^[^/]+\/[^/]+$/.test(text)) {
    if (isDevUri(text)) return (await readDevKey(context, text)).address;
    return formatAddress(parseAddress(text));
  }
  return readWalletAddress(context, text);
}

/** A coldkey: an ss58 address, a wallet's name, or a development key. `dev`: only for that chain. */
export async function resolveColdkey(
  context: Context,
  text: string,
  scope?: 'dev',
): Promise<NamedAddress> {
  if (isDevUri(text)) {
    return { name: text, address: (await readDevKey(context, text, scope)).address };
  }
  if (looksLikeAddress(text)) {
    const address = formatAddress(parseAddress(text));
    return { name: address, address };
  }
  return { name: text, address: await readWalletAddress(context, text) };
}

/** The `account` argument of commands that look at one; the default wallet when left out. */
export async function readAccountArgument(context: Context, raw: RawInput): Promise<NamedAddress> {
  const text = raw.arguments.account?.[0] ?? parseWalletOptions(raw, context.settings).wallet;
  return resolveColdkey(context, text);
}

async function readWalletAddress(context: Context, text: string): Promise<string> {
  const root = context.settings.get('wallet-path');
  const store = createWalletStore({ files: context.files, root });
  return (await store.readAddress(parseKeyRef(text))).address;
}
