/** Swapped hotkeys and coldkeys and a removed subnet, as a user meets them in the commands. */
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Context } from '../../src/cli/context.ts';
import { parseRao } from '../../src/domain/amount.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { createDevTool, type DevTool } from '../helpers/dev-tool.ts';
import { createManualClock } from '../helpers/manual-clock.ts';
import {
  alice,
  bob,
  charlie,
  newAurora,
  newBasalt,
  newBob,
  newDunlin,
  playPassages,
  type Story,
} from './passages-story.ts';
import { addressOf, createPassagesWorld, type PassagesWorld } from './passages-world.ts';

describe('what the commands say of stake that passed', () => {
  let tool: DevTool;
  let world: PassagesWorld;
  let blocks: Story;
  beforeAll(async () => {
    world = await createPassagesWorld();
    blocks = playPassages(world);
    tool = createDevTool();
    const [, { data }] = await say('ledger path');
    const { genesisHash } = world.chain;
    const clock = createManualClock();
    const ledger = await openLedger({ folder: dirname(data.path), genesisHash, clock });
    for (const coldkeys of [[alice], [bob, newBob], [charlie]]) {
      await world.sync(ledger, coldkeys, undefined);
    }
    ledger.close();
  }, 120_000);
  afterAll(() => tool.remove());

  const adapt = (context: Context): Context => ({
    ...context,
    openChain: () => Promise.resolve(world.chain),
  });
  const say = (line: string) => tool.json(line.split(' '), { adapt });
  const events = async (coldkey: string, line = '') => {
    const [code, { data }] = await say(`rewards export ${addressOf(coldkey)} --format json${line}`);
    expect(code).toBe(0);
    const columns = data.columns as readonly string[];
    const rows = (data.rows as readonly (readonly string[])[]).map((row) =>
      Object.fromEntries(row.map((cell, index) => [columns[index], cell])),
    );
    return { rows, totals: data.totals };
  };

  test('a removed subnet is an unstake in the export, and a disposal in its report', async () => {
    const { rows } = await events(charlie);
    expect(rows.filter(({ event }) => event === 'unexplained')).toEqual([]);
    const sold = rows.filter(({ event, netuid }) => event === 'unstake' && netuid === '4');
    expect(sold.map(({ block }) => block)).toEqual([`${blocks.removed}`, `${blocks.removed}`]);
    const tao = sold.map((row) => parseRao(row.tao ?? ''));
    expect(tao.reduce((sum, one) => sum + one, 0n)).toBe(blocks.paidOut);
    const report = await events(charlie, ' --report disposals');
    expect(report.rows.length).toBeGreaterThanOrEqual(2);
    const koinly = await events(charlie, ' --profile koinly');
    const traded = koinly.rows.filter((row) => row['Sent Currency'] === 'SN4');
    expect(traded.filter((row) => row['Received Currency'] === 'TAO')).toHaveLength(2);
  });

  test('a removed subnet has what was received in the history, and no unexplained row', async () => {
    const [code, { data, warnings }] = await say(
      `rewards history ${addressOf(charlie)} --by epoch --last 20`,
    );
    expect([code, warnings]).toEqual([0, []]);
    expect(data.totals.returned.rao).toBe(`${blocks.paidOut}`);
  });

  test('a new hotkey is a move, and show explains every position to the rao', async () => {
    const { rows } = await events(alice);
    const moves = rows.filter(({ event }) => event === 'move');
    expect(moves.map((row) => [row.block, row.netuid, row.to_hotkey])).toEqual([
      [`${blocks.onSubnet}`, '8', addressOf(newAurora)],
      [`${blocks.everywhere}`, '0', addressOf(newBasalt)],
      [`${blocks.everywhere}`, '1', addressOf(newBasalt)],
      [`${blocks.inEpoch}`, '8', addressOf(newDunlin)],
    ]);
    const [code, shown] = await say(`rewards show ${addressOf(alice)}`);
    expect([code, shown.warnings]).toEqual([0, []]);
  });

  test('where both coldkeys are followed, the new one has the lots of the old one', async () => {
    const old = await events(bob);
    const next = await events(newBob);
    const moves = next.rows.filter(({ event }) => event === 'move');
    expect(moves.map((row) => [row.coldkey, row.to_coldkey])).toEqual(
      [0, 4, 8].map(() => [addressOf(bob), addressOf(newBob)]),
    );
    expect(old.rows.filter(({ block }) => block === `${blocks.coldkey}`)).toEqual(moves);
    expect(next.rows.filter(({ event }) => event === 'stake')).toEqual([]);
    const [code, shown] = await say(`rewards show ${addressOf(newBob)}`);
    expect([code, shown.warnings]).toEqual([0, []]);
    const report = await events(newBob, ' --report disposals');
    expect(report.rows.find((row) => row.origin === 'bought')).toMatchObject({
      acquired_block: `${blocks.first + 1}`,
      disposed_block: `${blocks.removed}`,
    });
    expect(next.totals.paid).toEqual(shown.data.totals.paid);
    expect(next.totals.returned).toEqual(shown.data.totals.returned);
    const [, before] = await say(`rewards show ${addressOf(bob)}`);
    expect(old.totals.paid).toEqual(before.data.totals.paid);
    expect(old.totals.returned).toEqual(before.data.totals.returned);
    expect(before.data.totals.realised.rao).toBe(old.totals.realised.rao);
  });
});
