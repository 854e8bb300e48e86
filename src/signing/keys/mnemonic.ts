/**
 * English BIP-39 words and the Substrate mini-secret made from them. The mini-secret comes from the
 * entropy, not from BIP-39's seed; the passphrase is taken as raw UTF-8, as the official tools do.
 */
import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { entropyToMnemonic, mnemonicToEntropy } from '@polkadot/util-crypto/mnemonic/bip39';
import type { Random } from '../../domain/ports.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { wipe } from '../bytes.ts';

export const MNEMONIC_WORD_COUNTS = [12, 15, 18, 21, 24] as const;
export type MnemonicWordCount = (typeof MNEMONIC_WORD_COUNTS)[number];

const PBKDF2_ROUNDS = 2048;
const PBKDF2_BYTES = 64;
const SEED_BYTES = 32;
/** Twenty-four words of eight letters, with room for generous white space. */
const MAX_TEXT_LENGTH = 1024;

const derive = promisify(pbkdf2);

/** Fresh words from the platform's random bytes. */
export function generateMnemonic(wordCount: MnemonicWordCount, random: Random): string {
  const entropy = random.bytes((wordCount / 3) * 4);
  try {
    return entropyToMnemonic(entropy);
  } finally {
    wipe(entropy);
  }
}

/**
 * Checks words and returns them separated by one space. Extra white space is forgiven; capitals
 * and abbreviations are not. MNEMONIC_INVALID, which never repeats the words.
 */
export function parseMnemonic(text: string): string {
  const words = text.length > MAX_TEXT_LENGTH ? [] : text.trim().split(/\s+/);
  if (!(MNEMONIC_WORD_COUNTS as readonly number[]).includes(words.length)) {
    throw invalid(
      `it has ${countWords(text, words)}`,
      'A mnemonic has 12, 15, 18, 21 or 24 words; copy all of them.',
    );
  }
  const strange = words.findIndex((word) => !/^[a-z]{3,8}$/.test(word));
  if (strange >= 0) {
    throw invalid(
      `word ${strange + 1} is not lower-case letters`,
      'Write every word in full and in lower case.',
    );
  }
  const joined = words.join(' ');
  wipe(entropyOf(joined));
  return joined;
}

/** The 32-byte mini-secret of valid words. MNEMONIC_INVALID. */
export async function mnemonicToSeed(words: string, passphrase = ''): Promise<Uint8Array> {
  const entropy = entropyOf(parseMnemonic(words));
  const salt = Buffer.from(`mnemonic${passphrase}`, 'utf8');
  const stretched = await derive(entropy, salt, PBKDF2_ROUNDS, PBKDF2_BYTES, 'sha512');
  const seed = Uint8Array.from(stretched.subarray(0, SEED_BYTES));
  wipe(entropy, salt, stretched);
  return seed;
}

/** The entropy behind valid words: 16 to 32 bytes. MNEMONIC_INVALID. */
export function mnemonicToEntropyBytes(words: string): Uint8Array {
  return entropyOf(parseMnemonic(words));
}

function entropyOf(words: string): Uint8Array {
  try {
    return mnemonicToEntropy(words);
  } catch {
    throw invalid(
      'a word is not in the English list, or the words do not belong together',
      'Check the spelling and the order of the words: the last one holds a checksum.',
    );
  }
}

function countWords(text: string, words: readonly string[]): string {
  if (text.trim() === '') return 'no words';
  if (words.length === 0) return `${text.length} characters`;
  return words.length === 1 ? '1 word' : `${words.length} words`;
}

function invalid(reason: string, hint: string): TaoError {
  return new TaoError('MNEMONIC_INVALID', {
    message: `Couldn't use the mnemonic: ${reason}.`,
    hint,
  });
}
