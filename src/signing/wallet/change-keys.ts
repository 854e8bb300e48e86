/**
 * Changes to keys that are there: another password, the modern encryption, removal. The secret is
 * opened and checked before its file is touched, and put back if the new one cannot be read.
 */
import { isTaoError, TaoError } from '../../errors/tao-error.ts';
import { wipe } from '../bytes.ts';
import { serializeSecret } from '../keyfile/serialize-keyfile.ts';
import { loadKey, readCompanion, readPlaintext, type UnlockOptions } from './load-key.ts';
import { formatKeyRef, type KeyRef, keyPaths } from './names.ts';
import {
  assertWalletExists,
  companionMismatch,
  KEYFILE_LIMIT_BYTES,
  readWallet,
  type WalletFolder,
} from './read-wallets.ts';
import {
  assertNoLinks,
  type Protection,
  protect,
  writeAndVerify,
  writeCompanion,
} from './write-key.ts';

export type ChangeProtectionOptions = {
  readonly ref: KeyRef;
  /** How to open the file as it is. */
  readonly current: UnlockOptions;
  readonly protection: Protection;
  /**
   * `keep` re-encrypts the content as it is. `portable` writes the fields that btcli 9 opens; only
   * what newer tools added is dropped.
   */
  readonly content: 'keep' | 'portable';
};

/**
 * Stores a key under another protection. KEY_PASSWORD_WRONG, KEY_PASSWORD_WEAK, KEY_MISMATCH,
 * FILE_ codes.
 */
export async function changeProtection(
  folder: WalletFolder,
  options: ChangeProtectionOptions,
): Promise<{ readonly address: string }> {
  const { ref, current, protection } = options;
  const paths = keyPaths(folder.root, ref);
  await assertNoLinks(folder, ref, paths);
  const plaintext = await readPlaintext(folder, ref, current);
  try {
    const { openKeyfile } = await import('../keyfile/open-keyfile.ts');
    const key = await openKeyfile(plaintext);
    const fresh = options.content === 'portable' ? serializeSecret(key) : plaintext;
    wipe(key.privateKey, key.seed);
    const companion = await readCompanion(folder, ref);
    if (companion !== undefined && companion.address !== key.address) {
      throw companionMismatch(ref, companion);
    }
    const content = await protect(fresh, protection);
    wipe(fresh);
    await replace(folder, { ref, path: paths.secret, content });
    if (companion === undefined) await writeCompanion(folder, ref, key);
    return { address: key.address };
  } finally {
    wipe(plaintext);
  }
}

/** Writes the public file of a key that lacks it, from the unlocked secret. Errors as `loadKey`. */
export async function restoreCompanion(
  folder: WalletFolder,
  ref: KeyRef,
  current: UnlockOptions,
): Promise<{ readonly address: string }> {
  await assertNoLinks(folder, ref, keyPaths(folder.root, ref));
  const key = await loadKey(folder, ref, current);
  wipe(key.privateKey, key.seed);
  await writeCompanion(folder, ref, key);
  return { address: key.address };
}

/**
 * Removes one key, secret and public file. Its funds are lost without its words. KEYFILE_MISSING.
 */
export async function removeKey(folder: WalletFolder, ref: KeyRef): Promise<readonly string[]> {
  await assertWalletExists(folder, ref.wallet);
  const paths = keyPaths(folder.root, ref);
  await assertNoLinks(folder, ref, paths);
  const present: string[] = [];
  for (const path of [paths.secret, paths.public]) {
    if ((await folder.files.stat(path)) !== undefined) present.push(path);
  }
  if (present.length === 0) {
    throw new TaoError('KEYFILE_MISSING', {
      message: `Couldn't remove the key ${formatKeyRef(ref)}: it has no files.`,
      hint: 'Run tao wallet list to see which keys the wallet has.',
      data: { ...ref },
    });
  }
  for (const path of present) await folder.files.remove(path);
  return present;
}

/**
 * Removes every key of a wallet; files that are no keys stay. Returns what was removed.
 * WALLET_NOT_FOUND.
 */
export async function removeWallet(
  folder: WalletFolder,
  wallet: string,
): Promise<readonly string[]> {
  const state = await readWallet(folder, wallet);
  const refs: KeyRef[] = state.hotkeys.map(({ name }) => ({ wallet, hotkey: name }));
  const hasColdkey = state.coldkey.secret !== 'absent' || state.coldkey.hasPublicFile;
  const removed: string[] = [];
  for (const ref of [...refs, ...(hasColdkey ? [{ wallet }] : [])]) {
    removed.push(...(await removeKey(folder, ref)));
  }
  return removed;
}

/** The old bytes go back when the new ones do not read back as written. */
async function replace(
  folder: WalletFolder,
  write: { readonly ref: KeyRef; readonly path: string; readonly content: Uint8Array },
): Promise<void> {
  const before = await folder.files.read(write.path, KEYFILE_LIMIT_BYTES);
  try {
    await writeAndVerify(folder, { ...write, overwrite: true });
  } catch (error) {
    if (isTaoError(error, 'KEYFILE_DAMAGED') && before !== undefined) {
      await folder.files.writeAtomic(write.path, before, { mode: 0o600, overwrite: true });
    }
    throw error;
  }
}
