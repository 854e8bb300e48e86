import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { ledgerPath } from './open-ledger.ts';
import { GENESIS, intentOf, openTestLedger, temporaryFolder } from './testing.ts';

/** Opens the ledger in a process of its own, writes an intent, and closes it. */
const OTHER_RUN = `
  import { openLedger } from ${JSON.stringify(new URL('./open-ledger.ts', import.meta.url).href)};
  const clock = { nowMs: () => 1767225600000, sleep: (ms) => new Promise((r) => setTimeout(r, ms)) };
  const [folder, id] = process.argv.slice(1);
  const ledger = await openLedger({ folder, genesisHash: ${JSON.stringify(GENESIS)}, clock });
  ledger.journal.begin({
    id, requestId: undefined, command: 'stake.add', address: 'a', intent: { id }, summary: id,
    createdAtMs: clock.nowMs(),
  });
  ledger.close();
`;

function runOther(folder: string, id: string): void {
  const node = ['--import', 'tsx', '--input-type=module', '-e', OTHER_RUN, folder, id];
  execFileSync('node', node, { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('a ledger opened twice in one process', () => {
  test('keeps its locks: another process that comes and goes takes nothing from it', async () => {
    const folder = temporaryFolder();
    const first = await openTestLedger({ folder });
    first.journal.begin(intentOf('tx-one'));
    // What reads the file beside SQLite and closes it would give all of this process' locks away.
    const [second, third] = await Promise.all([
      openTestLedger({ folder }),
      openTestLedger({ folder }),
    ]);
    second.close();
    runOther(folder, 'tx-two');
    first.journal.begin(intentOf('tx-three'));
    runOther(folder, 'tx-four');
    third.close();
    first.close();
    const again = await openTestLedger({ folder });
    const ids = again.journal.list({ limit: 9 }).map(({ id }) => id);
    expect(ids.sort()).toEqual(['tx-four', 'tx-one', 'tx-three', 'tx-two']);
    expect(again.verify().steps).toBe(4);
    expect(again.wasLeftOpen).toBe(false);
    expect(again.path).toBe(ledgerPath(folder, GENESIS));
  });
});
