/**
 * A past that this tool did not see, read back from the chain: every movement of stake is found,
 * whoever made it, and what is left between two samples was paid by an epoch or a claim.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectInMemory } from '../../src/chain/in-memory.ts';
import { resolveNetwork } from '../../src/chain/known-networks.ts';
import { createNoCache } from '../../src/chain/metadata-cache.ts';
import { openChain } from '../../src/chain/open-chain.ts';
import { readLastEpoch } from '../../src/chain/queries/read-block-events.ts';
import { readStakes } from '../../src/chain/queries/read-stakes.ts';
import { createRpcClient } from '../../src/chain/rpc-client.ts';
import type { Chain } from '../../src/chain/types.ts';
import { devAccounts } from '../../src/devnode/genesis/accounts.ts';
import { type DevChain, startDevChain } from '../../src/devnode/testing/dev-chain.ts';
import { alice, bob } from '../../src/devnode/testing/dev-client.ts';
import { formatAddress } from '../../src/domain/address.ts';
import { TaoError } from '../../src/errors/tao-error.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { readRewards } from '../../src/ledger/rewards/compute-rewards.ts';
import { openTestLedger } from '../../src/ledger/testing.ts';
import type { Ledger, StakeFlow } from '../../src/ledger/types.ts';
import { movesIn } from '../../src/pipeline/sync-flows.ts';
import { readCovered } from '../../src/pipeline/sync-history.ts';
import { type SyncRequest, syncRewards } from '../../src/pipeline/sync-rewards.ts';
import { createManualClock } from '../helpers/manual-clock.ts';

const RAO = 1_000_000_000n;
const addressOf = (account: string) => formatAddress(Buffer.from(account.slice(2), 'hex'));
const [ALICE, BOB] = [addressOf(alice.account), addressOf(bob.account)];
const accounts = [
  { name: 'alice', address: ALICE },
  { name: 'bob', address: BOB },
];
const VALIDATORS = ['//Aurora//hot', '//Basalt//hot', '//Cobalt//hot'] as const;
/** Share pools round each movement. */
const ROUNDING_RAO = 10n;

let dev: DevChain;
let chain: Chain;
/** What the events of each block said when it was made. */
const stated: (StakeFlow & { readonly number: number })[] = [];

beforeAll(async () => {
  dev = await startDevChain();
  const clock = createManualClock();
  const rpc = createRpcClient(connectInMemory(dev.node.endpoint), { clock, timeoutMs: 120_000 });
  const target = resolveNetwork('ws://node.example');
  chain = await openChain({ rpc, target, metadataCache: createNoCache(), clock });
  await play();
}, 120_000);

/** Trades, moves, transfers between the two, claims, and quick turns within one tempo. */
async function play(): Promise<void> {
  const hotkeys = VALIDATORS.map((name) => devAccounts[name]);
  const [aurora, basalt, cobalt] = hotkeys as [string, string, string];
  const send = async (key: typeof alice, name: string, args: unknown): Promise<void> => {
    await dev.send('SubtensorModule', name, args, { key });
    const view = await chain.at('best');
    const bytes = await chain.rpc.request('state_getStorage', [
      view.runtime.storage('System', 'Events').key(),
    ]);
    const events = view.runtime.decodeEvents(Buffer.from(String(bytes).slice(2), 'hex'));
    for (const coldkey of [ALICE, BOB]) {
      for (const flow of movesIn(events, coldkey).flows) {
        stated.push({ ...flow, number: view.number });
      }
    }
  };
  const stake = (hotkey: string, netuid: number, tao: bigint) => ({
    hotkey,
    netuid,
    amount_staked: tao * RAO,
  });
  dev.node.advance(100);
  await send(alice, 'add_stake', stake(aurora, 8, 50n));
  await send(alice, 'add_stake', stake(basalt, 0, 80n));
  dev.node.advance(370);
  await send(bob, 'add_stake', stake(cobalt, 4, 30n));
  // In and out within one tempo: nothing of it is left at the next epoch.
  await send(bob, 'add_stake', stake(aurora, 1, 5n));
  dev.node.advance(3);
  await send(bob, 'remove_stake_full_limit', { hotkey: aurora, netuid: 1, limit_price: undefined });
  dev.node.advance(200);
  await send(alice, 'move_stake', {
    origin_hotkey: aurora,
    destination_hotkey: basalt,
    origin_netuid: 8,
    destination_netuid: 8,
    alpha_amount: 3n * RAO,
  });
  await send(alice, 'transfer_stake', {
    destination_coldkey: bob.account,
    hotkey: basalt,
    origin_netuid: 8,
    destination_netuid: 8,
    alpha_amount: 2n * RAO,
  });
  dev.node.advance(300);
  await send(alice, 'claim_root', { subnets: [1, 4, 8] });
  await send(alice, 'swap_stake', {
    hotkey: aurora,
    origin_netuid: 8,
    destination_netuid: 4,
    alpha_amount: 10n * RAO,
  });
  dev.node.advance(120);
  await send(bob, 'remove_stake', { hotkey: cobalt, netuid: 4, amount_unstaked: 7n * RAO });
  await send(alice, 'add_stake', stake(cobalt, 0, 9n));
  dev.node.advance(200);
}

function request(ledger: Ledger, changes: Partial<SyncRequest> = {}): SyncRequest {
  return {
    chain,
    ledger,
    clock: createManualClock(),
    signal: new AbortController().signal,
    accounts,
    since: { kind: 'block', number: 1 },
    onProgress: () => undefined,
    ...changes,
  };
}

/** All facts of a ledger but the order they came in. */
function factsOf(ledger: Ledger) {
  const { positions, flows, complete, conflicts } = ledger.facts.read([ALICE, BOB]);
  const claims = ledger.facts.readClaims([ALICE, BOB]);
  const byText = (list: readonly unknown[]) =>
    list
      .map((one) =>
        JSON.stringify(one, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
      )
      .sort();
  return [positions, flows, complete, conflicts, claims].map(byText);
}

describe('a past read back from the chain', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sync-test-'));
  let ledger: Ledger;
  beforeAll(async () => {
    const clock = createManualClock();
    ledger = await openLedger({ folder, genesisHash: chain.genesisHash, clock });
    await syncRewards(request(ledger));
  }, 120_000);
  afterAll(() => {
    ledger.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('has every movement of stake, in its block, whoever made it', () => {
    const { flows } = ledger.facts.read([ALICE, BOB]);
    const text = (flow: StakeFlow, number: number) =>
      [
        number,
        flow.coldkey,
        flow.hotkey,
        flow.netuid,
        flow.direction,
        flow.alphaRao,
        flow.taoRao,
      ].join(' ');
    const found = flows.map((flow) => text(flow, flow.block.number)).sort();
    expect(stated.length).toBeGreaterThan(12);
    expect(found).toEqual(stated.map((flow) => text(flow, flow.number)).sort());
  });

  test('leaves nothing that neither a movement, an epoch nor a claim explains', async () => {
    const facts = ledger.facts.read([ALICE, BOB]);
    const claims = ledger.facts.readClaims([ALICE, BOB]);
    expect(claims.length).toBeGreaterThan(0);
    let paid = 0;
    for (const reward of readRewards(ledger, { coldkeys: [ALICE, BOB] })) {
      expect(reward.unexplained).toEqual([]);
      const { coldkey, hotkey, netuid } = reward;
      const isHere = (one: { coldkey: string; hotkey: string; netuid: number }) =>
        one.coldkey === coldkey && one.hotkey === hotkey && one.netuid === netuid;
      const samples = facts.positions.filter(isHere);
      for (const [index, after] of samples.slice(1).entries()) {
        const before = samples[index] as typeof after;
        const isBetween = ({ block }: { block: { number: number } }) =>
          block.number > before.block.number && block.number <= after.block.number;
        const moved = facts.flows
          .filter((flow) => isHere(flow) && isBetween(flow))
          .reduce(
            (sum, flow) => sum + (flow.direction === 'in' ? flow.alphaRao : -flow.alphaRao),
            0n,
          );
        const gain = after.alphaRao - before.alphaRao - moved;
        if (gain <= ROUNDING_RAO && gain >= -ROUNDING_RAO) continue;
        const view = await chain.at(after.block.number);
        const isEpoch = (await readLastEpoch(view, netuid)) === after.block.number;
        const isClaim = claims.some(
          (claim) => claim.block.number === after.block.number && claim.hotkey === hotkey,
        );
        expect([gain, after.block.number, isEpoch || isClaim]).toEqual([
          gain,
          after.block.number,
          true,
        ]);
        paid += 1;
      }
    }
    expect(paid).toBeGreaterThan(10);
  });

  test('ends with what the chain says now', async () => {
    const view = await chain.at('best');
    const stakes = await readStakes(view, [ALICE, BOB]);
    const { positions } = ledger.facts.read([ALICE, BOB], { from: view.number });
    const text = (one: { coldkey: string; hotkey: string; netuid: number; alphaRao: bigint }) =>
      `${one.coldkey} ${one.hotkey} ${one.netuid} ${one.alphaRao}`;
    expect(positions.map(text).sort()).toEqual(stakes.map(text).sort());
  });

  test('is not read again, and changes nothing when it is asked for twice', async () => {
    const before = factsOf(ledger);
    const again = await syncRewards(request(ledger));
    expect(again.accounts.map(({ observations }) => observations)).toEqual([0, 0]);
    expect(factsOf(ledger)).toEqual(before);
    expect(ledger.verify().facts).toBeGreaterThan(100);
  });

  test('is the same however often reading was stopped', async () => {
    const other = await openTestLedger();
    for (let stops = 0; stops < 40; stops += 1) {
      const controller = new AbortController();
      let steps = 0;
      const onProgress = () => {
        steps += 1;
        if (steps === 3) controller.abort(new Error('stopped'));
      };
      const { signal } = controller;
      const ended = await syncRewards(request(other, { signal, onProgress, spanBlocks: 400 })).then(
        () => true,
        () => false,
      );
      if (ended) break;
    }
    expect(readCovered(other, ALICE)).toMatchObject({ from: 1 });
    expect(readCovered(other, BOB)).toMatchObject({ from: 1 });
    const flowsOf = (one: Ledger) => factsOf(one)[1];
    expect(flowsOf(other)).toEqual(flowsOf(ledger));
    expect(
      readRewards(other, { coldkeys: [ALICE, BOB] }).flatMap((one) => one.unexplained),
    ).toEqual([]);
  });
});

describe('a node that makes it hard', () => {
  test('by forgetting states: what it has is read, and the rest is a gap', async () => {
    const ledger = await openTestLedger();
    const forgetful: Chain = {
      ...chain,
      at: (block) => {
        if (typeof block === 'number' && block < 800) {
          throw new TaoError('CHAIN_UNKNOWN_BLOCK', { message: 'The state is gone.' });
        }
        return chain.at(block);
      },
    };
    const { accounts: done } = await syncRewards(request(ledger, { chain: forgetful }));
    const gap = { fromBlock: 1, toBlock: 799, reason: 'state-pruned' };
    expect(done.map((one) => one.covered?.from)).toEqual([800, 800]);
    expect(done.map((one) => one.gaps)).toEqual([
      [{ coldkey: ALICE, ...gap }],
      [{ coldkey: BOB, ...gap }],
    ]);
    const { accounts: filled } = await syncRewards(request(ledger, { since: undefined }));
    expect(filled.map((one) => [one.covered?.from, one.gaps])).toEqual([
      [1, []],
      [1, []],
    ]);
    const unexplained = readRewards(ledger, { coldkeys: [ALICE, BOB] });
    expect(unexplained.flatMap((one) => one.unexplained)).toEqual([]);
  });

  test('by refusing to be asked so much: it is asked again, later', async () => {
    const ledger = await openTestLedger();
    const clock = createManualClock();
    const sleeps: number[] = [];
    let asked = 0;
    const busy: Chain = {
      ...chain,
      at: (block) => {
        asked += 1;
        if (asked % 3 === 0) {
          throw new TaoError('RPC_REFUSED', { message: 'Too many.', data: { rpcCode: 429 } });
        }
        return chain.at(block);
      },
    };
    const sleep = (ms: number) => {
      sleeps.push(ms);
      return Promise.resolve();
    };
    const head = (await chain.at('best')).number;
    const { accounts: done } = await syncRewards(
      request(ledger, {
        chain: busy,
        clock: { ...clock, sleep },
        since: { kind: 'block', number: head - 400 },
      }),
    );
    expect(done.map((one) => one.covered?.from)).toEqual([head - 401, head - 401]);
    expect(sleeps.length).toBeGreaterThan(5);
    expect(sleeps[0]).toBe(500);
  });
});
