/**
 * What a command may open: chain, ledger, embedded chain, key unlocker. Each at most once, lazily,
 * and closed together when the command ends.
 */

import { resolveNetwork } from '../chain/known-networks.ts';
import type { Chain, JsonRpc, NetworkTarget } from '../chain/types.ts';
import type { Context, ProcessOwner, Streams } from '../cli/context.ts';
import type { Ledger } from '../ledger/types.ts';
import type { Unlocker } from '../signing/keyfile/unlocker.ts';

/** How long one question to a node may take. */
export const RPC_TIMEOUT_MS = 30_000;

export type Resources = {
  readonly access: Pick<
    Context,
    | 'openChain'
    | 'openLedger'
    | 'openDevChain'
    | 'clearDevChain'
    | 'serveDevChain'
    | 'network'
    | 'unlocker'
  >;
  /** Name of the network, once a chain was opened. */
  readonly openedNetwork: () => string | undefined;
  readonly close: () => Promise<void>;
};

/** What opening things takes of the platform. */
export type ResourceNeeds = Pick<
  Context,
  'clock' | 'files' | 'paths' | 'random' | 'settings' | 'signal' | 'streams'
> & {
  readonly owner: ProcessOwner;
  readonly saysNetwork: boolean;
  /** What the embedded chain is to have started from; undefined: whatever is there. */
  readonly devPreset: string | undefined;
};

export function openResources(needs: ResourceNeeds): Resources {
  const closers: (() => void | Promise<void>)[] = [];
  const network = once(() => resolveNetwork(needs.settings.get('network')));
  let openedNetwork: string | undefined;

  let devPreset = needs.devPreset;
  const devRpc = once(async (): Promise<JsonRpc & { readonly url: string | undefined }> => {
    const { connectDevChain } = await import('./dev-chain.ts');
    const connection = await connectDevChain({ ...needs, devPreset }, RPC_TIMEOUT_MS);
    closers.push(connection.close);
    return { ...connection.rpc, url: connection.url };
  });

  const openChain = once(async (): Promise<Chain> => {
    const target = network();
    const { openTarget } = await import('./open-target.ts');
    const chain = await openTarget(needs, target, devRpc);
    closers.push(chain.close);
    openedNetwork = target.name;
    if (needs.saysNetwork) sayNetwork(needs.streams, chain.target);
    return chain;
  });

  const ledgers = new Map<string, Promise<Ledger>>();
  const openLedger = (genesisHash: string): Promise<Ledger> => {
    const known = ledgers.get(genesisHash);
    if (known !== undefined) return known;
    const opening = openLedgerFile(needs, genesisHash);
    ledgers.set(genesisHash, opening);
    closers.push(async () => (await opening).close());
    return opening;
  };

  const unlocker = once((): Unlocker => {
    const made = createLazyUnlocker(needs);
    closers.push(made.dispose);
    return made;
  });

  return {
    access: {
      network,
      openChain,
      openLedger,
      unlocker,
      openDevChain: async (preset) => {
        devPreset = preset ?? devPreset;
        const rpc = await devRpc();
        return { request: rpc.request, url: rpc.url };
      },
      clearDevChain: async () => {
        const { clearDevFolder } = await import('../devnode/clear-dev-folder.ts');
        clearDevFolder(needs.paths.dev, needs.owner);
      },
      serveDevChain: async (serving) => {
        const { serveDevChain } = await import('./dev-chain.ts');
        return serveDevChain(needs, serving);
      },
    },
    openedNetwork: () => openedNetwork,
    close: async () => {
      // Last opened, first closed; one that fails to close does not keep the others open.
      for (const close of closers.reverse()) await Promise.resolve(close()).catch(() => undefined);
    },
  };
}

async function openLedgerFile(needs: ResourceNeeds, genesisHash: string): Promise<Ledger> {
  const { openLedger } = await import('../ledger/open-ledger.ts');
  return openLedger({ folder: needs.paths.data, genesisHash, clock: needs.clock });
}

/** Whoever reads a figure that is worth nothing is told so, every time. */
function sayNetwork(streams: Streams, target: NetworkTarget): void {
  const what = {
    mainnet: undefined,
    custom: undefined,
    dev: 'the embedded chain: nothing here has value',
    testnet: 'a test network: nothing here has value',
    local: 'a node on this machine',
  }[target.kind];
  if (what !== undefined) streams.stderr.write(`On ${target.name}, ${what}.\n`);
}

/** Key derivation takes seconds: a spinner shows that it is at work. */
function createLazyUnlocker(needs: ResourceNeeds): Unlocker {
  let progress: ReturnType<Streams['progress']> | undefined;
  const real = once(async () => {
    const { createUnlocker } = await import('../signing/keyfile/unlocker.ts');
    return createUnlocker({
      random: needs.random,
      onDerivation: (state) => {
        if (state === 'started') progress = needs.streams.progress('Deriving the key');
        else progress?.stop();
      },
    });
  });
  let isOpen = false;
  const use = async () => {
    isOpen = true;
    return real();
  };
  // What was stopped while the key was derived must not go on to sign or to write.
  const unlessStopped = (bytes: Uint8Array): Uint8Array => {
    if (needs.signal.aborted) bytes.fill(0);
    needs.signal.throwIfAborted();
    return bytes;
  };
  return {
    open: async (content, password) => unlessStopped(await (await use()).open(content, password)),
    seal: async (plaintext, password) =>
      unlessStopped(await (await use()).seal(plaintext, password)),
    dispose: () => {
      if (isOpen) void real().then((unlocker) => unlocker.dispose());
    },
  };
}

/** Runs `make` at the first call and gives the same result ever after; a failed promise is forgotten. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    if (made === undefined) {
      const value = make();
      made = { value };
      if (value instanceof Promise) {
        value.catch(() => {
          made = undefined;
        });
      }
    }
    return made.value;
  };
}
