/**
 * Secret URIs by the rules of sp-core: `[words or 0x seed](//hard|/soft)*[///passphrase]`. This
 * file only takes the text apart; it derives nothing and never repeats the text in an error.
 */
import { blake2b } from '@noble/hashes/blake2.js';
import { TaoError } from '../../errors/tao-error.ts';
import { concatBytes, encodeCompactLength, encodeUtf8, parseHex } from '../bytes.ts';

/** The public development words behind `//Alice`. A key made from them is safe for nothing. */
export const DEV_MNEMONIC = 'bottom drive obey lake curtain smoke basket hold race lonely fit walk';

export const MAX_URI_LENGTH = 4096;
export const MAX_JUNCTIONS = 64;

const SEED_BYTES = 32;
const CHAIN_CODE_BYTES = 32;
const NUMBER_BYTES = 8;
/** sp-core reads a junction as a number when it fits an unsigned 64-bit one. */
const NUMBER_LIMIT = 2n ** 64n;
/** Longer digit runs with leading zeros still are numbers; this only bounds the work. */
const MAX_NUMBER_DIGITS = 512;

export type Junction = { readonly kind: 'hard' | 'soft'; readonly chainCode: Uint8Array };

export type SecretUri = {
  readonly source:
    | { readonly kind: 'seed'; readonly seed: Uint8Array }
    | { readonly kind: 'words'; readonly words: string; readonly isDevelopment: boolean };
  readonly junctions: readonly Junction[];
  /** Empty when there is none. Ignored for a seed. */
  readonly passphrase: string;
};

/** Takes a secret URI apart. URI_INVALID. */
export function parseSecretUri(text: string): SecretUri {
  if (text.length > MAX_URI_LENGTH) throw invalid(`it has more than ${MAX_URI_LENGTH} characters`);
  const passphraseAt = text.indexOf('///');
  const head = passphraseAt < 0 ? text : text.slice(0, passphraseAt);
  const match = /^([^/]*)((?:\/\/?[^/]+)*)$/.exec(head);
  if (match === null) throw invalid('a slash is not followed by a derivation name');
  return {
    source: parseSource((match[1] as string).trim()),
    junctions: parseJunctions(match[2] as string),
    passphrase: passphraseAt < 0 ? '' : text.slice(passphraseAt + 3),
  };
}

/** The 32-byte chain code of one junction name: number, or text, zero-padded or hashed. */
export function encodeChainCode(name: string): Uint8Array {
  const encoded = encodeNumber(name) ?? encodeText(name);
  if (encoded.length > CHAIN_CODE_BYTES) return blake2b(encoded, { dkLen: CHAIN_CODE_BYTES });
  const padded = new Uint8Array(CHAIN_CODE_BYTES);
  padded.set(encoded);
  return padded;
}

function parseSource(phrase: string): SecretUri['source'] {
  if (phrase === '') return { kind: 'words', words: DEV_MNEMONIC, isDevelopment: true };
  if (!phrase.startsWith('0x')) {
    return { kind: 'words', words: phrase, isDevelopment: phrase === DEV_MNEMONIC };
  }
  const seed = parseHex(phrase);
  if (seed?.length === SEED_BYTES) return { kind: 'seed', seed };
  throw invalid(`the seed after 0x is not ${SEED_BYTES * 2} hex digits`);
}

function parseJunctions(path: string): readonly Junction[] {
  const parts = path.match(/\/\/?[^/]+/g) ?? [];
  if (parts.length > MAX_JUNCTIONS) throw invalid(`it has more than ${MAX_JUNCTIONS} derivations`);
  return parts.map((part) => {
    const kind = part.startsWith('//') ? 'hard' : 'soft';
    return { kind, chainCode: encodeChainCode(part.replace(/^\/+/, '')) };
  });
}

function encodeNumber(name: string): Uint8Array | undefined {
  if (name.length > MAX_NUMBER_DIGITS || !/^\+?[0-9]+$/.test(name)) return undefined;
  const value = BigInt(name.replace('+', ''));
  if (value >= NUMBER_LIMIT) return undefined;
  return Uint8Array.from({ length: NUMBER_BYTES }, (_, index) => {
    return Number((value >> BigInt(8 * index)) & 0xffn);
  });
}

function encodeText(name: string): Uint8Array {
  const utf8 = encodeUtf8(name);
  return concatBytes(encodeCompactLength(utf8.length), utf8);
}

function invalid(reason: string): TaoError {
  return new TaoError('URI_INVALID', {
    message: `Couldn't read the secret URI: ${reason}.`,
    hint: 'Write words or a 0x seed, then //hard or /soft names, then ///passphrase.',
  });
}
