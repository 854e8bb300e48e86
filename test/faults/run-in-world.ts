/** One run of the tool in a world: a "process" with its own pid, real lock files, one ledger. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { createBlockView } from '../../src/chain/block-view.ts';
import { readBest, readByHash, readByNumber, readFinalized } from '../../src/chain/head.ts';
import { connectInMemory } from '../../src/chain/in-memory.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import { createStorageReader } from '../../src/chain/storage-reader.ts';
import type { Chain, Runtime } from '../../src/chain/types.ts';
import { specs } from '../../src/commands/specs.ts';
import { toolLine } from '../../src/compose/open-context.ts';
import type { TextChannel } from '../../src/domain/ports.ts';
import { BUSY_TIMEOUT_MS, openDatabase } from '../../src/ledger/database.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import { createLocks } from '../../src/platform/locks.ts';
import { createProgram } from '../../src/program.ts';
import { createMemoryPlatform, type MemoryPlatform } from '../helpers/memory-platform.ts';
import { runCli, TEST_VERSION } from '../helpers/run-cli.ts';
import { createCountingRandom, createQuickUnlocker } from '../helpers/wallets.ts';
import { createLife, DeathError, type Life, mortal } from './life.ts';
import type { World } from './world.ts';

/** How long a run waits for an answer. */
const RPC_TIMEOUT_MS = 30_000;
/** Above every pid of a real process. */
let lastPid = 5_000_000;
const livingPids = new Set<number>();
const program = createProgram(specs);
const random = createCountingRandom();
const unlocker = createQuickUnlocker();

export type RunScript = {
  /** Puts faults into the connection. */
  readonly wire?: (channel: TextChannel) => TextChannel;
  /** Dies after so many uses of the world, counted from its start or from its first record. */
  readonly dies?: { readonly since: 'start' | 'record'; readonly uses: number };
};

/** `died`: it left nothing but what it had written. */
export type Ran =
  // biome-ignore lint/suspicious/noExplicitAny: documents of many shapes
  | { readonly kind: 'ended'; readonly exitCode: number; readonly document: any }
  | { readonly kind: 'died' };

export async function runInWorld(
  world: World,
  argv: readonly string[],
  script: RunScript = {},
): Promise<Ran> {
  lastPid += 1;
  const pid = lastPid;
  livingPids.add(pid);
  const life = createLife(() => livingPids.delete(pid));
  if (script.dies?.since === 'start') life.endAfter(script.dies.uses);
  const closers: (() => void)[] = [];
  const ledgers: Ledger[] = [];
  try {
    const running = runTool(world, argv, { pid, life, script, closers, ledgers });
    return await Promise.race([running, life.died.then(() => ({ kind: 'died' as const }))]);
  } finally {
    livingPids.delete(pid);
    if (life.isDead()) {
      for (const ledger of ledgers) await leaveOpen(ledger);
      // What it had sent is on its way; then its end of the connection is gone.
      setImmediate(() => setImmediate(() => setImmediate(() => closeAll(closers))));
    } else closeAll(closers);
  }
}

function closeAll(closers: readonly (() => void)[]): void {
  for (const close of closers) close();
}

type Running = {
  readonly pid: number;
  readonly life: Life;
  readonly script: RunScript;
  readonly closers: (() => void)[];
  readonly ledgers: Ledger[];
};

async function runTool(world: World, argv: readonly string[], running: Running): Promise<Ran> {
  const { life, pid, script, closers, ledgers } = running;
  const env = { TAO_HOME: world.home, TAO_NETWORK: 'dev' };
  mkdirSync(join(world.home, 'data', 'turns'), { recursive: true, mode: 0o700 });
  const memory = createMemoryPlatform({ files: world.files, env });
  const clock = mortal(life, world.clock);
  const locks = createLocks({
    pid,
    isAlive: (other) => livingPids.has(other),
    clock: world.clock,
    random,
  });
  const platform: MemoryPlatform = {
    ...memory,
    clock,
    random: mortal(life, random),
    files: mortal(life, world.files),
    locks: {
      acquire: async (path, options) => {
        const held = await mortal(life, locks).acquire(path, options);
        return mortal(life, held);
      },
    },
  };
  const line = toolLine({ platform, program, version: TEST_VERSION, unlocker: () => unlocker });
  const outcome = await runCli([...argv, '--json'], {
    platform,
    open: async (base, invocation) => {
      const opened = await line.open(base, invocation);
      let chain: Promise<Chain> | undefined;
      const openChain = (): Promise<Chain> => {
        chain ??= connectTo(world, running);
        return chain;
      };
      const openLedger = async (genesisHash: string): Promise<Ledger> => {
        const ledger = await opened.context.openLedger(genesisHash);
        if (life.isDead()) await leaveOpen(ledger);
        else ledgers.push(ledger);
        return mortalLedger(ledger, life, script);
      };
      return {
        ...opened,
        context: { ...opened.context, openChain, openLedger },
        // A process that dies closes nothing.
        close: async () => {
          if (!life.isDead()) await opened.close();
        },
      };
    },
  });
  closeAll(closers);
  return { kind: 'ended', exitCode: outcome.exitCode, document: outcome.json() };
}

/**
 * Leaves the ledger's file as a process that ended without closing it: marked as open. Its handle
 * is closed all the same, so that this process does not run out of them.
 */
async function leaveOpen(ledger: Ledger): Promise<void> {
  ledger.close();
  const database = await openDatabase(ledger.path, BUSY_TIMEOUT_MS);
  database.run('INSERT INTO open_sessions DEFAULT VALUES');
  database.close();
}

/** The ledger, whose first record may be where the end begins to be counted. */
function mortalLedger(ledger: Ledger, life: Life, script: RunScript): Ledger {
  const journal = mortal(life, ledger.journal);
  const { dies } = script;
  return {
    ...ledger,
    facts: mortal(life, ledger.facts),
    sync: mortal(life, ledger.sync),
    journal: {
      ...journal,
      begin: (intent) => {
        if (dies?.since === 'record') life.endAfter(dies.uses);
        return journal.begin(intent);
      },
    },
  };
}

/** A runtime that takes two calls in one batch: longer ones become several transactions. */
function smallBatches(runtime: Runtime): Runtime {
  const constant: Runtime['constant'] = (pallet, name) =>
    name === 'batched_calls_limit' ? 2 : runtime.constant(pallet, name);
  return { ...runtime, constant };
}

/** The shared chain over a connection of its own; its metadata is decoded once for all. */
async function connectTo(world: World, { life, script, closers }: Running): Promise<Chain> {
  const inner = connectInMemory(world.endpoint);
  closers.push(inner.close);
  const faulty = script.wire?.(inner) ?? inner;
  const channel: TextChannel = {
    ...faulty,
    send: (text) => {
      try {
        life.use(() => faulty.send(text));
      } catch (error) {
        // The dead send nothing, and nobody tells them so.
        if (!(error instanceof DeathError)) throw error;
      }
    },
    onMessage: (listener) =>
      faulty.onMessage((text) => {
        if (!life.isDead()) listener(text);
      }),
    onClose: (listener) =>
      faulty.onClose((reason) => {
        if (!life.isDead()) listener(reason);
      }),
  };
  const rpc = createRpcClient(channel, {
    clock: mortal(life, world.clock),
    timeoutMs: RPC_TIMEOUT_MS,
  });
  const { genesisHash, target } = world.chain;
  const runtime = smallBatches(world.chain.runtime);
  const storage = createStorageReader(rpc);
  return {
    target,
    genesisHash,
    rpc,
    runtime,
    at: async (block = 'best') => {
      const find = () => {
        if (block === 'best') return readBest(rpc);
        if (block === 'finalized') return readFinalized(rpc);
        return typeof block === 'number' ? readByNumber(rpc, block) : readByHash(rpc, block);
      };
      const { hash, number } = await find();
      return createBlockView({ rpc, storage, runtime, hash, number });
    },
    nextNonce: async (address) =>
      (await rpc.request('system_accountNextIndex', [address])) as number,
    close: rpc.close,
  };
}
