/**
 * A dev chain in memory with short tempos, whose blocks are made to order: calls of any account in
 * the order given, and what a developer does to it. Transactions skip the pool and its signatures.
 */
import { connectInMemory } from '../../src/chain/in-memory.ts';
import { resolveNetwork } from '../../src/chain/known-networks.ts';
import { createNoCache } from '../../src/chain/metadata-cache.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import type { Chain } from '../../src/chain/types.ts';
import {
  headNumber,
  openChain as openBlocks,
  produceBlock,
} from '../../src/devnode/blocks/chain.ts';
import { compactBytes, joinBytes } from '../../src/devnode/blocks/header.ts';
import { advance, createCore, freezeFinality } from '../../src/devnode/node/core.ts';
import { rpcMethods } from '../../src/devnode/rpc/methods.ts';
import { createEndpoint } from '../../src/devnode/rpc/session.ts';
import type { DevAction } from '../../src/devnode/runtime/dev-actions.ts';
import { decodeSigned } from '../../src/devnode/runtime/extrinsic.ts';
import { codecOf } from '../../src/devnode/scale/codec.ts';
import { fromHex, toHex } from '../../src/devnode/scale/hex.ts';
import { storageItems } from '../../src/devnode/storage/items.ts';
import { encodeKey } from '../../src/devnode/storage/keys.ts';
import { encodeCall } from '../../src/devnode/testing/dev-client.ts';
import { formatAddress } from '../../src/domain/address.ts';
import { stakeOf } from '../../src/economy/stake-ledger.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import { type SyncRequest, syncRewards } from '../../src/pipeline/sync-rewards.ts';
import { createManualClock } from '../helpers/manual-clock.ts';

const TEMPO = 20;
/** Blocks that hold one epoch of each subnet. */
export const TEMPO_BLOCKS = TEMPO + 1;
/**
 * Blocks of one span of a sync. The chain makes a coldkey wait for days before it may hand over:
 * spans must be as short beside these shortened waits.
 */
export const SPAN_BLOCKS = 50;

/** An account as 0x hex. */
type Account = string;

export type WorldCall = readonly [
  from: Account,
  name: string,
  args: Readonly<Record<string, unknown>>,
];

export type PassagesWorld = {
  readonly chain: Chain;
  readonly head: () => number;
  readonly advance: (blocks: number) => void;
  /** One block with these calls in order; each must succeed. Gives its number. */
  readonly block: (calls: readonly WorldCall[], actions?: readonly DevAction[]) => number;
  /** Sets an item of SubtensorModule, in a block of its own. */
  readonly set: (item: string, keys: readonly unknown[], value: unknown) => void;
  readonly freeOf: (account: Account) => bigint;
  readonly held: (coldkey: Account, hotkey: Account, netuid: number) => bigint;
  /** Blocks until the one that pays the subnet's next epoch. */
  readonly untilEpoch: (netuid: number) => number;
  /** Syncs up to the block `head`, or to the newest one. */
  readonly sync: (
    ledger: Ledger,
    coldkeys: readonly Account[],
    head: number | undefined,
  ) => Promise<void>;
};

export const addressOf = (account: Account): string => formatAddress(fromHex(account));

export async function createPassagesWorld(): Promise<PassagesWorld> {
  const blocks = openBlocks({ preset: 'small' });
  const core = createCore(blocks, { sealing: 'manual' });
  const clock = createManualClock();
  const rpc = createRpcClient(connectInMemory(createEndpoint(core, rpcMethods)), {
    clock,
    timeoutMs: 60_000,
  });
  const target = resolveNetwork('ws://node.example');
  const chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock });
  const economy = () => blocks.live.state.economy;
  const block: PassagesWorld['block'] = (calls, actions = []) => {
    const ahead = new Map<Account, number>();
    const candidates = calls.map(([signer, name, args]) => {
      const sent = ahead.get(signer) ?? 0;
      ahead.set(signer, sent + 1);
      const nonce = (blocks.live.state.nonces[signer] ?? 0) + sent;
      return {
        signer,
        extrinsic: unsigned({ signer, nonce, call: encodeCall('SubtensorModule', name, args) }),
      };
    });
    const made = produceBlock(blocks, { actions, candidates });
    freezeFinality(core, false);
    if (made.dropped.length > 0) throw new Error(`dropped: ${JSON.stringify(made.dropped)}`);
    return headNumber(blocks);
  };
  const set: PassagesWorld['set'] = (name, keys, value) => {
    const item = storageItems().find(
      (one) => one.pallet === 'SubtensorModule' && one.name === name,
    );
    if (item === undefined) throw new Error(`no ${name}`);
    const bytes = toHex(codecOf(item.declaration.value).enc(value));
    block([], [{ kind: 'set-storage', key: toHex(encodeKey(item, keys)), value: bytes }]);
  };
  for (const netuid of economy().netuids) if (netuid !== 0) set('Tempo', [netuid], TEMPO);
  return {
    chain,
    block,
    set,
    head: () => headNumber(blocks),
    advance: (count) => advance(core, count),
    freeOf: (account) => economy().balances[account] ?? 0n,
    held: (coldkey, hotkey, netuid) => stakeOf(economy(), hotkey, coldkey, netuid),
    untilEpoch: (netuid) => {
      const last = economy().subnets[netuid]?.lastEpochBlock ?? 0;
      return last + TEMPO - headNumber(blocks);
    },
    sync: async (ledger, coldkeys, head) => {
      const at: Chain['at'] = (block) => chain.at(block === 'best' ? (head ?? block) : block);
      const request: SyncRequest = {
        chain: { ...chain, at },
        ledger,
        clock: createManualClock(),
        signal: new AbortController().signal,
        accounts: coldkeys.map((account) => ({ name: account, address: addressOf(account) })),
        since: { kind: 'block', number: 1 },
        onProgress: () => undefined,
        spanBlocks: SPAN_BLOCKS,
      };
      await syncRewards(request);
    },
  };
}

/** A signed transaction but for its signature, which only the pool would look at. */
function unsigned(parts: {
  readonly signer: Account;
  readonly nonce: number;
  readonly call: Uint8Array;
}) {
  const body = joinBytes(
    Uint8Array.of(0x84, 0),
    fromHex(parts.signer),
    Uint8Array.of(1),
    new Uint8Array(64),
    Uint8Array.of(0),
    codecOf('Compact<u32>').enc(parts.nonce),
    codecOf('Compact<u64>').enc(0n),
    Uint8Array.of(0),
    parts.call,
  );
  const decoded = decodeSigned(joinBytes(compactBytes(body.length), body));
  if (decoded === undefined) throw new Error('not an extrinsic');
  return decoded;
}
