/**
 * The embedded chain: starting, making blocks, transactions through its RPC, looking back, and
 * opening a folder again. Medians of several runs, in this process.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevNode } from '../src/devnode/create-dev-node.ts';
import { encodedMetadata, METADATA_VERSIONS } from '../src/devnode/metadata/build.ts';
import { connect, encodeCall, signExtrinsic } from '../src/devnode/testing/dev-client.ts';
import type { DevNodeOptions } from '../src/devnode/types.ts';

const RUNS = 5;
const BLOCKS = 10_000;
const TRANSACTIONS = 200;
const AURORA = '0x50dce1f33380b4dd771580f9c29ad6da5bb0de6bc65320911d52026cb4af9f7b';
const owner = { pid: process.pid, isAlive: (pid: number) => pid === process.pid };

export async function run(): Promise<void> {
  for (const version of METADATA_VERSIONS) {
    await report(`metadata ${version}, first`, 1, async () => {
      encodedMetadata(version);
    });
  }
  await report('created, first answer', RUNS, async () => {
    const node = await createDevNode();
    await connect(node.endpoint).call('chain_getHeader');
    node.close();
  });
  await blocks();
  await transactions();
  await folder();
}

async function blocks(): Promise<void> {
  const node = await createDevNode();
  const client = connect(node.endpoint);
  await report(`${BLOCKS} empty blocks`, RUNS, async () => node.advance(BLOCKS));
  let back = 0;
  await report('storage of an old block', RUNS, async () => {
    back += 1;
    const hash = await client.call('chain_getBlockHash', back * 1_000 - 1);
    await client.call('state_getStorage', '0x00', hash);
    await client.call('state_call', 'SwapRuntimeApi_current_alpha_price_all', '0x', hash);
  });
  await report('all storage keys', RUNS, async () => {
    await client.call('state_getKeys', '0x');
  });
  node.close();
}

async function transactions(): Promise<void> {
  const node = await createDevNode();
  const client = connect(node.endpoint);
  const { genesisHash } = node;
  const call = encodeCall('SubtensorModule', 'add_stake', {
    hotkey: AURORA,
    netuid: 4,
    amount_staked: 1_000_000_000n,
  });
  const signed = Array.from({ length: TRANSACTIONS }, (_, nonce) =>
    signExtrinsic(call, { genesisHash, nonce }),
  );
  await report(`${TRANSACTIONS} stakes, a block each`, 1, async () => {
    for (const extrinsic of signed) await client.call('author_submitExtrinsic', extrinsic);
  });
  node.close();
}

async function folder(): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'bench-devnode-'));
  const options: DevNodeOptions = { folder: { path, owner } };
  try {
    const node = await createDevNode(options);
    await report(`${BLOCKS} blocks into a folder`, 1, async () => node.advance(BLOCKS));
    node.close();
    await report(`folder of ${BLOCKS} blocks, first answer`, RUNS, async () => {
      const again = await createDevNode(options);
      await connect(again.endpoint).call('chain_getHeader');
      again.close();
    });
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

async function report(what: string, runs: number, measured: () => Promise<void>): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < runs; i += 1) {
    const start = performance.now();
    await measured();
    times.push(performance.now() - start);
  }
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  console.log(`  ${what.padEnd(42)} ${median.toFixed(1).padStart(9)} ms`);
}
