import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../test/helpers/files.ts';
import { formatAddress } from '../domain/address.ts';
import {
  createMultisigBook,
  MAX_MULTISIGS,
  MAX_SIGNATORIES,
  type Multisig,
  multisigAddress,
  otherSignatories,
} from './multisig-book.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const CHARLIE = '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y';
const ON_POLKADOT = '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5';
const PATH = '/home/alice/.config/tao/multisigs.json';
const team = { name: 'team', threshold: 2, signatories: [ALICE, BOB, CHARLIE] };

const accounts = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => formatAddress(new Uint8Array(32).fill(index)));

function open(content?: string | Uint8Array) {
  const files = createMemoryFiles();
  if (content !== undefined) files.put(PATH, content);
  return { files, book: createMultisigBook({ files, path: PATH }) };
}

/** A valid entry of the file. */
const entry = (change: object = {}): Record<string, unknown> => {
  const signatories = [BOB, CHARLIE, ALICE];
  const address = multisigAddress(signatories, 2);
  return { name: 'team', address, threshold: 2, signatories, ...change };
};
const fileOf = (multisigs: unknown, over: object = {}): string =>
  JSON.stringify({ format: 'tao-multisigs/1', multisigs, ...over });

describe('the file of the saved multisigs', () => {
  it('is private, in a private folder, and sorted by name', async () => {
    const { files, book } = open();
    for (const name of ['zoe', 'amy', 'mia']) await book.add({ ...team, name });
    expect((await book.list()).map(({ name }) => name)).toEqual(['amy', 'mia', 'zoe']);
    expect((await files.stat(PATH))?.mode).toBe(0o600);
    expect((await files.stat('/home/alice/.config/tao'))?.mode).toBe(0o700);
    expect(files.text(PATH)).toMatch(/^\{\n {2}"format": "tao-multisigs\/1",\n[\s\S]*\}\n$/);
  });

  it('finds and removes the one that is meant, and leaves the others', async () => {
    const { book } = open();
    const first = await book.add({ ...team, name: 'first' });
    const second = await book.add({ ...team, name: 'second', threshold: 3 });
    expect(await book.find('first')).toEqual(first);
    expect(await book.find('second')).toEqual(second);
    expect(await book.find('third')).toBeUndefined();
    expect(await book.remove('first')).toEqual(first);
    expect(await book.list()).toEqual([second]);
  });

  it('is not written again for what it holds already', async () => {
    const { files, book } = open();
    await book.add(team);
    files.put(PATH, `${files.text(PATH)} `);
    await book.add({ ...team, signatories: [CHARLIE, BOB, ALICE] });
    expect(files.text(PATH).endsWith(' ')).toBe(true);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['that is not text', Uint8Array.of(0xc3, 0x28), 'it is not UTF-8 text'],
    ['that is not JSON', '{', 'it is not JSON'],
    ['of another format', fileOf([], { format: 'tao-multisigs/2' }), 'its format is not known'],
    ['with more in it', fileOf([], { also: 1 }), 'unknown field'],
    ['with an entry that says more', fileOf([entry({ also: 1 })]), 'entry 1 has an unknown field'],
    ['with a name twice', fileOf([entry(), entry()]), 'a name is in it twice'],
    [
      'with another address',
      fileOf([entry(), entry({ name: 'b', address: ALICE })]),
      'the address of entry 2 is not that of its signatories',
    ],
    [
      'with another threshold',
      fileOf([entry({ threshold: 1 })]),
      'the address of entry 1 is not that of its signatories',
    ],
    ['with a threshold that cannot be', fileOf([entry({ threshold: 4 })]), 'entry 1 is not valid'],
    ['with a threshold of none', fileOf([entry({ threshold: 0 })]), '"threshold" of entry 1'],
    ['with a signatory that is none', fileOf([entry({ signatories: [ALICE, 1] })]), 'not valid'],
    ['with a name that is a path', fileOf([entry({ name: '../team' })]), 'entry 1 is not valid'],
    ['with an entry that is text', fileOf(['team']), 'entry 1 is not an object'],
    ['with too many', fileOf(new Array(MAX_MULTISIGS + 1).fill(entry())), '"multisigs"'],
  ])('is not guessed at: one %s', async (_title, content, reason) => {
    await expect(open(content).book.list()).rejects.toMatchObject({
      code: 'MULTISIG_BOOK_DAMAGED',
      message: expect.stringMatching(`${PATH}: .*${reason}`),
      hint: expect.stringContaining('move it away'),
      data: { path: PATH },
    });
  });

  it('is read as it was written by any hand, when it is right', async () => {
    expect(await open(fileOf([entry()])).book.list()).toEqual([entry()]);
    expect(await open(fileOf([])).book.list()).toEqual([]);
  });

  it('holds so many and no more', async () => {
    const saved = Array.from({ length: MAX_MULTISIGS - 1 }, (_, index) =>
      entry({ name: `team-${index}` }),
    );
    const { book } = open(fileOf(saved));
    await book.add(team);
    await expect(book.add({ ...team, name: 'more' })).rejects.toMatchObject({
      code: 'MULTISIG_INVALID',
      message: expect.stringContaining(`${MAX_MULTISIGS} are saved`),
    });
    expect((await book.add(team)).name).toBe('team');
    expect(await book.list()).toHaveLength(MAX_MULTISIGS);
  }, 20_000);
});

describe('a multisig', () => {
  it.each<[string, Partial<typeof team>]>([
    ['a threshold of one', { threshold: 1 }],
    ['a threshold of all', { threshold: 3 }],
    ['two signatories', { signatories: [ALICE, BOB] }],
    [
      'as many signatories as the chain allows',
      { signatories: [...accounts(MAX_SIGNATORIES)], threshold: MAX_SIGNATORIES },
    ],
  ])('may have %s', async (_title, change) => {
    const wanted = { ...team, ...change };
    const { book } = open();
    const saved = await book.add(wanted);
    expect(saved.address).toBe(multisigAddress(wanted.signatories, wanted.threshold));
    expect(await book.list()).toEqual([saved]);
  });

  it.each<[string, Partial<typeof team>, string, string]>([
    ['of one', { signatories: [ALICE], threshold: 1 }, 'at least two', '--threshold'],
    ['of too many', { signatories: [...accounts(101)] }, 'more than 100', '--signatory'],
    ['of one twice', { signatories: [ALICE, BOB, ALICE] }, 'named twice', '--signatory'],
    ['with a threshold of none', { threshold: 0 }, 'from 1 to 3', '--threshold'],
    ['with a threshold above all', { threshold: 4 }, 'from 1 to 3', '--threshold'],
    ['with a threshold in parts', { threshold: 1.5 }, 'from 1 to 3', '--threshold'],
    ['with a name in hex', { name: '0Xabc' }, 'something else', 'short name'],
    ['with the name of an account', { name: ALICE }, 'something else', 'short name'],
    ['with a path for a name', { name: 'a/b' }, 'something else', 'short name'],
  ])('cannot be one %s, and its error says so', async (_title, change, reason, hint) => {
    const { book } = open();
    await expect(book.add({ ...team, ...change })).rejects.toMatchObject({
      code: 'MULTISIG_INVALID',
      message: expect.stringContaining(reason),
      hint: expect.stringContaining(hint),
    });
    expect(await book.list()).toEqual([]);
  });

  it('may have 0x in its name, when it does not begin with it', async () => {
    expect((await open().book.add({ ...team, name: 'team0x1' })).name).toBe('team0x1');
  });

  it.each([
    ['nobody', 'ADDRESS_INVALID'],
    [ON_POLKADOT, 'ADDRESS_WRONG_PREFIX'],
  ])('has no signatory %s', async (signatory, code) => {
    const signatories = [ALICE, signatory];
    await expect(open().book.add({ ...team, signatories })).rejects.toMatchObject({ code });
  });

  it('of one name for two accounts says which has it', async () => {
    const { book } = open();
    const { address } = await book.add(team);
    await expect(book.add({ ...team, threshold: 3 })).rejects.toMatchObject({
      code: 'MULTISIG_NAME_TAKEN',
      message: expect.stringContaining(address),
      hint: expect.stringContaining('Choose another name'),
      data: { name: 'team', address },
    });
    expect((await book.find('team'))?.threshold).toBe(2);
  });

  it('that is not saved is named, as far as it could be a name', async () => {
    await expect(open().book.remove('x'.repeat(70))).rejects.toMatchObject({
      code: 'MULTISIG_UNKNOWN',
      message: expect.stringContaining(`"${'x'.repeat(64)}"`),
      hint: expect.stringContaining('tao multisig list'),
      data: { name: 'x'.repeat(64) },
    });
  });

  it('shows an outsider all of its signatories', () => {
    const multisig = entry() as Multisig;
    expect(otherSignatories(multisig, ON_POLKADOT)).toEqual([BOB, CHARLIE, ALICE]);
    expect(otherSignatories(multisig, ALICE)).toEqual([BOB, CHARLIE]);
  });
});
