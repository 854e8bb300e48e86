/** Follows new blocks: what was paid, claimed and moved, in order, from where it was left. */
import { readFinalizedNumber } from '../chain/find-transaction.ts';
import type { Chain } from '../chain/types.ts';
import { RAO_PER_UNIT } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { Clock } from '../domain/ports.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import type { BlockStamp, Ledger, Observation } from '../ledger/types.ts';
import { readCovered, recordSpan, rejectUndone, SPAN_BLOCKS, syncHistory } from './sync-history.ts';
import { checkRecordedChain } from './sync-identity.ts';
import { createSyncReader, type SyncReader } from './sync-reader.ts';

/** One thing that happened to a position in a block. Amounts in rao. */
export type RewardEvent =
  | {
      readonly kind: 'reward' | 'stake-in' | 'stake-out' | 'claim' | 'loss';
      readonly block: BlockStamp;
      readonly coldkey: string;
      readonly hotkey: string;
      readonly netuid: number;
      readonly alphaRao: bigint;
      /** Paid, received, or for a reward the value at spot; undefined without a price. */
      readonly taoRao: bigint | undefined;
    }
  /** Blocks that nobody can look at any more. */
  | {
      readonly kind: 'gap';
      readonly coldkey: string;
      readonly fromBlock: number;
      readonly toBlock: number;
    }
  /** A word about the chain, such as that it was reset. */
  | { readonly kind: 'note'; readonly text: string }
  /** Everything up to this block was told: a later run goes on from here. */
  | { readonly kind: 'cursor'; readonly block: BlockStamp };

export type WatchRequest = {
  readonly chain: Chain;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly coldkeys: readonly string[];
  /** Ends once everything up to this block, or up to the head at the start, was told. */
  readonly until: number | 'head' | undefined;
  readonly pollMs: number;
  readonly onEvent: (event: RewardEvent) => Promise<void>;
};

/** Pools round down, so that a position may seem to change by so little. */
const ROUNDING_RAO = 10n;
const CURSOR = 'watch';

/** Resolves with the last block told, when `until` is reached or the signal is aborted. */
export async function watchRewards(request: WatchRequest): Promise<number> {
  const told = { block: 0 };
  try {
    await watch(request, told);
  } catch (error) {
    // Ctrl-C is how one stops watching; what was not told is told next time.
    if (!request.signal.aborted) throw error;
  }
  return told.block;
}

async function watch(request: WatchRequest, last: { block: number }): Promise<void> {
  const { chain, ledger, clock, signal, coldkeys, pollMs } = request;
  const reader = createSyncReader(request);
  let head = (await chain.at('best')).number;
  const finalized = Math.min(await readFinalizedNumber(chain), head);
  for (const text of await checkRecordedChain({ reader, ledger, finalized })) {
    await request.onEvent({ kind: 'note', text });
  }
  const goal = request.until === 'head' ? head : request.until;
  const told = new Map<string, number>();
  for (const coldkey of coldkeys) told.set(coldkey, await startOf(request, reader, coldkey, head));
  for (;;) {
    const to = Math.min(head, goal ?? head);
    for (const coldkey of coldkeys) {
      const from = told.get(coldkey) as number;
      if (from < to) await tell(request, reader, { coldkey, from, to });
      told.set(coldkey, Math.max(from, to));
      ledger.sync.writeCursor(`${CURSOR}/${coldkey}`, Math.max(from, to));
    }
    last.block = to;
    if (signal.aborted || (goal !== undefined && head >= goal)) return;
    await clock.sleep(pollMs, signal);
    head = Math.max(head, (await chain.at('best')).number);
  }
}

/** Where the last run stopped, as far as the node still has it; else now. */
async function startOf(
  { ledger, onEvent }: WatchRequest,
  reader: SyncReader,
  coldkey: string,
  head: number,
): Promise<number> {
  ledger.sync.follow(coldkey, head);
  const known = ledger.sync.readCursor(`${CURSOR}/${coldkey}`);
  if (typeof known !== 'number' || known > head) return head;
  if (known === head || (await reader.hasState(known))) return known;
  let [without, withState] = [known, head];
  while (withState - without > 1) {
    const middle = without + ((withState - without) >> 1);
    if (await reader.hasState(middle)) withState = middle;
    else without = middle;
  }
  await onEvent({ kind: 'gap', coldkey, fromBlock: known + 1, toBlock: withState - 1 });
  return withState;
}

/** Records the blocks as a sync would, then tells what the records say. */
async function tell(
  request: WatchRequest,
  reader: SyncReader,
  { coldkey, from, to }: { readonly coldkey: string; readonly from: number; readonly to: number },
): Promise<void> {
  const { ledger, chain, onEvent } = request;
  const finalized = Math.min(await readFinalizedNumber(chain), to);
  const covered = readCovered(ledger, coldkey);
  if (covered !== undefined) await rejectUndone({ reader, ledger, from: covered.to, finalized });
  const parts = { reader, ledger, coldkey, finalized };
  // What lies between the last sync and here is filled first, so that what is covered is one piece.
  await syncHistory({ ...parts, since: covered?.from ?? from, head: from });
  for (let start = from; start < to; start += SPAN_BLOCKS) {
    const span = { from: start, to: Math.min(start + SPAN_BLOCKS, to) };
    const known = readCovered(ledger, coldkey);
    const { observations } = await recordSpan({ ...parts, covered: known }, span);
    for (const event of tellEvents(coldkey, observations)) await onEvent(event);
    const last = observations.at(-1) as Observation;
    await onEvent({ kind: 'cursor', block: last.block });
  }
}

/** What happened between the first of these observations and the last. Pure. */
export function tellEvents(
  coldkey: string,
  observations: readonly Observation[],
): readonly RewardEvent[] {
  return observations.slice(1).flatMap((after, index) => {
    const before = observations[index] as Observation;
    const flows = after.blockFlows?.flows ?? [];
    const moved = flows.map((flow): RewardEvent => {
      const { hotkey, netuid, alphaRao, taoRao } = flow;
      const kind = flow.direction === 'in' ? 'stake-in' : 'stake-out';
      return { kind, block: after.block, coldkey, hotkey, netuid, alphaRao, taoRao };
    });
    const claims = (after.claims ?? []).map(({ hotkey, netuid, alphaRao, taoRao }): RewardEvent => {
      return { kind: 'claim', block: after.block, coldkey, hotkey, netuid, alphaRao, taoRao };
    });
    return [...moved, ...claims, ...tellGains(coldkey, before, after)];
  });
}

/** Growth that neither flows nor claims explain. */
function tellGains(
  coldkey: string,
  before: Observation,
  after: Observation,
): readonly RewardEvent[] {
  const positions = new Map(
    [...before.positions, ...after.positions].map((one) => [`${one.netuid}/${one.hotkey}`, one]),
  );
  return [...positions.values()].flatMap(({ hotkey, netuid }): RewardEvent[] => {
    const held = (samples: Observation['positions']): bigint =>
      samples.find((one) => one.hotkey === hotkey && one.netuid === netuid)?.alphaRao ?? 0n;
    const flowed = (after.blockFlows?.flows ?? [])
      .filter((flow) => flow.hotkey === hotkey && flow.netuid === netuid)
      .reduce((sum, flow) => sum + (flow.direction === 'in' ? flow.alphaRao : -flow.alphaRao), 0n);
    const claimed = (after.claims ?? []).reduce((sum, claim) => {
      if (claim.hotkey !== hotkey) return sum;
      if (netuid === ROOT_NETUID) return sum + claim.taoRao;
      return claim.netuid === netuid && claim.kind === 'keep' ? sum + claim.alphaRao : sum;
    }, 0n);
    const gain = held(after.positions) - held(before.positions) - flowed - claimed;
    if (gain >= -ROUNDING_RAO && gain <= ROUNDING_RAO) return [];
    const price =
      netuid === ROOT_NETUID
        ? RAO_PER_UNIT
        : after.pools.find((pool) => pool.netuid === netuid)?.priceRaoPerAlpha;
    const alphaRao = gain < 0n ? -gain : gain;
    const taoRao = price === undefined ? undefined : valueAtPriceFloor(alphaRao, price);
    const kind = gain > 0n ? 'reward' : 'loss';
    return [{ kind, block: after.block, coldkey, hotkey, netuid, alphaRao, taoRao }];
  });
}
