/** Starts a dev chain in this process. Loads neither a server nor metadata nor key cryptography. */
import type { Clock } from '../domain/ports.ts';
import { closeChain, openChain } from './blocks/chain.ts';
import { openFolderStore } from './folder/folder-store.ts';
import { type Claim, claimFolder } from './folder/lock.ts';
import { canonicalPreset, DEFAULT_PRESET, withProfile } from './genesis/presets.ts';
import { advance, createCore, type NodeCore, resetNode, setBalance } from './node/core.ts';
import { nodeStatus } from './node/status.ts';
import { startTimer } from './node/timer.ts';
import { rpcMethods } from './rpc/methods.ts';
import { accountParam } from './rpc/params.ts';
import { createAnswerer, createEndpoint } from './rpc/session.ts';
import type { BlockMode, DevNode, DevNodeOptions } from './types.ts';

/**
 * Opens the chain of a folder, or a new one in memory. DEV_CHAIN_LOCKED when another running
 * process owns the folder, DEV_CHAIN_CORRUPT, DEV_PRESET_UNKNOWN, DEV_PROFILE_UNKNOWN,
 * FILE_NOT_WRITABLE.
 */
export async function createDevNode(options: DevNodeOptions = {}): Promise<DevNode> {
  const { folder, blocks = { kind: 'instant' }, finalityLag, clock } = options;
  const claim = folder === undefined ? undefined : claimFolder(folder.path, folder.owner);
  try {
    const store = folder === undefined ? undefined : openFolderStore(folder.path);
    const chain = openChain({ preset: genesisOf(options), store });
    const core = createCore(chain, { sealing: blocks.kind, finalityLag, clock });
    return nodeOf(core, claim, startBlocks(core, blocks, clock));
  } catch (error) {
    claim?.release();
    throw error;
  }
}

/** Preset and profile as one text. */
function genesisOf({ preset = DEFAULT_PRESET, profile }: DevNodeOptions): string {
  return profile === undefined ? canonicalPreset(preset) : withProfile(preset, profile);
}

function nodeOf(core: NodeCore, claim: Claim | undefined, stopBlocks: () => void): DevNode {
  const { droppedBytes } = core.chain;
  return {
    endpoint: createEndpoint(core, rpcMethods),
    answerOnce: createAnswerer(core, rpcMethods),
    get genesisHash() {
      return core.chain.genesisHash;
    },
    get preset() {
      return core.chain.preset;
    },
    droppedBytes,
    wasInterrupted: claim?.tookOver ?? false,
    advance: (blocks) => advance(core, blocks),
    fund: (account, amountRao) =>
      setBalance(core, accountParam([account], 0), (freeRao) => freeRao + amountRao),
    status: () => nodeStatus(core),
    reset: () => resetNode(core),
    publishUrl: (url) => claim?.publish(url),
    close() {
      stopBlocks();
      closeChain(core.chain);
      claim?.release();
    },
  };
}

function startBlocks(core: NodeCore, blocks: BlockMode, clock: Clock | undefined): () => void {
  if (blocks.kind !== 'timed') return () => {};
  if (clock === undefined) throw new TypeError('Timed blocks need a clock');
  return startTimer(core, clock, blocks.blockTimeMs);
}
