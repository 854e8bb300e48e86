/**
 * From a wallet to the secret that signs for it. The crypto library loads when a secret is read.
 */
import { TaoError } from '../../errors/tao-error.ts';
import { wipe } from '../bytes.ts';
import { detectEncryption, type EncryptionMethod } from '../keyfile/encryption.ts';
import { parseKeyfile } from '../keyfile/keyfile-content.ts';
import type { Unlocker } from '../keyfile/unlocker.ts';
import type { KeyMaterial, PublicKey, Signer } from '../types.ts';
import { formatKeyRef, type KeyRef, keyPaths } from './names.ts';
import {
  assertWalletExists,
  companionMismatch,
  KEYFILE_LIMIT_BYTES,
  readKeyState,
  type WalletFolder,
} from './read-wallets.ts';

/** Which file a password is wanted for. */
export type PasswordRequest = {
  readonly ref: KeyRef;
  readonly path: string;
  /** Known before unlocking when there is a public file. */
  readonly address: string | undefined;
  readonly encryption: Exclude<EncryptionMethod, 'none'>;
};

/**
 * Asked only for an encrypted file. Throws KEY_PASSWORD_MISSING when there is no way to get one.
 */
export type PasswordSource = (request: PasswordRequest) => Promise<string>;

export type UnlockOptions = { readonly unlocker: Unlocker; readonly password: PasswordSource };

/** Where a public address was read from. */
export type KnownAddress = PublicKey & { readonly from: 'public-file' | 'secret-file' };

/**
 * The address of a key without unlocking it. WALLET_NOT_FOUND; KEYFILE_MISSING when nothing states
 * it; KEY_MISMATCH when two files disagree; otherwise the error of the file that cannot be read.
 */
export async function readAddress(folder: WalletFolder, ref: KeyRef): Promise<KnownAddress> {
  await assertWalletExists(folder, ref.wallet);
  const state = await readKeyState(folder, ref);
  const mismatch = state.problems.find(({ code }) => code === 'KEY_MISMATCH');
  if (mismatch !== undefined) throw mismatch;
  if (state.publicKey !== undefined) {
    return { ...state.publicKey, from: state.hasPublicFile ? 'public-file' : 'secret-file' };
  }
  const [problem] = state.problems;
  if (problem !== undefined) throw problem;
  if (state.secret === 'absent') throw keyMissing(folder, ref);
  throw new TaoError('KEYFILE_MISSING', {
    message: `Couldn't read the address of ${formatKeyRef(ref)}: the key is encrypted and its public file is missing.`,
    hint: `Run tao wallet check ${ref.wallet} --repair to write the public file again.`,
    data: { reason: 'no_public_file', ...ref },
  });
}

/**
 * The key with its secrets; wipe it with `wipeKey`. It must belong to the address in the public
 * file. WALLET_NOT_FOUND, KEYFILE_MISSING, KEY_PASSWORD_WRONG, KEY_MISMATCH, KEYFILE_ codes.
 */
export async function loadKey(
  folder: WalletFolder,
  ref: KeyRef,
  options: UnlockOptions,
): Promise<KeyMaterial> {
  const plaintext = await readPlaintext(folder, ref, options);
  const { openKeyfile } = await import('../keyfile/open-keyfile.ts');
  try {
    const key = await openKeyfile(plaintext);
    const companion = await readCompanion(folder, ref);
    if (companion === undefined || companion.address === key.address) return key;
    wipe(key.privateKey, key.seed);
    throw companionMismatch(ref, companion);
  } finally {
    wipe(plaintext);
  }
}

/** A signer for a key of a wallet; dispose of it. Errors as `loadKey`. */
export async function loadSigner(
  folder: WalletFolder,
  ref: KeyRef,
  options: UnlockOptions,
): Promise<Signer> {
  const key = await loadKey(folder, ref, options);
  const { createKeySigner } = await import('../keys/key-signer.ts');
  try {
    return await createKeySigner(key);
  } finally {
    wipe(key.privateKey, key.seed);
  }
}

/** The decrypted content of a secret file, for the caller to wipe. Errors as `loadKey`. */
export async function readPlaintext(
  folder: WalletFolder,
  ref: KeyRef,
  options: UnlockOptions,
): Promise<Uint8Array> {
  await assertWalletExists(folder, ref.wallet);
  const path = keyPaths(folder.root, ref).secret;
  const content = await folder.files.read(path, KEYFILE_LIMIT_BYTES);
  if (content === undefined) throw keyMissing(folder, ref);
  const encryption = detectEncryption(content);
  if (encryption === 'none') return content;
  const { address } = await readKeyState(folder, ref);
  const password = await options.password({ ref, path, address, encryption });
  return options.unlocker.open(content, password);
}

/** The account in the public file, if there is one that can be read. */
export async function readCompanion(
  folder: WalletFolder,
  ref: KeyRef,
): Promise<PublicKey | undefined> {
  const path = keyPaths(folder.root, ref).public;
  const content = await folder.files.read(path, KEYFILE_LIMIT_BYTES);
  if (content === undefined) return undefined;
  const parsed = parseKeyfile(content, 'public');
  return parsed.kind === 'secret' ? parsed.stored : parsed.key;
}

function keyMissing(folder: WalletFolder, ref: KeyRef): TaoError {
  const what = ref.hotkey === undefined ? 'coldkey' : `hotkey "${ref.hotkey}"`;
  return new TaoError('KEYFILE_MISSING', {
    message: `Couldn't use the ${what} of the wallet "${ref.wallet}": the file ${keyPaths(folder.root, ref).secret} does not exist.`,
    hint: 'Run tao wallet list to see which keys the wallet has, or add this one with tao wallet import.',
    data: { reason: 'no_secret_file', ...ref },
  });
}
