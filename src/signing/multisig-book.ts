/**
 * Saved multisig accounts in one JSON file of our own: who signs, how many must, and the address
 * that follows from both. The address is derived again at every read, never trusted from the file.
 */
import { dirname } from 'node:path';
import { blake2b } from '@noble/hashes/blake2.js';
import { formatAddress, looksLikeAddress, parseAddress } from '../domain/address.ts';
import type { Files } from '../domain/ports.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import {
  concatBytes,
  decodeUtf8,
  encodeCompactLength,
  encodeUtf8,
  formatBareHex,
} from './bytes.ts';
import { type Fail, parseDocument, readFields } from './json-fields.ts';
import { isValidName } from './wallet/names.ts';

/** Chain rule: MaxSignatories of the Multisig pallet. */
export const MAX_SIGNATORIES = 100;
export const MAX_MULTISIGS = 1_000;
const MAX_FILE_BYTES = 16 * 1024 * 1024;
const FORMAT = 'tao-multisigs/1';
const PREFIX = encodeUtf8('modlpy/utilisuba');

export type Multisig = {
  readonly name: string;
  /** Derived from the two below. */
  readonly address: string;
  readonly threshold: number;
  /** In the chain's order: by account id. */
  readonly signatories: readonly string[];
};

export type MultisigBook = {
  /** By name. */
  readonly list: () => Promise<readonly Multisig[]>;
  readonly find: (name: string) => Promise<Multisig | undefined>;
  /** Saves one. MULTISIG_INVALID, MULTISIG_NAME_TAKEN, ADDRESS_INVALID, ADDRESS_WRONG_PREFIX. */
  readonly add: (wanted: Omit<Multisig, 'address'>) => Promise<Multisig>;
  /** Removes and returns one. MULTISIG_UNKNOWN. */
  readonly remove: (name: string) => Promise<Multisig>;
};

/** The book at `path`; a file that is absent is an empty book. All calls: MULTISIG_BOOK_DAMAGED. */
export function createMultisigBook(options: {
  readonly files: Files;
  readonly path: string;
}): MultisigBook {
  const { files, path } = options;
  const read = async (): Promise<readonly Multisig[]> => {
    const content = await files.read(path, MAX_FILE_BYTES);
    return content === undefined ? [] : parseBook(content, path);
  };
  const write = async (multisigs: readonly Multisig[]): Promise<void> => {
    const sorted = [...multisigs].sort((a, b) => (a.name < b.name ? -1 : 1));
    await files.makeDirectory(dirname(path), 0o700);
    const content = encodeUtf8(
      `${JSON.stringify({ format: FORMAT, multisigs: sorted }, null, 2)}\n`,
    );
    await files.writeAtomic(path, content, { mode: 0o600, overwrite: true });
  };
  return {
    list: read,
    find: async (name) => (await read()).find((one) => one.name === name),
    add: async (wanted) => {
      const multisig = checkMultisig(wanted);
      const known = await read();
      const same = known.find(({ name }) => name === multisig.name);
      if (same?.address === multisig.address) return same;
      if (same !== undefined) throw taken(same);
      if (known.length >= MAX_MULTISIGS) throw invalid(`${MAX_MULTISIGS} are saved, the limit`);
      await write([...known, multisig]);
      return multisig;
    },
    remove: async (name) => {
      const known = await read();
      const multisig = known.find((one) => one.name === name);
      if (multisig === undefined) throw multisigUnknown(name);
      await write(known.filter((one) => one !== multisig));
      return multisig;
    },
  };
}

/**
 * Chain rule: blake2-256 of SCALE("modlpy/utilisuba", sorted signatories, threshold as u16).
 * Pinned by multisig-book.test.ts against the dev chain's own derivation.
 */
export function multisigAddress(signatories: readonly string[], threshold: number): string {
  const ids = sortedIds(signatories);
  const count = encodeCompactLength(ids.length);
  const low = threshold & 0xff;
  const bytes = concatBytes(PREFIX, count, ...ids, Uint8Array.of(low, threshold >> 8));
  return formatAddress(blake2b(bytes, { dkLen: 32 }));
}

/** The other signatories as the chain wants them: sorted, without `signer`. */
export function otherSignatories(multisig: Multisig, signer: string): readonly string[] {
  return multisig.signatories.filter((signatory) => signatory !== signer);
}

/** MULTISIG_UNKNOWN. */
export function multisigUnknown(name: string): TaoError {
  return new TaoError('MULTISIG_UNKNOWN', {
    message: `Couldn't find the multisig "${name.slice(0, 64)}": none of that name is saved.`,
    hint: 'Run tao multisig list to see them, or tao multisig add to save one.',
    data: { name: name.slice(0, 64) },
  });
}

function checkMultisig(wanted: Omit<Multisig, 'address'>): Multisig {
  const { name, threshold } = wanted;
  if (!isValidName(name) || looksLikeAddress(name) || /^0x/i.test(name)) {
    throw invalid(
      'its name could be taken for something else',
      'Use a short name of letters, digits, hyphens and underscores that is not an address.',
    );
  }
  const signatories = sortedIds(wanted.signatories).map(formatAddress);
  const count = signatories.length;
  if (count < 2) throw invalid('it needs at least two signatories');
  if (count > MAX_SIGNATORIES) throw invalid(`it has more than ${MAX_SIGNATORIES} signatories`);
  if (new Set(signatories).size !== count) throw invalid('a signatory is named twice');
  if (!Number.isInteger(threshold) || threshold < 1 || threshold > count) {
    throw invalid(`the threshold must be a whole number from 1 to ${count}`);
  }
  return { name, address: multisigAddress(signatories, threshold), threshold, signatories };
}

function sortedIds(addresses: readonly string[]): readonly Uint8Array[] {
  const ids = addresses.map(parseAddress);
  return ids.sort((a, b) => (formatBareHex(a) < formatBareHex(b) ? -1 : 1));
}

function parseBook(content: Uint8Array, path: string): readonly Multisig[] {
  const fail: Fail = (reason) =>
    new TaoError('MULTISIG_BOOK_DAMAGED', {
      message: `Couldn't read the saved multisigs in ${path}: ${reason}.`,
      hint: 'Correct the file by hand, or move it away and add them again.',
      data: { path },
    });
  const text = decodeUtf8(content);
  if (text === undefined) throw fail('it is not UTF-8 text');
  const document = parseDocument(text, MAX_FILE_BYTES, fail);
  if (document.text('format', { maxLength: 64 }) !== FORMAT) throw fail('its format is not known');
  const multisigs = document
    .list('multisigs', MAX_MULTISIGS)
    .map((value, index) => parseEntry(value, `entry ${index + 1}`, fail));
  document.end();
  const names = new Set(multisigs.map(({ name }) => name));
  if (names.size !== multisigs.length) throw fail('a name is in it twice');
  return multisigs;
}

function parseEntry(value: unknown, where: string, fail: Fail): Multisig {
  const fields = readFields(value, where, fail);
  const name = fields.text('name', { maxLength: 128 });
  const address = fields.text('address', { maxLength: 64 });
  const threshold = fields.integer('threshold', { min: 1, max: MAX_SIGNATORIES });
  const signatories = fields.list('signatories', MAX_SIGNATORIES).map(String);
  fields.end();
  try {
    const multisig = checkMultisig({ name, threshold, signatories });
    if (multisig.address === address) return multisig;
  } catch (error) {
    if (isTaoError(error)) throw fail(`${where} is not valid`);
    throw error;
  }
  throw fail(`the address of ${where} is not that of its signatories`);
}

const SAME_ADDRESS =
  'Give --threshold and every --signatory as the others gave them: both make the address.';

function invalid(reason: string, hint = SAME_ADDRESS): TaoError {
  return new TaoError('MULTISIG_INVALID', {
    message: `Couldn't save the multisig: ${reason}.`,
    hint,
  });
}

function taken(multisig: Multisig): TaoError {
  return new TaoError('MULTISIG_NAME_TAKEN', {
    message: `Couldn't save "${multisig.name}": that name is ${multisig.address} already.`,
    hint: 'Choose another name, or remove the saved one first.',
    data: { name: multisig.name, address: multisig.address },
  });
}
