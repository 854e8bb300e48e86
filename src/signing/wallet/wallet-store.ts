/**
 * The wallet folder shared with the official tools, as one object. Opening it reads nothing and
 * loads no crypto library; that happens in the calls that need it.
 */
import type { Files } from '../../domain/ports.ts';
import type { KeyMaterial, Signer } from '../types.ts';
import {
  type ChangeProtectionOptions,
  changeProtection,
  removeKey,
  removeWallet,
  restoreCompanion,
} from './change-keys.ts';
import { checkWallet, type KeyReport } from './check-wallet.ts';
import {
  type KnownAddress,
  loadKey,
  loadSigner,
  readAddress,
  type UnlockOptions,
} from './load-key.ts';
import type { KeyRef } from './names.ts';
import {
  type KeyState,
  listWallets,
  readKeyState,
  readWallet,
  type WalletState,
} from './read-wallets.ts';
import {
  type WriteKeyOptions,
  type WriteWatchOnlyOptions,
  type WrittenKey,
  writeKey,
  writeWatchOnly,
} from './write-key.ts';

export type WalletStore = {
  readonly root: string;
  readonly list: () => Promise<readonly WalletState[]>;
  /** WALLET_NOT_FOUND. */
  readonly read: (wallet: string) => Promise<WalletState>;
  /** One key's files, whether or not they are there. WALLET_NAME_INVALID. */
  readonly readKey: (ref: KeyRef) => Promise<KeyState>;
  /** The address without unlocking. WALLET_NOT_FOUND, KEYFILE_MISSING, KEY_MISMATCH. */
  readonly readAddress: (ref: KeyRef) => Promise<KnownAddress>;
  /** The secrets: for export and re-encryption only; wipe them. */
  readonly loadKey: (ref: KeyRef, options: UnlockOptions) => Promise<KeyMaterial>;
  readonly loadSigner: (ref: KeyRef, options: UnlockOptions) => Promise<Signer>;
  /** WALLET_EXISTS, KEY_PASSWORD_WEAK, FILE_IS_SYMLINK. */
  readonly writeKey: (options: WriteKeyOptions) => Promise<WrittenKey>;
  readonly writeWatchOnly: (options: WriteWatchOnlyOptions) => Promise<WrittenKey>;
  /** Another password, or the modern encryption. KEY_PASSWORD_WRONG, KEY_PASSWORD_WEAK. */
  readonly changeProtection: (
    options: ChangeProtectionOptions,
  ) => Promise<{ readonly address: string }>;
  /** Writes the public file that a key lacks. Errors as `loadKey`. */
  readonly restoreCompanion: (
    ref: KeyRef,
    current: UnlockOptions,
  ) => Promise<{ readonly address: string }>;
  /** Removes a key's files and returns their paths. KEYFILE_MISSING. */
  readonly removeKey: (ref: KeyRef) => Promise<readonly string[]>;
  /** Removes every key of a wallet; other files stay. WALLET_NOT_FOUND. */
  readonly removeWallet: (wallet: string) => Promise<readonly string[]>;
  /** What is wrong with a wallet's keys. WALLET_NOT_FOUND. */
  readonly check: (wallet: string, unlock?: UnlockOptions) => Promise<readonly KeyReport[]>;
};

/** A wallet folder. `root` is an expanded path, without `~`. */
export function createWalletStore(folder: {
  readonly files: Files;
  readonly root: string;
}): WalletStore {
  return {
    root: folder.root,
    list: () => listWallets(folder),
    read: (wallet) => readWallet(folder, wallet),
    readKey: (ref) => readKeyState(folder, ref),
    readAddress: (ref) => readAddress(folder, ref),
    loadKey: (ref, options) => loadKey(folder, ref, options),
    loadSigner: (ref, options) => loadSigner(folder, ref, options),
    writeKey: (options) => writeKey(folder, options),
    writeWatchOnly: (options) => writeWatchOnly(folder, options),
    changeProtection: (options) => changeProtection(folder, options),
    restoreCompanion: (ref, current) => restoreCompanion(folder, ref, current),
    removeKey: (ref) => removeKey(folder, ref),
    removeWallet: (wallet) => removeWallet(folder, wallet),
    check: (wallet, unlock) => checkWallet(folder, wallet, unlock),
  };
}
