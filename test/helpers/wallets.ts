/**
 * A wallet folder in memory, with an unlocker whose key derivation is one hash: for tests of what is
 * around the cipher. Tests of the derivation itself use the real one.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import type { Random } from '../../src/domain/ports.ts';
import { createUnlocker, type Unlocker } from '../../src/signing/keyfile/unlocker.ts';
import type { PasswordRequest, UnlockOptions } from '../../src/signing/wallet/load-key.ts';
import { createWalletStore, type WalletStore } from '../../src/signing/wallet/wallet-store.ts';
import { createMemoryFiles, type MemoryFiles } from './files.ts';

export const WALLET_ROOT = '/home/alice/.bittensor/wallets';

/** Bytes that are different on every call and the same in every run. */
export function createCountingRandom(): Random {
  let calls = 0;
  return {
    bytes: (length) => {
      calls += 1;
      return blake2b(Uint8Array.of(calls & 0xff, calls >> 8), { dkLen: Math.min(length, 64) });
    },
  };
}

/** An unlocker that derives at once; `derivations` lists the passwords it derived. */
export function createQuickUnlocker(): Unlocker & { readonly derivations: string[] } {
  const derivations: string[] = [];
  const unlocker = createUnlocker({
    random: createCountingRandom(),
    deriveKey: async (password) => {
      derivations.push(password);
      return blake2b(new TextEncoder().encode(password), { dkLen: 32 });
    },
  });
  return { ...unlocker, derivations };
}

export type WalletBench = {
  readonly files: MemoryFiles;
  readonly store: WalletStore;
  readonly unlocker: ReturnType<typeof createQuickUnlocker>;
  /** Unlock options that answer with `password` and record what was asked. */
  readonly withPassword: (password: string) => UnlockOptions;
  readonly asked: PasswordRequest[];
};

export function createWalletBench(): WalletBench {
  const files = createMemoryFiles();
  const unlocker = createQuickUnlocker();
  const asked: PasswordRequest[] = [];
  return {
    files,
    store: createWalletStore({ files, root: WALLET_ROOT }),
    unlocker,
    asked,
    withPassword: (password) => ({
      unlocker,
      password: async (request) => {
        asked.push(request);
        return password;
      },
    }),
  };
}

/** Unlock options for keys that must not ask for a password. */
export function neverAsks(unlocker: Unlocker): UnlockOptions {
  return {
    unlocker,
    password: async () => {
      throw new Error('A password was asked for');
    },
  };
}
