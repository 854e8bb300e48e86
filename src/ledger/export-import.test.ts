import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLines, writeLines } from './lines-file.ts';
import {
  ALICE,
  BOB,
  blockHash,
  flowOf,
  intentOf,
  observationOf,
  openTestLedger,
  outcomeOf,
  poolOf,
  signedOf,
  temporaryFolder,
  VALIDATOR,
} from './testing.ts';
import type { Ledger } from './types.ts';

const most = 2n ** 64n - 1n;
const held = (alphaRao: bigint) => ({ coldkey: ALICE, hotkey: VALIDATOR, netuid: 8, alphaRao });

/** A ledger with something of every kind in it. */
async function fullLedger(): Promise<Ledger> {
  const ledger = await openTestLedger();
  ledger.journal.begin(intentOf('tx-one', { requestId: 'one', movesRao: 5n }));
  ledger.journal.recordSigned('tx-one', signedOf('one'));
  ledger.journal.recordOutcome('tx-one', outcomeOf({ flows: [flowOf()] }));
  ledger.journal.begin(intentOf('tx-two'));
  ledger.facts.appendMany([
    observationOf(1_000, {
      pools: [poolOf(8, most)],
      positions: [held(most)],
      claimable: [held(3n)],
      completeFor: [ALICE],
      hotkeys: [
        {
          hotkey: VALIDATOR,
          netuid: 8,
          totalAlphaRao: 9n,
          totalShares: '5e-3',
          takeU16: 11_796,
          lastDividendRao: 1n,
          lastRootDividendRao: 2n,
        },
      ],
      rootRates: [{ hotkey: VALIDATOR, netuid: 8, rateBits: 2n ** 100n }],
      claimed: [{ coldkey: ALICE, hotkey: VALIDATOR, netuid: 8, claimedRao: 2n ** 90n }],
      baskets: [{ coldkey: ALICE, hotkey: VALIDATOR, owedRao: 4n, shares: 2n ** 70n }],
    }),
    observationOf(1_010, {
      source: 'archive',
      positions: [held(7n)],
      blockFlows: { coldkeys: [ALICE, BOB], flows: [flowOf({ direction: 'out' })] },
      claims: [{ ...held(2n), kind: 'swap', taoRao: 1n }],
    }),
  ]);
  ledger.facts.append(observationOf(1_020, { positions: [held(8n)] }));
  ledger.facts.reject(blockHash(1_020), 'test');
  expect(() => ledger.facts.append(observationOf(1_000, { positions: [held(1n)] }))).toThrow();
  ledger.sync.follow(ALICE, 900);
  ledger.sync.recordGap({ coldkey: ALICE, fromBlock: 900, toBlock: 950, reason: 'state-pruned' });
  ledger.sync.writeCursor(`history/${ALICE}`, { from: 951, to: 1_010 });
  return ledger;
}

const sorted = (ledger: Ledger) =>
  [...ledger.exportLines()].filter((line) => !line.startsWith('{"kind":"end"')).sort();

describe('an export', () => {
  test('taken into an empty ledger gives the same ledger', async () => {
    const from = await fullLedger();
    const to = await openTestLedger();
    const lines = [...from.exportLines()];
    expect(to.importLines(lines)).toEqual({ lines: lines.length, steps: 4, conflicts: 0 });
    expect(sorted(to)).toEqual(sorted(from));
    expect(to.verify()).toEqual(from.verify());
    expect(to.facts.read([ALICE, BOB])).toEqual(from.facts.read([ALICE, BOB]));
    expect(to.facts.readDays({ coldkeys: [ALICE] })).toEqual(
      from.facts.readDays({ coldkeys: [ALICE] }),
    );
    expect(to.facts.readHotkeys({})).toEqual(from.facts.readHotkeys({}));
    expect(to.facts.readRootRates({})).toEqual(from.facts.readRootRates({}));
    expect(to.facts.readBaskets([ALICE])).toEqual(from.facts.readBaskets([ALICE]));
    expect(to.journal.find('tx-one')).toEqual(from.journal.find('tx-one'));
    expect(to.journal.findByRequestId('one')?.id).toBe('tx-one');
    expect(to.sync.gaps()).toEqual(from.sync.gaps());
  });

  test('taken in twice, or where it came from, changes nothing', async () => {
    const from = await fullLedger();
    const to = await openTestLedger();
    const lines = [...from.exportLines()];
    to.importLines(lines);
    const before = sorted(to);
    expect(to.importLines(lines)).toEqual({ lines: lines.length, steps: 0, conflicts: 0 });
    expect(from.importLines(lines).steps).toBe(0);
    expect(sorted(to)).toEqual(before);
    expect(sorted(from)).toEqual(before);
  });

  test('is merged with what is there: both are kept, and of two values the own one', async () => {
    const from = await fullLedger();
    const to = await openTestLedger();
    to.journal.begin(intentOf('tx-own'));
    to.facts.append(observationOf(1_010, { positions: [held(6n)] }));
    const { conflicts, steps } = to.importLines(from.exportLines());
    expect([conflicts, steps]).toEqual([1, 4]);
    expect(to.journal.list({ limit: 9 }).map(({ id }) => id)).toEqual([
      'tx-two',
      'tx-one',
      'tx-own',
    ]);
    expect(to.facts.read([ALICE]).positions.map(({ alphaRao }) => alphaRao)).toEqual([most, 6n]);
    to.verify();
  });

  test('that tells a known transaction otherwise is refused whole', async () => {
    const from = await fullLedger();
    const to = await openTestLedger();
    to.journal.begin(intentOf('tx-two', { summary: 'something else' }));
    const before = sorted(to);
    expect(() => to.importLines(from.exportLines())).toThrow(
      expect.objectContaining({ code: 'LEDGER_CONFLICT' }),
    );
    expect(sorted(to)).toEqual(before);
  });

  test.each([
    ['cut short', (lines: string[]) => lines.slice(0, -1)],
    [
      'changed',
      (lines: string[]) =>
        lines.map((line) => line.replace('"takeU16"', '"take"').replace('11796', '1179')),
    ],
    ['without its beginning', (lines: string[]) => lines.slice(1)],
    ['with a line after its end', (lines: string[]) => [...lines, lines[1] as string]],
    ['no JSON', () => ['hello']],
    ['empty', () => []],
    ['of an unknown kind', (lines: string[]) => [lines[0] as string, '{"kind":"recipe"}']],
    [
      'with a missing amount',
      (lines: string[]) => lines.map((line) => line.replace('"alpha_rao"', '"beta"')),
    ],
    [
      'of a newer version',
      (lines: string[]) => [(lines[0] as string).replace('"version":1', '"version":9')],
    ],
  ])('that is %s is refused, and nothing of it is taken in', async (_name, spoil) => {
    const from = await fullLedger();
    const to = await openTestLedger();
    const before = sorted(to);
    expect(() => to.importLines(spoil([...from.exportLines()]))).toThrow(
      expect.objectContaining({ code: 'LEDGER_IMPORT_INVALID', exitCode: 2 }),
    );
    expect(sorted(to)).toEqual(before);
    to.verify();
  });

  test('goes through a file line by line', async () => {
    const from = await fullLedger();
    const path = join(temporaryFolder(), 'ledger.json');
    const count = writeLines(path, from.exportLines());
    const to = await openTestLedger();
    expect(to.importLines(readLines(path)).lines).toBe(count);
    expect(() => writeLines(path, [])).toThrow(expect.objectContaining({ code: 'FILE_EXISTS' }));
    expect(() => [...readLines(`${path}.not`)]).toThrow(
      expect.objectContaining({ code: 'FILE_NOT_FOUND' }),
    );
    const long = ['x'.repeat(3_000_000), '', 'é'.repeat(9)];
    const wide = join(temporaryFolder(), 'wide');
    writeFileSync(wide, long.join('\n'));
    expect([...readLines(wide)]).toEqual(long);
  });
});

describe('care of the file', () => {
  test('compacting gives space back and drops nothing', async () => {
    const ledger = await fullLedger();
    const before = [ledger.verify(), sorted(ledger)];
    const { beforeBytes, afterBytes } = ledger.compact();
    expect(afterBytes).toBeLessThanOrEqual(beforeBytes);
    expect([ledger.verify(), sorted(ledger)]).toEqual(before);
  });

  test('rebuilding makes the index and the days anew, as they were', async () => {
    const ledger = await fullLedger();
    const days = ledger.facts.readDays({ coldkeys: [ALICE] });
    const before = [ledger.verify(), sorted(ledger), ledger.journal.list({ limit: 9 })];
    expect(ledger.rebuild()).toEqual({ transactions: 2, days: days.length });
    expect([ledger.verify(), sorted(ledger), ledger.journal.list({ limit: 9 })]).toEqual(before);
    expect(ledger.facts.readDays({ coldkeys: [ALICE] })).toEqual(days);
  });
});

describe('what is followed', () => {
  test('keeps the earliest block that was wanted', async () => {
    const { sync } = await openTestLedger();
    expect(sync.follow(ALICE, 500).sinceBlock).toBe(500);
    expect(sync.follow(ALICE, 900).sinceBlock).toBe(500);
    expect(sync.follow(ALICE, 100).sinceBlock).toBe(100);
    expect(sync.followed().map(({ coldkey }) => coldkey)).toEqual([ALICE]);
    expect([sync.unfollow(ALICE), sync.unfollow(ALICE)]).toEqual([true, false]);
  });

  test('a gap is filled in parts', async () => {
    const { sync } = await openTestLedger();
    const gap = { coldkey: ALICE, reason: 'state-pruned' as const };
    sync.recordGap({ ...gap, fromBlock: 10, toBlock: 99 });
    sync.recordGap({ ...gap, coldkey: BOB, fromBlock: 10, toBlock: 20 });
    sync.fillGaps(ALICE, { from: 40, to: 49 });
    sync.fillGaps(ALICE, { from: 0, to: 19 });
    expect(sync.gaps(ALICE)).toEqual([
      { ...gap, fromBlock: 20, toBlock: 39 },
      { ...gap, fromBlock: 50, toBlock: 99 },
    ]);
    sync.fillGaps(ALICE, { from: 0, to: 1_000 });
    expect(sync.gaps()).toEqual([{ ...gap, coldkey: BOB, fromBlock: 10, toBlock: 20 }]);
  });

  test('a cursor is JSON, and gone when nothing is written', async () => {
    const { sync } = await openTestLedger();
    expect(sync.readCursor('watch')).toBeUndefined();
    sync.writeCursor('watch', { from: 1, to: 5 });
    sync.writeCursor('watch', { from: 1, to: 9 });
    expect(sync.readCursor('watch')).toEqual({ from: 1, to: 9 });
    sync.writeCursor('watch', undefined);
    expect(sync.readCursor('watch')).toBeUndefined();
  });
});
