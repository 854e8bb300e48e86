import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevTool, type DevTool } from '../../../test/helpers/dev-tool.ts';

const FILE = '/home/me/chain.snapshot';
const save = ['dev', 'snapshot', 'save', FILE];
const restore = ['dev', 'snapshot', 'restore', FILE, '--yes'];

let tool: DevTool;
beforeEach(async () => {
  tool = createDevTool();
  await tool.files.makeDirectory('/home/me', 0o700);
});
afterEach(() => tool.remove());

describe('tao dev snapshot', () => {
  it('brings back the chain that was saved, in a folder of another preset too', async () => {
    await tool.run(['dev', 'advance', '--blocks', '12']);
    const [, { data: saved }] = await tool.json(save);
    expect(saved).toMatchObject({ file: FILE, block: { number: 12 } });
    expect((await tool.files.read(FILE))?.length).toBe(saved.bytes);
    const other = createDevTool();
    await other.files.makeDirectory('/home/me', 0o700);
    await other.files.writeAtomic(FILE, (await tool.files.read(FILE)) as Uint8Array, {
      mode: 0o600,
      overwrite: false,
    });
    await other.run(['dev', 'reset', '--profile', '448', '--yes']);
    const [exitCode, { data }] = await other.json(restore);
    expect(exitCode).toBe(0);
    expect(data).toMatchObject({
      preset: 'small',
      block: saved.block,
      stateDigest: saved.stateDigest,
      stateFrom: 0,
    });
    const [, { data: status }] = await other.json(['dev', 'status']);
    expect(status.block).toEqual(saved.block);
    other.remove();
  });

  it('asks before the chain is lost, and says what is', async () => {
    await tool.run(save);
    await tool.run(['dev', 'advance', '--blocks', '5']);
    const { exitCode, stderr } = await tool.run(restore.slice(0, -1));
    expect(exitCode).toBe(3);
    expect(stderr).toContain('5 blocks and everything staked in them');
    expect(stderr).toContain('block 0 of a chain of preset small');
    const [, { data }] = await tool.json(['dev', 'status']);
    expect(data.block.number).toBe(5);
  });

  it('writes over no file, and restores none that is not its own', async () => {
    await tool.run(save);
    const [again, { error }] = await tool.json(save);
    expect([again, error.code]).toEqual([9, 'FILE_EXISTS']);
    const [missing, { error: none }] = await tool.json(restore.with(3, '/home/me/nothing'));
    expect([missing, none.code]).toEqual([2, 'FILE_NOT_FOUND']);
    await tool.files.writeAtomic('/home/me/other', new TextEncoder().encode('{}\n'), {
      mode: 0o600,
      overwrite: false,
    });
    const [wrong, { error: invalid }] = await tool.json(restore.with(3, '/home/me/other'));
    expect([wrong, invalid.code]).toEqual([2, 'DEV_SNAPSHOT_INVALID']);
  });
});

describe('tao dev verify', () => {
  it('replays every block and gives what the status gives', async () => {
    await tool.run(['dev', 'advance', '--blocks', '2100']);
    const [exitCode, { data }] = await tool.json(['dev', 'verify']);
    const [, { data: status }] = await tool.json(['dev', 'status']);
    expect(exitCode).toBe(0);
    const { block, stateDigest } = status;
    expect(data).toEqual({ blocks: 2100, hash: block.hash, stateDigest });
  });
});

describe('a chain that nobody closed', () => {
  it('is opened with a word about it, once', async () => {
    await tool.run(['dev', 'advance', '--blocks', '2']);
    const gone = { pid: 2 ** 22 + 1, url: null };
    writeFileSync(join(tool.path, 'dev', 'owner.json'), JSON.stringify(gone));
    const { stderr, stdout } = await tool.run(['dev', 'status']);
    expect(stderr).toContain('stopped without being closed');
    expect(stdout).not.toContain('stopped');
    expect((await tool.run(['dev', 'status'])).stderr).not.toContain('stopped');
  });
});

describe('tao dev run', () => {
  it.each([
    [['--finality-lag', '-1'], 'finality-lag'],
    [['--finality-lag', '10001'], 'finality-lag'],
    [['--host', 'localhost'], 'host'],
  ])('refuses %j', async (words, option) => {
    const [exitCode, { error }] = await tool.json(['dev', 'run', '--port', '0', ...words]);
    expect(exitCode).toBe(2);
    expect(error).toMatchObject({ code: 'USAGE_INVALID', data: { option } });
  });
});
