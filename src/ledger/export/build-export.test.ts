import { describe, expect, test } from 'vitest';
import { computeBasis, nameOf } from '../cost-basis/compute-basis.ts';
import { listSteps } from '../cost-basis/list-steps.ts';
import { computeRewards } from '../rewards/compute-rewards.ts';
import { factsOf, HALF, stamp } from '../rewards/testing.ts';
import { ALICE, OTHER_VALIDATOR, poolOf, VALIDATOR } from '../testing.ts';
import type { KnownFacts } from '../types.ts';
import { buildExport, type ExportRequest, exportLines } from './build-export.ts';
import { parseFiatPrices } from './fiat-prices.ts';

const RAO = 1_000_000_000n;

/** Held before, bought, earned, a fee in alpha, moved, sold, and something nobody explains. */
const facts: KnownFacts = (() => {
  const one = factsOf({
    samples: [
      [1_000, 100n * RAO, HALF],
      [1_001, 140n * RAO, HALF],
      [1_400, 141n * RAO, HALF],
      [1_500, 130n * RAO, 2n * HALF],
      [1_501, 99n * RAO, 2n * HALF],
    ],
    flows: [
      [1_001, { alphaRao: 40n * RAO, taoRao: 20_010_000_000n }],
      [1_450, { direction: 'out', alphaRao: RAO / 2n, taoRao: 0n }],
      [1_450, { direction: 'out', alphaRao: (21n * RAO) / 2n, taoRao: 10n * RAO }],
      [1_501, { direction: 'out', alphaRao: 30n * RAO, taoRao: 29n * RAO }],
    ],
  });
  const moved = { ...(one.flows[2] as KnownFacts['flows'][number]), hotkey: OTHER_VALIDATOR };
  return {
    ...one,
    pools: [...one.pools, { ...poolOf(0, RAO), block: stamp(1_501) }],
    flows: [...one.flows.slice(0, 3), { ...moved, direction: 'in' }, ...one.flows.slice(3)],
    positions: [
      ...one.positions,
      { coldkey: ALICE, hotkey: VALIDATOR, netuid: 0, alphaRao: 5n * RAO, block: stamp(1_000) },
      {
        coldkey: ALICE,
        hotkey: VALIDATOR,
        netuid: 0,
        alphaRao: 5_100_000_000n,
        block: stamp(1_501),
      },
    ],
  };
})();

function exportOf(changes: Partial<ExportRequest> = {}) {
  const steps = listSteps(facts);
  const values = new Map(computeRewards(facts).map((r) => [nameOf(r), r.tao?.valueNowRao]));
  const costBasis = computeBasis(steps, 'fifo', (key) => values.get(nameOf(key)));
  const request = {
    format: 'csv',
    profile: 'neutral',
    report: 'events',
    prices: undefined,
  } as const;
  const exported = buildExport(
    { steps, costBasis, timeOf: () => undefined },
    { ...request, ...changes },
  );
  return { exported, costBasis, lines: exportLines(exported, changes.format ?? 'csv') };
}

/** Addresses and hashes shortened, so that a line can be read. */
const readable = (lines: readonly string[]): readonly string[] =>
  lines.map((line) =>
    line
      .replaceAll(ALICE, 'ALICE')
      .replaceAll(VALIDATOR, 'VALI')
      .replaceAll(OTHER_VALIDATOR, 'OTHER')
      .replaceAll(/0x[0-9a-f]{64}/g, '0x…'),
  );

describe('a file', () => {
  test('of neutral columns has every event', () => {
    expect(readable(exportOf().lines)).toMatchInlineSnapshot(`
      [
        "time,block,block_hash,event,coldkey,hotkey,netuid,alpha,tao,to_coldkey,to_hotkey,fiat_value,fiat_currency",
        "2026-01-01T00:00:00Z,1000,0x…,opening,ALICE,VALI,0,5,5,,,,",
        "2026-01-01T00:00:00Z,1000,0x…,opening,ALICE,VALI,8,100,50,,,,",
        "2026-01-01T00:00:12Z,1001,0x…,stake,ALICE,VALI,8,40,-20.01,,,,",
        "2026-01-01T01:20:00Z,1400,0x…,reward,ALICE,VALI,8,1,0.5,,,,",
        "2026-01-01T01:30:00Z,1450,0x…,fee,ALICE,VALI,8,-0.5,0,,,,",
        "2026-01-01T01:30:00Z,1450,0x…,move,ALICE,VALI,8,-10.5,10,ALICE,OTHER,,",
        "2026-01-01T01:40:12Z,1501,0x…,reward,ALICE,VALI,0,0.1,0.1,,,,",
        "2026-01-01T01:40:12Z,1501,0x…,unstake,ALICE,VALI,8,-30,29,,,,",
        "2026-01-01T01:40:12Z,1501,0x…,unexplained,ALICE,VALI,8,-1,1,,,,",
      ]
    `);
  });

  test('for Koinly is its universal template', () => {
    const prices = parseFiatPrices('2026-01-01,300\n', 'EUR');
    expect(readable(exportOf({ profile: 'koinly', prices }).lines)).toMatchInlineSnapshot(`
      [
        "Date,Sent Amount,Sent Currency,Received Amount,Received Currency,Fee Amount,Fee Currency,Net Worth Amount,Net Worth Currency,Label,Description,TxHash",
        "2026-01-01 00:00:00 UTC,,,5,TAO,,,1500,EUR,,"opening on root with VALI, block 1000",",
        "2026-01-01 00:00:00 UTC,,,100,SN8,,,15000,EUR,,"opening on subnet 8 with VALI, block 1000",",
        "2026-01-01 00:00:12 UTC,20.01,TAO,40,SN8,,,6003,EUR,,"stake on subnet 8 with VALI, block 1001",",
        "2026-01-01 01:20:00 UTC,,,1,SN8,,,150,EUR,reward,"reward on subnet 8 with VALI, block 1400",",
        "2026-01-01 01:30:00 UTC,0.5,SN8,,,,,,,cost,"fee on subnet 8 with VALI, block 1450",",
        "2026-01-01 01:40:12 UTC,,,0.1,TAO,,,30,EUR,reward,"reward on root with VALI, block 1501",",
        "2026-01-01 01:40:12 UTC,30,SN8,29,TAO,,,8700,EUR,,"unstake on subnet 8 with VALI, block 1501",",
        "2026-01-01 01:40:12 UTC,1,SN8,,,,,300,EUR,,"unexplained on subnet 8 with VALI, block 1501",",
      ]
    `);
  });

  test('for CoinTracking is its import with all columns', () => {
    expect(readable(exportOf({ profile: 'cointracking' }).lines)).toMatchInlineSnapshot(`
      [
        "Type,Buy Amount,Buy Currency,Sell Amount,Sell Currency,Fee,Fee Currency,Exchange,Trade-Group,Comment,Date,Liquidity pool (optional),Tx-ID (optional),Buy Value in Account Currency (optional),Sell Value in Account Currency (optional)",
        "Deposit,5,TAO,,,,,Bittensor,subnet 0,"opening on root with VALI, block 1000",01-01-2026 00:00:00,,,,",
        "Deposit,100,SN8,,,,,Bittensor,subnet 8,"opening on subnet 8 with VALI, block 1000",01-01-2026 00:00:00,,,,",
        "Trade,40,SN8,20.01,TAO,,,Bittensor,subnet 8,"stake on subnet 8 with VALI, block 1001",01-01-2026 00:00:12,,,,",
        "Staking,1,SN8,,,,,Bittensor,subnet 8,"reward on subnet 8 with VALI, block 1400",01-01-2026 01:20:00,,,,",
        "Other Fee,,,0.5,SN8,,,Bittensor,subnet 8,"fee on subnet 8 with VALI, block 1450",01-01-2026 01:30:00,,,,",
        "Staking,0.1,TAO,,,,,Bittensor,subnet 0,"reward on root with VALI, block 1501",01-01-2026 01:40:12,,,,",
        "Trade,29,TAO,30,SN8,,,Bittensor,subnet 8,"unstake on subnet 8 with VALI, block 1501",01-01-2026 01:40:12,,,,",
        "Withdrawal,,,1,SN8,,,Bittensor,subnet 8,"unexplained on subnet 8 with VALI, block 1501",01-01-2026 01:40:12,,,,",
      ]
    `);
  });

  test('of disposals names each lot', () => {
    const prices = parseFiatPrices('date,price\n2026-01-01,2\n', 'USD');
    expect(readable(exportOf({ report: 'disposals', prices }).lines)).toMatchInlineSnapshot(`
      [
        "disposed,disposed_block,acquired,acquired_block,netuid,hotkey,origin,exit,method,alpha,cost_tao,proceeds_tao,gain_tao,cost_fiat,proceeds_fiat,fiat_currency",
        "2026-01-01T01:30:00Z,1450,2026-01-01T00:00:00Z,1000,8,VALI,held,sold,fifo,0.5,0.25,0,-0.25,0.5,0,USD",
        "2026-01-01T01:40:12Z,1501,2026-01-01T00:00:00Z,1000,8,VALI,held,sold,fifo,30,15,29,14,30,58,USD",
        "2026-01-01T01:40:12Z,1501,2026-01-01T00:00:00Z,1000,8,VALI,held,unexplained,fifo,1,0.5,1,0.5,1,2,USD",
      ]
    `);
  });

  test('as JSON has the same figures as texts', () => {
    const { lines, exported } = exportOf({ format: 'json' });
    const parsed = JSON.parse(lines.join('\n')) as readonly Record<string, string>[];
    expect(parsed).toHaveLength(exported.rows.length);
    expect(Object.keys(parsed[0] ?? {})).toEqual(exported.columns);
    expect(parsed.at(-1)).toMatchObject({ event: 'unexplained', alpha: '-1' });
    expect(exportLines({ columns: ['a'], rows: [] }, 'json')).toEqual(['[', ']']);
  });
});

describe('totals', () => {
  test('equal those of the rewards, to the rao', () => {
    const { exported, costBasis } = exportOf();
    const rewards = computeRewards(facts);
    const sum = (of: (one: (typeof rewards)[number]) => bigint | undefined) =>
      rewards.reduce((total, one) => total + (of(one) ?? 0n), 0n);
    expect(exported.totals).toMatchObject({
      earnedRao: sum((one) => one.tao?.emissionRao),
      paidRao: sum((one) => one.paidRao),
      receivedRao: sum((one) => one.receivedRao),
    });
    expect(exported.totals.earnedAlpha).toEqual(
      new Map([
        [8, RAO],
        [0, RAO / 10n],
      ]),
    );
    const realised = costBasis.positions.reduce((total, one) => total + one.realisedRao, 0n);
    expect(exported.disposals.gainRao).toBe(realised);
  });

  test('count rows without a date, and those without a price of their day', () => {
    const undated = listSteps(facts).map((step) => ({
      ...step,
      block: { ...step.block, timeMs: step.block.number === 1_001 ? undefined : step.block.timeMs },
    }));
    const costBasis = { method: 'fifo', positions: [], disposals: [] } as const;
    const request = { format: 'csv', profile: 'neutral', report: 'events' } as const;
    const prices = parseFiatPrices('2026-02-01,300\n', 'EUR');
    const known = { steps: undated, costBasis, timeOf: () => undefined };
    const exported = buildExport(known, { ...request, prices });
    expect(exported).toMatchObject({ undated: 1, unpriced: exported.rows.length - 1 });
    const dated = { ...known, timeOf: () => 1_767_225_612_000 };
    expect(buildExport(dated, { ...request, prices })).toMatchObject({ undated: 0 });
  });

  test('count disposals by the day on which they left', () => {
    const { costBasis } = exportOf();
    const [first, second, third] = costBasis.disposals;
    if (first === undefined || second === undefined || third === undefined) throw new Error('lots');
    const nextDay = { ...second.disposed, timeMs: Date.UTC(2026, 0, 2) };
    const undated = { ...third.disposed, timeMs: undefined };
    const disposals = [
      first,
      { ...second, disposed: nextDay },
      { ...third, disposed: undated, acquired: undated },
    ];
    const known = { steps: [], costBasis: { ...costBasis, disposals }, timeOf: () => undefined };
    const request = { format: 'csv', profile: 'neutral', report: 'disposals' } as const;
    const prices = parseFiatPrices('2026-01-01,300\n', 'EUR');
    expect(buildExport(known, { ...request, prices })).toMatchObject({ unpriced: 1, undated: 1 });
    expect(buildExport(known, { ...request, prices: undefined })).toMatchObject({
      unpriced: 0,
      undated: 1,
      disposals: { count: 3, costRao: 15_750_000_000n, proceedsRao: 30n * RAO },
    });
  });

  test('take only rows that are written for those without a price', () => {
    const prices = parseFiatPrices('2026-01-01,300\n', 'EUR');
    expect(exportOf({ prices }).exported).toMatchObject({ unpriced: 0, undated: 0 });
    const none = parseFiatPrices('2026-02-01,300\n', 'EUR');
    const { exported } = exportOf({ profile: 'koinly', prices: none });
    expect([exported.rows.length, exported.unpriced]).toEqual([8, 8]);
  });
});
