/** The care of a ledger's file: checking, rebuilding, copying, compacting. Types only. */
import type { ImportCounts } from './import-ledger.ts';

/** What is done to a ledger as a whole. */
export type LedgerCare = {
  /** The latest time that any step of the journal was recorded at, by this machine's clock. */
  readonly newestStepMs: () => number | undefined;
  /** Checks every checksum and the file itself; slow on a large ledger. LEDGER_CORRUPT. */
  readonly verify: () => LedgerCheck;
  /** Makes every derived table anew from facts and journal; nothing else changes. */
  readonly rebuild: () => RebuiltTables;
  /** The whole ledger as JSON lines without their ends, as of one moment. */
  readonly exportLines: () => Iterable<string>;
  /**
   * Takes exported lines in, all or nothing; what is known stays. LEDGER_IMPORT_INVALID,
   * LEDGER_WRONG_CHAIN, LEDGER_CONFLICT.
   */
  readonly importLines: (lines: Iterable<string>) => ImportCounts;
  /** Gives back the space of what was dropped, once everything was checked. LEDGER_CORRUPT. */
  readonly compact: () => { readonly beforeBytes: number; readonly afterBytes: number };
};

/** Rows of the derived tables after a rebuild. */
export type RebuiltTables = { readonly transactions: number; readonly days: number };

/** How much of a ledger was checked and found whole. */
export type LedgerCheck = { readonly steps: number; readonly facts: number };
