/**
 * One dev chain that all runs of a fault test share: blocks come a little after a submission, and
 * every block is looked at when it is new, past the tool.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StakeFacts } from '../../src/chain/facts.ts';
import { connectInMemory } from '../../src/chain/in-memory.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { readStakes } from '../../src/chain/queries/read-stakes.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import type { Chain, ChainEvent, JsonRpc } from '../../src/chain/types.ts';
import { createDevNode } from '../../src/devnode/create-dev-node.ts';
import { decodeSigned, type SignedExtrinsic } from '../../src/devnode/runtime/extrinsic.ts';
import { fromHex } from '../../src/devnode/scale/hex.ts';
import { serveDevNode } from '../../src/devnode/serve-dev-node.ts';
import type { DevNode } from '../../src/devnode/types.ts';
import type { RpcEndpoint } from '../../src/domain/ports.ts';
import { createMemoryFiles, type MemoryFiles } from '../helpers/files.ts';
import type { FixedClock } from '../helpers/fixed-clock.ts';
import { realClock } from '../helpers/real-clock.ts';
import { createQuickClock } from './quick-clock.ts';

/** A signed extrinsic in a block, as the chain holds it. */
export type Executed = {
  readonly hex: string;
  readonly signed: SignedExtrinsic;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly events: readonly ChainEvent[];
};

export type World = {
  /** Of ledger and locks. */
  readonly home: string;
  readonly url: string;
  readonly endpoint: RpcEndpoint;
  readonly clock: FixedClock;
  readonly files: MemoryFiles;
  /** Of the harness: no run's faults are in it. */
  readonly chain: Chain;
  readonly rpc: JsonRpc;
  readonly head: () => number;
  /** Makes blocks with what waits for them. */
  readonly makeBlocks: (count: number) => Promise<void>;
  /** Everything signed that was ever in a block, in order. */
  readonly executed: readonly Executed[];
  /** A coldkey that does nothing but hold: its stake shows how positions grow by themselves. */
  readonly witness: string;
  /** Its positions at the end of each block that holds signed extrinsics. */
  readonly witnessed: ReadonlyMap<number, readonly StakeFacts[]>;
  /** While set, a submission makes no blocks: the node is slow. */
  readonly setHolding: (isHolding: boolean) => void;
  readonly close: () => Promise<void>;
};

/** The development account //Eve. */
const WITNESS = '5HGjWAeFDfFCWPsjFQdVV2Msvz2XtMktvgocEZcCj68kUMaw';
const NEVER_MS = 600_000;
/** Blocks after a submission: what is sealed waits for the author who can open it. */
const BLOCKS_AFTER = 3;
/** Between a submission and its block. */
const BLOCK_MS = 2;

export async function createWorld(): Promise<World> {
  const home = mkdtempSync(join(tmpdir(), 'tao-faults-'));
  const node = await createDevNode({ blocks: { kind: 'manual' }, clock: realClock });
  const rpc = createRpcClient(connectInMemory(node.endpoint), {
    clock: realClock,
    timeoutMs: NEVER_MS,
  });
  const chain = await openChain({
    rpc,
    target: { name: 'dev', kind: 'dev', url: undefined, genesisHash: undefined },
    metadataCache: { load: async () => undefined, store: async () => undefined },
    clock: realClock,
  });
  const blocks = createBlocks(node, chain);
  const endpoint = watched(node.endpoint, blocks.onSubmit);
  const served = await serveDevNode(servable(node, endpoint), { port: 0 });
  return {
    home,
    url: served.url,
    endpoint,
    clock: createQuickClock(),
    files: createMemoryFiles(),
    chain,
    rpc,
    head: () => node.status().number,
    makeBlocks: blocks.make,
    executed: blocks.executed,
    witness: WITNESS,
    witnessed: blocks.witnessed,
    setHolding: blocks.setHolding,
    close: async () => {
      await blocks.idle();
      rpc.close();
      await served.close();
      node.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The node with another endpoint in the place of its own. */
function servable(node: DevNode, endpoint: RpcEndpoint): DevNode {
  return { ...node, endpoint, publishUrl: () => undefined };
}

/** The endpoint, telling when a submission arrived. */
function watched(endpoint: RpcEndpoint, onSubmit: () => void): RpcEndpoint {
  return {
    openSession: (send, drop) => {
      const session = endpoint.openSession(send, drop);
      return {
        ...session,
        receive: (text) => {
          session.receive(text);
          if (text.includes('"author_submit')) onSubmit();
        },
      };
    },
  };
}

function createBlocks(node: DevNode, chain: Chain) {
  const executed: Executed[] = [];
  const witnessed = new Map<number, readonly StakeFacts[]>();
  let isHolding = false;
  let last: Promise<void> = Promise.resolve();
  const makeOne = async (): Promise<void> => {
    await chain.rpc.request('dev_newBlock', []);
    const { hash, number } = node.status();
    const signed = await readSigned(chain, hash);
    executed.push(...signed);
    if (signed.length > 0) {
      witnessed.set(number, await readStakes(await chain.at(hash), [WITNESS]));
    }
  };
  const make = (count: number): Promise<void> => {
    for (let made = 0; made < count; made += 1) last = last.then(makeOne);
    return last;
  };
  const settle = async (): Promise<void> => {
    await realClock.sleep(BLOCK_MS);
    if (!isHolding) await make(BLOCKS_AFTER);
  };
  const settling = new Set<Promise<void>>();
  return {
    executed,
    witnessed,
    make,
    onSubmit: () => {
      const one = settle();
      settling.add(one);
      void one.then(() => settling.delete(one));
    },
    setHolding: (holds: boolean) => {
      isHolding = holds;
    },
    idle: async () => {
      await Promise.all(settling);
      await last;
    },
  };
}

async function readSigned(chain: Chain, blockHash: string): Promise<readonly Executed[]> {
  const reply = (await chain.rpc.request('chain_getBlock', [blockHash])) as {
    readonly block: {
      readonly header: { readonly number: string };
      readonly extrinsics: readonly string[];
    };
  };
  const { extrinsics, header } = reply.block;
  if (extrinsics.length < 2) return [];
  const view = await chain.at(blockHash);
  const key = chain.runtime.storage('System', 'Events').key();
  const bytes = (await chain.rpc.request('state_getStorage', [key, blockHash])) as string;
  const events = view.runtime.decodeEvents(fromHex(bytes));
  return extrinsics.flatMap((hex, index) => {
    const signed = decodeSigned(fromHex(hex));
    if (signed === undefined) return [];
    const own = events.filter((event) => event.extrinsicIndex === index);
    const blockNumber = Number.parseInt(header.number, 16);
    return [{ hex: hex.toLowerCase(), signed, blockNumber, blockHash, events: own }];
  });
}
