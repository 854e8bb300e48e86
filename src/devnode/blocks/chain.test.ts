import { expect, test } from 'vitest';
import { devAccounts } from '../genesis/accounts.ts';
import { toHex } from '../scale/hex.ts';
import { stateDigest } from '../state/digest.ts';
import {
  advanceChain,
  hashAt,
  headerAt,
  headHash,
  headNumber,
  numberOf,
  openChain,
  produceBlock,
  resetChain,
  viewAt,
} from './chain.ts';
import { createHashIndex } from './hash-index.ts';
import { headerHash } from './header.ts';
import { leastUseful, MAX_SNAPSHOTS, SNAPSHOT_INTERVAL } from './snapshots.ts';

const fund = (freeRao: bigint) => ({
  actions: [{ kind: 'set-balance', account: devAccounts['//Eve'], freeRao }] as const,
  candidates: [],
});

test('the same genesis and the same blocks give the same hashes and state', () => {
  const [a, b] = [openChain({ preset: 'small' }), openChain({ preset: 'small' })];
  for (const chain of [a, b]) {
    advanceChain(chain, 20);
    produceBlock(chain, fund(5_000n));
    advanceChain(chain, 400);
  }
  expect(headHash(a)).toBe(headHash(b));
  expect(stateDigest(a.live.state)).toBe(stateDigest(b.live.state));
});

test('blocks one by one are the blocks of a run', () => {
  const [single, run] = [openChain({ preset: 'small' }), openChain({ preset: 'small' })];
  for (let i = 0; i < 30; i += 1) produceBlock(single, { actions: [], candidates: [] });
  advanceChain(run, 30);
  expect(headHash(single)).toBe(headHash(run));
});

test('a header is hashed into its block hash and links to the block before', () => {
  const chain = openChain({ preset: 'small' });
  produceBlock(chain, fund(1_000n));
  advanceChain(chain, 3);
  for (let number = 0; number <= headNumber(chain); number += 1) {
    const header = headerAt(chain, number);
    if (header === undefined) throw new Error(`no header ${number}`);
    expect(toHex(headerHash(header))).toBe(hashAt(chain, number));
    expect(numberOf(chain, hashAt(chain, number) as string)).toBe(number);
    if (number > 0) expect(toHex(header.parentHash)).toBe(hashAt(chain, number - 1));
  }
  expect(headerAt(chain, 99)).toBeUndefined();
});

test('the state at an old block is what it was, whatever came later', () => {
  const chain = openChain({ preset: 'small' });
  const digests = new Map<number, string>();
  const note = () => digests.set(headNumber(chain), stateDigest(chain.live.state));
  note();
  for (let round = 1; round <= 5; round += 1) {
    produceBlock(chain, fund(BigInt(round) * 1_000n));
    note();
    advanceChain(chain, SNAPSHOT_INTERVAL / 4 + 1);
    note();
  }
  for (const [number, digest] of [...digests].reverse()) {
    const view = viewAt(chain, number);
    expect(stateDigest(view.state), `block ${number}`).toBe(digest);
    expect(view.state.economy.block).toBe(number);
  }
});

test('reading an old block leaves the chain as it is', () => {
  const chain = openChain({ preset: 'small' });
  advanceChain(chain, 50);
  const before = stateDigest(chain.live.state);
  viewAt(chain, 10);
  viewAt(chain, 49);
  expect(stateDigest(chain.live.state)).toBe(before);
  const events = viewAt(chain, 10).block.eventCount;
  expect(events).toBe(1);
});

test('a reset brings back the genesis, and the same future', () => {
  const before = openChain({ preset: 'small' });
  advanceChain(before, 1_100);
  const head = headHash(before);
  const chain = resetChain(before);
  expect(headNumber(chain)).toBe(0);
  expect(headHash(chain)).toBe(chain.genesisHash);
  expect(numberOf(chain, head)).toBeUndefined();
  advanceChain(chain, 1_100);
  expect(headHash(chain)).toBe(head);
});

test('a state that was read is at hand after the block that changed it', () => {
  const chain = openChain({ preset: 'small' });
  advanceChain(chain, 700);
  const digest = stateDigest(viewAt(chain, 700).state);
  advanceChain(chain, 30);
  expect(chain.history.distance(700)).toBe(0);
  expect(stateDigest(viewAt(chain, 700).state)).toBe(digest);
  expect(chain.history.distance(730)).toBe(30);
});

test('events of recent blocks need no old state', () => {
  const chain = openChain({ preset: 'small' });
  advanceChain(chain, 3);
  produceBlock(chain, fund(7n));
  advanceChain(chain, 500);
  const { history } = chain;
  const asked: number[] = [];
  const watched = {
    ...chain,
    history: {
      ...history,
      at: (number: number) => {
        asked.push(number);
        return history.at(number);
      },
    },
  };
  const { block, profile } = viewAt(watched, 4);
  expect([block.eventCount, profile]).toEqual([2, '424']);
  expect(asked).toEqual([]);
});

test('snapshots lie close together near the head and thin out behind it', () => {
  let numbers: number[] = [];
  for (let number = 1_000; number <= 1_000_000; number += 1_000) {
    numbers.push(number);
    if (numbers.length > MAX_SNAPSHOTS) {
      const dropped = leastUseful(numbers);
      numbers = numbers.filter((one) => one !== dropped);
    }
  }
  const gaps = numbers.map((number, i) => number - (numbers[i - 1] ?? 0));
  expect(gaps.slice(-5)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
  expect(Math.max(...gaps)).toBeLessThan(250_000);
  for (const [i, gap] of gaps.entries()) {
    const age = 1_000_000 - (numbers[i] ?? 0);
    if (numbers[i - 1] !== undefined) expect(gap).toBeLessThanOrEqual(Math.max(1_000, age / 2));
  }
});

test('no TAO appears or vanishes over two days of blocks beyond what is issued', () => {
  const chain = openChain({ preset: 'small' });
  advanceChain(chain, 2_000);
  const { economy } = chain.live.state;
  const held = Object.values(economy.balances).reduce((sum, free) => sum + free, 0n);
  expect(held).toBe(economy.taoIssuance);
});

test('validators of the preset stay active and their stakers earn, on root too', () => {
  const chain = openChain({ preset: 'small' });
  advanceChain(chain, 5_100);
  const { economy } = chain.live.state;
  for (const netuid of [1, 4, 8]) {
    const subnet = economy.subnets[netuid];
    const validators = subnet?.neurons.slice(1, 7) ?? [];
    expect(validators.every(({ active, permit }) => active && permit)).toBe(true);
    expect(validators.filter(({ dividends }) => dividends > 0).length).toBeGreaterThanOrEqual(5);
    const aurora = devAccounts['//Aurora//hot'];
    expect(subnet?.alphaDividends[aurora]).toBeGreaterThan(0n);
    expect(subnet?.rootAlphaDividends[aurora]).toBeGreaterThan(0n);
  }
});

test('the hash index finds what was pushed, through growth and truncation', () => {
  const index = createHashIndex();
  const hash = (n: number) => Uint8Array.from({ length: 32 }, (_, i) => (n * 31 + i * 7) % 251);
  const count = 3_000;
  for (let n = 0; n < count; n += 1) {
    const unique = hash(n);
    new DataView(unique.buffer).setUint32(4, n);
    index.push(unique, new Uint8Array(32));
    if (n === 10) expect(index.numberOf(unique)).toBe(10);
  }
  for (const n of [0, 1, 1_023, 1_024, 2_999]) {
    expect(index.numberOf(index.hash(n) as Uint8Array)).toBe(n);
  }
  expect(index.numberOf(new Uint8Array(32).fill(9))).toBeUndefined();
  expect(index.numberOf(new Uint8Array(3))).toBeUndefined();
  const last = index.hash(2_999) as Uint8Array;
  index.truncate(2_999);
  expect(index.numberOf(last)).toBeUndefined();
  expect(index.hash(2_999)).toBeUndefined();
});
