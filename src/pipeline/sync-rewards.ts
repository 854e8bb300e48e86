/** One run of `rewards sync`: the accounts' state now, and their past from where it is wanted. */
import { readFinalizedNumber } from '../chain/find-transaction.ts';
import { readBlockTime } from '../chain/queries/read-limits.ts';
import type { Chain } from '../chain/types.ts';
import type { Clock } from '../domain/ports.ts';
import type { SyncGap } from '../ledger/sync-types.ts';
import type { Ledger } from '../ledger/types.ts';
import { observe } from './observe.ts';
import type { NamedAddress } from './resolve-address.ts';
import {
  type HistoryProgress,
  readCovered,
  rejectUndone,
  type SyncedHistory,
  syncHistory,
} from './sync-history.ts';
import { checkRecordedChain } from './sync-identity.ts';
import { createSyncReader, type SyncReader } from './sync-reader.ts';
import { findSince, type Since } from './sync-since.ts';

export type SyncRequest = {
  readonly chain: Chain;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly accounts: readonly NamedAddress[];
  /** Undefined: from where each account is followed, or from now on. */
  readonly since: Since | undefined;
  readonly onProgress: (progress: SyncProgress) => void;
  readonly spanBlocks?: number;
};

export type SyncProgress = HistoryProgress & {
  readonly account: NamedAddress;
  /** Accounts finished before this one, and in all. */
  readonly doneAccounts: number;
  readonly totalAccounts: number;
};

export type SyncedAccount = SyncedHistory & {
  readonly name: string;
  readonly sinceBlock: number;
  readonly gaps: readonly SyncGap[];
};

export type SyncResult = {
  readonly block: { readonly number: number; readonly hash: string; readonly timeMs: number };
  readonly accounts: readonly SyncedAccount[];
  readonly warnings: readonly string[];
};

/** Follows the accounts and reads what is missing. NETWORK_*, LEDGER_*; INTERRUPTED by the signal. */
export async function syncRewards(request: SyncRequest): Promise<SyncResult> {
  const { chain, ledger, accounts } = request;
  const reader = createSyncReader(request);
  const view = await chain.at('best');
  const timeMs = (await readBlockTime(view)) ?? 0;
  const head = { number: view.number, hash: view.hash, timeMs };
  const finalized = Math.min(await readFinalizedNumber(chain), head.number);
  const coldkeys = accounts.map(({ address }) => address);
  const warnings = await checkRecordedChain({ reader, ledger, finalized });
  await observe({ view, ledger, coldkeys, source: 'observed', read: reader.read });
  const wanted =
    request.since === undefined
      ? undefined
      : stateBefore(await findSince(reader, request.since, head), head.number);
  await checkNewBlocks(reader, ledger, coldkeys, finalized);
  const done: SyncedAccount[] = [];
  for (const account of accounts) {
    const { address: coldkey, name } = account;
    const { sinceBlock } = ledger.sync.follow(coldkey, wanted ?? head.number);
    const synced = await syncHistory({
      reader,
      ledger,
      coldkey,
      since: sinceBlock,
      head: head.number,
      finalized,
      ...(request.spanBlocks === undefined ? {} : { spanBlocks: request.spanBlocks }),
      onProgress: (progress) => {
        request.signal.throwIfAborted();
        const totals = { doneAccounts: done.length, totalAccounts: accounts.length };
        request.onProgress({ ...progress, ...totals, account });
      },
    });
    done.push({ ...synced, name, sinceBlock, gaps: ledger.sync.gaps(coldkey) });
  }
  return { block: head, accounts: done, warnings };
}

/** What moved in a block is told by the state before it. Block 0 has no time, so 1 is the first. */
function stateBefore(number: number, head: number): number {
  return Math.min(Math.max(1, number - 1), head);
}

/** Looks again at blocks that were not final when they were recorded. */
async function checkNewBlocks(
  reader: SyncReader,
  ledger: Ledger,
  coldkeys: readonly string[],
  finalized: number,
): Promise<void> {
  const ends = coldkeys.flatMap((coldkey) => readCovered(ledger, coldkey)?.to ?? []);
  if (ends.length > 0) await rejectUndone({ reader, ledger, from: Math.min(...ends), finalized });
}
