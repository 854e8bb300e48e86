/**
 * A client connected to the chain of a scenario over JSON-RPC: it is told of runtime versions, and
 * tries once an epoch whether a signature made for the first version, and one for the newest it was
 * told of, are still taken.
 */
import type { NodeCore } from '../node/core.ts';
import { rpcMethods } from '../rpc/methods.ts';
import { createEndpoint } from '../rpc/session.ts';
import { alice, connect, encodeCall, signExtrinsic } from '../testing/dev-client.ts';
import type { Figures } from './record-figures.ts';

export type WatchingClient = { readonly figures: () => Promise<Figures> };

type Version = { readonly specVersion: number };

export async function watchAsClient(core: NodeCore): Promise<WatchingClient> {
  const client = connect(createEndpoint(core, rpcMethods));
  const { genesisHash } = core.chain;
  const subscription = await client.call('state_subscribeRuntimeVersion');
  const told = (): readonly Version[] => client.pushed(subscription) as readonly Version[];
  const first = await client.call<Version>('state_getRuntimeVersion');
  const call = encodeCall('System', 'remark', { remark: new Uint8Array() });

  /** 1 when the node takes a transaction that is signed for a spec version. */
  async function isTaken({ specVersion }: Version): Promise<number> {
    const nonce = await client.call<number>('system_accountNextIndex', alice.account);
    const signed = signExtrinsic(call, { genesisHash, nonce, specVersion });
    const { error } = await client.reply('author_submitExtrinsic', signed);
    return error === undefined ? 1 : 0;
  }

  return {
    figures: async () => {
      const newest = told().at(-1) ?? first;
      return {
        'client was told of version': newest.specVersion,
        'client signature for first version taken': await isTaken(first),
        'client signature for newest version taken': await isTaken(newest),
      };
    },
  };
}
