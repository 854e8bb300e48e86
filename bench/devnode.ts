/**
 * The embedded chain: starting, empty blocks, transactions through its WebSocket, looking back, a
 * folder, snapshots, and what it holds in memory. Medians; time on the wall, and of the processor,
 * which other work on the machine blurs less.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevNode } from '../src/devnode/create-dev-node.ts';
import { encodedMetadata, METADATA_VERSIONS } from '../src/devnode/metadata/build.ts';
import { serveDevNode } from '../src/devnode/serve-dev-node.ts';
import { connect, encodeCall, signExtrinsic } from '../src/devnode/testing/dev-client.ts';
import { openSocket } from '../src/devnode/testing/socket-client.ts';
import type { DevNodeOptions } from '../src/devnode/types.ts';
import { bundleCode } from './support/bundle.ts';

const RUNS = 5;
const BLOCKS = 10_000;
const TRANSFERS = 600;
const BOB = '0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48';
const owner = { pid: process.pid, isAlive: (pid: number) => pid === process.pid };

export async function run(): Promise<void> {
  for (const version of METADATA_VERSIONS) {
    await report(`metadata ${version}, first`, 1, async () => {
      encodedMetadata(version);
    });
  }
  await start('small', 150);
  await start('finney', 1_500);
  await emptyBlocks('small');
  await emptyBlocks('finney', 5_000);
  await transfers('small', 300);
  await transfers('finney');
  await lookBack();
  await folder();
  await memory(300);
}

async function start(preset: string, targetMs: number): Promise<void> {
  const what = `${preset}: created, first answer`;
  await report(what, RUNS, targetMs, async () => {
    const node = await createDevNode({ preset });
    await connect(node.endpoint).call('chain_getHeader');
    node.close();
  });
}

async function emptyBlocks(preset: string, targetMs?: number): Promise<void> {
  const node = await createDevNode({ preset });
  await report(`${preset}: 1,000 empty blocks`, RUNS, targetMs, async () => node.advance(1_000));
  await report(`${preset}: digest of the state`, RUNS, async () => {
    node.advance(1);
    node.status();
  });
  node.close();
}

/** Signed beforehand; each in a block of its own, answered before the next is sent. */
async function transfers(preset: string, target?: number): Promise<void> {
  const node = await createDevNode({ preset });
  const served = await serveDevNode(node, { port: 0 });
  const client = await openSocket(served.url);
  const { genesisHash } = node;
  const call = encodeCall('Balances', 'transfer_keep_alive', {
    dest: { type: 'Id', value: BOB },
    value: 1_000_000_000n,
  });
  const signed = Array.from({ length: TRANSFERS }, (_, nonce) =>
    signExtrinsic(call, { genesisHash, nonce }),
  );
  const half = TRANSFERS / 2;
  for (const extrinsic of signed.slice(0, half)) {
    await client.call('author_submitExtrinsic', extrinsic);
  }
  const cpu = cpuMs();
  const startMs = performance.now();
  for (const extrinsic of signed.slice(half)) {
    await client.call('author_submitExtrinsic', extrinsic);
  }
  const perSecond = (half * 1_000) / (performance.now() - startMs);
  const perCpuSecond = (half * 1_000) / (cpuMs() - cpu);
  const verdict = target === undefined ? '' : `, target ${target}: ${met(perSecond >= target)}`;
  console.log(
    `  ${preset}: transfers a second through the WebSocket ${perSecond.toFixed(0)}, ` +
      `a second of CPU ${perCpuSecond.toFixed(0)}${verdict}`,
  );
  client.close();
  await served.close();
  node.close();
}

async function lookBack(): Promise<void> {
  const node = await createDevNode();
  const client = connect(node.endpoint);
  node.advance(BLOCKS);
  let back = 0;
  await report('small: state of an old block', RUNS, async () => {
    back += 1;
    const hash = await client.call('chain_getBlockHash', back * 1_000 - 1);
    await client.call('state_call', 'SwapRuntimeApi_current_alpha_price_all', '0x', hash);
  });
  await report('small: all storage keys', RUNS, async () => {
    node.advance(1);
    await client.call('state_getKeys', '0x');
  });
  let data = '';
  await report(`small: snapshot of ${BLOCKS} blocks, saved`, RUNS, async () => {
    ({ data } = await client.call<{ data: string }>('dev_saveSnapshot'));
  });
  await report('small: the same, restored', RUNS, async () => {
    await client.call('dev_restoreSnapshot', { data });
  });
  node.close();
}

async function folder(): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'bench-devnode-'));
  const options: DevNodeOptions = { folder: { path, owner } };
  try {
    const node = await createDevNode(options);
    await report(`small: ${BLOCKS} blocks into a folder`, 1, async () => node.advance(BLOCKS));
    node.close();
    await report('small: that folder, first answer', RUNS, async () => {
      const again = await createDevNode(options);
      await connect(again.endpoint).call('chain_getHeader');
      again.close();
    });
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

/** In a process of its own, bundled as the product is: the loader of TypeScript holds much itself. */
async function memory(targetMb: number): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'bench-devnode-'));
  try {
    const outfile = join(path, 'memory.mjs');
    writeFileSync(outfile, await bundleCode("import './devnode/memory-entry.ts';"));
    const { stdout } = spawnSync(process.execPath, [outfile, 'finney', `${BLOCKS}`], {
      encoding: 'utf8',
    });
    const { mostBytes, endBytes, cpuMs: cpu } = JSON.parse(stdout) as Record<string, number>;
    const mb = (bytes = 0): string => (bytes / 1_000_000).toFixed(0);
    const verdict = met((mostBytes ?? 0) / 1_000_000 < targetMb);
    console.log(
      `  finney: memory over ${BLOCKS} blocks: most ${mb(mostBytes)} MB, at the end ${mb(endBytes)} MB, ` +
        `${((cpu ?? 0) / 1_000).toFixed(1)} s of CPU, target ${targetMb} MB: ${verdict}`,
    );
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

type Measured = () => Promise<void>;

async function report(
  what: string,
  runs: number,
  ...rest: readonly [Measured] | readonly [targetMs: number | undefined, measured: Measured]
): Promise<void> {
  const measured = rest[rest.length - 1] as Measured;
  const targetMs = rest.length === 2 ? rest[0] : undefined;
  const walls: number[] = [];
  const cpus: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const cpu = cpuMs();
    const startMs = performance.now();
    await measured();
    walls.push(performance.now() - startMs);
    cpus.push(cpuMs() - cpu);
  }
  const wall = median(walls);
  const text = [wall, median(cpus)].map((ms) => ms.toFixed(1).padStart(9)).join(' ms, CPU ');
  const target = targetMs === undefined ? '' : `, target ${targetMs}: ${met(wall <= targetMs)}`;
  console.log(`  ${what.padEnd(42)} ${text} ms${target}`);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const met = (isMet: boolean): string => (isMet ? 'met' : 'missed');
