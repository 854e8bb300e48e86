import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearDevFolder } from '../clear-dev-folder.ts';
import { createDevNode } from '../create-dev-node.ts';
import { findRunningNode } from '../find-running-node.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { startDevChain } from '../testing/dev-chain.ts';
import type { FolderOwner } from '../types.ts';
import { decodeLog, encodeRecord } from './block-log.ts';
import { folderLayout } from './layout.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'devnode-'));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const EVE = devAccounts['//Eve'];
const OWN_PID = 4_242;
const nobodyAlive: FolderOwner = { pid: OWN_PID, isAlive: () => false };
const folder = (owner = nobodyAlive) => ({ folder: { path, owner } });

/** As after kill -9: files as they are, no snapshot of the newest block, the lock left behind. */
async function crash(make: (node: Awaited<ReturnType<typeof createDevNode>>) => void) {
  const node = await createDevNode(folder());
  make(node);
  return node.status();
}

test('a chain continues where it was closed, with the same hashes', async () => {
  const first = await startDevChain(folder());
  await first.send('System', 'remark', { remark: '0x01' });
  first.node.advance(25);
  first.node.fund(EVE, 5n);
  const before = first.node.status();
  first.node.close();
  const second = await startDevChain(folder());
  expect(second.node.status()).toEqual(before);
  expect(second.node.droppedBytes).toBe(0);
  await second.send('System', 'remark', { remark: '0x02' });
  expect(second.node.status().number).toBe(before.number + 1);
  const old = await second.client.call('chain_getBlockHash', 1);
  expect((await second.events(old as string)).length).toBeGreaterThan(3);
  second.node.close();
});

test('after a crash the chain is replayed from its log', async () => {
  const before = await crash((node) => {
    node.advance(1_050);
    node.fund(EVE, 7n);
    node.advance(30);
  });
  const node = await createDevNode(folder());
  expect(node.status()).toEqual(before);
  node.close();
});

test('a log cut anywhere in its last record loses that record alone, and says so', async () => {
  await crash((node) => node.fund(EVE, 1n));
  const { log } = folderLayout(path);
  const whole = readFileSync(log);
  const records = decodeLog(new Uint8Array(whole)).records;
  expect(records.map(({ kind }) => kind)).toEqual(['genesis', 'block']);
  const first = whole.indexOf(0x0a) + 1;
  for (let length = first + 1; length < whole.length; length += 13) {
    writeFileSync(log, whole.subarray(0, length));
    const node = await createDevNode(folder());
    expect(node.status().number).toBe(0);
    expect(node.droppedBytes).toBe(length - first);
    node.fund(EVE, 2n);
    const { hash } = node.status();
    node.close();
    const again = await createDevNode(folder());
    expect(again.status()).toMatchObject({ number: 1, hash });
    expect(again.droppedBytes).toBe(0);
    again.close();
  }
});

test('damage before the last record is an error, not a loss', async () => {
  await crash((node) => {
    node.fund(EVE, 1n);
    node.fund(EVE, 2n);
  });
  const { log } = folderLayout(path);
  const bytes = readFileSync(log);
  const at = bytes.indexOf(0x0a) + 30;
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(log, bytes);
  await expect(createDevNode(folder())).rejects.toMatchObject({ code: 'DEV_CHAIN_CORRUPT' });
  expect(existsSync(folderLayout(path).lock)).toBe(false);
});

test('a damaged folder can be cleared, and starts again from the genesis', async () => {
  await crash((node) => node.advance(1_200));
  const { log } = folderLayout(path);
  writeFileSync(log, `nonsense\n${readFileSync(log, 'utf8')}`);
  await expect(createDevNode(folder())).rejects.toMatchObject({ code: 'DEV_CHAIN_CORRUPT' });
  clearDevFolder(path, nobodyAlive);
  const node = await createDevNode(folder());
  expect(node.status().number).toBe(0);
  expect(() => clearDevFolder(path, { pid: 1, isAlive: () => true })).toThrow(
    expect.objectContaining({ code: 'DEV_CHAIN_LOCKED' }),
  );
  node.close();
});

test('a record that replays to another block is an error', async () => {
  await crash((node) => node.fund(EVE, 1n));
  const { log, entries } = folderLayout(path);
  const { records } = decodeLog(new Uint8Array(readFileSync(log)));
  const forged = records.map((record) =>
    record.kind === 'block' ? { ...record, hash: `0x${'66'.repeat(32)}` } : record,
  );
  writeFileSync(log, forged.map(encodeRecord).join(''));
  truncateSync(entries, 0);
  await expect(createDevNode(folder())).rejects.toMatchObject({ code: 'DEV_CHAIN_CORRUPT' });
});

test('hashes and snapshots are caches: without them the chain is the same', async () => {
  const before = await crash((node) => {
    node.advance(2_100);
    node.fund(EVE, 3n);
  });
  const { entries, snapshots } = folderLayout(path);
  truncateSync(entries, 100);
  for (const name of readdirSync(snapshots)) {
    const file = join(snapshots, name);
    truncateSync(file, Math.floor(statSync(file).size / 2));
  }
  const node = await createDevNode(folder());
  expect(node.status()).toEqual(before);
  node.close();
  const again = await createDevNode(folder());
  expect(again.status()).toEqual(before);
  again.close();
});

test('a snapshot of blocks that were lost is not taken for that of others', async () => {
  const lost = await createDevNode(folder());
  lost.advance(1_000);
  const { log, entries, snapshots } = folderLayout(path);
  expect(readdirSync(snapshots)).toHaveLength(1);
  // The record and the hashes of the run are lost; the snapshot at its end is not.
  truncateSync(log, readFileSync(log).indexOf(0x0a) + 10);
  truncateSync(entries, 64);
  const other = await createDevNode(folder());
  expect(other.status().number).toBe(0);
  other.fund(EVE, 9n);
  other.advance(1_100);
  const before = other.status();
  const again = await createDevNode(folder());
  expect(again.status()).toEqual(before);
  again.close();
});

test('a run of empty blocks that ended midway keeps every block that was finished', async () => {
  const node = await createDevNode(folder());
  node.fund(EVE, 5n);
  node.advance(200);
  const { log, entries } = folderLayout(path);
  const hashes = readFileSync(entries);
  const at = 151;
  const wanted = `0x${hashes.subarray(at * 64, at * 64 + 32).toString('hex')}`;
  // The run's record was not written yet, nor were all its blocks; one is half there.
  const text = readFileSync(log, 'utf8').trimEnd();
  writeFileSync(log, text.slice(0, text.lastIndexOf('\n') + 1));
  truncateSync(entries, (at + 1) * 64 + 20);
  const again = await createDevNode(folder());
  expect(again.status()).toMatchObject({ number: at, hash: wanted });
  expect(again.wasInterrupted).toBe(true);
  again.fund(EVE, 6n);
  const before = again.status();
  again.close();
  const third = await createDevNode(folder());
  expect(third.status()).toEqual(before);
  expect(third.wasInterrupted).toBe(false);
  third.close();
});

test('a reset empties the folder for good', async () => {
  const node = await createDevNode(folder());
  node.advance(1_500);
  node.reset();
  node.advance(2);
  const before = node.status();
  node.close();
  const again = await createDevNode(folder());
  expect(again.status()).toEqual(before);
  expect(again.status().number).toBe(2);
  again.close();
});

test('a folder has one owner at a time', async () => {
  const alive = { pid: OWN_PID, isAlive: (pid: number) => pid === OWN_PID };
  const node = await createDevNode(folder(alive));
  node.publishUrl('ws://127.0.0.1:1');
  const other = { pid: 77, isAlive: alive.isAlive };
  await expect(createDevNode(folder(other))).rejects.toMatchObject({
    code: 'DEV_CHAIN_LOCKED',
    data: { pid: OWN_PID, url: 'ws://127.0.0.1:1' },
  });
  expect(findRunningNode(path, alive)).toEqual({ pid: OWN_PID, url: 'ws://127.0.0.1:1' });
  node.close();
  expect(findRunningNode(path, alive)).toBeUndefined();
  const next = await createDevNode(folder(other));
  expect(next.status().number).toBe(0);
  next.close();
});

test('what a dead process left locked is taken over', async () => {
  await crash((node) => node.advance(3));
  expect(existsSync(folderLayout(path).lock)).toBe(true);
  expect(findRunningNode(path, nobodyAlive)).toBeUndefined();
  const node = await createDevNode(folder({ pid: 99, isAlive: (pid) => pid === 99 }));
  expect(node.status().number).toBe(3);
  node.close();
  writeFileSync(folderLayout(path).lock, 'half a rec');
  const after = await createDevNode(folder());
  after.close();
});

test('a folder that cannot be made is reported with its path', async () => {
  const file = join(path, 'file');
  writeFileSync(file, '');
  const options = { folder: { path: join(file, 'inside'), owner: nobodyAlive } };
  await expect(createDevNode(options)).rejects.toMatchObject({ code: 'FILE_NOT_WRITABLE' });
});

test('files are for their owner alone', async () => {
  const node = await createDevNode(folder());
  node.advance(1);
  node.close();
  const { log, snapshots } = folderLayout(path);
  expect(statSync(log).mode & 0o777).toBe(0o600);
  expect(statSync(snapshots).mode & 0o777).toBe(0o700);
});

test('timed blocks follow the clock and stop with the node', async () => {
  const waits: { resolve: () => void; signal: AbortSignal | undefined }[] = [];
  const clock = {
    nowMs: () => 0,
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => waits.push({ resolve, signal })),
  };
  const node = await createDevNode({ blocks: { kind: 'timed', blockTimeMs: 250 }, clock });
  for (let i = 0; i < 3; i += 1) {
    await expect.poll(() => waits.length).toBe(i + 1);
    waits[i]?.resolve();
  }
  await expect.poll(() => node.status().number).toBe(3);
  node.close();
  expect(waits.at(-1)?.signal?.aborted).toBe(true);
  waits.at(-1)?.resolve();
  expect(node.status().number).toBe(3);
});
