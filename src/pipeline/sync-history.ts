/**
 * Fills the ledger with a coldkey's past, span by span. Each span is on disk before the next is
 * read, and the cursor says what is whole: a run that is killed loses at most one span of reading.
 */
import { readHash } from '../chain/head.ts';
import type { SyncGap } from '../ledger/sync-types.ts';
import type { Ledger, Observation } from '../ledger/types.ts';
import type { SyncReader } from './sync-reader.ts';
import { readSpan } from './sync-span.ts';

/**
 * Blocks of one span: a day on networks with blocks of 12 s. Chain rule: a coldkey that hands over
 * waits for 36,000 blocks, so that no account fills, empties and is forgotten within one span.
 */
export const SPAN_BLOCKS = 7_200;

/** Blocks, both inclusive, of which everything is known. */
export type Covered = { readonly from: number; readonly to: number };

export type HistoryProgress = {
  readonly coldkey: string;
  readonly doneBlocks: number;
  readonly totalBlocks: number;
};

export type SyncedHistory = {
  readonly coldkey: string;
  /** Undefined when the node had no state at all. */
  readonly covered: Covered | undefined;
  readonly observations: number;
  readonly flows: number;
  readonly claims: number;
};

export type SyncHistory = {
  readonly reader: SyncReader;
  readonly ledger: Ledger;
  readonly coldkey: string;
  /** Where history is wanted from, and the block it ends at. */
  readonly since: number;
  readonly head: number;
  /** Blocks up to here cannot be undone; later ones are read again by the next run. */
  readonly finalized: number;
  readonly spanBlocks?: number;
  readonly onProgress?: (progress: HistoryProgress) => void;
};

/** Reads what is missing between `since` and `head`. Blocks no node kept become a gap. */
export async function syncHistory(sync: SyncHistory): Promise<SyncedHistory> {
  const { reader, ledger, coldkey, head } = sync;
  const known = readCovered(ledger, coldkey);
  const gaps = ledger.sync.gaps(coldkey);
  const since = Math.min(sync.since, known?.from ?? head, ...gaps.map((gap) => gap.fromBlock));
  const oldest = await findOldest(reader, since, known?.from ?? head, head);
  const counts = { observations: 0, flows: 0, claims: 0 };
  if (oldest === undefined) return { coldkey, covered: known, ...counts };
  const missing = listMissing({ known, gaps, since, head });
  for (const part of missing) {
    const fromBlock = part.isFromKnown ? part.from + 1 : part.from;
    const toBlock = Math.min(part.to, oldest) - 1;
    if (part.from >= oldest || fromBlock > toBlock) continue;
    ledger.sync.recordGap({ coldkey, fromBlock, toBlock, reason: 'state-pruned' });
  }
  const spans = planSpans({ missing, oldest, spanBlocks: sync.spanBlocks ?? SPAN_BLOCKS });
  const totalBlocks = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  let doneBlocks = 0;
  let covered = known;
  for (const span of spans) {
    sync.onProgress?.({ coldkey, doneBlocks, totalBlocks });
    const recorded = await recordSpan({ ...sync, covered }, span);
    const { observations } = recorded;
    covered = recorded.covered;
    counts.observations += observations.length;
    for (const { blockFlows, claims } of observations) {
      counts.flows += blockFlows?.flows.length ?? 0;
      counts.claims += claims?.length ?? 0;
    }
    doneBlocks += span.to - span.from;
  }
  sync.onProgress?.({ coldkey, doneBlocks, totalBlocks });
  return { coldkey, covered, ...counts };
}

/** Reads one span that touches what is covered, and records it with the new cursor. */
export async function recordSpan(
  parts: Pick<SyncHistory, 'reader' | 'ledger' | 'coldkey' | 'finalized'> & {
    readonly covered: Covered | undefined;
  },
  span: Covered,
): Promise<{ readonly covered: Covered; readonly observations: readonly Observation[] }> {
  const { reader, ledger, coldkey } = parts;
  const observations = await readSpan({ reader, coldkey, ...span });
  const covered = join(parts.covered, span);
  ledger.facts.appendMany(observations);
  ledger.sync.fillGaps(coldkey, span);
  // What is not final may be undone: the next run begins before it.
  const to = Math.max(covered.from, Math.min(covered.to, parts.finalized));
  ledger.sync.writeCursor(cursorName(coldkey), { from: covered.from, to });
  return { covered, observations };
}

/**
 * Puts aside facts of blocks from `from` on that are not in the chain after all. Only what is final
 * on this node says so: a node that lags behind must not take anything away.
 */
export async function rejectUndone(parts: {
  readonly reader: SyncReader;
  readonly ledger: Ledger;
  readonly from: number;
  readonly finalized: number;
}): Promise<number> {
  const { reader, ledger, from, finalized } = parts;
  let rejected = 0;
  for (const block of ledger.facts.readBlocks({ from, to: finalized })) {
    const hash = await reader.read(() => readHash(reader.chain.rpc, block.number));
    if (hash === undefined || hash === block.hash) continue;
    ledger.facts.reject(block.hash, 'not in the finalized chain');
    rejected += 1;
  }
  return rejected;
}

/** What is known to be whole of a coldkey. */
export function readCovered(ledger: Ledger, coldkey: string): Covered | undefined {
  return ledger.sync.readCursor(cursorName(coldkey)) as Covered | undefined;
}

function cursorName(coldkey: string): string {
  return `history/${coldkey}`;
}

function join(covered: Covered | undefined, span: Covered): Covered {
  if (covered === undefined) return span;
  return { from: Math.min(covered.from, span.from), to: Math.max(covered.to, span.to) };
}

type Missing = {
  readonly from: number;
  readonly to: number;
  /** Whether the state at `from` is recorded already. */
  readonly isFromKnown: boolean;
  readonly order: 'forward' | 'back';
};

/** What is to be read, ends included: forward to the head first, then gaps, then back. */
function listMissing(plan: {
  readonly known: Covered | undefined;
  readonly gaps: readonly SyncGap[];
  readonly since: number;
  readonly head: number;
}): readonly Missing[] {
  const { known, gaps, since, head } = plan;
  if (known === undefined) {
    return [{ from: since, to: head, isFromKnown: false, order: 'back' }];
  }
  const inside = gaps.filter((gap) => gap.fromBlock > known.from && gap.toBlock < known.to);
  const parts: readonly Missing[] = [
    { from: known.to, to: head, isFromKnown: true, order: 'forward' },
    ...inside.map((gap): Missing => {
      const [from, to] = [gap.fromBlock - 1, gap.toBlock + 1];
      return { from, to, isFromKnown: true, order: 'back' };
    }),
    { from: since, to: known.from, isFromKnown: false, order: 'back' },
  ];
  return parts.filter(({ from, to }) => from < to);
}

/** Spans in an order that leaves what is whole in one piece, wherever reading stops. */
function planSpans(plan: {
  readonly missing: readonly Missing[];
  readonly oldest: number;
  readonly spanBlocks: number;
}): readonly Covered[] {
  return plan.missing.flatMap((part) => {
    const spans: Covered[] = [];
    const from = Math.max(part.from, plan.oldest);
    if (from > part.to) return [];
    if (from === part.to) return [{ from, to: from }];
    for (let to = part.to; to > from; to -= plan.spanBlocks) {
      spans.push({ from: Math.max(to - plan.spanBlocks, from), to });
    }
    return part.order === 'back' ? spans : spans.reverse();
  });
}

/**
 * The oldest block from `since` on whose state the node has, when all after it are there too;
 * undefined when not even the head's is. `near` is where what is known begins.
 */
async function findOldest(
  reader: SyncReader,
  since: number,
  near: number,
  head: number,
): Promise<number | undefined> {
  if (await reader.hasState(since)) return since;
  if (!(await reader.hasState(head))) return undefined;
  // A lost state is never regained: before some block there is none, after it there is.
  let [without, withState] = [since, head];
  if (near < head && near > since && (await reader.hasState(near))) withState = near;
  while (withState - without > 1) {
    const middle = without + ((withState - without) >> 1);
    if (await reader.hasState(middle)) withState = middle;
    else without = middle;
  }
  return withState;
}
