/** Checks the checksum of every stored fact, whoever it is about. */
import type { Database } from './database.ts';
import { readFacts } from './read-facts.ts';

/** How many facts there are. LEDGER_CORRUPT on the first one that is not what was written. */
export function verifyFacts(database: Database): number {
  const coldkeys = database
    .rows('SELECT address FROM accounts')
    .map(([address]) => address as string);
  readFacts(database, coldkeys);
  const [row] = database.rows(
    `SELECT (SELECT count(*) FROM pool_samples) + (SELECT count(*) FROM position_samples)
       + (SELECT count(*) FROM claimable_samples) + (SELECT count(*) FROM stake_flows)`,
  );
  return row?.[0] as number;
}
