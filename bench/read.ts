/**
 * What reading a stake costs: round trips one after the other, calls in all, and CPU time of a fresh
 * process with cached metadata over a socket, against an empty script. Medians.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { decodeRuntime } from '../src/chain/codecs/decode-metadata.ts';
import { connectInMemory } from '../src/chain/in-memory.ts';
import { MAINNET_GENESIS, resolveNetwork } from '../src/chain/known-networks.ts';
import { createMetadataCache } from '../src/chain/metadata-cache.ts';
import { openChain } from '../src/chain/open-chain.ts';
import { readAccount } from '../src/chain/queries/read-accounts.ts';
import { readDelegates } from '../src/chain/queries/read-delegates.ts';
import { readStakes } from '../src/chain/queries/read-stakes.ts';
import { readSubnets } from '../src/chain/queries/read-subnets.ts';
import { createRpcClient } from '../src/chain/rpc-client.ts';
import type { BlockView } from '../src/chain/types.ts';
import { createDevNode } from '../src/devnode/create-dev-node.ts';
import { encodedMetadata } from '../src/devnode/metadata/build.ts';
import { serveDevNode } from '../src/devnode/serve-dev-node.ts';
import type { DevNode } from '../src/devnode/types.ts';
import type { Clock, TextChannel } from '../src/domain/ports.ts';
import { createFiles } from '../src/platform/files.ts';
import { hasRealMetadata, readRealMetadata } from '../test/helpers/real-metadata.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const ONE_WAY_MS = 50;
const PROCESSES = 7;
const DECODINGS = 15;
const TIMEOUT_MS = 30_000;

const files = createFiles({ bytes: (length) => new Uint8Array(randomBytes(length)) });
const clock: Clock = {
  nowMs: () => Date.now(),
  sleep: async (ms, signal) => {
    await wait(ms, undefined, signal === undefined ? {} : { signal });
  },
};

/** Prints the figures; takes about twenty seconds. */
export async function run(): Promise<void> {
  benchDecoding();
  const folder = mkdtempSync(join(tmpdir(), 'tao-bench-'));
  const node = await createDevNode();
  node.advance(3);
  const served = await serveDevNode(node, { port: 0 });
  try {
    await benchRoundTrips(node, folder);
    await benchProcesses(served.url, folder);
  } finally {
    await served.close();
    node.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function benchDecoding(): void {
  const version = { specName: 'node-subtensor', specVersion: 424, transactionVersion: 1 };
  const sources: [string, Uint8Array][] = [['embedded chain', encodedMetadata(16)]];
  if (hasRealMetadata) sources.push(['spec 424', readRealMetadata()]);
  else console.log('decode metadata of spec 424: not measured, the file is absent');
  for (const [name, bytes] of sources) {
    const times = Array.from({ length: DECODINGS }, () => {
      const start = performance.now();
      decodeRuntime(bytes, version);
      return performance.now() - start;
    });
    const [first = 0] = times;
    const size = `${Math.round(bytes.length / 1024)} KiB`;
    console.log(`decode metadata, ${name}, ${size}: ${ms(median(times))}, first ${ms(first)}`);
  }
}

const reads: readonly [name: string, read: (view: BlockView) => Promise<unknown>][] = [
  ['balance', (view) => readAccount(view, ALICE)],
  [
    'balance, stakes and prices',
    (view) => Promise.all([readAccount(view, ALICE), readStakes(view, [ALICE]), readSubnets(view)]),
  ],
  ['delegates of one subnet', (view) => readDelegates(view, { netuids: [1] })],
  ['delegates of all subnets', (view) => readDelegates(view)],
];

/** The embedded chain passes for mainnet here, so that the client takes the way of a public network. */
async function benchRoundTrips(node: DevNode, folder: string): Promise<void> {
  await openAndRead(node, folder, { oneWayMs: 0, read: () => Promise.resolve() });
  console.log('connected, metadata cached, as on a public network:');
  for (const [name, read] of reads) {
    const near = await openAndRead(node, folder, { oneWayMs: 0, read });
    const far = await openAndRead(node, folder, { oneWayMs: ONE_WAY_MS, read });
    const inSequence = Math.round((far.elapsedMs - near.elapsedMs) / (2 * ONE_WAY_MS));
    console.log(`  open and read ${name}: ${inSequence} round trips, ${far.calls} calls`);
  }
}

type Reading = {
  readonly oneWayMs: number;
  readonly read: (view: BlockView) => Promise<unknown>;
};

async function openAndRead(
  node: DevNode,
  folder: string,
  { oneWayMs, read }: Reading,
): Promise<{ readonly elapsedMs: number; readonly calls: number }> {
  const channel = farMainnet(connectInMemory(node.endpoint), node.genesisHash, oneWayMs);
  const rpc = createRpcClient(channel, { clock, timeoutMs: TIMEOUT_MS });
  const metadataCache = createMetadataCache(files, folder);
  const start = performance.now();
  const chain = await openChain({ rpc, target: resolveNetwork('finney'), metadataCache, clock });
  await read(await chain.at());
  const elapsedMs = performance.now() - start;
  const calls = rpc.roundTrips();
  chain.close();
  return { elapsedMs, calls };
}

function farMainnet(channel: TextChannel, genesisHash: string, oneWayMs: number): TextChannel {
  const later = (action: () => void): void => {
    setTimeout(action, oneWayMs);
  };
  return {
    ...channel,
    send: (text) => later(() => channel.send(text)),
    onMessage: (listener) =>
      channel.onMessage((text) =>
        later(() => listener(text.replaceAll(genesisHash, MAINNET_GENESIS))),
      ),
  };
}

/** Fresh processes over a bundle made like the released one. */
async function benchProcesses(url: string, folder: string): Promise<void> {
  const empty = join(folder, 'empty.mjs');
  const reader = join(folder, 'read.mjs');
  writeFileSync(empty, REPORT_CPU);
  await bundle(READ_ONCE, reader);
  const bare = await medianCpuMs([empty]);
  const cached = await medianCpuMs([reader, url, folder]);
  console.log(`CPU of an empty script: ${ms(bare)}`);
  console.log(`CPU of connecting and reading balance and stakes: ${ms(cached - bare)} over it`);
}

const REPORT_CPU = `
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  process.stdout.write(String((user + system) / 1000));
});
`;

const READ_ONCE = `
import { randomBytes } from 'node:crypto';
import { connectWebSocket } from '../src/chain/web-socket.ts';
import { createRpcClient } from '../src/chain/rpc-client.ts';
import { openChain } from '../src/chain/open-chain.ts';
import { MAINNET_GENESIS, resolveNetwork } from '../src/chain/known-networks.ts';
import { createMetadataCache } from '../src/chain/metadata-cache.ts';
import { readAccount } from '../src/chain/queries/read-accounts.ts';
import { readStakes } from '../src/chain/queries/read-stakes.ts';
import { createFiles } from '../src/platform/files.ts';
import { createClock } from '../src/platform/clock.ts';
${REPORT_CPU}
const [url, folder] = process.argv.slice(2);
const clock = createClock();
const channel = await connectWebSocket({ url, timeoutMs: 10_000 });
const rpc = createRpcClient(channel, { clock, timeoutMs: 10_000 });
const files = createFiles({ bytes: (length) => new Uint8Array(randomBytes(length)) });
const metadataCache = createMetadataCache(files, folder);
const chain = await openChain({ rpc, target: resolveNetwork(url), metadataCache, clock });
const view = await chain.at();
await Promise.all([readAccount(view, '${ALICE}'), readStakes(view, ['${ALICE}'])]);
chain.close();
`;

async function bundle(contents: string, outfile: string): Promise<void> {
  const banner =
    "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minify: true,
    banner: { js: banner },
    logLevel: 'error',
  });
}

/** Median CPU time of fresh processes, without settings that slow every start. */
async function medianCpuMs(args: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < PROCESSES; round += 1) times.push(await cpuMsOf(args));
  return median(times);
}

/** The child reports its own CPU time; this process goes on serving it meanwhile. */
async function cpuMsOf(args: readonly string[]): Promise<number> {
  const { NODE_EXTRA_CA_CERTS: _unset, ...env } = process.env;
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  const cpuMs = Number.parseFloat(text);
  if (Number.isNaN(cpuMs)) throw new Error(`${args[0]} reported nothing`);
  return cpuMs;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
