/** `author_*`: transactions into the pool, and what becomes of them. */
import { admit } from '../node/admit.ts';
import { dropPending, type NodeCore, sealIfInstant } from '../node/core.ts';
import type { PoolEntry } from '../node/pool.ts';
import { toHex } from '../scale/hex.ts';
import { DropConnection } from './answer.ts';
import { unsubscribe } from './chain-methods.ts';
import { hexParam } from './params.ts';
import { invalidParams } from './rpc-error.ts';
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
      push(entry.isReady ? 'ready' : 'future');
      entry.watchers.add(push);
      sealIfInstant(core);
      return () => entry.watchers.delete(push);
    });
  },
  author_unwatchExtrinsic: unsubscribe,
  author_pendingExtrinsics: ({ core }) =>
    [...core.pool.byHash.values()].map(({ extrinsic }) => toHex(extrinsic.bytes)),
  author_removeExtrinsic: ({ core }, [list]) => {
    if (!Array.isArray(list)) throw invalidParams('parameter 1 must be a list');
    return list.flatMap((one: unknown) => dropPending(core, hashOf(one)));
  },
};

/** A transaction is named by its hash: `0x…` or `{hash: "0x…"}`. */
function hashOf(value: unknown): string {
  const hash = typeof value === 'object' && value !== null && 'hash' in value ? value.hash : value;
  if (typeof hash === 'string') return hash.toLowerCase();
  throw invalidParams('a transaction must be given by its hash');
}

/** Admits a transaction; the fault `dropNextSubmit` includes it and cuts the connection. */
async function submit(core: NodeCore, params: Params): Promise<PoolEntry> {
  const entry = await admit(core, hexParam(params, 0));
  if (!core.faults.dropNextSubmit) return entry;
  core.faults.dropNextSubmit = false;
  sealIfInstant(core);
  throw new DropConnection('dev_dropNextSubmit');
}
