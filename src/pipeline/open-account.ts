/** Opens the account a command acts for. The key itself is only derived when something is signed. */
import type { Context } from '../cli/context.ts';
import { optionText, parseWalletOptions } from '../cli/option-groups.ts';
import type { RawInput } from '../cli/spec.ts';
import { parseAddress } from '../domain/address.ts';
import { isTaoError } from '../errors/tao-error.ts';
import type { PasswordSource } from '../signing/wallet/load-key.ts';
import { keyPaths } from '../signing/wallet/names.ts';
import type { Account } from './account.ts';
import { createPasswords } from './passwords.ts';
import { isDevUri, openWalletStore, readDevAddress, readDevKey } from './wallet-access.ts';

/** How often a typed password may be wrong. */
const PASSWORD_TRIES = 3;

/**
 * The account of --wallet, or with --as the one it acts for. WALLET_NOT_FOUND, KEYFILE_MISSING,
 * KEY_MISMATCH; WALLET_NO_KEY for a development key elsewhere; with --as ADDRESS_* too.
 */
export async function openAccount(context: Context, raw: RawInput): Promise<Account> {
  const asText = optionText(raw, 'as');
  const signer = await openSigner(context, raw);
  if (asText === undefined) return signer;
  return (await import('./acting-as-target.ts')).openActedFor(context, signer, asText);
}

/**
 * The account of --wallet itself, whatever --as says. Codes as `openAccount`. `scope`: development
 * keys are known to be worthless where this is signed.
 */
export async function openSigner(context: Context, raw: RawInput, scope?: 'dev'): Promise<Account> {
  const { wallet } = parseWalletOptions(raw, context.settings);
  if (isDevUri(wallet)) return openDevAccount(context, wallet, scope);
  const store = openWalletStore(context, raw);
  const known = await store.readAddress({ wallet });
  return {
    name: wallet,
    address: known.address,
    publicKey: known.publicKey,
    scheme: known.scheme,
    unlock: async () => {
      await warnIfOpenToOthers(context, keyPaths(store.root, { wallet }).secret);
      return unlockWithTries(context, raw, (password) =>
        store.loadSigner({ wallet }, { unlocker: context.unlocker(), password }),
      );
    },
  };
}

/** Permission bits that let somebody else at a file. */
const OTHERS = 0o077;

/** A warning, not a refusal: other tools write such files, and the owner must still get at his funds. */
async function warnIfOpenToOthers(context: Context, path: string): Promise<void> {
  const stat = await context.files.stat(path);
  if (stat === undefined || (stat.mode & OTHERS) === 0) return;
  context.streams.stderr.write(
    `Warning: others may open the key file ${path} (mode ${stat.mode.toString(8)}). Run chmod 600 on it.\n`,
  );
}

async function openDevAccount(context: Context, uri: string, scope?: 'dev'): Promise<Account> {
  const address = await readDevAddress(context, uri, scope);
  return {
    name: uri,
    address,
    publicKey: parseAddress(address),
    scheme: 'sr25519',
    unlock: async () => {
      const { createKeySigner } = await import('../signing/keys/key-signer.ts');
      return createKeySigner(await readDevKey(context, uri, scope));
    },
  };
}

/** Runs `load` with a source of the password; a wrong one that was typed may be typed again. */
export async function unlockWithTries<T>(
  context: Context,
  raw: RawInput,
  load: (password: PasswordSource) => Promise<T>,
): Promise<T> {
  const passwords = createPasswords(context, raw);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await load(passwords.current);
    } catch (error) {
      const mayRetry = passwords.wasTyped() && attempt < PASSWORD_TRIES;
      if (!mayRetry || !isTaoError(error, 'KEY_PASSWORD_WRONG')) throw error;
      context.streams.stderr.write('Wrong password. Try again.\n');
    }
  }
}
