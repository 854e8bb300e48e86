import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../test/helpers/files.ts';
import { createAddressBook, MAX_ENTRIES, MAX_NOTE_LENGTH } from './address-book.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const PATH = '/home/alice/.config/tao/address-book.json';

function open(content?: string | Uint8Array) {
  const files = createMemoryFiles();
  if (content !== undefined) files.put(PATH, content);
  return { files, book: createAddressBook({ files, path: PATH }) };
}

const fileOf = (entries: unknown, over: object = {}): string =>
  JSON.stringify({ format: 'tao-address-book/1', entries, ...over });
const many = (count: number, note?: string) =>
  Array.from({ length: count }, (_, index) => ({ name: `name-${index}`, address: ALICE, note }));

describe('the file of the address book', () => {
  it('is in a private folder, written out for people, and sorted by name', async () => {
    const { files, book } = open();
    for (const name of ['zoe', 'amy', 'mia']) await book.add({ name, address: ALICE });
    expect((await book.list()).map(({ name }) => name)).toEqual(['amy', 'mia', 'zoe']);
    expect((await files.stat('/home/alice/.config/tao'))?.mode).toBe(0o700);
    expect(files.text(PATH)).toMatch(/^\{\n {2}"format": "tao-address-book\/1",\n[\s\S]*\}\n$/);
  });

  it('finds, changes and removes the one that is meant, and leaves the others', async () => {
    const { book } = open();
    const alice = await book.add({ name: 'alice', address: ALICE, note: 'one' });
    await book.add({ name: 'bob', address: BOB, note: 'two' });
    expect(await book.add({ name: 'bob', address: BOB })).toEqual({ name: 'bob', address: BOB });
    expect(await book.list()).toEqual([alice, { name: 'bob', address: BOB }]);
    expect(await book.find('bob')).toEqual({ name: 'bob', address: BOB });
    expect(await book.find('carol')).toBeUndefined();
    expect(await book.remove('bob')).toEqual({ name: 'bob', address: BOB });
    expect(await book.list()).toEqual([alice]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['that is not text', Uint8Array.of(0xc3, 0x28), 'it is not UTF-8 text'],
    ['that is not JSON', '{', 'it is not JSON'],
    ['of another format', fileOf([], { format: 'tao-address-book/2' }), 'format is not known'],
    ['with more in it', fileOf([], { also: 1 }), 'unknown field'],
    [
      'with an entry that says more',
      fileOf([{ name: 'a', address: ALICE, also: 1 }]),
      'entry 1 has an unknown field',
    ],
    [
      'with a name for two accounts',
      fileOf([
        { name: 'a', address: ALICE },
        { name: 'a', address: BOB },
      ]),
      'a name is in it twice',
    ],
    [
      'with an address that is none',
      fileOf([
        { name: 'a', address: ALICE },
        { name: 'b', address: 'bob' },
      ]),
      'entry 2 is not valid',
    ],
    ['with an address for a name', fileOf([{ name: BOB, address: ALICE }]), 'entry 1 is not valid'],
    ['with a note that is a number', fileOf([{ name: 'a', address: ALICE, note: 1 }]), '"note"'],
    ['with too many', fileOf(many(MAX_ENTRIES + 1)), '"entries"'],
  ])('is not guessed at: one %s', async (_title, content, reason) => {
    await expect(open(content).book.list()).rejects.toMatchObject({
      code: 'ADDRESS_BOOK_DAMAGED',
      message: expect.stringMatching(`${PATH}: .*${reason}`),
      hint: expect.stringContaining('move it away'),
      data: { path: PATH },
    });
  });

  it('holds so many entries and no more', async () => {
    const { book } = open(fileOf(many(MAX_ENTRIES - 1)));
    await book.add({ name: 'last', address: ALICE });
    await expect(book.add({ name: 'more', address: ALICE })).rejects.toMatchObject({
      code: 'USAGE_INVALID',
      message: expect.stringContaining(`${MAX_ENTRIES}`),
      hint: expect.stringContaining('Remove entries'),
    });
    await book.add({ name: 'last', address: ALICE, note: 'still changes' });
    expect(await book.list()).toHaveLength(MAX_ENTRIES);
  }, 30_000);

  it('does not grow beyond what it could be read back from', async () => {
    const { files, book } = open(fileOf(many(MAX_ENTRIES - 1, 'é'.repeat(MAX_NOTE_LENGTH - 50))));
    const before = files.text(PATH);
    await expect(book.add({ name: 'more', address: ALICE })).rejects.toMatchObject({
      code: 'USAGE_INVALID',
      message: expect.stringContaining('bytes at most'),
    });
    expect(files.text(PATH) === before).toBe(true);
    expect(await book.list()).toHaveLength(MAX_ENTRIES - 1);
  }, 30_000);
});

describe('an entry', () => {
  it('may have a note of the full length, and none longer', async () => {
    const note = 'x'.repeat(MAX_NOTE_LENGTH);
    expect(await open().book.add({ name: 'a', address: ALICE, note })).toMatchObject({ note });
    await expect(
      open().book.add({ name: 'a', address: ALICE, note: `${note}x` }),
    ).rejects.toMatchObject({
      code: 'USAGE_INVALID',
      message: expect.stringContaining(`${MAX_NOTE_LENGTH + 1} characters`),
      hint: expect.stringContaining(`${MAX_NOTE_LENGTH} characters`),
    });
  });

  it.each(['0x12', '0X12', ALICE, 'a/b'])('cannot have the name %s', async (name) => {
    await expect(open().book.add({ name, address: ALICE })).rejects.toMatchObject({
      code: 'ADDRESS_BOOK_NAME_INVALID',
      message: expect.stringContaining('taken for something else'),
      hint: expect.stringContaining('not an address'),
      data: { name },
    });
  });

  it('may have 0x in its name, when it does not begin with it', async () => {
    expect((await open().book.add({ name: 'a0x1', address: ALICE })).name).toBe('a0x1');
  });

  it('whose name is taken says for which address, and what to do', async () => {
    const { book } = open();
    await book.add({ name: 'a', address: ALICE });
    await expect(book.add({ name: 'a', address: BOB })).rejects.toMatchObject({
      code: 'ADDRESS_BOOK_NAME_TAKEN',
      hint: expect.stringContaining('Choose another name'),
      data: { name: 'a', address: ALICE },
    });
  });

  it('that is not there is named, as far as it could be a name', async () => {
    await expect(open().book.remove('x'.repeat(70))).rejects.toMatchObject({
      code: 'ADDRESS_UNKNOWN',
      message: expect.stringContaining(`"${'x'.repeat(64)}"`),
      hint: expect.stringContaining('tao wallet address-book list'),
      data: { name: 'x'.repeat(64) },
    });
  });
});
