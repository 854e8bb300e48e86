/**
 * Opens and seals key files within one command. A derived key serves every file with the same
 * password, and never outlives the command: call `dispose`. Heavy parts load when first needed.
 */
import type { Random } from '../../domain/ports.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { wipe } from '../bytes.ts';
import { detectEncryption } from './encryption.ts';

/**
 * Makes the 32-byte file key of a password. The default is argon2i as the official wallet has it.
 */
export type DeriveKey = (password: string) => Promise<Uint8Array>;

export type Unlocker = {
  /**
   * The plaintext of an encrypted key file; content that is not encrypted comes back as it is. A
   * password with white space at its ends is also tried without it. KEY_PASSWORD_WRONG,
   * KEYFILE_DAMAGED.
   */
  readonly open: (content: Uint8Array, password: string) => Promise<Uint8Array>;
  /** A `$NACL` file around `plaintext`. Check the password with `checkNewPassword` first. */
  readonly seal: (plaintext: Uint8Array, password: string) => Promise<Uint8Array>;
  /** Wipes the derived keys. */
  readonly dispose: () => void;
};

export type UnlockerOptions = {
  readonly random: Random;
  /** Told when a slow derivation begins and ends, for a spinner. */
  readonly onDerivation?: (state: 'started' | 'finished') => void;
  readonly deriveKey?: DeriveKey;
};

/** One unlocker serves one command, however many files and transactions that has. */
export function createUnlocker(options: UnlockerOptions): Unlocker {
  const keys = new Map<string, Promise<Uint8Array>>();

  const observed = async <T>(work: () => Promise<T>): Promise<T> => {
    options.onDerivation?.('started');
    try {
      return await work();
    } finally {
      options.onDerivation?.('finished');
    }
  };

  const keyOf = (password: string): Promise<Uint8Array> => {
    const known = keys.get(password);
    if (known !== undefined) return known;
    const derived = observed(async () => (options.deriveKey ?? (await argon2i()))(password));
    keys.set(password, derived);
    derived.catch(() => keys.delete(password));
    return derived;
  };

  const openOnce = async (content: Uint8Array, password: string): Promise<Uint8Array> => {
    const method = detectEncryption(content);
    if (method === 'none') return content;
    if (method === 'nacl') {
      const { assertNaclShape, openNacl } = await import('./nacl.ts');
      assertNaclShape(content);
      return openNacl(content, await keyOf(password));
    }
    if (method === 'ansible') {
      const { openAnsible } = await import('./ansible.ts');
      return openAnsible(content, password);
    }
    const { openFernet } = await import('./fernet.ts');
    return observed(() => openFernet(content, password));
  };

  return {
    open: async (content, password) => {
      try {
        return await openOnce(content, password);
      } catch (error) {
        const trimmed = password.trim();
        const isWorthRetry = trimmed !== password && trimmed !== '';
        if (!isTaoError(error, 'KEY_PASSWORD_WRONG') || !isWorthRetry) throw error;
        return openOnce(content, trimmed);
      }
    },
    seal: async (plaintext, password) => {
      const { NACL_NONCE_BYTES, sealNacl } = await import('./nacl.ts');
      const key = await keyOf(password);
      return sealNacl(plaintext, key, options.random.bytes(NACL_NONCE_BYTES));
    },
    dispose: () => {
      for (const key of keys.values()) key.then((bytes) => wipe(bytes)).catch(() => undefined);
      keys.clear();
    },
  };
}

async function argon2i(): Promise<DeriveKey> {
  return (await import('./nacl.ts')).deriveNaclKey;
}
