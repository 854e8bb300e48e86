/** `system_*`: what the node says about itself, and nonces. */
import { headNumber } from '../blocks/chain.ts';
import { nextNonceWithPool } from '../node/pool.ts';
import { accountParam } from './params.ts';
import type { RpcMethod, RpcMethods } from './session.ts';

const accountNextIndex: RpcMethod = ({ core }, params) =>
  nextNonceWithPool(core.pool, core.chain.live.state, accountParam(params, 0));

export const systemMethods: RpcMethods = {
  system_chain: () => 'Bittensor Dev',
  system_name: () => 'taostake dev chain',
  system_version: () => '1.0.0',
  system_chainType: () => 'Development',
  system_properties: () => ({ ss58Format: 42, tokenDecimals: 9, tokenSymbol: 'TAO' }),
  system_health: () => ({ peers: 0, isSyncing: false, shouldHavePeers: false }),
  system_peers: () => [],
  system_nodeRoles: () => ['Authority'],
  system_localPeerId: () => '12D3KooWDevChainDevChainDevChainDevChainDevChainDevCh',
  system_localListenAddresses: () => [],
  system_syncState: ({ core }) => {
    const number = headNumber(core.chain);
    return { startingBlock: 0, currentBlock: number, highestBlock: number };
  },
  system_accountNextIndex: accountNextIndex,
  account_nextIndex: accountNextIndex,
};
