/** Names of wallets and hotkeys, which are file names, and where their files are. Pure. */
import { join } from 'node:path';
import { TaoError } from '../../errors/tao-error.ts';

export const DEFAULT_NAME = 'default';
export const MAX_NAME_LENGTH = 128;
/** A longer name is not repeated in errors: people paste secrets into wrong fields. */
const MAX_SHOWN_LENGTH = 40;
const RESERVED_ENDINGS = ['pub.txt', '.lock', '.tmp'] as const;

/** One key of a wallet: the coldkey, or the hotkey of that name. */
export type KeyRef = { readonly wallet: string; readonly hotkey?: string };

export type KeyPaths = {
  readonly directory: string;
  readonly secret: string;
  readonly public: string;
};

/** Checks a name and returns it. WALLET_NAME_INVALID. */
export function parseName(name: string, what: 'wallet' | 'hotkey' = 'wallet'): string {
  const reason = whyInvalid(name);
  if (reason === undefined) return name;
  const isShown = name.length <= MAX_SHOWN_LENGTH;
  throw new TaoError('WALLET_NAME_INVALID', {
    message: `Couldn't use ${isShown ? JSON.stringify(name) : 'that text'} as a ${what} name: ${reason}.`,
    hint: 'Use letters, digits, dots, hyphens and underscores.',
    ...(isShown ? { data: { name } } : {}),
  });
}

/** Whether a file name in a wallet folder can be a wallet or hotkey of ours. */
export function isValidName(name: string): boolean {
  return whyInvalid(name) === undefined;
}

/** Parses `WALLET` or `WALLET/HOTKEY`. WALLET_NAME_INVALID. */
export function parseKeyRef(text: string): KeyRef {
  const slash = text.indexOf('/');
  if (slash < 0) return { wallet: parseName(text) };
  return {
    wallet: parseName(text.slice(0, slash)),
    hotkey: parseName(text.slice(slash + 1), 'hotkey'),
  };
}

/** `savings` or `savings/miner`: what `parseKeyRef` reads. */
export function formatKeyRef(ref: KeyRef): string {
  return ref.hotkey === undefined ? ref.wallet : `${ref.wallet}/${ref.hotkey}`;
}

/**
 * The files of one key. The names are checked again: a path is never built from an unchecked
 * name.
 */
export function keyPaths(root: string, ref: KeyRef): KeyPaths {
  const wallet = join(root, parseName(ref.wallet));
  if (ref.hotkey === undefined) {
    return {
      directory: wallet,
      secret: join(wallet, 'coldkey'),
      public: join(wallet, 'coldkeypub.txt'),
    };
  }
  const directory = join(wallet, 'hotkeys');
  const hotkey = parseName(ref.hotkey, 'hotkey');
  return {
    directory,
    secret: join(directory, hotkey),
    public: join(directory, `${hotkey}pub.txt`),
  };
}

function whyInvalid(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.length > MAX_NAME_LENGTH) return `it has more than ${MAX_NAME_LENGTH} characters`;
  if (/[/\\]/.test(name)) return 'it contains a slash';
  if (hasControlCharacter(name)) return 'it contains a control character';
  if (name.includes('..')) return 'it contains two dots in a row';
  if (name.startsWith('.')) return 'it begins with a dot';
  if (name !== name.trim()) return 'it begins or ends with white space';
  const ending = RESERVED_ENDINGS.find((reserved) => name.endsWith(reserved));
  return ending === undefined ? undefined : `names ending in ${ending} mean other files`;
}

function hasControlCharacter(name: string): boolean {
  return [...name].some((letter) => {
    const code = letter.codePointAt(0) as number;
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
  });
}
