/**
 * Names for addresses, in one JSON file of our own. Every change rewrites the file atomically. It
 * only ever suggests: what is signed shows the full address.
 */
import { dirname } from 'node:path';
import { formatAddress, looksLikeAddress, parseAddress } from '../domain/address.ts';
import type { Files } from '../domain/ports.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import { decodeUtf8, encodeUtf8 } from './bytes.ts';
import { type Fail, parseDocument, readFields } from './json-fields.ts';
import { isValidName } from './wallet/names.ts';

export const MAX_ENTRIES = 10_000;
export const MAX_NOTE_LENGTH = 200;
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const FORMAT = 'tao-address-book/1';

export type AddressBookEntry = {
  readonly name: string;
  readonly address: string;
  readonly note?: string;
};

export type AddressBook = {
  /** By name. */
  readonly list: () => Promise<readonly AddressBookEntry[]>;
  readonly find: (name: string) => Promise<AddressBookEntry | undefined>;
  /**
   * Adds an entry; the same name and address again changes the note. ADDRESS_BOOK_NAME_INVALID,
   * ADDRESS_BOOK_NAME_TAKEN, ADDRESS_INVALID, ADDRESS_WRONG_PREFIX.
   */
  readonly add: (entry: AddressBookEntry) => Promise<AddressBookEntry>;
  /** Removes and returns an entry. ADDRESS_UNKNOWN. */
  readonly remove: (name: string) => Promise<AddressBookEntry>;
};

/**
 * The address book at `path`. A file that is absent is an empty book. All calls:
 * ADDRESS_BOOK_DAMAGED.
 */
export function createAddressBook(options: {
  readonly files: Files;
  readonly path: string;
}): AddressBook {
  const { files, path } = options;
  const read = async (): Promise<readonly AddressBookEntry[]> => {
    const content = await files.read(path, MAX_FILE_BYTES);
    return content === undefined ? [] : parseBook(content, path);
  };
  const write = async (entries: readonly AddressBookEntry[]): Promise<void> => {
    const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
    const content = encodeUtf8(`${JSON.stringify({ format: FORMAT, entries: sorted }, null, 2)}\n`);
    if (content.length > MAX_FILE_BYTES) throw full(`${MAX_FILE_BYTES} bytes`);
    await files.makeDirectory(dirname(path), 0o700);
    await files.writeAtomic(path, content, { mode: 0o600, overwrite: true });
  };
  return {
    list: read,
    find: async (name) => (await read()).find((entry) => entry.name === name),
    add: async (given) => {
      const entry = checkEntry(given);
      const entries = await read();
      const same = entries.find(({ name }) => name === entry.name);
      if (same !== undefined && same.address !== entry.address) throw taken(same);
      if (same === undefined && entries.length >= MAX_ENTRIES) throw full(`${MAX_ENTRIES} entries`);
      await write([...entries.filter(({ name }) => name !== entry.name), entry]);
      return entry;
    },
    remove: async (name) => {
      const entries = await read();
      const entry = entries.find((candidate) => candidate.name === name);
      if (entry === undefined) throw unknown(name);
      await write(entries.filter((candidate) => candidate !== entry));
      return entry;
    },
  };
}

function checkEntry({ name, address, note }: AddressBookEntry): AddressBookEntry {
  if (!isValidName(name) || looksLikeAddress(name) || /^0x/i.test(name)) {
    throw new TaoError('ADDRESS_BOOK_NAME_INVALID', {
      message: "Couldn't use that name in the address book: it could be taken for something else.",
      hint: 'Use a short name of letters, digits, hyphens and underscores that is not an address.',
      data: { name: name.slice(0, 64) },
    });
  }
  if (note !== undefined && note.length > MAX_NOTE_LENGTH) {
    throw new TaoError('USAGE_INVALID', {
      message: `Couldn't keep the note: it has ${note.length} characters.`,
      hint: `Keep it to ${MAX_NOTE_LENGTH} characters.`,
    });
  }
  const canonical = formatAddress(parseAddress(address));
  return { name, address: canonical, ...(note === undefined ? {} : { note }) };
}

function parseBook(content: Uint8Array, path: string): readonly AddressBookEntry[] {
  const fail: Fail = (reason) =>
    new TaoError('ADDRESS_BOOK_DAMAGED', {
      message: `Couldn't read the address book ${path}: ${reason}.`,
      hint: 'Correct the file by hand, or move it away to begin a new one.',
      data: { path },
    });
  const text = decodeUtf8(content);
  if (text === undefined) throw fail('it is not UTF-8 text');
  const document = parseDocument(text, MAX_FILE_BYTES, fail);
  if (document.text('format', { maxLength: 64 }) !== FORMAT) throw fail('its format is not known');
  const entries = document.list('entries', MAX_ENTRIES).map((value, index) => {
    const fields = readFields(value, `entry ${index + 1}`, fail);
    const entry = {
      name: fields.text('name', { maxLength: 128 }),
      address: fields.text('address', { maxLength: 64 }),
      ...(fields.has('note') ? { note: fields.text('note', { maxLength: MAX_NOTE_LENGTH }) } : {}),
    };
    fields.end();
    try {
      return checkEntry(entry);
    } catch (error) {
      if (isTaoError(error)) throw fail(`entry ${index + 1} is not valid`);
      throw error;
    }
  });
  document.end();
  const names = new Set(entries.map(({ name }) => name));
  if (names.size !== entries.length) throw fail('a name is in it twice');
  return entries;
}

function taken(entry: AddressBookEntry): TaoError {
  return new TaoError('ADDRESS_BOOK_NAME_TAKEN', {
    message: `Couldn't add "${entry.name}": the address book has it for ${entry.address}.`,
    hint: 'Choose another name, or remove the entry first.',
    data: { name: entry.name, address: entry.address },
  });
}

function unknown(name: string): TaoError {
  return new TaoError('ADDRESS_UNKNOWN', {
    message: `Couldn't find "${name.slice(0, 64)}" in the address book.`,
    hint: 'Run tao wallet address-book list to see the names.',
    data: { name: name.slice(0, 64) },
  });
}

function full(limit: string): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't add the entry: the address book holds ${limit} at most.`,
    hint: 'Remove entries or notes that are no longer needed.',
  });
}
