/**
 * What is in the wallet folder, read without a password and without the crypto library. Partial
 * wallets are normal; what cannot be read becomes a problem in the answer, never a crash.
 */
import { join } from 'node:path';
import type { Files } from '../../domain/ports.ts';
import { isTaoError, TaoError } from '../../errors/tao-error.ts';
import { wipe } from '../bytes.ts';
import { detectEncryption, type EncryptionMethod } from '../keyfile/encryption.ts';
import { type KeyfileContent, parseKeyfile } from '../keyfile/keyfile-content.ts';
import type { PublicKey } from '../types.ts';
import { formatKeyRef, isValidName, type KeyRef, keyPaths, parseName } from './names.ts';

/** Key files are a few hundred bytes; anything longer is something else. */
export const KEYFILE_LIMIT_BYTES = 65_536;
export const MAX_WALLETS = 10_000;
export const MAX_HOTKEYS = 10_000;

/** One key as its files show it. `secret: 'absent'` with an address is watch-only. */
export type KeyState = {
  readonly address: string | undefined;
  readonly publicKey: PublicKey | undefined;
  readonly secret: 'absent' | 'plain' | 'encrypted' | 'unreadable';
  readonly encryption: EncryptionMethod;
  readonly hasPublicFile: boolean;
  /** A hashed or ML-DSA account: its address is right, but it cannot sign here. */
  readonly isHashed: boolean;
  readonly problems: readonly TaoError[];
};

export type HotkeyState = KeyState & { readonly name: string };

export type WalletState = {
  readonly name: string;
  readonly path: string;
  readonly coldkey: KeyState;
  readonly hotkeys: readonly HotkeyState[];
  /** File names in `hotkeys/` that are no keys we can read. */
  readonly strays: readonly string[];
};

export type WalletFolder = { readonly files: Files; readonly root: string };

/**
 * Every wallet under the root, by name, empty folders left out. An absent root is an empty list.
 */
export async function listWallets(folder: WalletFolder): Promise<readonly WalletState[]> {
  const names = (await folder.files.list(folder.root)).filter(isValidName).slice(0, MAX_WALLETS);
  const wallets: WalletState[] = [];
  for (const name of names) {
    if (await isDirectory(folder, join(folder.root, name))) {
      wallets.push(await readWalletState(folder, name));
    }
  }
  return wallets.filter((wallet) => !isEmpty(wallet));
}

/** One wallet. WALLET_NOT_FOUND, WALLET_NAME_INVALID. */
export async function readWallet(folder: WalletFolder, name: string): Promise<WalletState> {
  await assertWalletExists(folder, name);
  return readWalletState(folder, name);
}

/** WALLET_NOT_FOUND unless the wallet's folder is there. */
export async function assertWalletExists(folder: WalletFolder, name: string): Promise<void> {
  const path = join(folder.root, parseName(name));
  if (await isDirectory(folder, path)) return;
  throw new TaoError('WALLET_NOT_FOUND', {
    message: `Couldn't find the wallet "${name}" in ${folder.root}.`,
    hint: 'Run tao wallet list to see the wallets, or name another folder with --wallet-path.',
    data: { wallet: name, root: folder.root },
  });
}

/** One key of a wallet as its files show it; nothing there at all is `secret: 'absent'`. */
export async function readKeyState(folder: WalletFolder, ref: KeyRef): Promise<KeyState> {
  const paths = keyPaths(folder.root, ref);
  const problems: TaoError[] = [];
  const publicContent = await readContent(folder, paths.public, 'public', problems);
  const problemsBefore = problems.length;
  const secretBytes = await readBytes(folder, paths.secret, problems);
  const isReadable = problems.length === problemsBefore;
  const encryption = secretBytes === undefined ? 'none' : detectEncryption(secretBytes);
  const secretContent =
    secretBytes === undefined || encryption !== 'none'
      ? undefined
      : parseOrNote(secretBytes, 'secret', problems);
  const secretKey = await publicPart(secretContent, problems);
  wipe(secretBytes);
  const publicKey = publicPartOf(publicContent);
  if (publicKey !== undefined && secretKey !== undefined) {
    if (publicKey.address !== secretKey.address) problems.push(companionMismatch(ref, publicKey));
  }
  const known = publicKey ?? secretKey;
  return {
    address: known?.address,
    publicKey: known,
    secret: isReadable ? secretStateOf(secretBytes, encryption, secretContent) : 'unreadable',
    encryption,
    hasPublicFile: publicContent !== undefined,
    isHashed: publicContent?.kind === 'hashed' || secretContent?.kind === 'hashed',
    problems,
  };
}

/** KEY_MISMATCH between a secret and the public file beside it. */
export function companionMismatch(ref: KeyRef, publicFile: PublicKey): TaoError {
  return new TaoError('KEY_MISMATCH', {
    message: `Couldn't trust the key ${formatKeyRef(ref)}: its public file says ${publicFile.address}, its secret is another account's.`,
    hint: 'Find out which file was changed before you use either; the address you were told may be false.',
    data: { reason: 'address_mismatch', address: publicFile.address },
  });
}

async function readWalletState(folder: WalletFolder, name: string): Promise<WalletState> {
  const path = join(folder.root, name);
  const { names, strays } = await hotkeyNames(folder, path);
  const hotkeys: HotkeyState[] = [];
  for (const hotkey of names) {
    const state = await readKeyState(folder, { wallet: name, hotkey });
    if (isStray(state)) strays.push(hotkey);
    else hotkeys.push({ name: hotkey, ...state });
  }
  const coldkey = await readKeyState(folder, { wallet: name });
  return { name, path, coldkey, hotkeys, strays };
}

/** Nothing readable, and nothing that names an account: notes, folders, links to nowhere. */
function isStray({ secret, hasPublicFile, address }: KeyState): boolean {
  const hasSecret = secret === 'plain' || secret === 'encrypted';
  return !hasSecret && !hasPublicFile && address === undefined;
}

function isEmpty({ coldkey, hotkeys, strays }: WalletState): boolean {
  const hasColdkey = coldkey.secret !== 'absent' || coldkey.hasPublicFile;
  return !hasColdkey && coldkey.problems.length === 0 && hotkeys.length + strays.length === 0;
}

/** Hotkeys are the files in `hotkeys/`, and those of which only the public file is left. */
async function hotkeyNames(
  folder: WalletFolder,
  wallet: string,
): Promise<{ readonly names: readonly string[]; readonly strays: string[] }> {
  const directory = join(wallet, 'hotkeys');
  const files = (await isDirectory(folder, directory)) ? await folder.files.list(directory) : [];
  const stems = files.map((file) => (file.endsWith('pub.txt') ? file.slice(0, -7) : file));
  const names = [...new Set(stems.filter(isValidName))].sort();
  return { names: names.slice(0, MAX_HOTKEYS), strays: [] };
}

/** Follows a link: a linked wallet may be read, though never written through. */
async function isDirectory(folder: WalletFolder, path: string): Promise<boolean> {
  const stat = await folder.files.stat(path);
  if (stat?.kind !== 'symlink') return stat?.kind === 'directory';
  try {
    await folder.files.list(path);
    return true;
  } catch (error) {
    if (isTaoError(error)) return false;
    throw error;
  }
}

async function readBytes(
  folder: WalletFolder,
  path: string,
  problems: TaoError[],
): Promise<Uint8Array | undefined> {
  try {
    return await folder.files.read(path, KEYFILE_LIMIT_BYTES);
  } catch (error) {
    return note(error, problems);
  }
}

async function readContent(
  folder: WalletFolder,
  path: string,
  role: 'public' | 'secret',
  problems: TaoError[],
): Promise<KeyfileContent | undefined> {
  const bytes = await readBytes(folder, path, problems);
  return bytes === undefined ? undefined : parseOrNote(bytes, role, problems);
}

function parseOrNote(
  bytes: Uint8Array,
  role: 'public' | 'secret',
  problems: TaoError[],
): KeyfileContent | undefined {
  try {
    return parseKeyfile(bytes, role);
  } catch (error) {
    return note(error, problems);
  }
}

function publicPartOf(content: KeyfileContent | undefined): PublicKey | undefined {
  if (content?.kind !== 'secret') return content?.key;
  return content.stored === undefined ? undefined : { ...content.stored, scheme: content.scheme };
}

/**
 * The account a plain secret file is for. Only files that do not state it need the crypto
 * library.
 */
async function publicPart(
  content: KeyfileContent | undefined,
  problems: TaoError[],
): Promise<PublicKey | undefined> {
  const stated = publicPartOf(content);
  if (stated !== undefined || content?.kind !== 'secret') return stated;
  try {
    const { openContent } = await import('../keyfile/open-keyfile.ts');
    const { privateKey, seed, publicKey, address, scheme } = await openContent(content);
    wipe(privateKey, seed);
    return { publicKey, address, scheme };
  } catch (error) {
    return note(error, problems);
  }
}

function secretStateOf(
  bytes: Uint8Array | undefined,
  encryption: EncryptionMethod,
  content: KeyfileContent | undefined,
): KeyState['secret'] {
  if (encryption !== 'none') return 'encrypted';
  if (bytes === undefined) return 'absent';
  if (content === undefined) return 'unreadable';
  return content.kind === 'public' ? 'absent' : 'plain';
}

function note(error: unknown, problems: TaoError[]): undefined {
  if (!isTaoError(error)) throw error;
  problems.push(error);
  return undefined;
}
