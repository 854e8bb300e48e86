/**
 * Answers of a node with a chain of a few empty blocks behind it, for tests of what opens a chain
 * and reads it. Storage and API answers are given by the test; anything else fails the call.
 */
import { Blake2256, compact } from '@polkadot-api/substrate-bindings';
import { mergeUint8 } from '@polkadot-api/utils';
import { formatHex, parseHex } from '../../src/chain/codecs/hex.ts';
import { encodedMetadata } from '../../src/devnode/metadata/build.ts';
import { type Answer, createScriptedNode, rpcError, type ScriptedNode } from './scripted-node.ts';

export type ScriptedChain = {
  readonly genesisHash: string;
  readonly hashOf: (number: number) => string;
  readonly headerOf: (number: number) => Record<string, unknown>;
  readonly version: Record<string, unknown>;
  readonly answers: Readonly<Record<string, Answer>>;
  /** Values by key. */
  readonly storage: Map<string, string>;
  /** Answers of `state_call` by `Api_method`. */
  readonly apis: Map<string, (args: string) => unknown>;
  readonly createNode: (more?: Readonly<Record<string, Answer>>) => ScriptedNode;
};

export const HEAD = 12;
export const FINALIZED = 10;

export function createScriptedChain(specVersion = 424): ScriptedChain {
  const hashes: string[] = [];
  const headers = Array.from({ length: HEAD + 1 }, (_, number) => {
    const header = {
      parentHash: hashes[number - 1] ?? `0x${'00'.repeat(32)}`,
      number: `0x${number.toString(16)}`,
      stateRoot: `0x${'01'.repeat(32)}`,
      extrinsicsRoot: `0x${'02'.repeat(32)}`,
      digest: { logs: ['0x0661757261'] },
    };
    hashes.push(hashHeader(header, number));
    return header;
  });
  const hashOf = (number: number): string => hashes[number] as string;
  const headerOf = (number: number) => headers[number] as Record<string, unknown>;
  const numberOf = (hash: unknown): number =>
    hash === undefined ? HEAD : hashes.indexOf(String(hash));
  const version = { specName: 'node-subtensor', specVersion, transactionVersion: 1, apis: [] };
  const storage = new Map<string, string>();
  const apis = new Map<string, (args: string) => unknown>([
    ['Metadata_metadata_at_version', metadataAtVersion],
  ]);
  const answers: Record<string, Answer> = {
    chain_getBlockHash: ([number]) => hashes[(number as number | undefined) ?? HEAD] ?? null,
    chain_getHeader: ([hash]) => headers[numberOf(hash)] ?? null,
    chain_getFinalizedHead: () => hashOf(FINALIZED),
    state_getRuntimeVersion: () => version,
    state_getStorageHash: () => null,
    state_getStorage: ([key]) => storage.get(String(key)) ?? null,
    state_queryStorageAt: ([keys, hash]) => [
      { block: hash, changes: (keys as string[]).map((key) => [key, storage.get(key) ?? null]) },
    ],
    state_getKeysPaged: ([prefix, count, start]) =>
      [...storage.keys()]
        .filter((key) => key.startsWith(String(prefix)) && key > String(start ?? ''))
        .sort()
        .slice(0, count as number),
    state_call: ([method, args]) =>
      apis.get(String(method))?.(String(args)) ?? rpcError(-32_000, 'Exported method not found'),
    system_accountNextIndex: () => 3,
  };
  return {
    genesisHash: hashOf(0),
    hashOf,
    headerOf,
    version,
    answers,
    storage,
    apis,
    createNode: (more = {}) => createScriptedNode({ ...answers, ...more }),
  };
}

/** `Some` of the embedded chain's metadata 16 or 15, and `None` of every other version. */
function metadataAtVersion(args: string): string {
  const version = args === '0x10000000' ? 16 : args === '0x0f000000' ? 15 : undefined;
  if (version === undefined) return '0x00';
  const bytes = encodedMetadata(version);
  return formatHex(mergeUint8([Uint8Array.of(1), compact.enc(bytes.length), bytes]));
}

function hashHeader(header: Record<string, unknown>, number: number): string {
  const bytes = (hex: unknown): Uint8Array => parseHex(hex) as Uint8Array;
  return formatHex(
    Blake2256(
      mergeUint8([
        bytes(header.parentHash),
        compact.enc(number),
        bytes(header.stateRoot),
        bytes(header.extrinsicsRoot),
        compact.enc(1),
        bytes('0x0661757261'),
      ]),
    ),
  );
}
