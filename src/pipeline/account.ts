/** The account a command acts for: its address now, its signer only when something is to be signed. */
import type { Signer } from '../signing/types.ts';
import type { Acting } from './acting-as.ts';

export type Account = {
  /** What the user calls it: a wallet's name or `//Alice`. */
  readonly name: string;
  /** Whose balance and positions are meant: the signer's, or with --as those it acts for. */
  readonly address: string;
  /** Of the key that signs, as is `scheme`. */
  readonly publicKey: Uint8Array;
  readonly scheme: 'sr25519' | 'ed25519';
  /** Asks for the password where one is needed, and derives the key. Called at most once a command. */
  readonly unlock: () => Promise<Signer>;
  /** Set with --as: `signerOf` names the account that signs and pays, `address` is another one. */
  readonly acting?: Acting;
};
