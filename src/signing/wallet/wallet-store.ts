/**
 * The wallet folder shared with the official tools, as one object. Opening it reads nothing and loads
 * no crypto library; that happens in the calls that need it.
 */
import type { Files } from '../../domain/ports.ts';
import type { KeyMaterial, Signer } from '../types.ts';
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
  };
}
