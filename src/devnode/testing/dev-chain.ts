/** For tests: a dev chain in memory with shorthand for signing, submitting and reading. */
import type { Account } from '../../economy/state.ts';
import { createDevNode } from '../create-dev-node.ts';
import { codecOf, type Variant } from '../scale/codec.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import { storageItems } from '../storage/items.ts';
import { encodeKey } from '../storage/keys.ts';
import type { DevNode, DevNodeOptions } from '../types.ts';
import {
  connect,
  type DevClient,
  encodeCall,
  type SignOptions,
  signExtrinsic,
} from './dev-client.ts';

export type ChainEvent = {
  readonly extrinsic: number | undefined;
  readonly name: string;
  readonly value: unknown;
};

export type DevChain = {
  readonly node: DevNode;
  readonly client: DevClient;
  readonly sign: (call: Uint8Array, options?: Partial<SignOptions>) => string;
  /** Signs with the account's next nonce, submits, and gives the events of the extrinsic. */
  readonly send: (
    pallet: string,
    name: string,
    args?: unknown,
    options?: Partial<SignOptions>,
  ) => Promise<readonly ChainEvent[]>;
  readonly read: (pallet: string, name: string, ...keys: unknown[]) => Promise<unknown>;
  readonly freeOf: (account: Account) => Promise<bigint>;
  readonly events: (block?: string) => Promise<readonly ChainEvent[]>;
};

export async function startDevChain(options: DevNodeOptions = {}): Promise<DevChain> {
  const node = await createDevNode(options);
  const client = connect(node.endpoint);
  const sign: DevChain['sign'] = (call, given = {}) =>
    signExtrinsic(call, { genesisHash: node.genesisHash, ...given });
  const read: DevChain['read'] = async (pallet, name, ...keys) => {
    const item = storageItems().find((one) => one.pallet === pallet && one.name === name);
    if (item === undefined) throw new Error(`no ${pallet}.${name}`);
    const value = await client.call<string | null>(
      'state_getStorage',
      toHex(encodeKey(item, keys)),
    );
    return value === null ? undefined : codecOf(item.declaration.value).dec(fromHex(value));
  };
  const events: DevChain['events'] = async (block) => {
    const item = storageItems().find((one) => one.name === 'Events');
    if (item === undefined) throw new Error('no events');
    const key = toHex(encodeKey(item, []));
    const bytes = await client.call<string>('state_getStorage', key, block);
    return (codecOf(item.declaration.value).dec(fromHex(bytes)) as RawRecord[]).map(flatten);
  };
  return {
    node,
    client,
    sign,
    read,
    events,
    async send(pallet, name, args, given = {}) {
      const key = given.key?.account ?? ALICE;
      const nonce = await client.call<number>('system_accountNextIndex', key);
      await client.call(
        'author_submitExtrinsic',
        sign(encodeCall(pallet, name, args), { nonce, ...given }),
      );
      return (await events()).filter(({ extrinsic }) => extrinsic === 1);
    },
    async freeOf(account) {
      const record = (await read('System', 'Account', account)) as
        | { readonly data: { readonly free: bigint } }
        | undefined;
      return record?.data.free ?? 0n;
    },
  };
}

const ALICE = '0xd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d';

type RawRecord = { readonly phase: Variant; readonly event: Variant };

function flatten({ phase, event }: RawRecord): ChainEvent {
  const inner = event.value as Variant;
  return {
    extrinsic: phase.type === 'ApplyExtrinsic' ? (phase.value as number) : undefined,
    name: `${event.type}.${inner.type}`,
    value: inner.value,
  };
}
