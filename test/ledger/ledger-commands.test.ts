/** The commands that fill, follow and look after the ledger, as a user types them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../helpers/dev-tool.ts';

const HOTKEY = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';
const words = (line: string) => line.split(' ');

let tool: DevTool;
beforeAll(async () => {
  tool = createDevTool();
  await tool.run(words('dev advance --blocks 3'));
  await tool.run(
    words(`stake add --netuid 8 --hotkey ${HOTKEY} --amount 5 --wallet //Alice --yes`),
  );
  await tool.run(words('dev advance --tempos 1'));
}, 60_000);
afterAll(() => tool.remove());

describe('tao rewards sync', () => {
  it('follows an account and reads its past; the second run has nothing to read', async () => {
    const [code, first] = await tool.json(words('rewards sync //Alice --since 4'));
    expect(code).toBe(0);
    expect(first.data.accounts).toEqual([
      expect.objectContaining({ name: '//Alice', toBlock: 364, flows: 1, gaps: [] }),
    ]);
    const [, again] = await tool.json(words('rewards sync'));
    expect(again.data.accounts[0]).toMatchObject({ toBlock: 364, observations: 0 });
    const [, list] = await tool.json(words('ledger list'));
    expect(list.data.accounts).toEqual([expect.objectContaining({ toBlock: 364 })]);
  });

  it('refuses a --since that is none, and says what is', async () => {
    const [code, document] = await tool.json(words('rewards sync //Alice --since yesterday'));
    expect([code, document.error.code]).toEqual([2, 'USAGE_INVALID']);
    expect(document.error.hint).toContain('30d');
  });

  it('run twice at once records everything once', async () => {
    await tool.run(words('dev advance --blocks 30'));
    const both = await Promise.all([
      tool.run(words('rewards sync //Alice --quiet')),
      tool.run(words('rewards sync //Alice --quiet')),
    ]);
    // One run may be told that the embedded chain is another's: it has then done nothing.
    expect(both.map(({ exitCode }) => exitCode)).toContain(0);
    const [code, check] = await tool.json(words('ledger verify'));
    expect([code, check.data.conflicts]).toEqual([0, 0]);
  });
});

describe('tao rewards watch', () => {
  it('tells what happened since the last run, a line each, and ends when told to', async () => {
    await tool.run(words('rewards watch //Alice --once'));
    await tool.run(words('dev advance --tempos 1'));
    const watched = await tool.run(words('rewards watch //Alice --once --json'));
    expect(watched.exitCode).toBe(0);
    const events = watched.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(['reward', 'cursor']);
    expect(events[0]).toMatchObject({ hotkey: HOTKEY, netuid: 8 });
    const nothing = await tool.run(words('rewards watch //Alice --once'));
    expect([nothing.exitCode, nothing.stdout]).toEqual([0, '']);
  });
});

describe('tao ledger', () => {
  it('exports what another ledger takes in, and both are whole', async () => {
    const out = join(tool.path, 'ledger.json');
    const [code, exported] = await tool.json(['ledger', 'export', '--out', out]);
    expect([code, existsSync(out)]).toEqual([0, true]);
    expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(exported.data.lines);
    const [twice, refusal] = await tool.json(['ledger', 'export', '--out', out]);
    expect([twice, refusal.error.code]).toEqual([9, 'FILE_EXISTS']);
    const [imported, result] = await tool.json(['ledger', 'import', out]);
    expect([imported, result.data.steps, result.data.conflicts]).toEqual([0, 0, 0]);
    const piped = await tool.run(words('ledger export'));
    expect(piped.stdout).toBe(readFileSync(out, 'utf8'));
  });

  it('verifies, rebuilds and compacts without losing a fact', async () => {
    const [, before] = await tool.json(words('ledger verify'));
    for (const verb of ['rebuild', 'compact']) {
      const [code] = await tool.json(['ledger', verb]);
      expect([verb, code]).toEqual([verb, 0]);
    }
    const [, after] = await tool.json(words('ledger verify'));
    expect(after.data).toEqual(before.data);
  });

  it('says that a chain was reset, and puts aside what it no longer has', async () => {
    await tool.run(words('dev reset --yes'));
    await tool.run(words('dev advance --blocks 3'));
    const [code, synced] = await tool.json(words('rewards sync //Alice'));
    expect(code).toBe(0);
    expect(synced.warnings).toEqual([expect.stringContaining('This chain was reset')]);
    const [, again] = await tool.json(words('rewards sync //Alice'));
    expect(again.warnings).toEqual([]);
    const [, shown] = await tool.json(words('rewards show //Alice'));
    expect(shown.data.positions).toEqual([]);
  });

  it('stops following, and refuses to stop what it does not follow', async () => {
    const [, list] = await tool.json(words('ledger unfollow //Alice'));
    expect(list.data.accounts).toEqual([]);
    const [code, refusal] = await tool.json(words('ledger unfollow //Alice'));
    expect([code, refusal.error.code]).toEqual([2, 'USAGE_INVALID']);
  });
});
