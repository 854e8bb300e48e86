/**
 * A dev chain in memory whose books are kept twice: by the chain itself, block by block, and by a
 * ledger that only sees what a user's tool sees. Tempos are short, so that a hundred of them are
 * quick. Transactions skip the pool and its signatures; everything after is the real thing.
 */
import { connectInMemory } from '../../src/chain/in-memory.ts';
import { resolveNetwork } from '../../src/chain/known-networks.ts';
import { createNoCache } from '../../src/chain/metadata-cache.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { readOutcome } from '../../src/chain/outcome.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import type { Chain } from '../../src/chain/types.ts';
import {
  advanceChain,
  headHash,
  headNumber,
  openChain as openBlocks,
  produceBlock,
} from '../../src/devnode/blocks/chain.ts';
import { compactBytes, joinBytes } from '../../src/devnode/blocks/header.ts';
import { devAccounts } from '../../src/devnode/genesis/accounts.ts';
import { createCore } from '../../src/devnode/node/core.ts';
import { rpcMethods } from '../../src/devnode/rpc/methods.ts';
import { createEndpoint } from '../../src/devnode/rpc/session.ts';
import { refreshAutopilots } from '../../src/devnode/runtime/autopilot.ts';
import { decodeSigned } from '../../src/devnode/runtime/extrinsic.ts';
import { codecOf } from '../../src/devnode/scale/codec.ts';
import { fromHex, toHex } from '../../src/devnode/scale/hex.ts';
import type { ChainState } from '../../src/devnode/state/chain-state.ts';
import { encodeCall } from '../../src/devnode/testing/dev-client.ts';
import { formatAddress } from '../../src/domain/address.ts';
import { applyBlock } from '../../src/economy/block.ts';
import { stakeOf } from '../../src/economy/stake-ledger.ts';
import type { EconomyState } from '../../src/economy/state.ts';
import { flowsFromEvents } from '../../src/ledger/samples.ts';
import type { Ledger } from '../../src/ledger/types.ts';
import { observe } from '../../src/pipeline/observe.ts';
import { createManualClock } from '../helpers/manual-clock.ts';

export const TEMPO = 20;

export type Name = keyof typeof devAccounts;

/** What the chain itself did to one position. */
export type ChainBooks = {
  /** Changes made by block steps: dividends, takes, incentives, automatic claims. */
  earnedRao: bigint;
  /** Changes made by transactions: what they booked, and what their events said. */
  bookedRao: bigint;
  statedRao: bigint;
};

export type AccountingWorld = {
  readonly ledger: Ledger;
  readonly books: ReadonlyMap<string, ChainBooks>;
  readonly block: () => number;
  /** Alpha of a position now, from the chain's state. */
  readonly held: (coldkey: Name, hotkey: Name, netuid: number) => bigint;
  readonly economy: () => EconomyState;
  readonly advance: (blocks: number) => void;
  /** Sends a call. `own`: through this tool, with its journal; else as another tool would. */
  readonly send: (call: SentCall) => Promise<boolean>;
  /** Looks at everything that is followed, as `rewards sync` does. */
  readonly look: () => Promise<void>;
};

export type SentCall = {
  readonly from: Name;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly isOwn: boolean;
};

export const addressOf = (name: Name): string => formatAddress(fromHex(devAccounts[name]));

export async function createAccountingWorld(
  ledger: Ledger,
  followed: readonly Name[],
): Promise<AccountingWorld> {
  const blocks = openBlocks({ preset: 'small' });
  shortenTempos(blocks.live.state);
  const core = createCore(blocks, { sealing: 'manual' });
  const clock = createManualClock();
  const rpc = createRpcClient(connectInMemory(createEndpoint(core, rpcMethods)), {
    clock,
    timeoutMs: 60_000,
  });
  const target = resolveNetwork('ws://node.example');
  const chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock });
  const books = new Map<string, ChainBooks>();
  const followedKeys = followed.map((name) => devAccounts[name]);
  const coldkeys = followed.map(addressOf);
  const live = (): ChainState => blocks.live.state;
  const count = (before: Holdings, after: Holdings, into: keyof ChainBooks): void => {
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const change = (after.get(key) ?? 0n) - (before.get(key) ?? 0n);
      const book = books.get(key) ?? { earnedRao: 0n, bookedRao: 0n, statedRao: 0n };
      book[into] += change;
      books.set(key, book);
    }
  };
  let sent = 0;
  const world: AccountingWorld = {
    ledger,
    books,
    block: () => headNumber(blocks),
    economy: () => live().economy,
    held: (coldkey, hotkey, netuid) =>
      stakeOf(live().economy, devAccounts[hotkey], devAccounts[coldkey], netuid),
    advance: (blockCount) => {
      const before = holdings(live().economy, followedKeys);
      advanceChain(blocks, blockCount);
      count(before, holdings(live().economy, followedKeys), 'earnedRao');
    },
    send: async (call) => {
      const signer = addressOf(call.from);
      if (call.isOwn) await sample(chain, ledger, [signer], 'observed');
      const before = holdings(live().economy, followedKeys);
      const stepped = afterStep(live(), headNumber(blocks) + 1, headHash(blocks));
      const afterBlockStep = holdings(stepped, followedKeys);
      const extrinsic = unsignedBytes(call, live());
      const candidate = { signer: devAccounts[call.from], extrinsic: decodedOf(extrinsic) };
      const made = produceBlock(blocks, { actions: [], candidates: [candidate] });
      count(before, afterBlockStep, 'earnedRao');
      // What a claim books are dividends, though a transaction brings them.
      const into = call.name === 'claim_root' ? 'earnedRao' : 'bookedRao';
      count(afterBlockStep, holdings(live().economy, followedKeys), into);
      if (made.dropped.length > 0) return false;
      sent += 1;
      const blockHash = headHash(blocks);
      const outcome = await readOutcome(chain, { extrinsic, blockHash, finalized: true });
      if (outcome === undefined) throw new Error('the block does not hold the transaction');
      for (const flow of flowsFromEvents(outcome.events, coldkeys)) {
        const key = keyOf(flow.coldkey, flow.hotkey, flow.netuid);
        const book = books.get(key) as ChainBooks;
        book.statedRao += flow.direction === 'in' ? flow.alphaRao : -flow.alphaRao;
      }
      if (call.isOwn) {
        record(ledger, { id: `tx-${sent}`, signer, extrinsic, outcome });
        await sample(chain, ledger, [signer], 'transaction');
      } else {
        const view = await chain.at(blockHash);
        const block = { number: view.number, hash: view.hash, timeMs: outcome.blockTimeMs ?? 0 };
        const flows = flowsFromEvents(outcome.events, coldkeys);
        const nothing = { pools: [], positions: [], claimable: [] };
        const blockFlows = { coldkeys, flows };
        ledger.facts.append({ block, source: 'observed', ...nothing, blockFlows });
      }
      return outcome.failure === undefined;
    },
    look: () => sample(chain, ledger, coldkeys, 'observed'),
  };
  await world.look();
  return world;
}

function shortenTempos(state: ChainState): void {
  for (const subnet of Object.values(state.economy.subnets)) {
    if (subnet !== undefined) subnet.tempo = TEMPO;
  }
}

type Holdings = ReadonlyMap<string, bigint>;

/** Every position of the coldkeys, by the names the ledger uses. */
function holdings(economy: EconomyState, coldkeys: readonly string[]): Holdings {
  const found = new Map<string, bigint>();
  for (const coldkey of coldkeys) {
    for (const hotkey of economy.coldkeys[coldkey]?.stakingHotkeys ?? []) {
      for (const netuid of economy.netuids) {
        const alphaRao = stakeOf(economy, hotkey, coldkey, netuid);
        if (alphaRao > 0n)
          found.set(keyOf(hexAddress(coldkey), hexAddress(hotkey), netuid), alphaRao);
      }
    }
  }
  return found;
}

const addresses = new Map<string, string>();

function hexAddress(account: string): string {
  const known = addresses.get(account);
  if (known !== undefined) return known;
  const address = formatAddress(fromHex(account));
  addresses.set(account, address);
  return address;
}

export function keyOf(coldkey: string, hotkey: string, netuid: number): string {
  return `${coldkey}/${hotkey}/${netuid}`;
}

/** The state after the next block's own step, before any transaction of it. */
function afterStep(state: ChainState, number: number, parentHash: string): EconomyState {
  const copy = structuredClone(state);
  copy.economy.parentHash = parentHash;
  refreshAutopilots(copy, number);
  applyBlock(copy.economy);
  return copy.economy;
}

/** A signed transaction but for its signature, which only the pool would look at. */
function unsignedBytes(call: SentCall, state: ChainState): string {
  const account = devAccounts[call.from];
  const body = joinBytes(
    Uint8Array.of(0x84, 0),
    fromHex(account),
    Uint8Array.of(1),
    new Uint8Array(64),
    Uint8Array.of(0),
    codecOf('Compact<u32>').enc(state.nonces[account] ?? 0),
    codecOf('Compact<u64>').enc(0n),
    Uint8Array.of(0),
    encodeCall('SubtensorModule', call.name, call.args),
  );
  return toHex(joinBytes(compactBytes(body.length), body));
}

function decodedOf(extrinsic: string) {
  const decoded = decodeSigned(fromHex(extrinsic));
  if (decoded === undefined) throw new Error('not an extrinsic');
  return decoded;
}

async function sample(
  chain: Chain,
  ledger: Ledger,
  coldkeys: readonly string[],
  source: 'observed' | 'transaction',
): Promise<void> {
  await observe({ view: await chain.at('best'), ledger, coldkeys, source });
}

/** What the journal keeps of an own transaction. */
function record(
  ledger: Ledger,
  own: {
    readonly id: string;
    readonly signer: string;
    readonly extrinsic: string;
    readonly outcome: NonNullable<Awaited<ReturnType<typeof readOutcome>>>;
  },
): void {
  const { id, signer, extrinsic, outcome } = own;
  const atMs = outcome.blockTimeMs ?? 0;
  ledger.journal.begin({
    id,
    requestId: undefined,
    command: 'test',
    address: signer,
    intent: { id },
    summary: id,
    createdAtMs: atMs,
  });
  ledger.journal.recordSigned(id, {
    extrinsic,
    hash: `0x${id.padStart(64, '0')}`,
    nonce: 0,
    bornAtBlock: 0,
    expiresAtBlock: undefined,
    specVersion: 0,
    signedAtMs: atMs,
  });
  ledger.journal.recordOutcome(id, {
    state: outcome.failure === undefined ? 'succeeded' : 'failed',
    atMs,
    blockNumber: outcome.blockNumber,
    blockHash: outcome.blockHash,
    blockTimeMs: outcome.blockTimeMs,
    finalized: true,
    feeRao: outcome.feeRao,
    failure: outcome.failure?.name,
    events: [],
    flows: flowsFromEvents(outcome.events),
  });
}
