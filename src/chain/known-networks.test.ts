import { describe, expect, it } from 'vitest';
import { NETWORK_NAMES } from '../domain/network-names.ts';
import { isTaoError } from '../errors/tao-error.ts';
import {
  knownNetworks,
  MAINNET_GENESIS,
  publicNetworkOf,
  resolveNetwork,
  TESTNET_GENESIS,
} from './known-networks.ts';

describe('network names', () => {
  it('mean what the reference says', () => {
    expect(knownNetworks.map(({ name, kind, url }) => [name, kind, url])).toEqual([
      ['finney', 'mainnet', 'wss://entrypoint-finney.opentensor.ai:443'],
      ['archive', 'mainnet', 'wss://archive.chain.opentensor.ai:443'],
      ['latent-lite', 'mainnet', 'wss://lite.sub.latent.to:443'],
      ['test', 'testnet', 'wss://test.finney.opentensor.ai:443'],
      ['local', 'local', 'ws://127.0.0.1:9944'],
      ['dev', 'dev', undefined],
    ]);
    expect(knownNetworks.map(({ name }) => name)).toEqual(NETWORK_NAMES);
    expect(resolveNetwork('finney').genesisHash).toBe(MAINNET_GENESIS);
    expect(resolveNetwork('test').genesisHash).toBe(TESTNET_GENESIS);
    expect(publicNetworkOf(MAINNET_GENESIS)).toBe('mainnet');
    expect(publicNetworkOf('0x00')).toBeUndefined();
  });

  it('may be URLs, shown without anything that could be a secret', () => {
    expect(resolveNetwork('wss://ada:pw@host.example:444/v1/key?apikey=1')).toEqual({
      name: 'wss://host.example:444',
      kind: 'custom',
      url: 'wss://ada:pw@host.example:444/v1/key?apikey=1',
      genesisHash: undefined,
    });
    expect(resolveNetwork('ws://[::1]:9944').name).toBe('ws://[::1]:9944');
  });

  it.each(['', 'Finney', 'mainnet', 'http://x', 'ws://', 'ws:///path', 'wss:x', 'ws://a b'])(
    'are never guessed: %j',
    (text) => {
      let error: unknown;
      try {
        resolveNetwork(text);
      } catch (thrown) {
        error = thrown;
      }
      expect(isTaoError(error, 'NETWORK_UNKNOWN') && error.hint).toContain('finney, archive');
    },
  );
});
