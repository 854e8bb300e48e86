/** Opens the ledger of the network's chain without asking the chain, where its genesis hash is known. */
import type { Context } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Ledger, TxRecord } from '../ledger/types.ts';
import { carriedId } from './carried.ts';

/** The journal must be readable while the node is away: only an unknown genesis needs a connection. */
export async function openJournal(context: Context): Promise<{ readonly ledger: Ledger }> {
  const known = context.network().genesisHash;
  const genesisHash = known ?? (await context.openChain()).genesisHash;
  return { ledger: await context.openLedger(genesisHash) };
}

/** The word that names the newest transaction. */
export const LAST_TRANSACTION = 'last';

/** A record by id, hash, the start of either, or `last`. TX_NOT_FOUND, TX_AMBIGUOUS. */
export function findRecord(ledger: Ledger, reference: string): TxRecord {
  if (reference !== LAST_TRANSACTION) return ledger.journal.find(reference);
  const [newest] = ledger.journal.list({ limit: 1 });
  if (newest !== undefined) {
    // What somebody did is what was carried, and not its carrier.
    const carried = carriedId(newest);
    return carried === undefined ? newest : ledger.journal.find(carried);
  }
  throw new TaoError('TX_NOT_FOUND', {
    message: "Couldn't find the last transaction: none was made here.",
    hint: 'Run tao tx list to see the transactions of this network.',
  });
}
