/** The tool on a real terminal: questions, Ctrl-C, a narrow window, and no colours. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHome, type Home, VALIDATOR } from '../cli/tool.ts';
import { runOnTerminal } from '../helpers/terminal.ts';

const STAKE = ['stake', 'add', '--netuid', '8', '--hotkey', VALIDATOR, '--amount', '1'];
const STAKE_ALICE = [...STAKE, '--wallet', '//Alice'];
/** Select Graphic Rendition: colours and weights. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the purpose
const PAINT = /\u001b\[[0-9;]*m/;

let home: Home;
beforeAll(() => {
  home = createHome();
});
afterAll(() => home.remove());

async function transactionCount(): Promise<number> {
  return (await home.json(['tx', 'list'])).data.transactions.length;
}

function walletNames(): readonly string[] {
  const wallets = join(home.path, 'wallets');
  return existsSync(wallets) ? readdirSync(wallets) : [];
}

describe('the question before funds move', () => {
  it('comes after the plan, and a yes carries it out', async () => {
    const before = await transactionCount();
    const run = runOnTerminal(home, STAKE_ALICE);
    await run.waitFor('At least');
    await run.waitFor('Stake 1 TAO? (y/N)');
    run.type('y\r');
    expect(await run.ended).toBe(0);
    expect(run.text()).toContain('\n✓ Staked          1 TAO\n');
    expect(run.text().split('\n')).toContainEqual(expect.stringMatching(/^ {2}Network {9}dev, /));
    expect(await transactionCount()).toBe(before + 1);
  });

  it.each([
    ['Enter alone', '\r'],
    ['n', 'n\r'],
  ])('takes %s as a no', async (_, keys) => {
    const before = await transactionCount();
    const run = runOnTerminal(home, STAKE_ALICE);
    await run.waitFor('(y/N)');
    run.type(keys);
    expect(await run.ended).toBe(3);
    expect(run.text()).toContain('[CONSENT_DECLINED]');
    expect(await transactionCount()).toBe(before);
  });

  it('ends at Ctrl-C with 130, and nothing was recorded', async () => {
    const before = await transactionCount();
    const run = runOnTerminal(home, STAKE_ALICE);
    await run.waitFor('(y/N)');
    run.interrupt();
    expect(await run.ended).toBe(130);
    expect(run.text()).toContain('Stopped before anything was submitted.   [INTERRUPTED]');
    expect(await transactionCount()).toBe(before);
  });

  it('is not asked in CI nor with --no-input, though there is a terminal', async () => {
    const ci = runOnTerminal(home, STAKE_ALICE, { env: { CI: 'true' } });
    expect(await ci.ended).toBe(3);
    expect(ci.text()).toContain('confirmation is needed and CI is set.');
    const silent = runOnTerminal(home, [...STAKE_ALICE, '--no-input']);
    expect(await silent.ended).toBe(3);
    expect(silent.text()).toContain('Add --yes to confirm, or --dry-run to see the plan.');
  });
});

describe('a secret', () => {
  it('is asked for without being shown, and Ctrl-C leaves no file behind', async () => {
    const secret = 'correct horse 42!';
    const run = runOnTerminal(home, ['wallet', 'create', 'fresh']);
    await run.waitFor('New password');
    run.type(`${secret}\r`);
    await run.waitFor('The same password again');
    // Ctrl-T shows what was typed in the library's own settings.
    run.type('correct\u0014');
    await run.waitFor('*******');
    run.interrupt();
    expect(await run.ended).toBe(130);
    expect(run.raw()).not.toContain('correct');
    expect(walletNames()).not.toContain('fresh');
  });
});

describe('a running command', () => {
  it('that derives a key writes nothing after Ctrl-C', async () => {
    const run = runOnTerminal(home, ['wallet', 'create', 'stopped']);
    await run.waitFor('New password');
    run.type('correct horse 42!\r');
    await run.waitFor('The same password again');
    run.type('correct horse 42!\r');
    await run.waitFor('Deriving the key');
    run.interrupt();
    expect(await run.ended).toBe(130);
    expect(run.text()).toContain('[INTERRUPTED]');
    expect(walletNames()).not.toContain('stopped');
  });

  it('ends at Ctrl-C', async () => {
    const run = runOnTerminal(home, ['dev', 'run', '--port', '0']);
    await run.waitFor('ws://');
    run.interrupt();
    expect([0, 130]).toContain(await run.ended);
    expect(run.text()).not.toContain('[INTERNAL]');
  });
});

describe('a narrow terminal', () => {
  it('shortens addresses and wraps help', async () => {
    const wide = runOnTerminal(home, ['delegate', 'list'], { columns: 160 });
    await wide.ended;
    expect(wide.text()).toContain(VALIDATOR);
    const narrow = runOnTerminal(home, ['delegate', 'list'], { columns: 40 });
    await narrow.ended;
    expect(narrow.text()).not.toContain(VALIDATOR);
    expect(narrow.text()).toContain(`${VALIDATOR.slice(0, 4)}…${VALIDATOR.slice(-4)}`);
    const help = runOnTerminal(home, ['config', '--help'], { columns: 40 });
    await help.ended;
    const lines = help.text().split('\n');
    expect(lines.filter((line) => line.length > 40)).toEqual([]);
  });

  it('asks a question that can be answered', async () => {
    const run = runOnTerminal(home, STAKE_ALICE, { columns: 40 });
    await run.waitFor('(y/N)');
    run.type('n\r');
    expect(await run.ended).toBe(3);
  });
});

describe('colours', () => {
  it('are there on a terminal', async () => {
    const run = runOnTerminal(home, ['config', 'list']);
    await run.ended;
    expect(run.raw()).toMatch(PAINT);
  });

  it.each([
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['TERM=dumb', { TERM: 'dumb' }, []],
    ['--color never', {}, ['--color', 'never']],
    ['TAO_COLOR=never', { TAO_COLOR: 'never' }, []],
  ] as const)(
    'are off with %s, in the plan, the question and the error too',
    async (_, env, args) => {
      const run = runOnTerminal(home, [...STAKE_ALICE, ...args], { env });
      await run.waitFor('(y/N)');
      run.type('n\r');
      expect(await run.ended).toBe(3);
      expect(run.raw()).not.toMatch(PAINT);
    },
  );

  it('stay off when an answer is not understood and asked for again', async () => {
    const run = runOnTerminal(home, STAKE_ALICE, { env: { NO_COLOR: '1' } });
    await run.waitFor('(y/N)');
    run.type('what\r');
    await run.waitFor('You must answer');
    run.type('\u0015n\r');
    expect(await run.ended).toBe(3);
    expect(run.raw()).not.toMatch(PAINT);
  });
});
