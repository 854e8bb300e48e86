/** The account a command acts for: its address now, its signer only when something is to be signed. */
import type { Signer } from '../signing/types.ts';

export type Account = {
  /** What the user calls it: a wallet's name or `//Alice`. */
  readonly name: string;
  readonly address: string;
  readonly publicKey: Uint8Array;
  readonly scheme: 'sr25519' | 'ed25519';
  /** Asks for the password where one is needed, and derives the key. Called at most once a command. */
  readonly unlock: () => Promise<Signer>;
};
