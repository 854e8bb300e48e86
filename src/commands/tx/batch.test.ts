import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';
import { encodeCall } from '../../devnode/testing/dev-client.ts';

let tool: DevTool;
beforeAll(() => {
  tool = createDevTool();
});
afterAll(() => tool.remove());

const hexOf = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString('hex')}`;
const REMARK = hexOf(encodeCall('System', 'remark', { remark: '0x61' }));
/** Nothing is staked where this sells. */
const REFUSED = hexOf(
  encodeCall('SubtensorModule', 'remove_stake', {
    hotkey: `0x${'11'.repeat(32)}`,
    netuid: 8,
    amount_unstaked: 1_000_000_000n,
  }),
);
const batch = (...args: string[]) => ['tx', 'batch', ...args, '--wallet', '//Alice', '--yes'];
const statesOf = (items: readonly { readonly state: string }[]) => items.map(({ state }) => state);

describe('a batch of given calls', () => {
  it('keeps nothing of a call that the chain refuses, nor of the others', async () => {
    const [exit, { error }] = await tool.json(batch(REMARK, REFUSED, REMARK));
    expect(exit).toBe(6);
    const [, shown] = await tool.json(['tx', 'show', error.data.id]);
    expect(statesOf(shown.data.items)).toEqual(['kept-out', 'kept-out', 'kept-out']);
  });

  it('leaves only that call out where each stands alone, and names it', async () => {
    const [exit, { data, warnings }] = await tool.json(
      batch(REMARK, REFUSED, REMARK, '--best-effort'),
    );
    expect([exit, statesOf(data.transaction.items)]).toEqual([6, ['done', 'failed', 'done']]);
    expect(data.transaction.items[1]).toMatchObject({
      summary: 'SubtensorModule.remove_stake',
      failure: expect.stringMatching(/^SubtensorModule\./),
    });
    expect(warnings).toEqual(['1 of 3 items failed; the others are done.']);
    const shown = await tool.run(['tx', 'show', 'last'], { terminal: 'all' });
    expect(shown.stdout).toMatch(/Item 2 +SubtensorModule\.remove_stake: refused, SubtensorModule/);
    const listed = await tool.run(['tx', 'list']);
    expect(listed.stdout).toMatch(
      /succeeded in part\t\d+\tBatch of 3 calls \(1 of 3 items failed\)/,
    );
  });

  it('is planned to either kind of batch', async () => {
    for (const [args, call] of [
      [[], 'Utility.batch_all'],
      [['--best-effort'], 'Utility.force_batch'],
    ] as const) {
      const [exit, { data }] = await tool.json([...batch(REMARK, REMARK), ...args, '--dry-run']);
      expect([exit, data.plan.call]).toEqual([0, call]);
    }
  });
});
