import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeBlocks } from '../../../test/helpers/make-blocks.ts';
import { createDevNode } from '../create-dev-node.ts';
import { connect } from '../testing/dev-client.ts';

const SCRIPT = join(import.meta.dirname, '../../../test/helpers/write-blocks.ts');

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'devnode-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

/** Lets another process make blocks in the folder and kills it; gives the last number it told. */
async function killWriter(afterNumber: number): Promise<number> {
  const writer = spawn(process.execPath, ['--import', 'tsx', SCRIPT, path]);
  const gone = once(writer, 'exit');
  let told = 0;
  let text = '';
  writer.stdout.on('data', (data: Buffer) => {
    text += data.toString();
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    told = Number.parseInt(lines.at(-1) ?? `${told}`, 10);
    if (told > afterNumber) writer.kill('SIGKILL');
  });
  const [, signal] = await gone;
  expect(signal).toBe('SIGKILL');
  return told;
}

test('a chain whose process is killed keeps every block that was finished, and says so', async () => {
  const told = await killWriter(900);
  const node = await createDevNode({ folder: { path, owner: { pid: 1, isAlive: () => false } } });
  const { number, hash } = node.status();
  expect(node.wasInterrupted).toBe(true);
  expect(number).toBeGreaterThanOrEqual(told);
  const other = await createDevNode();
  for (let step = 0; other.status().number < number; step += 1) makeBlocks(other, step);
  expect(await connect(other.endpoint).call('chain_getBlockHash', number)).toBe(hash);
  expect(await connect(node.endpoint).call('dev_verify')).toMatchObject({ number, hash });
  node.close();
}, 30_000);
