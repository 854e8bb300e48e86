/** `author_*`: transactions into the pool, and what becomes of them. */
import { admit, type NodeCore, sealIfInstant } from '../node/core.ts';
import { type PoolEntry, readyEntries } from '../node/pool.ts';
import { toHex } from '../scale/hex.ts';
import { DropConnection } from './answer.ts';
import { unsubscribe } from './chain-methods.ts';
import { hexParam } from './params.ts';
import type { Params, RpcMethods } from './session.ts';

export const authorMethods: RpcMethods = {
  author_submitExtrinsic: async ({ core }, params) => {
    const entry = await submit(core, params);
    sealIfInstant(core);
    return entry.hash;
  },
  author_submitAndWatchExtrinsic: async ({ core, session }, params) => {
    const entry = await submit(core, params);
    return session.subscribe('author_extrinsicUpdate', (push) => {
      entry.watchers.add(push);
      const isReady = readyEntries(core.pool, core.chain.live.state).includes(entry);
      push(isReady ? 'ready' : 'future');
      sealIfInstant(core);
      return () => entry.watchers.delete(push);
    });
  },
  author_unwatchExtrinsic: unsubscribe,
  author_pendingExtrinsics: ({ core }) =>
    [...core.pool.values()].map(({ extrinsic }) => toHex(extrinsic.bytes)),
};

/** Admits a transaction; the fault `dropNextSubmit` includes it and cuts the connection. */
async function submit(core: NodeCore, params: Params): Promise<PoolEntry> {
  const entry = await admit(core, hexParam(params, 0));
  if (!core.faults.dropNextSubmit) return entry;
  core.faults.dropNextSubmit = false;
  sealIfInstant(core);
  throw new DropConnection('dev_dropNextSubmit');
}
