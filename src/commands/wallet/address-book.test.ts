import { beforeEach, describe, expect, it } from 'vitest';
import { MEMORY_PATHS } from '../../../test/helpers/memory-platform.ts';
import { createWalletCli, WALLETS, type WalletCli } from '../../../test/helpers/wallet-cli.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const BOOK = `${MEMORY_PATHS.config}/address-book.json`;

let cli: WalletCli;
beforeEach(() => {
  cli = createWalletCli();
});

const book = (...args: string[]) => ['wallet', 'address-book', ...args];

describe('tao wallet address-book', () => {
  it('adds, lists and removes', async () => {
    const added = await cli.run(book('add', 'exchange', BOB, '--note', 'deposits only'), {
      terminal: 'all',
    });
    expect(added.stdout).toMatchInlineSnapshot(`
      "✓ Added           exchange to the address book
        Address         5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty
        Note            deposits only
      "
    `);
    await cli.run(book('add', 'alice', ALICE));
    const listed = await cli.run(book('list'), { terminal: 'all' });
    expect(listed.stdout).toMatchInlineSnapshot(`
      "Name      Address                                           Note
      alice     5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY
      exchange  5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty  deposits only
      "
    `);
    expect((await cli.run(book('list'))).stdout).toBe(
      `alice\t${ALICE}\t\nexchange\t${BOB}\tdeposits only\n`,
    );
    const [, { data }] = await cli.json(book('list'));
    expect(data.entries).toEqual([
      { name: 'alice', address: ALICE, note: null },
      { name: 'exchange', address: BOB, note: 'deposits only' },
    ]);
    const [exit, removed] = await cli.json(book('remove', 'exchange'));
    expect([exit, removed.data]).toEqual([
      0,
      { name: 'exchange', address: BOB, note: 'deposits only' },
    ]);
    expect((await cli.run(book('list'))).stdout).toBe(`alice\t${ALICE}\t\n`);
    expect((await cli.files.stat(BOOK))?.mode).toBe(0o600);
  });

  it('says how to begin when it is empty', async () => {
    const run = await cli.run(book('list'), { terminal: 'all' });
    expect([run.exitCode, run.stdout]).toEqual([0, '']);
    expect(run.stderr).toContain('tao wallet address-book add NAME ADDRESS');
    expect((await cli.json(book('list')))[1].data).toEqual({ entries: [] });
  });

  it('changes a note, but never the address behind a name', async () => {
    await cli.run(book('add', 'friend', BOB));
    const [, again] = await cli.json(book('add', 'friend', BOB, '--note', 'from school'));
    expect(again.data.note).toBe('from school');
    const [exit, document] = await cli.json(book('add', 'friend', ALICE));
    expect([exit, document.error.code]).toEqual([2, 'ADDRESS_BOOK_NAME_TAKEN']);
    expect(document.error.message).toContain(BOB);
  });

  it('warns of a name that a wallet of another account has', async () => {
    await cli.run(['wallet', 'import', 'savings', '--address', ALICE]);
    const other = await cli.run(book('add', 'savings', BOB));
    expect(other.stderr).toContain('Warning: There is a wallet "savings" of another account');
    const signer = ['--signature', '00', '--signer', 'savings'];
    const [, document] = await cli.json(['wallet', 'verify', 'x', ...signer]);
    expect(document.error.code).toBe('ADDRESS_AMBIGUOUS');
    await cli.run(book('remove', 'savings'));
    expect((await cli.json(book('add', 'savings', ALICE)))[1].warnings).toEqual([]);
  });

  it.each([
    ['an address with a wrong letter', ['add', 'x', `${BOB.slice(0, -1)}z`], 'ADDRESS_INVALID'],
    [
      'an address of another chain',
      ['add', 'x', '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5'],
      'ADDRESS_WRONG_PREFIX',
    ],
    ['a name that looks like an address', ['add', ALICE, BOB], 'WALLET_NAME_INVALID'],
    ['a name with a slash', ['add', 'a/b', BOB], 'ADDRESS_BOOK_NAME_INVALID'],
    ['a long note', ['add', 'x', BOB, '--note', 'n'.repeat(201)], 'USAGE_INVALID'],
    ['no address', ['add', 'x'], 'USAGE_MISSING'],
    ['a name that is not there', ['remove', 'x'], 'ADDRESS_UNKNOWN'],
    ['no name', ['remove'], 'USAGE_MISSING'],
  ])('refuses %s', async (_, args, code) => {
    const [exit, document] = await cli.json(book(...args));
    expect([exit, document.error.code]).toEqual([2, code]);
    expect(document.error.hint).toMatch(/\S/);
    expect(await cli.files.stat(BOOK)).toBeUndefined();
  });

  it('refuses a damaged file, and leaves it as it is', async () => {
    cli.files.put(BOOK, '{"format":"tao-address-book/1","entries":[{"name":"x"}]}');
    for (const args of [['list'], ['add', 'y', BOB], ['remove', 'x']]) {
      const [exit, document] = await cli.json(book(...args));
      expect([exit, document.error.code]).toEqual([9, 'ADDRESS_BOOK_DAMAGED']);
    }
    expect(cli.files.text(BOOK)).toContain('[{"name":"x"}]');
    expect(cli.files.paths().some((path) => path.startsWith(WALLETS))).toBe(false);
  });
});
