/** Storage values by key: many in one round trip where the node can, else each on its own. */
import { isTaoError } from '../errors/tao-error.ts';
import { expectOptionalHex, isRecord } from './replies.ts';
import type { JsonRpc } from './types.ts';

export type StorageReader = {
  /** Values (0x hex) at a block in the order of `keys`; undefined where there is none. */
  readonly readKeys: (
    keys: readonly string[],
    blockHash: string,
  ) => Promise<readonly (string | undefined)[]>;
};

/** Keys in one request. */
export const BATCH_SIZE = 1_000;
const METHOD_NOT_FOUND = -32_601;
const QUERY = 'state_queryStorageAt';

export function createStorageReader(rpc: JsonRpc): StorageReader {
  let canQueryMany = true;

  const readOne = async (key: string, hash: string): Promise<string | undefined> =>
    expectOptionalHex(await rpc.request('state_getStorage', [key, hash]), 'state_getStorage');

  const readBatch = async (keys: readonly string[], hash: string) => {
    const [only] = keys;
    if (keys.length === 1 && only !== undefined) return [await readOne(only, hash)];
    const found = canQueryMany ? await queryMany(keys, hash) : undefined;
    // A key that the answer leaves out is asked for on its own: it is unanswered, not absent.
    return Promise.all(keys.map((key) => (found?.has(key) ? found.get(key) : readOne(key, hash))));
  };

  const queryMany = async (keys: readonly string[], hash: string) => {
    try {
      return changesOf(await rpc.request(QUERY, [keys, hash]));
    } catch (error) {
      if (!isTaoError(error, 'RPC_REFUSED') || error.data.rpcCode !== METHOD_NOT_FOUND) throw error;
      canQueryMany = false;
      return undefined;
    }
  };

  return {
    readKeys: async (keys, hash) => {
      const batches: Promise<readonly (string | undefined)[]>[] = [];
      for (let start = 0; start < keys.length; start += BATCH_SIZE) {
        batches.push(readBatch(keys.slice(start, start + BATCH_SIZE), hash));
      }
      return (await Promise.all(batches)).flat();
    },
  };
}

function changesOf(reply: unknown): ReadonlyMap<string, string | undefined> {
  const sets = Array.isArray(reply) ? reply : [];
  const found = new Map<string, string | undefined>();
  for (const set of sets) {
    const changes = isRecord(set) && Array.isArray(set.changes) ? set.changes : [];
    for (const change of changes) {
      if (!Array.isArray(change) || typeof change[0] !== 'string') continue;
      found.set(change[0], expectOptionalHex(change[1], QUERY));
    }
  }
  return found;
}
