/**
 * Puts keys into the wallet folder: secret first, read back, then its public companion. Files 0600,
 * directories 0700; nothing is overwritten without being told, and no symbolic link is followed.
 */
import { join } from 'node:path';
import { isTaoError, TaoError } from '../../errors/tao-error.ts';
import { equalBytes, wipe } from '../bytes.ts';
import { checkNewPassword } from '../keyfile/password-rules.ts';
import { serializePublic, serializeSecret } from '../keyfile/serialize-keyfile.ts';
import type { Unlocker } from '../keyfile/unlocker.ts';
import type { KeyMaterial, PublicKey } from '../types.ts';
import { readCompanion } from './load-key.ts';
import { formatKeyRef, type KeyPaths, type KeyRef, keyPaths, parseName } from './names.ts';
import { KEYFILE_LIMIT_BYTES, type WalletFolder } from './read-wallets.ts';

const FILE_MODE = 0o600;
const DIRECTORY_MODE = 0o700;

/** How a secret file is stored. `plain` is the official default for hotkeys only. */
export type Protection =
  | { readonly kind: 'plain' }
  | { readonly kind: 'encrypted'; readonly password: string; readonly unlocker: Unlocker };

export type WriteKeyOptions = {
  readonly ref: KeyRef;
  readonly key: KeyMaterial;
  readonly protection: Protection;
  /** Replaces a key that is there: its secret is gone unless it is kept elsewhere. */
  readonly overwrite: boolean;
};

export type WriteWatchOnlyOptions = {
  readonly ref: KeyRef;
  readonly key: PublicKey;
  readonly overwrite: boolean;
};

/** What was written. */
export type WrittenKey = {
  readonly ref: KeyRef;
  readonly address: string;
  readonly files: readonly string[];
};

/**
 * Writes a key and its companion. WALLET_EXISTS, WALLET_NAME_INVALID, KEY_PASSWORD_WEAK, FILE_
 * codes.
 */
export async function writeKey(
  folder: WalletFolder,
  options: WriteKeyOptions,
): Promise<WrittenKey> {
  const { ref, key, protection, overwrite } = options;
  const paths = keyPaths(folder.root, ref);
  await assertNoLinks(folder, ref, paths);
  if (!overwrite) await assertFree(folder, ref, key);
  const plaintext = serializeSecret(key);
  try {
    const content = await protect(plaintext, protection);
    await makeDirectories(folder, ref, paths);
    await writeAndVerify(folder, { ref, path: paths.secret, content, overwrite });
  } finally {
    wipe(plaintext);
  }
  await writeCompanion(folder, ref, key);
  return { ref, address: key.address, files: [paths.secret, paths.public] };
}

/**
 * Writes only the public file: the wallet can be watched and cannot sign. WALLET_EXISTS also when a
 * secret is there, whatever `overwrite` says: its public file must stay its own.
 */
export async function writeWatchOnly(
  folder: WalletFolder,
  options: WriteWatchOnlyOptions,
): Promise<WrittenKey> {
  const { ref, key, overwrite } = options;
  const paths = keyPaths(folder.root, ref);
  await assertNoLinks(folder, ref, paths);
  if ((await folder.files.stat(paths.secret)) !== undefined) throw exists(ref, paths.secret);
  if (!overwrite && (await folder.files.stat(paths.public)) !== undefined) {
    throw exists(ref, paths.public);
  }
  await makeDirectories(folder, ref, paths);
  await writeCompanion(folder, ref, key);
  return { ref, address: key.address, files: [paths.public] };
}

/** The bytes of a secret file under a protection. KEY_PASSWORD_WEAK. */
export async function protect(plaintext: Uint8Array, protection: Protection): Promise<Uint8Array> {
  if (protection.kind === 'plain') return Uint8Array.from(plaintext);
  checkNewPassword(protection.password);
  const { unlocker, password } = protection;
  const sealed = await unlocker.seal(plaintext, password);
  const opened = await unlocker.open(sealed, password);
  const isSame = equalBytes(opened, plaintext);
  wipe(opened);
  if (!isSame) throw new Error('A sealed key file did not open to what was sealed');
  return sealed;
}

/** Writes a secret file and reads it back. WALLET_EXISTS, KEYFILE_DAMAGED, FILE_ codes. */
export async function writeAndVerify(
  folder: WalletFolder,
  write: {
    readonly ref: KeyRef;
    readonly path: string;
    readonly content: Uint8Array;
    readonly overwrite: boolean;
  },
): Promise<void> {
  const { ref, path, content, overwrite } = write;
  try {
    await folder.files.writeAtomic(path, content, { mode: FILE_MODE, overwrite });
  } catch (error) {
    if (isTaoError(error, 'FILE_EXISTS')) throw exists(ref, path);
    throw error;
  }
  const readBack = await folder.files.read(path, KEYFILE_LIMIT_BYTES);
  if (readBack !== undefined && equalBytes(readBack, content)) return;
  throw new TaoError('KEYFILE_DAMAGED', {
    message: `Failed to store the key ${formatKeyRef(ref)}: ${path} does not hold what was written.`,
    hint: 'Keep the words of this key, check the disk, and run it again.',
    data: { path },
  });
}

/** Writes the public companion of a key, replacing the one that is there. */
export async function writeCompanion(
  folder: WalletFolder,
  ref: KeyRef,
  key: PublicKey,
): Promise<void> {
  const path = keyPaths(folder.root, ref).public;
  const options = { mode: FILE_MODE, overwrite: true };
  await folder.files.writeAtomic(path, serializePublic(key), options);
}

/** FILE_IS_SYMLINK when the wallet, its hotkey folder or a file to be written is a link. */
export async function assertNoLinks(
  folder: WalletFolder,
  ref: KeyRef,
  paths: KeyPaths,
): Promise<void> {
  const wallet = join(folder.root, parseName(ref.wallet));
  for (const path of new Set([wallet, paths.directory, paths.secret, paths.public])) {
    if ((await folder.files.stat(path))?.kind !== 'symlink') continue;
    throw new TaoError('FILE_IS_SYMLINK', {
      message: `Couldn't write the key ${formatKeyRef(ref)}: ${path} is a symbolic link.`,
      hint: 'Put the wallet folder itself in place of the link, or choose another --wallet-path.',
      data: { path },
    });
  }
}

/** A public file of the same account may stay: a watch-only wallet gets its secret back. */
async function assertFree(folder: WalletFolder, ref: KeyRef, key: PublicKey): Promise<void> {
  const paths = keyPaths(folder.root, ref);
  if ((await folder.files.stat(paths.secret)) !== undefined) throw exists(ref, paths.secret);
  if ((await folder.files.stat(paths.public)) === undefined) return;
  const companion = await readCompanion(folder, ref).catch((error: unknown) => {
    if (isTaoError(error)) return undefined;
    throw error;
  });
  if (companion?.address !== key.address) throw exists(ref, paths.public);
}

async function makeDirectories(folder: WalletFolder, ref: KeyRef, paths: KeyPaths): Promise<void> {
  await folder.files.makeDirectory(join(folder.root, parseName(ref.wallet)), DIRECTORY_MODE);
  await folder.files.makeDirectory(paths.directory, DIRECTORY_MODE);
}

function exists(ref: KeyRef, path: string): TaoError {
  return new TaoError('WALLET_EXISTS', {
    message: `Couldn't write the key ${formatKeyRef(ref)}: ${path} exists already, and nothing was changed.`,
    hint: 'Choose another name. --overwrite replaces the key; its funds are lost without its words.',
    data: { path, ...ref },
  });
}
