/** Puts the facts of each position in order, ready for the fold. Pure. */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { valueAtPriceFloor } from '../../domain/price.ts';
import type { BlockStamp, ClaimableNow, KnownFacts, StakeFlow } from '../types.ts';
import { createClaimBounds } from './claim-bounds.ts';
import { type PoolState, parseShares, type RewardFacts } from './evidence.ts';
import { createPrices, type PricePoint, type Prices } from './prices.ts';

export type Entry =
  | {
      readonly kind: 'flow';
      readonly block: BlockStamp;
      readonly flow: Pick<StakeFlow, 'direction' | 'alphaRao' | 'taoRao'>;
    }
  /** Unclaimed dividends went down: so much, in the position's own unit, may have come in by a claim. */
  | { readonly kind: 'claim'; readonly block: BlockStamp; readonly rao: bigint }
  | {
      readonly kind: 'sample';
      readonly block: BlockStamp;
      readonly alphaRao: bigint;
      readonly price: PricePoint | undefined;
      /** The validator's pool at this block, where it was seen. */
      readonly pool?: PoolState | undefined;
    };

export type Timeline = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  /** By block; within a block flows, then claims, then the sample, which is the state at its end. */
  readonly entries: readonly Entry[];
  /** On root: what was owed over time, one list a subnet, each by block. */
  readonly claimable: readonly (readonly ClaimableNow[])[];
  /** The most that claims can have brought in between two blocks, in the position's own unit. */
  readonly mostClaimed: (from: number, to: number) => bigint;
};

type Key = { readonly coldkey: string; readonly hotkey: string; readonly netuid: number };
type Draft = Key & { readonly entries: Entry[]; readonly claimable: ClaimableNow[][] };

const KIND_ORDER = { flow: 0, claim: 1, sample: 2 } as const;

/** One timeline a position, sorted by coldkey, netuid and hotkey. */
export function buildTimelines(facts: RewardFacts): readonly Timeline[] {
  const prices = createPrices(facts.pools);
  const drafts = new Map<string, Draft>();
  const draftOf = ({ coldkey, hotkey, netuid }: Key): Draft => {
    const key = `${coldkey}/${hotkey}/${netuid}`;
    const draft = drafts.get(key) ?? { coldkey, hotkey, netuid, entries: [], claimable: [] };
    drafts.set(key, draft);
    return draft;
  };
  for (const flow of facts.flows) {
    draftOf(flow).entries.push({ kind: 'flow', block: flow.block, flow });
  }
  const sampled = { prices, pools: poolStates(facts) };
  for (const sample of facts.positions) draftOf(sample).entries.push(sampleEntry(sample, sampled));
  for (const draft of drafts.values()) addZeroSamples(draft, facts, sampled);
  for (const series of claimableSeries(facts)) addClaims(series, prices, drafts);
  for (const draft of drafts.values()) draft.entries.sort(byPlace);
  const bounds = createClaimBounds(facts, prices);
  return [...drafts.values()].sort(byKey).map((draft) => ({
    ...draft,
    mostClaimed: (from, to) => bounds.most({ ...draft, from, to }),
  }));
}

type Sampled = { readonly prices: Prices; readonly pools: ReadonlyMap<string, PoolState> };

function sampleEntry(
  sample: KnownFacts['positions'][number],
  { prices, pools }: Sampled,
): Entry & { kind: 'sample' } {
  const { block, alphaRao, hotkey, netuid } = sample;
  const pool = pools.get(`${hotkey}/${netuid}/${block.hash}`);
  return { kind: 'sample', block, alphaRao, price: prices.at(netuid, block), pool };
}

function poolStates({ hotkeys = [] }: RewardFacts): ReadonlyMap<string, PoolState> {
  const states = new Map<string, PoolState>();
  for (const { hotkey, netuid, block, totalAlphaRao, totalShares, takeU16 } of hotkeys) {
    const shares = parseShares(totalShares);
    if (shares === undefined) continue;
    states.set(`${hotkey}/${netuid}/${block.hash}`, { totalAlphaRao, shares, takeU16 });
  }
  return states;
}

/** Where everything of the coldkey was listed and this position was not, it held nothing. */
function addZeroSamples(draft: Draft, facts: KnownFacts, sampled: Sampled): void {
  const seen = new Set<string>();
  for (const entry of draft.entries) if (entry.kind === 'sample') seen.add(entry.block.hash);
  for (const { coldkey, block } of facts.complete) {
    if (coldkey !== draft.coldkey || seen.has(block.hash)) continue;
    draft.entries.push(sampleEntry({ ...draft, alphaRao: 0n, block }, sampled));
  }
}

type ClaimableSeries = Key & {
  readonly points: readonly { readonly block: BlockStamp; readonly alphaRao: bigint }[];
};

function claimableSeries(facts: KnownFacts): readonly ClaimableSeries[] {
  const found = new Map<string, Key & { points: { block: BlockStamp; alphaRao: bigint }[] }>();
  for (const { coldkey, hotkey, netuid, alphaRao, block } of facts.claimable) {
    const key = `${coldkey}/${hotkey}/${netuid}`;
    const series = found.get(key) ?? { coldkey, hotkey, netuid, points: [] };
    series.points.push({ block, alphaRao });
    found.set(key, series);
  }
  for (const series of found.values()) {
    const sampled = new Set(series.points.map((point) => point.block.hash));
    for (const { coldkey, block } of facts.complete) {
      if (coldkey === series.coldkey && !sampled.has(block.hash)) {
        series.points.push({ block, alphaRao: 0n });
      }
    }
    series.points.sort((a, b) => a.block.number - b.block.number);
  }
  return [...found.values()];
}

/** A fall of what is unclaimed is a claim: into root after selling, or into the subnet's position. */
function addClaims(
  series: ClaimableSeries,
  prices: Prices,
  drafts: ReadonlyMap<string, Draft>,
): void {
  const root = drafts.get(`${series.coldkey}/${series.hotkey}/${ROOT_NETUID}`);
  const kept = drafts.get(`${series.coldkey}/${series.hotkey}/${series.netuid}`);
  let before = 0n;
  for (const { block, alphaRao } of series.points) {
    const fallen = before - alphaRao;
    before = alphaRao;
    if (fallen <= 0n) continue;
    const price = prices.at(series.netuid, block)?.raoPerAlpha ?? RAO_PER_UNIT;
    root?.entries.push({ kind: 'claim', block, rao: valueAtPriceFloor(fallen, price) });
    kept?.entries.push({ kind: 'claim', block, rao: fallen });
  }
  root?.claimable.push(
    series.points.map(({ block, alphaRao }) => {
      const price = prices.at(series.netuid, block)?.raoPerAlpha;
      const taoRao = price === undefined ? undefined : valueAtPriceFloor(alphaRao, price);
      return { netuid: series.netuid, alphaRao, taoRao, block };
    }),
  );
}

function byPlace(a: Entry, b: Entry): number {
  return a.block.number - b.block.number || KIND_ORDER[a.kind] - KIND_ORDER[b.kind];
}

function byKey(a: Key, b: Key): number {
  return compare(a.coldkey, b.coldkey) || a.netuid - b.netuid || compare(a.hotkey, b.hotkey);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
