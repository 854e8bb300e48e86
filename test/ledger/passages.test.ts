/**
 * Stake that passes by one event for everybody: validators that change their hotkey, coldkeys that
 * hand everything over, subnets that are removed. Read back from the chain long after, nothing of
 * it is unexplained, and what it cost goes along or is set against what was paid.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readStakes } from '../../src/chain/queries/read-stakes.ts';
import { computeBasis } from '../../src/ledger/cost-basis/compute-basis.ts';
import { listSteps } from '../../src/ledger/cost-basis/list-steps.ts';
import type { Lot } from '../../src/ledger/cost-basis/types.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { readRewards } from '../../src/ledger/rewards/compute-rewards.ts';
import { readRewardFacts } from '../../src/ledger/rewards/evidence.ts';
import type { Ledger, StakeFlow } from '../../src/ledger/types.ts';
import { createManualClock } from '../helpers/manual-clock.ts';
import {
  alice,
  aurora,
  basalt,
  bob,
  charlie,
  cobalt,
  dave,
  dunlin,
  newAurora,
  newBasalt,
  newBob,
  newCobalt,
  newDunlin,
  playPassages,
  RAO,
  type Story,
} from './passages-story.ts';
import {
  addressOf,
  createPassagesWorld,
  type PassagesWorld,
  SPAN_BLOCKS,
  TEMPO_BLOCKS,
} from './passages-world.ts';

/** Share pools round each deposit and withdrawal. */
const ROUNDING_RAO = 10n;

let world: PassagesWorld;
let blocks: Story;

beforeAll(async () => {
  world = await createPassagesWorld();
  blocks = playPassages(world);
}, 120_000);

const ledgers = new Map<string, Promise<Ledger>>();
const folders: string[] = [];

afterAll(async () => {
  for (const ledger of ledgers.values()) (await ledger).close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A ledger that was synced at these blocks, and at the head; nobody writes to it any more. */
function synced(coldkeys: readonly string[], at: readonly number[] = []): Promise<Ledger> {
  const name = [...coldkeys, ...at].join();
  const ledger = ledgers.get(name) ?? sync(coldkeys, at);
  ledgers.set(name, ledger);
  return ledger;
}

async function sync(coldkeys: readonly string[], at: readonly number[]): Promise<Ledger> {
  const folder = mkdtempSync(join(tmpdir(), 'passages-test-'));
  folders.push(folder);
  const { genesisHash } = world.chain;
  const ledger = await openLedger({ folder, genesisHash, clock: createManualClock() });
  for (const head of [...at, undefined]) await world.sync(ledger, coldkeys, head);
  return ledger;
}

function basisOf(ledger: Ledger, coldkeys: readonly string[]) {
  const steps = listSteps(readRewardFacts(ledger, coldkeys.map(addressOf)));
  return computeBasis(steps, 'fifo', () => 0n);
}

/** Nothing is unexplained, and the ledger's last look is what the chain says. */
async function expectWhole(ledger: Ledger, coldkeys: readonly string[]): Promise<void> {
  const addresses = coldkeys.map(addressOf);
  const rewards = readRewards(ledger, { coldkeys: addresses });
  expect(rewards.flatMap((one) => one.unexplained)).toEqual([]);
  const view = await world.chain.at('best');
  const there = await readStakes(view, addresses);
  const text = (one: { coldkey: string; hotkey: string; netuid: number }, alphaRao: bigint) =>
    `${one.coldkey} ${one.hotkey} ${one.netuid} ${alphaRao}`;
  const known = rewards.filter(({ alphaNowRao }) => alphaNowRao > 0n);
  expect(known.map((one) => text(one, one.alphaNowRao)).sort()).toEqual(
    there.map((one) => text(one, one.alphaRao)).sort(),
  );
  const booked = basisOf(ledger, coldkeys).positions.filter(({ alphaRao }) => alphaRao > 0n);
  expect(booked.map((one) => text(one, one.alphaRao)).sort()).toEqual(
    there.map((one) => text(one, one.alphaRao)).sort(),
  );
}

type At = readonly [coldkey: string, hotkey: string, netuid: number];
const isAt = (
  one: { readonly coldkey: string; readonly hotkey: string; readonly netuid: number },
  [coldkey, hotkey, netuid]: At,
) =>
  one.coldkey === addressOf(coldkey) && one.hotkey === addressOf(hotkey) && one.netuid === netuid;

function flowsAt(ledger: Ledger, number: number, at: At): readonly StakeFlow[] {
  const { flows } = ledger.facts.read([addressOf(at[0])]);
  return flows.filter((flow) => flow.block.number === number && isAt(flow, at));
}

function lotsAt(ledger: Ledger, coldkeys: readonly string[], at: At): readonly Lot[] {
  const { positions } = basisOf(ledger, coldkeys);
  return positions.find((one) => isAt(one, at))?.lots ?? [];
}

/** Blocks in which what is still held was bought. */
const boughtIn = (lots: readonly Lot[]): readonly number[] =>
  lots.flatMap(({ acquired, origin }) => (origin === 'bought' ? [acquired.number] : []));

const sumAlpha = (lots: readonly { readonly alphaRao: bigint }[]): bigint =>
  lots.reduce((sum, { alphaRao }) => sum + alphaRao, 0n);

describe('a validator that changes its hotkey', () => {
  test.each([
    ['read back long after', () => []],
    ['read up to its block, and later from there', () => [blocks.onSubnet, blocks.everywhere]],
    [
      'read up to the block before it, and later from there',
      () => [blocks.onSubnet - 1, blocks.everywhere - 1],
    ],
  ])('%s leaves nothing unexplained, and lots keep their dates', async (_how, stops) => {
    const ledger = await synced([alice], stops());
    await expectWhole(ledger, [alice]);
    const { first, second, onSubnet } = blocks;
    expect(boughtIn(lotsAt(ledger, [alice], [alice, newAurora, 8]))).toEqual([
      first,
      second,
      onSubnet,
    ]);
    expect(boughtIn(lotsAt(ledger, [alice], [alice, newBasalt, 1]))).toEqual([second]);
    expect(lotsAt(ledger, [alice], [alice, newBasalt, 0])).toMatchObject([
      { acquired: { number: second }, origin: 'bought', alphaRao: 25n * RAO, costRao: 25n * RAO },
    ]);
    for (const at of [
      [alice, aurora, 8],
      [alice, basalt, 0],
      [alice, basalt, 1],
    ] as const) {
      expect(lotsAt(ledger, [alice], at)).toEqual([]);
    }
  });

  test('moves what was there, at its worth, and nothing of it is a disposal', async () => {
    const ledger = await synced([alice]);
    const number = blocks.everywhere;
    const [out] = flowsAt(ledger, number, [alice, basalt, 1]);
    const [into] = flowsAt(ledger, number, [alice, newBasalt, 1]);
    expect(out).toMatchObject({ direction: 'out' });
    expect(into).toMatchObject({
      direction: 'in',
      alphaRao: out?.alphaRao,
      taoRao: out?.taoRao,
    });
    // Bought for 15 TAO a few tempos ago, with a pool fee and a price of its own.
    expect(out?.taoRao).toBeGreaterThan(14n * RAO);
    expect(out?.taoRao).toBeLessThan(16n * RAO);
    const { disposals, positions } = basisOf(ledger, [alice]);
    expect(disposals.filter(({ disposed }) => disposed.number === number)).toEqual([]);
    expect(positions.reduce((sum, { carriedRao }) => sum + carriedRao, 0n)).toBe(0n);
  });

  test('on one subnet leaves stake elsewhere, and a sale in its block is of its oldest lot', async () => {
    const ledger = await synced([alice]);
    expect(flowsAt(ledger, blocks.onSubnet, [alice, aurora, 4])).toEqual([]);
    expect(boughtIn(lotsAt(ledger, [alice], [alice, aurora, 0]))).toEqual([blocks.first]);
    const { disposals } = basisOf(ledger, [alice]);
    expect(disposals.filter(({ disposed }) => disposed.number === blocks.onSubnet)).toMatchObject([
      {
        hotkey: addressOf(newAurora),
        acquired: { number: blocks.first },
        origin: 'bought',
        alphaRao: 3n * RAO,
      },
    ]);
  });

  test('and keeps the stake where it is moves nothing', async () => {
    const ledger = await synced([alice]);
    const { flows } = ledger.facts.read([addressOf(alice)]);
    expect(flows.filter(({ hotkey }) => hotkey === addressOf(newCobalt))).toEqual([]);
    const [sold] = basisOf(ledger, [alice]).disposals.filter(
      ({ hotkey, exit }) => hotkey === addressOf(cobalt) && exit === 'sold',
    );
    expect(sold?.disposed.number).toBe(blocks.removed);
  });

  test('in the block that pays an epoch: what it paid was earned under the old name', async () => {
    const ledger = await synced([alice]);
    const number = blocks.inEpoch;
    const [look] = ledger.facts
      .read([addressOf(alice)], { from: number - 1, to: number - 1 })
      .positions.filter((one) => isAt(one, [alice, dunlin, 8]));
    const [out] = flowsAt(ledger, number, [alice, dunlin, 8]);
    expect((out?.alphaRao ?? 0n) - (look?.alphaRao ?? 0n)).toBeGreaterThan(ROUNDING_RAO);
    const lots = lotsAt(ledger, [alice], [alice, newDunlin, 8]);
    const earned = lots.find(({ acquired }) => acquired.number === number);
    expect(earned).toMatchObject({
      origin: 'earned',
      alphaRao: (out?.alphaRao ?? 0n) - (look?.alphaRao ?? 0n),
    });
  });
});

describe('a coldkey that hands over to another', () => {
  test.each([
    ['read back long after', [bob, newBob], () => []],
    ['the new one read first', [newBob, bob], () => []],
    ['read in two parts', [bob, newBob], () => [blocks.coldkey]],
    ['read in two parts, the first without it', [bob, newBob], () => [blocks.coldkey - 1]],
  ])('where both are followed, lots go along: %s', async (_how, both, stops) => {
    const ledger = await synced(both, stops());
    await expectWhole(ledger, both);
    const lots = lotsAt(ledger, both, [newBob, newAurora, 8]);
    expect(boughtIn(lots)).toEqual([blocks.first + 1]);
    expect(lotsAt(ledger, both, [newBob, basalt, 0])).toEqual([]);
    expect(lotsAt(ledger, both, [newBob, newBasalt, 0])).toMatchObject([
      { acquired: { number: blocks.first + 1 }, costRao: 40n * RAO },
    ]);
    const { disposals } = basisOf(ledger, both);
    expect(disposals.map(({ disposed }) => disposed.number)).not.toContain(blocks.coldkey);
  });

  test('where only the old one is, all of it left at its worth', async () => {
    const ledger = await synced([bob]);
    await expectWhole(ledger, [bob]);
    const { positions, disposals } = basisOf(ledger, [bob]);
    expect(sumAlpha(positions)).toBe(0n);
    const gone = disposals.filter(({ disposed }) => disposed.number === blocks.coldkey);
    expect(new Set(gone.map(({ netuid }) => netuid))).toEqual(new Set([0, 4, 8]));
    const root = gone.find(({ netuid }) => netuid === 0);
    expect(root).toMatchObject({ exit: 'sold', alphaRao: 40n * RAO, proceedsRao: 40n * RAO });
  });

  test('where only the new one is, all of it came at its worth', async () => {
    const ledger = await synced([newBob]);
    await expectWhole(ledger, [newBob]);
    expect(lotsAt(ledger, [newBob], [newBob, newBasalt, 0])).toMatchObject([
      { acquired: { number: blocks.coldkey }, origin: 'bought', costRao: 40n * RAO },
    ]);
    const opened = readRewards(ledger, { coldkeys: [addressOf(newBob)] }).map((one) => one.opened);
    expect(opened.map(({ kind, block }) => [kind, block.number])).toEqual(
      opened.map(() => ['opened', blocks.coldkey]),
    );
  });
});

describe('a subnet that is removed', () => {
  test.each([
    ['read back long after', () => []],
    ['read in two parts', () => [blocks.removed]],
    ['read in two parts, the first without it', () => [blocks.removed - 1]],
  ])('is a disposal for what the chain paid: %s', async (_how, stops) => {
    const ledger = await synced([charlie], stops());
    await expectWhole(ledger, [charlie]);
    const { disposals, positions } = basisOf(ledger, [charlie]);
    const here = disposals.filter(({ disposed }) => disposed.number === blocks.removed);
    expect(blocks.paidOut).toBeGreaterThan(10n * RAO);
    expect(here.reduce((sum, { proceedsRao }) => sum + proceedsRao, 0n)).toBe(blocks.paidOut);
    expect(new Set(here.map(({ exit }) => exit))).toEqual(new Set(['sold']));
    expect(here.filter(({ origin }) => origin === 'bought')).toMatchObject([
      { acquired: { number: blocks.charlie }, netuid: 4 },
      { acquired: { number: blocks.charlie }, netuid: 4 },
    ]);
    const cost = here.reduce((sum, { costRao }) => sum + costRao, 0n);
    expect(cost).toBeGreaterThanOrEqual(20n * RAO);
    const realised = positions.reduce((sum, { realisedRao }) => sum + realisedRao, 0n);
    expect(realised - (blocks.paidOut - cost)).toBeGreaterThanOrEqual(-ROUNDING_RAO);
    expect(realised - (blocks.paidOut - cost)).toBeLessThanOrEqual(ROUNDING_RAO);
  });

  test('has every epoch before it, each with what it paid', async () => {
    // Who stakes nowhere else has no other epochs that would be looked at. The first sync's newest
    // span holds the removal and the epochs, and then the purchase too.
    for (const head of [blocks.charlie + SPAN_BLOCKS + 5, blocks.removed + 3]) {
      const { disposals } = basisOf(await synced([dave], [head]), [dave]);
      const earned = disposals.filter(({ origin }) => origin === 'earned');
      expect(earned).toHaveLength(2);
      const [one, two] = earned.map(({ acquired }) => acquired.number) as [number, number];
      expect(two - one).toBe(TEMPO_BLOCKS - 1);
      expect(two).toBeLessThan(blocks.removed - 1);
    }
  });

  test('shares what it paid out by alpha', async () => {
    const ledger = await synced([charlie]);
    const flows = [aurora, cobalt].flatMap((hotkey) =>
      flowsAt(ledger, blocks.removed, [charlie, hotkey, 4]),
    );
    expect(flows.map(({ direction }) => direction)).toEqual(['out', 'out']);
    const [a, b] = flows as [StakeFlow, StakeFlow];
    expect(a.taoRao + b.taoRao).toBe(blocks.paidOut);
    const skew = a.taoRao * b.alphaRao - b.taoRao * a.alphaRao;
    expect(skew / (a.alphaRao + b.alphaRao)).toBeGreaterThanOrEqual(-1n);
    expect(skew / (a.alphaRao + b.alphaRao)).toBeLessThanOrEqual(1n);
  });

  test('is one for every staker, and leaves other subnets alone', async () => {
    const ledger = await synced([newBob, alice]);
    await expectWhole(ledger, [newBob, alice]);
    const { disposals } = basisOf(ledger, [newBob, alice]);
    const here = disposals.filter(({ disposed }) => disposed.number === blocks.removed);
    expect(new Set(here.map(({ netuid }) => netuid))).toEqual(new Set([4]));
    for (const { proceedsRao } of here) expect(proceedsRao).toBeGreaterThan(0n);
    expect(here.some(({ coldkey }) => coldkey === addressOf(newBob))).toBe(true);
  });
});
