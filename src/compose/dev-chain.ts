/**
 * The embedded chain for a run: in this process, or, when a `tao dev run` holds the state folder,
 * through its URL. Either way the caller gets the same JSON-RPC.
 */
import { connectInMemory } from '../chain/in-memory.ts';
import { createRpcClient } from '../chain/rpc-client.ts';
import type { JsonRpc } from '../chain/types.ts';
import { connectWebSocket } from '../chain/web-socket.ts';
import type { DevServing, ServedDevChain } from '../cli/context.ts';
import { createDevNode } from '../devnode/create-dev-node.ts';
import { findRunningNode } from '../devnode/find-running-node.ts';
import { canonicalPreset } from '../devnode/genesis/presets.ts';
import type { DevNode } from '../devnode/types.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import type { ResourceNeeds } from './resources.ts';

/** How often an owner that is just starting or stopping is given time, and how much. */
const OWNER_TRIES = 40;
const OWNER_WAIT_MS = 50;

export type DevConnection = {
  readonly rpc: JsonRpc;
  /** Where another process serves it; undefined when it runs here. */
  readonly url: string | undefined;
  readonly close: () => void;
};

/** DEV_CHAIN_LOCKED when another command holds the folder for longer than a command takes. */
export async function connectDevChain(
  needs: ResourceNeeds,
  timeoutMs: number,
): Promise<DevConnection> {
  for (let tries = 1; ; tries += 1) {
    const url = findRunningNode(needs.paths.dev, needs.owner)?.url;
    try {
      return url === undefined
        ? connectHere(await openNode(needs), needs, timeoutMs)
        : await connectServed(url, needs, timeoutMs);
    } catch (error) {
      const isPassing = isTaoError(error, 'DEV_CHAIN_LOCKED') || isGone(error);
      if (!isPassing || tries === OWNER_TRIES) throw error;
      await needs.clock.sleep(OWNER_WAIT_MS, needs.signal);
    }
  }
}

/** The owner may stop between our look and our knock. */
function isGone(error: unknown): boolean {
  return isTaoError(error, 'NETWORK_UNREACHABLE');
}

function connectHere(node: DevNode, needs: ResourceNeeds, timeoutMs: number): DevConnection {
  const rpc = createRpcClient(connectInMemory(node.endpoint), { clock: needs.clock, timeoutMs });
  return {
    rpc,
    url: undefined,
    close: () => {
      rpc.close();
      node.close();
    },
  };
}

async function connectServed(
  url: string,
  needs: ResourceNeeds,
  timeoutMs: number,
): Promise<DevConnection> {
  const channel = await connectWebSocket({ url, timeoutMs, signal: needs.signal });
  const rpc = createRpcClient(channel, { clock: needs.clock, timeoutMs });
  return { rpc, url, close: rpc.close };
}

/** DEV_PRESET_DIFFERS when the folder's chain started from something else than asked for. */
async function openNode(
  needs: ResourceNeeds,
  { blockTimeMs, finalityLag }: Partial<DevServing> = {},
): Promise<DevNode> {
  const { devPreset: preset } = needs;
  const node = await createDevNode({
    folder: { path: needs.paths.dev, owner: needs.owner },
    clock: needs.clock,
    preset,
    finalityLag,
    ...(blockTimeMs === undefined ? {} : { blocks: { kind: 'timed', blockTimeMs } }),
  });
  if (preset !== undefined && node.preset !== canonicalPreset(preset)) {
    node.close();
    throw otherPreset(node.preset, preset);
  }
  const interruption = describeInterruption(node);
  if (interruption !== undefined) needs.streams.stderr.write(`${interruption}\n`);
  return node;
}

/** What is to be said when whoever had the chain before did not close it. */
function describeInterruption({ wasInterrupted, droppedBytes }: DevNode): string | undefined {
  if (droppedBytes > 0) {
    return `The embedded chain was stopped while it wrote: ${droppedBytes} bytes of its last, unfinished block were dropped.`;
  }
  if (!wasInterrupted) return undefined;
  return 'The embedded chain was stopped without being closed; at most an unfinished block is lost.';
}

/** Serves the chain on this machine. DEV_CHAIN_LOCKED when it is served already; DEV_PORT_TAKEN. */
export async function serveDevChain(
  needs: ResourceNeeds,
  serving: DevServing,
): Promise<ServedDevChain> {
  const running = findRunningNode(needs.paths.dev, needs.owner);
  if (running?.url !== undefined) throw alreadyServed(running.url);
  const devPreset = serving.preset ?? needs.devPreset;
  const node = await openNode({ ...needs, devPreset }, serving);
  try {
    const { serveDevNode } = await import('../devnode/serve-dev-node.ts');
    const server = await serveDevNode(node, { port: serving.port, host: serving.host });
    node.publishUrl(server.url);
    const { number, hash } = node.status();
    return {
      url: server.url,
      genesisHash: node.genesisHash,
      block: { number, hash },
      untilStopped: async (signal) => {
        await aborted(signal);
        await server.close();
        node.close();
      },
    };
  } catch (error) {
    node.close();
    throw error;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function otherPreset(found: string, wanted: string): TaoError {
  return new TaoError('DEV_PRESET_DIFFERS', {
    message: `Couldn't open the embedded chain as "${wanted}": its folder holds one of "${found}".`,
    hint: `Start again with: tao dev reset --preset ${wanted}`,
    data: { found, wanted },
  });
}

function alreadyServed(url: string): TaoError {
  return new TaoError('DEV_CHAIN_LOCKED', {
    message: `Couldn't serve the embedded chain: another tao dev run serves it at ${url}.`,
    hint: 'Use that one with --network dev, or stop it first.',
    data: { url },
  });
}
