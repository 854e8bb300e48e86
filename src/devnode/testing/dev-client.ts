/** For tests: a JSON-RPC client of an endpoint in this process, and extrinsics of dev accounts. */
import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signEd25519,
} from 'node:crypto';
import { getPublicKey, secretFromSeed, sign } from '@scure/sr25519';
import type { RpcEndpoint } from '../../domain/ports.ts';
import { blake2, compactBytes, joinBytes } from '../blocks/header.ts';
import { SPEC_VERSION, TRANSACTION_VERSION } from '../metadata/version.ts';
import { codecOf, encode } from '../scale/codec.ts';
import { fromHex, toHex } from '../scale/hex.ts';

export type RpcReply = {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
};

export type DevClient = {
  /** The result; an error reply rejects with it. */
  readonly call: <T = unknown>(method: string, ...params: unknown[]) => Promise<T>;
  readonly reply: (method: string, ...params: unknown[]) => Promise<RpcReply>;
  /** Results of notifications so far, by subscription id. */
  readonly pushed: (subscription: unknown) => readonly unknown[];
  /** Sends any text; the next message that answers no call resolves. */
  readonly raw: (text: string) => Promise<unknown>;
  readonly dropped: () => string | undefined;
  readonly close: () => void;
};

type Message = RpcReply & {
  readonly id?: number;
  readonly params?: { readonly subscription: string; readonly result: unknown };
};

export function connect(endpoint: RpcEndpoint): DevClient {
  const waiting = new Map<number, (message: Message) => void>();
  const pushed = new Map<unknown, unknown[]>();
  const raw: ((message: unknown) => void)[] = [];
  let dropped: string | undefined;
  let lastId = 0;
  const session = endpoint.openSession(
    (text) => {
      const message = JSON.parse(text) as Message;
      const answer = message.id === undefined ? undefined : waiting.get(message.id);
      if (answer !== undefined) answer(message);
      else if (message.params === undefined) raw.shift()?.(message);
      else {
        const { subscription, result } = message.params;
        pushed.set(subscription, [...(pushed.get(subscription) ?? []), result]);
      }
    },
    (reason) => {
      dropped = reason;
    },
  );
  const reply = (method: string, ...params: unknown[]): Promise<RpcReply> =>
    new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      session.receive(JSON.stringify({ jsonrpc: '2.0', id: lastId, method, params }));
    });
  return {
    reply,
    async call<T>(method: string, ...params: unknown[]): Promise<T> {
      const { result, error } = await reply(method, ...params);
      if (error !== undefined) throw Object.assign(new Error(error.message), error);
      return result as T;
    },
    pushed: (subscription) => pushed.get(subscription) ?? [],
    raw: (text) =>
      new Promise((resolve) => {
        raw.push(resolve);
        session.receive(text);
      }),
    dropped: () => dropped,
    close: () => session.close(),
  };
}

export type DevKey = {
  readonly account: string;
  readonly secret: Uint8Array;
  /** sr25519 when left out, whose signatures of one message all differ. */
  readonly scheme?: 'ed25519';
};

/** The well-known development keys by their 32-byte seeds. */
export const alice = devKey('e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a');
export const bob = devKey('398f0c28f98885e046333d4a41c19cee4c37368a9832c6502f6cfd182e2aef89');

function devKey(seed: string): DevKey {
  const secret = secretFromSeed(fromHex(`0x${seed}`));
  return { account: toHex(getPublicKey(secret)), secret };
}

/** An ed25519 key: the same message is signed by the same bytes. */
export function ed25519Key(seed: Uint8Array): DevKey {
  const publicKey = createPublicKey(privateKeyOf(seed)).export({ format: 'der', type: 'spki' });
  return { account: toHex(publicKey.subarray(-32)), secret: seed, scheme: 'ed25519' };
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  const head = Buffer.from('302e020100300506032b657004220420', 'hex');
  return createPrivateKey({ key: Buffer.concat([head, seed]), format: 'der', type: 'pkcs8' });
}

function signatureOf({ scheme, secret }: DevKey, message: Uint8Array): Uint8Array {
  if (scheme === undefined) return joinBytes(Uint8Array.of(1), sign(secret, message));
  const signature = signEd25519(null, message, privateKeyOf(secret));
  return joinBytes(Uint8Array.of(0), new Uint8Array(signature));
}

export type SignOptions = {
  readonly key?: DevKey;
  readonly nonce?: number;
  readonly tip?: bigint;
  readonly genesisHash: string;
  /** Era as SCALE bytes, with the hash of its first block; immortal without. */
  readonly mortal?: { readonly era: Uint8Array; readonly birthHash: string };
  readonly specVersion?: number;
  /** Mode byte of CheckMetadataHash. */
  readonly mode?: number;
};

/** A call of a pallet with arguments in the codecs' form, as SCALE bytes. */
export function encodeCall(pallet: string, name: string, args?: unknown): Uint8Array {
  return encode('RuntimeCall', { type: pallet, value: { type: name, value: args } });
}

/** A signed extrinsic as 0x hex. */
export function signExtrinsic(call: Uint8Array, options: SignOptions): string {
  const { key = alice, nonce = 0, tip = 0n, genesisHash, mortal, mode = 0 } = options;
  const extra = joinBytes(
    mortal?.era ?? Uint8Array.of(0),
    codecOf('Compact<u32>').enc(nonce),
    codecOf('Compact<u64>').enc(tip),
    Uint8Array.of(mode),
  );
  const additional = joinBytes(
    encode('u32', options.specVersion ?? SPEC_VERSION),
    encode('u32', TRANSACTION_VERSION),
    fromHex(genesisHash),
    fromHex(mortal?.birthHash ?? genesisHash),
    Uint8Array.of(0),
  );
  const payload = joinBytes(call, extra, additional);
  const message = payload.length > 256 ? blake2(payload) : payload;
  const head = Uint8Array.of(0x84, 0);
  const body = joinBytes(head, fromHex(key.account), signatureOf(key, message), extra, call);
  return toHex(joinBytes(compactBytes(body.length), body));
}
