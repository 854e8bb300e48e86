/** Network names and what they mean. Nothing here connects, and nothing falls back to another chain. */
import { TaoError } from '../errors/tao-error.ts';
import { showableUrl } from './showable-url.ts';
import type { NetworkTarget } from './types.ts';

export const MAINNET_GENESIS = '0x2f0555cc76fc2840a25a6ea3b9637146806f1f44b090c175ffde2a7e5ab36c03';
export const TESTNET_GENESIS = '0x8f9cf856bf558a14440e75569c9e58594757048d7b3a84b5d25f6bd978263105';

const mainnet = (name: string, url: string): NetworkTarget => ({
  name,
  kind: 'mainnet',
  url,
  genesisHash: MAINNET_GENESIS,
});

/** In the order in which help lists them. */
export const knownNetworks: readonly NetworkTarget[] = [
  mainnet('finney', 'wss://entrypoint-finney.opentensor.ai:443'),
  mainnet('archive', 'wss://archive.chain.opentensor.ai:443'),
  mainnet('latent-lite', 'wss://lite.sub.latent.to:443'),
  {
    name: 'test',
    kind: 'testnet',
    url: 'wss://test.finney.opentensor.ai:443',
    genesisHash: TESTNET_GENESIS,
  },
  { name: 'local', kind: 'local', url: 'ws://127.0.0.1:9944', genesisHash: undefined },
  { name: 'dev', kind: 'dev', url: undefined, genesisHash: undefined },
];

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
  const names = knownNetworks.map((network) => network.name);
  throw new TaoError('NETWORK_UNKNOWN', {
    message: `Couldn't find a network called "${text}".`,
    hint: `Use ${names.join(', ')}, or a URL that begins with ws:// or wss://.`,
    data: { network: text, known: names },
  });
}

/** The public network a genesis hash belongs to. */
export function publicNetworkOf(genesisHash: string): 'mainnet' | 'testnet' | undefined {
  if (genesisHash === MAINNET_GENESIS) return 'mainnet';
  return genesisHash === TESTNET_GENESIS ? 'testnet' : undefined;
}
