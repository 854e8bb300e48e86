import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHome, type Home, serveDevChain, VALIDATOR } from '../cli/tool.ts';

const PROCESSES = 8;

let home: Home;
beforeEach(() => {
  home = createHome();
});
afterEach(() => home.remove());

it.each([
  { blocks: 'at once', args: [] },
  // Several of them wait in the pool for one block.
  { blocks: 'every second', args: ['--block-time', '1'] },
])(
  `takes the next ${PROCESSES} nonces for ${PROCESSES} processes of one coldkey, blocks $blocks`,
  async ({ args }) => {
    const served = await serveDevChain(home, args);
    const numbers = Array.from({ length: PROCESSES }, (_, index) => index + 1);
    const documents = await Promise.all(
      numbers.map((number) =>
        home.json([
          ...['stake', 'add', '--wallet', '//Alice', '--netuid', '8', '--hotkey', VALIDATOR],
          ...['--amount', `${number}`, '--tolerance', '40', '--yes'],
        ]),
      ),
    );
    expect(documents.map(({ ok, error }) => (ok ? 'ok' : error.code))).toEqual(
      numbers.map(() => 'ok'),
    );
    const nonces: number[] = documents.map(({ data }) => data.transaction.nonce);
    expect(nonces.sort((a, b) => a - b)).toEqual(numbers.map((number) => number - 1));
    const listed = (await home.json(['tx', 'list'])).data.transactions;
    expect(listed.map(({ state }: { state: string }) => state)).toEqual(
      numbers.map(() => 'succeeded'),
    );
    const spent = documents.reduce((sum, { data }) => sum + BigInt(data.spent.rao), 0n);
    expect(spent).toBe(36_000_000_000n);
    await served.stop();
  },
);
