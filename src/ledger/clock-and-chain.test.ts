import { expect, test } from 'vitest';
import { clockWarnings } from './clock-warnings.ts';
import { openLedger } from './open-ledger.ts';
import {
  createTestClock,
  intentOf,
  observationOf,
  openTestLedger,
  poolOf,
  START_MS,
  signedOf,
  temporaryFolder,
} from './testing.ts';

test('a clock that was set back loses nothing and changes no order', async () => {
  const folder = temporaryFolder();
  const clock = createTestClock();
  const first = await openTestLedger({ folder, clock });
  first.journal.begin(intentOf('before', { createdAtMs: clock.nowMs() }));
  first.close();
  clock.set(START_MS - 86_400_000);
  const second = await openTestLedger({ folder, clock });
  second.journal.begin(intentOf('after', { createdAtMs: clock.nowMs() }));
  second.journal.recordSigned('after', signedOf('after', { signedAtMs: clock.nowMs() }));
  second.facts.append(observationOf(1_000, { pools: [poolOf(8, 5n)] }));
  expect(second.journal.list({ limit: 9 }).map(({ id }) => id)).toEqual(['after', 'before']);
  // What was recorded in what is now the future still counts against a limit.
  const counted = second.journal.list({ limit: 9, createdSinceMs: clock.nowMs() - 1 });
  expect(counted.map(({ id }) => id)).toEqual(['after', 'before']);
  expect(second.verify()).toEqual({ steps: 3, facts: 1 });
  expect(clockWarnings(second, clock.nowMs())).toEqual([
    expect.stringContaining('1440 minutes behind its newest record'),
  ]);
  expect(clockWarnings(second, START_MS)).toEqual([]);
});

test('another chain under the same address has a ledger of its own', async () => {
  const folder = temporaryFolder();
  const first = await openTestLedger({ folder });
  first.facts.append(observationOf(1_000, { pools: [poolOf(8, 5n)] }));
  const other = `0x${'99'.repeat(32)}`;
  const clock = createTestClock();
  const second = await openLedger({ folder, genesisHash: other, clock });
  second.facts.append(observationOf(1_000, { pools: [poolOf(8, 6n)] }));
  expect(first.facts.readPools({}).map((pool) => pool.priceRaoPerAlpha)).toEqual([5n]);
  expect(second.facts.readPools({}).map((pool) => pool.priceRaoPerAlpha)).toEqual([6n]);
  expect(() => first.importLines(second.exportLines())).toThrow(
    expect.objectContaining({ code: 'LEDGER_WRONG_CHAIN' }),
  );
  second.close();
});
