/** The record of a transaction by its hash, if this machine has one. */
import { isTaoError } from '../../errors/tao-error.ts';
import type { Journal, TxRecord } from '../../ledger/types.ts';

export function findByHash(journal: Pick<Journal, 'find'>, hash: string): TxRecord | undefined {
  try {
    return journal.find(hash);
  } catch (error) {
    if (isTaoError(error, 'TX_NOT_FOUND')) return undefined;
    throw error;
  }
}
