/** A transaction about to be sent to a scripted node: the test plays the node's part. */

import { parseHex } from '../../src/chain/codecs/hex.ts';
import { resolveNetwork } from '../../src/chain/known-networks.ts';
import { createNoCache } from '../../src/chain/metadata-cache.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import { submitAndWatch } from '../../src/chain/submit.ts';
import type { Chain, TxOutcome, TxStatus, WaitFor } from '../../src/chain/types.ts';
import { ALICE, BOB } from '../fixtures/byte-vectors.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createScriptedChain, HEAD } from './scripted-chain.ts';
import { encodeEvents, encodeStorage, type ScriptedEvent, success } from './scripted-events.ts';
import type { Answer, ScriptedNode } from './scripted-node.ts';

export const WATCH = 'author_submitAndWatchExtrinsic';
export const SEND = 'author_submitExtrinsic';
export const TIMEOUT_MS = 60_000;
export const BLOCK_TIME_MS = 1_786_363_200_000;
/** The extrinsic, 0x hex. */
export const ours = '0x1c84aabbccddee';
export const fee: ScriptedEvent = {
  extrinsic: 1,
  pallet: 'TransactionPayment',
  name: 'TransactionFeePaid',
  fields: { who: ALICE, actual_fee: 1_234n, tip: 0n },
};
const stakeAdded: ScriptedEvent = {
  extrinsic: 1,
  pallet: 'SubtensorModule',
  name: 'StakeAdded',
  fields: [ALICE, BOB, 1_000n, 900n, 1, 5n],
};

export type Script = {
  readonly waitFor?: WaitFor;
  readonly events?: readonly ScriptedEvent[];
  /** Number of the block that holds the transaction, or none. */
  readonly inBlock?: number | undefined;
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly onStatus?: (status: TxStatus) => void;
};

export type Run = {
  readonly node: ScriptedNode;
  readonly chain: Chain;
  readonly clock: ManualClock;
  readonly hash: string;
  readonly statuses: TxStatus[];
  readonly abort: (reason: Error) => void;
  readonly start: () => Promise<TxOutcome>;
  /** Lets everything that was said be heard. */
  readonly settle: () => Promise<void>;
};

export async function setupSubmission(script: Script = {}): Promise<Run> {
  const scripted = createScriptedChain();
  const inBlock = 'inBlock' in script ? script.inBlock : HEAD;
  const events = script.events ?? [success(0), stakeAdded, fee, success(1)];
  const node = scripted.createNode({
    [WATCH]: () => 'w1',
    author_unwatchExtrinsic: () => true,
    chain_getBlock: ([hash]) => ({
      block: {
        extrinsics:
          inBlock !== undefined && hash === scripted.hashOf(inBlock) ? ['0x04', ours] : ['0x04'],
      },
    }),
    ...script.answers,
  });
  const clock = createManualClock();
  const rpc = createRpcClient(node.channel, { clock, timeoutMs: TIMEOUT_MS * 2 });
  const target = resolveNetwork('ws://node.example');
  const chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock });
  const { storage } = chain.runtime;
  scripted.storage.set(storage('System', 'Events').key(), encodeEvents(events));
  scripted.storage.set(
    storage('Timestamp', 'Now').key(),
    encodeStorage('Timestamp', 'Now', BigInt(BLOCK_TIME_MS)),
  );
  const statuses: TxStatus[] = [];
  const controller = new AbortController();
  return {
    node,
    chain,
    clock,
    hash: scripted.hashOf(HEAD),
    statuses,
    abort: (reason) => controller.abort(reason),
    start: () =>
      submitAndWatch({
        chain,
        extrinsic: parseHex(ours) as Uint8Array,
        waitFor: script.waitFor ?? 'included',
        timeoutMs: TIMEOUT_MS,
        signal: controller.signal,
        clock,
        onStatus: script.onStatus ?? ((status) => statuses.push(status)),
      }),
    settle: async () => {
      for (let turn = 0; turn < 50; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

export const sent = (node: ScriptedNode): readonly string[] =>
  node.calls().filter((call) => call === WATCH || call === SEND);
