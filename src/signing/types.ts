/** What signs, and what a key is made of. Types only: importing this file loads no crypto. */

/** The two signature schemes an account of this chain may use. */
export type Scheme = 'sr25519' | 'ed25519';

/**
 * Something that signs for one account: a keyfile, a dev key, a device. It neither knows a chain
 * nor builds payloads. After `dispose` the secret is wiped, and signing with it is a defect that
 * throws.
 */
export type Signer = {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** ss58 with Bittensor's prefix. */
  readonly address: string;
  readonly scheme: Scheme;
  /** 64-byte signature of exactly these bytes; `signingBytes` has already hashed long payloads. */
  readonly signPayload: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** 64-byte signature of a message, without prefix, hash or wrapping. */
  readonly signBytes: (bytes: Uint8Array) => Promise<Uint8Array>;
  readonly dispose: () => void;
};

/**
 * A key with its secrets, in the forms the keyfile stores. `wipeKey` clears the buffers; the words
 * are text and can only be dropped.
 */
export type KeyMaterial = {
  readonly scheme: Scheme;
  readonly publicKey: Uint8Array;
  readonly address: string;
  /** sr25519: 64 bytes, canonical scalar then nonce (sp-core form). ed25519: the 32-byte seed. */
  readonly privateKey: Uint8Array;
  /** The 32-byte mini-secret, when the key comes from words or a seed without derivation. */
  readonly seed?: Uint8Array;
  /** The words, when they alone restore this key (no passphrase, no derivation). */
  readonly mnemonic?: string;
};

/** The public half: what a watch-only wallet knows. */
export type PublicKey = {
  readonly scheme: Scheme;
  readonly publicKey: Uint8Array;
  readonly address: string;
};

/** Which of a wallet's keys is meant. */
export type KeyRole = 'coldkey' | 'hotkey';

/** Looks up an environment variable; handed in, for signing never reads the environment itself. */
export type Environment = (name: string) => string | undefined;
