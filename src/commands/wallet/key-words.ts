/** Keys and their problems in the words that results and tables use. Pure. */
import type { KeyState, WalletState } from '../../signing/wallet/read-wallets.ts';

/** One word for how a key is kept: encrypted, plain, watch-only, absent or unreadable. */
export function keyWord(key: KeyState): string {
  if (key.secret === 'absent') return key.address === undefined ? 'absent' : 'watch-only';
  return key.secret;
}

export type KeyProblem = {
  /** `savings` or `savings/miner`. */
  readonly key: string;
  readonly code: string;
  readonly message: string;
};

/** Everything that is wrong with a wallet's files. */
export function problemsOf(wallet: WalletState): readonly KeyProblem[] {
  const keys = [
    { label: wallet.name, key: wallet.coldkey },
    ...wallet.hotkeys.map((key) => ({ label: `${wallet.name}/${key.name}`, key })),
  ];
  return keys.flatMap(({ label, key }) =>
    key.problems.map(({ code, message }) => ({ key: label, code, message })),
  );
}

/** Problems as warnings of a command. */
export function problemWarnings(wallet: WalletState): readonly string[] {
  return problemsOf(wallet).map(({ key, message }) => `${key}: ${message}`);
}
