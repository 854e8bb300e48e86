/** Network names and what they mean. Nothing here connects, and nothing falls back to another chain. */
import { NETWORK_NAMES, type NetworkName } from '../domain/network-names.ts';
import { TaoError } from '../errors/tao-error.ts';
import { showableUrl } from './showable-url.ts';
import type { NetworkTarget } from './types.ts';

export const MAINNET_GENESIS = '0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03';
export const TESTNET_GENESIS = '0x8f9cf856bf558a14440e75569c9e58594757048d7b3a84b5d25f6bd978263105';

type Meaning = Omit<NetworkTarget, 'name'>;

const mainnet = (url: string): Meaning => ({
  kind: 'mainnet',
  url,
  genesisHash: MAINNET_GENESIS,
});

const MEANINGS: Readonly<Record<NetworkName, Meaning>> = {
  finney: mainnet('wss://entrypoint-finney.opentensor.ai:443'),
  archive: mainnet('wss://archive.chain.opentensor.ai:443'),
  'latent-lite': mainnet('wss://lite.sub.latent.to:443'),
  test: {
    kind: 'testnet',
    url: 'wss://test.finney.opentensor.ai:443',
    genesisHash: TESTNET_GENESIS,
  },
  local: { kind: 'local', url: 'ws://127.0.0.1:9944', genesisHash: undefined },
  dev: { kind: 'dev', url: undefined, genesisHash: undefined },
};

/** In the order in which help lists them. */
export const knownNetworks: readonly NetworkTarget[] = NETWORK_NAMES.map((name) => ({
  name,
  ...MEANINGS[name],
}));

/**
 * The target behind a name or a ws:// or wss:// URL. The name of a URL target is the URL without
 * credentials, path and query. NETWORK_UNKNOWN.
 */
export function resolveNetwork(text: string): NetworkTarget {
  const known = knownNetworks.find((network) => network.name === text);
  if (known !== undefined) return known;
  if (/^wss?:\/\/[^/]/i.test(text) && URL.canParse(text)) {
    return { name: showableUrl(text), kind: 'custom', url: text, genesisHash: undefined };
  }
  throw new TaoError('NETWORK_UNKNOWN', {
    message: `Couldn't find a network called "${text}".`,
    hint: `Use ${NETWORK_NAMES.join(', ')}, or a URL that begins with ws:// or wss://.`,
    data: { network: text, known: NETWORK_NAMES },
  });
}

/** The public network a genesis hash belongs to. */
export function publicNetworkOf(genesisHash: string): 'mainnet' | 'testnet' | undefined {
  if (genesisHash === MAINNET_GENESIS) return 'mainnet';
  return genesisHash === TESTNET_GENESIS ? 'testnet' : undefined;
}
