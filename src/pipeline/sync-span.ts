/**
 * Reads everything of one coldkey in one span of blocks: its state at every block that paid it, and
 * every block in which its stake moved, with what moved. Between two neighbouring samples nothing
 * is left that could have changed unseen.
 */
import { readClaimType } from '../chain/queries/read-claims.ts';
import type { Observation } from '../ledger/types.ts';
import { readObservation } from './observe.ts';
import { findChanges } from './sync-changes.ts';
import { tellClaims } from './sync-claims.ts';
import { findEpochs } from './sync-epochs.ts';
import { readMoves } from './sync-flows.ts';
import type { SyncReader } from './sync-reader.ts';
import { type Holdings, readHoldings } from './sync-state.ts';

export type Span = {
  readonly reader: SyncReader;
  readonly coldkey: string;
  /** Both inclusive; the state at `from` is read too. */
  readonly from: number;
  readonly to: number;
};

/** Observations by block, ascending. */
export async function readSpan(span: Span): Promise<readonly Observation[]> {
  const { reader, coldkey, from, to } = span;
  const [first, last] = await Promise.all([
    readHoldings(reader, coldkey, from),
    readHoldings(reader, coldkey, to),
  ]);
  const netuids = netuidsOf([first.stakes, last.stakes]);
  const boundaries = await listBoundaries(span, netuids);
  const between = await readAll(span, boundaries.slice(1, -1));
  const holdings = [first, ...between, ...(to > from ? [last] : [])];
  const changes = await Promise.all(
    holdings
      .slice(1)
      .map((next, index) => findChanges({ reader, coldkey }, holdings[index] as Holdings, next)),
  );
  const moved = [...new Set(changes.flat())];
  const settled = await Promise.all(moved.map((number) => settle(span, number)));
  const found = new Map<number, Observation>();
  for (const [before, after] of settled) {
    if (!found.has(before.block.number)) found.set(before.block.number, before);
    found.set(after.block.number, after);
  }
  // What came and went within the span was paid too.
  const passing = netuidsOf([...found.values()].map(({ positions }) => positions));
  for (const netuid of netuids) passing.delete(netuid);
  const more = passing.size === 0 ? [] : await listBoundaries(span, passing);
  const known = new Set([...boundaries, ...found.keys()]);
  const added = await readAll(
    span,
    more.filter((number) => !known.has(number)),
  );
  const rest = [...holdings, ...added].filter(({ view }) => !found.has(view.number));
  const ends = new Set([from, to]);
  const looked = await Promise.all(
    rest.map((one) => look(span, one, { isLight: !ends.has(one.view.number) })),
  );
  for (const observation of looked) found.set(observation.block.number, observation);
  return [...found.values()].sort((a, b) => a.block.number - b.block.number);
}

function readAll({ reader, coldkey }: Span, numbers: readonly number[]) {
  return Promise.all(numbers.map((number) => readHoldings(reader, coldkey, number)));
}

function netuidsOf(lists: readonly (readonly { readonly netuid: number }[])[]): Set<number> {
  return new Set(lists.flat().map(({ netuid }) => netuid));
}

/** The ends, and every block between that paid one of the subnets. */
async function listBoundaries(
  { reader, from, to }: Span,
  netuids: ReadonlySet<number>,
): Promise<readonly number[]> {
  const epochs = await Promise.all(
    [...netuids].map((netuid) => findEpochs(reader, netuid, { from, to })),
  );
  return [...new Set([from, ...epochs.flat(), to])].sort((a, b) => a - b);
}

function look(
  { reader, coldkey }: Span,
  { view, stakes }: Holdings,
  { isLight }: { readonly isLight: boolean },
): Promise<Observation> {
  const read = reader.read;
  return readObservation({ view, coldkeys: [coldkey], source: 'archive', stakes, isLight, read });
}

/** The block before a move and the block of it, whole, with its flows and claims. */
async function settle(
  span: Span,
  number: number,
): Promise<readonly [before: Observation, after: Observation]> {
  const { reader, coldkey } = span;
  const [before, after] = await Promise.all(
    [number - 1, number].map(async (block) =>
      look(span, await readHoldings(reader, coldkey, block), { isLight: false }),
    ) as [Promise<Observation>, Promise<Observation>],
  );
  const { flows, hasClaim } = await readMoves(reader, coldkey, { before, after });
  const claims = hasClaim ? await readClaims(span, { before, after, flows }) : [];
  return [before, { ...after, blockFlows: { coldkeys: [coldkey], flows }, claims }];
}

async function readClaims(
  { reader, coldkey }: Span,
  block: Omit<Parameters<typeof tellClaims>[0], 'coldkey' | 'type'>,
) {
  const parent = await reader.view(block.before.block.number);
  const type = await reader.read(() => readClaimType(parent, coldkey));
  return tellClaims({ ...block, coldkey, type });
}
