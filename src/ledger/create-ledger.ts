/** A ledger over its open file: journal, facts, what is followed, and the care of the file itself. */
import type { Clock } from '../domain/ports.ts';
import type { LedgerCheck } from './care-types.ts';
import { corruptLedger, type Database } from './database.ts';
import { rebuildDays } from './days.ts';
import { exportLines } from './export-ledger.ts';
import { createFacts, createStoreFlows, storeObservations } from './facts.ts';
import { createIdentities } from './identities.ts';
import { importLines } from './import-ledger.ts';
import { createImportRows } from './import-rows.ts';
import { createImportStep } from './import-steps.ts';
import { appendForeignStep, createJournal, verifyJournal } from './journal.ts';
import type { Session } from './session.ts';
import { createSyncStore } from './sync-store.ts';
import { rebuildHeads, verifyHeads } from './tx-heads.ts';
import type { Ledger } from './types.ts';
import { verifyFacts } from './verify-facts.ts';

export function createLedger(parts: {
  readonly database: Database;
  readonly session: Session;
  readonly clock: Clock;
  readonly genesisHash: string;
}): Omit<Ledger, 'close' | 'path'> {
  const { database, session, clock, genesisHash } = parts;
  const { write } = session;
  const identities = createIdentities(database);
  const storeFlows = createStoreFlows(database, identities);
  const verify = (): LedgerCheck => {
    checkFile(database);
    checkReferences(database);
    const steps = verifyJournal(database);
    verifyHeads(database);
    return { steps, facts: verifyFacts(database) };
  };
  return {
    genesisHash,
    wasLeftOpen: session.wasLeftOpen(),
    journal: createJournal({ database, clock, write, storeFlows }),
    facts: createFacts({ database, identities, clock, write }),
    sync: createSyncStore({ database, clock, write }),
    newestStepMs: () => {
      const [row] = database.rows('SELECT max(at_ms) FROM tx_steps');
      return (row?.[0] ?? undefined) as number | undefined;
    },
    verify,
    rebuild: () =>
      write(() => ({ transactions: rebuildHeads(database), days: rebuildDays(database) })),
    exportLines: () => exportLines(database, genesisHash),
    importLines: (lines) => {
      const rows = createImportRows({
        database,
        clock,
        appendAll: (all) => storeObservations({ database, identities, clock }, all).length,
        importStep: createImportStep({
          database,
          append: (txId, step) => appendForeignStep(database, txId, step, storeFlows),
        }),
      });
      try {
        return write(() => importLines(lines, { genesisHash, rows }));
      } catch (error) {
        identities.forget();
        throw error;
      }
    },
    compact: () => {
      verify();
      const beforeBytes = sizeOf(database);
      database.execute('VACUUM');
      database.rows('PRAGMA wal_checkpoint(TRUNCATE)');
      return { beforeBytes, afterBytes: sizeOf(database) };
    },
  };
}

/** LEDGER_CORRUPT when the file itself is not whole. */
export function checkFile(database: Database): void {
  const [row] = database.rows('PRAGMA quick_check(1)');
  if (row?.[0] !== 'ok') throw corruptLedger(database.path, String(row?.[0]));
}

function checkReferences(database: Database): void {
  const [row] = database.rows('PRAGMA foreign_key_check');
  if (row !== undefined) throw corruptLedger(database.path, `a row of ${row[0]} refers to nothing`);
}

function sizeOf(database: Database): number {
  const [pages] = database.rows('PRAGMA page_count');
  const [size] = database.rows('PRAGMA page_size');
  return (pages?.[0] as number) * (size?.[0] as number);
}
