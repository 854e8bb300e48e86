/** Reads of one block. Every answer belongs to the same state, whatever the chain does meanwhile. */
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import { expectHex, expectStringList } from './replies.ts';
import type { StorageReader } from './storage-reader.ts';
import type { BlockView, JsonRpc, Runtime } from './types.ts';

export type ViewSetup = {
  readonly rpc: JsonRpc;
  readonly storage: StorageReader;
  readonly runtime: Runtime;
  readonly hash: string;
  readonly number: number;
};

/** Keys asked for at once when listing. */
export const PAGE_SIZE = 1_000;
/** Runtime API calls in one message: gateways refuse very large batches. */
export const API_BATCH_SIZE = 100;
/** Most entries one listing returns. */
export const MAX_ENTRIES = 200_000;

export function createBlockView(setup: ViewSetup): BlockView {
  const { storage, runtime, hash } = setup;
  const readMany: BlockView['readMany'] = async (pallet, item, keys) => {
    const codec = runtime.storage(pallet, item);
    const values = await storage.readKeys(
      keys.map((key) => codec.key(...key)),
      hash,
    );
    return values.map((value) => (value === undefined ? codec.fallback : codec.decodeValue(value)));
  };
  return {
    hash,
    number: setup.number,
    runtime,
    read: async (pallet, item, ...key) => (await readMany(pallet, item, [key]))[0],
    readMany,
    entries: (pallet, item, ...prefix) => readEntries(setup, pallet, item, prefix),
    callApi: (api, method, ...args) => callOne(setup, { api, method, args }),
    callApiForFields: (fields, api, method, ...args) =>
      callOne(setup, { api, method, args, fields }),
    callApiMany: (api, method, argsOfEach) => callMany(setup, { api, method, argsOfEach }),
  };
}

type OneCall = {
  readonly api: string;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly fields?: readonly string[];
};

async function callOne({ rpc, runtime, hash }: ViewSetup, { api, method, args, fields }: OneCall) {
  const codec = runtime.api(api, method);
  const params = [`${api}_${method}`, codec.encodeArgs(...args), hash];
  const reply = await rpc.request('state_call', params);
  return codec.decodeResult(expectHex(reply, 'state_call'), fields);
}

type ManyCalls = {
  readonly api: string;
  readonly method: string;
  readonly argsOfEach: readonly (readonly unknown[])[];
};

/** In messages of API_BATCH_SIZE calls at once; one by one where the node refuses batches. */
async function callMany({ rpc, runtime, hash }: ViewSetup, { api, method, argsOfEach }: ManyCalls) {
  const codec = runtime.api(api, method);
  const calls = argsOfEach.map((args) => [`${api}_${method}`, codec.encodeArgs(...args), hash]);
  const askBatch = async (batch: readonly (readonly unknown[])[]) => {
    try {
      return await rpc.requestMany('state_call', batch);
    } catch (error) {
      if (!isTaoError(error, 'RPC_REFUSED')) throw error;
      return Promise.all(batch.map((params) => rpc.request('state_call', params)));
    }
  };
  const batches: Promise<readonly unknown[]>[] = [];
  for (let start = 0; start < calls.length; start += API_BATCH_SIZE) {
    batches.push(askBatch(calls.slice(start, start + API_BATCH_SIZE)));
  }
  const replies = (await Promise.all(batches)).flat();
  return replies.map((reply) => codec.decodeResult(expectHex(reply, 'state_call')));
}

type Entry = { readonly keys: readonly unknown[]; readonly value: unknown };

async function readEntries(
  { rpc, storage, runtime, hash }: ViewSetup,
  pallet: string,
  item: string,
  prefix: readonly unknown[],
): Promise<readonly Entry[]> {
  const codec = runtime.storage(pallet, item);
  const start = codec.key(...prefix);
  const readPage = async (keys: readonly string[]): Promise<readonly Entry[]> => {
    const values = await storage.readKeys(keys, hash);
    return keys.flatMap((key, index) => {
      const value = values[index];
      if (value === undefined) return [];
      return [{ keys: codec.decodeKey(key), value: codec.decodeValue(value) }];
    });
  };
  const pages: Promise<readonly Entry[]>[] = [];
  let from: string | null = null;
  let count = 0;
  for (;;) {
    const params: readonly unknown[] = [start, PAGE_SIZE, from, hash];
    const reply = await rpc.request('state_getKeysPaged', params);
    const keys = expectStringList(reply, 'state_getKeysPaged');
    count += keys.length;
    if (count > MAX_ENTRIES) throw tooManyEntries(`${pallet}.${item}`);
    // The values of one page travel while the next page's keys are asked for.
    const page = readPage(keys);
    // Awaited with the others below; should the listing fail first, nobody else would look at it.
    page.catch(() => undefined);
    pages.push(page);
    const last: string | undefined = keys[keys.length - 1];
    if (keys.length < PAGE_SIZE || last === undefined || last === from) break;
    from = last;
  }
  return (await Promise.all(pages)).flat();
}

function tooManyEntries(item: string): TaoError {
  return new TaoError('CHAIN_TOO_MANY_ENTRIES', {
    message: `Couldn't list ${item}: it has more than ${MAX_ENTRIES} entries.`,
    hint: 'Narrow the question, for example to one subnet.',
    data: { item, limit: MAX_ENTRIES },
  });
}
