/** Opens the ledger of the network's chain without asking the chain, where its genesis hash is known. */
import type { Context } from '../cli/context.ts';
import type { Ledger } from '../ledger/types.ts';

/** The journal must be readable while the node is away: only an unknown genesis needs a connection. */
export async function openJournal(context: Context): Promise<{ readonly ledger: Ledger }> {
  const known = context.network().genesisHash;
  const genesisHash = known ?? (await context.openChain()).genesisHash;
  return { ledger: await context.openLedger(genesisHash) };
}
