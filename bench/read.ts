/**
 * What reading a stake costs: round trips one after the other, messages in all, and CPU time of a
 * fresh process with cached metadata over a socket, against an empty script. Medians. At the end the
 * same of `tao stake list` as built, for 500 positions on the preset with all of mainnet's subnets.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
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
import { readPositions } from '../src/pipeline/read-positions.ts';
import { createFiles } from '../src/platform/files.ts';
import { hasRealMetadata, readRealMetadata } from '../test/helpers/real-metadata.ts';
import { bundleCode } from './support/bundle.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
/** Has 500 positions on the preset `finney`. */
const FIONA = '5Expmie4DY9A3qmFYsVk3fc87kJ4p799fj36XdNxCgrnoy12';
const POSITIONS = 500;
/** What the list of 500 positions may cost. */
const MAX_ROUND_TRIPS = 6;
const MAX_CPU_MS = 300;
const BIN = fileURLToPath(new URL('../bin/tao.js', import.meta.url));
const BUILT = fileURLToPath(new URL('../dist/main.js', import.meta.url));
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

/** Prints the figures; takes about forty seconds. */
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
  await benchPositions();
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
    console.log(`  open and read ${name}: ${inSequence} round trips, ${far.calls} messages`);
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
  return openOver(channel, folder, read);
}

async function openOver(channel: TextChannel, folder: string, read: Reading['read']) {
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
  writeFileSync(reader, await bundleCode(READ_ONCE, { minify: true }));
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
import { readPositions } from '../src/pipeline/read-positions.ts';
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

/** `tao stake list` of 500 positions: what it asks of the node, and what the built tool costs. */
async function benchPositions(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tao-bench-'));
  const node = await createDevNode({ preset: 'finney' });
  node.advance(2);
  const served = await serveDevNode(node, { port: 0 });
  try {
    const read = async (view: BlockView): Promise<void> => {
      const positions = await readPositions(view, [FIONA]);
      if (positions.length !== POSITIONS) throw new Error(`${positions.length} positions`);
    };
    await openAndRead(node, folder, { oneWayMs: 0, read });
    const inSequence = await countInSequence(node, folder, read);
    const limit = `at most ${MAX_ROUND_TRIPS}`;
    console.log(`stake list of ${POSITIONS} positions on finney:`);
    console.log(`  ${inSequence.roundTrips} round trips (${limit}), ${inSequence.calls} messages`);
    if (existsSync(BUILT)) await benchBuiltList(served.url, folder);
    else console.log('  CPU: not measured, the tool is not built');
  } finally {
    await served.close();
    node.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Round trips one after the other: how many answers had to be there before the last question. */
async function countInSequence(
  node: DevNode,
  folder: string,
  read: Reading['read'],
): Promise<{ readonly roundTrips: number; readonly calls: number }> {
  const roundOf = new Map<number, number>();
  let answered = 0;
  const far = farMainnet(connectInMemory(node.endpoint), node.genesisHash, 0);
  const channel: TextChannel = {
    ...far,
    send: (text) => {
      for (const id of idsIn(text)) roundOf.set(id, answered + 1);
      far.send(text);
    },
    onMessage: (listener) =>
      far.onMessage((text) => {
        for (const id of idsIn(text)) answered = Math.max(answered, roundOf.get(id) ?? 0);
        listener(text);
      }),
  };
  const { calls } = await openOver(channel, folder, read);
  return { roundTrips: answered, calls };
}

/** The ids of a message, or of all messages of a batch. */
function idsIn(text: string): readonly number[] {
  const value: unknown = JSON.parse(text);
  const messages = (Array.isArray(value) ? value : [value]) as { readonly id?: number }[];
  return messages.flatMap(({ id }) => (id === undefined ? [] : [id]));
}

/** The built command against bare node, each telling its own CPU time as it ends. */
async function benchBuiltList(url: string, folder: string): Promise<void> {
  const report = join(folder, 'report.cjs');
  const cpu = join(folder, 'cpu.txt');
  writeFileSync(report, REPORT_TO_FILE);
  const list = [BIN, 'stake', 'list', FIONA, '--network', url, '--json'];
  const env = { PATH: process.env.PATH ?? '', HOME: folder, TAO_HOME: folder, CPU_FILE: cpu };
  const cpuOf = async (args: readonly string[]): Promise<number> => {
    const times: number[] = [];
    // The first run fills caches (compiled code, metadata) and is not counted.
    for (let round = 0; round <= PROCESSES; round += 1) {
      const child = spawn(process.execPath, ['-r', report, ...args], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      await new Promise((resolve) => child.on('close', resolve));
      if (child.exitCode !== 0) throw new Error(`${args.join(' ')} ended with ${child.exitCode}`);
      if (round > 0) times.push(Number.parseFloat(readFileSync(cpu, 'utf8')));
    }
    return median(times);
  };
  const bare = await cpuOf(['-e', '0']);
  const over = (await cpuOf(list)) - bare;
  console.log(`  CPU ${ms(over)} over bare node's ${ms(bare)} (at most ${MAX_CPU_MS} ms)`);
}

const REPORT_TO_FILE = `
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  require('node:fs').writeFileSync(process.env.CPU_FILE, String((user + system) / 1000));
});
`;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
