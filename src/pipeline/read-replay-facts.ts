/**
 * Gathers what a backtest needs: states of validators and pools between two blocks. What the node
 * still has is read and recorded; the replay itself then rests on the ledger alone.
 */
import { readHotkeyStates } from '../chain/queries/read-hotkey-states.ts';
import { readBlockTime } from '../chain/queries/read-limits.ts';
import { type Pool as ChainPool, readPool, WEIGHT_UNIT } from '../chain/queries/read-prices.ts';
import { readHotkeyRates } from '../chain/queries/read-root-rates.ts';
import { readSubnet } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import { RAO_PER_UNIT } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { ReplayFacts, ReplayPlace } from '../ledger/replay/replay-stake.ts';
import type { Ledger, PoolSample } from '../ledger/types.ts';
import { poolSampleOf } from './observe.ts';
import type { SyncReader } from './sync-reader.ts';

type Pool = NonNullable<ReplayFacts['startPool']>;

export type ReplaySpan = { readonly fromBlock: number; readonly toBlock: number };

/** States looked at between the two ends, both included. */
export const REPLAY_LOOKS = 25;

/** Reads and records evenly spaced states of the places, as far as the node keeps them. */
export async function recordForReplay(recording: {
  readonly reader: SyncReader;
  readonly ledger: Ledger;
  readonly places: readonly ReplayPlace[];
  readonly span: ReplaySpan;
  readonly onLook: (done: number, total: number) => void;
}): Promise<void> {
  const { reader, ledger, places, span, onLook } = recording;
  const blocks = looksOf(span);
  for (const [index, number] of blocks.entries()) {
    if (await reader.hasState(number)) {
      const view = await reader.view(number);
      ledger.facts.append(await lookAt(reader, view, places));
    }
    onLook(index + 1, blocks.length);
  }
}

function looksOf({ fromBlock, toBlock }: ReplaySpan): readonly number[] {
  const steps = Math.max(1, Math.min(REPLAY_LOOKS - 1, toBlock - fromBlock));
  const at = (step: number) => fromBlock + Math.round(((toBlock - fromBlock) * step) / steps);
  return Array.from({ length: steps + 1 }, (_, step) => at(step));
}

async function lookAt(reader: SyncReader, view: BlockView, places: readonly ReplayPlace[]) {
  const rootHotkeys = places.flatMap(({ hotkey, netuid }) =>
    netuid === ROOT_NETUID ? [hotkey] : [],
  );
  const [timeMs, hotkeys, rates] = await Promise.all([
    reader.read(() => readBlockTime(view)),
    reader.read(() => readHotkeyStates(view, places)),
    reader.read(() => readHotkeyRates(view, rootHotkeys)),
  ]);
  const netuids = [
    ...new Set([...places.map(({ netuid }) => netuid), ...rates.map(({ netuid }) => netuid)]),
  ].filter((netuid) => netuid !== ROOT_NETUID);
  const pools = await Promise.all(
    netuids.map((netuid) => reader.read(() => readPoolSample(view, netuid))),
  );
  return {
    block: { number: view.number, hash: view.hash, timeMs: timeMs ?? 0 },
    source: 'archive' as const,
    pools: pools.flat(),
    positions: [],
    claimable: [],
    hotkeys,
    rootRates: rates,
  };
}

async function readPoolSample(view: BlockView, netuid: number): Promise<readonly PoolSample[]> {
  const subnet = await readSubnet(view, netuid);
  return subnet === undefined ? [] : [poolSampleOf(subnet)];
}

/** What the ledger holds of one place in the span, pools at the ends with the fee of `feeOf`. */
export function readReplayFacts(
  ledger: Ledger,
  place: ReplayPlace,
  { span, feeOf }: { readonly span: ReplaySpan; readonly feeOf: (netuid: number) => number },
): ReplayFacts {
  const blocks = { from: span.fromBlock, to: span.toBlock };
  const points = ledger.facts.readHotkeys({ of: [place], blocks });
  const poolsOf = (netuid: number) => {
    const samples = ledger.facts.readPools({ netuids: [netuid], blocks });
    return { first: samples[0], last: samples.at(-1) };
  };
  const toPool = (sample: PoolSample | undefined): Pool | undefined =>
    sample === undefined ? undefined : poolOf(sample, feeOf(sample.netuid));
  if (place.netuid !== ROOT_NETUID) {
    const { first, last } = poolsOf(place.netuid);
    return { place, points, startPool: toPool(first), endPool: toPool(last), rootRates: [] };
  }
  const rates = ledger.facts.readRootRates({ blocks }).filter((r) => r.hotkey === place.hotkey);
  const netuids = [...new Set(rates.map(({ netuid }) => netuid))];
  const firstBlock = points[0]?.block.number ?? span.fromBlock;
  return {
    place,
    points,
    startPool: undefined,
    endPool: undefined,
    rootRates: netuids.map((netuid) => {
      const own = rates.filter((rate) => rate.netuid === netuid);
      const start = own.find(({ block }) => block.number === firstBlock);
      return {
        netuid,
        // A rate that was not there at the start began at nothing.
        startBits: start?.rateBits ?? 0n,
        endBits: own.at(-1)?.rateBits ?? 0n,
        pool: toPool(poolsOf(netuid).last),
      };
    }),
  };
}

/**
 * The pool of a sample: its weight follows from price and reserves, TAO weight = T ÷ (T + p × A),
 * to a part in 10^9.
 */
function poolOf(sample: PoolSample, feeRateU16: number): Pool {
  const { taoReserveRao, alphaInRao, priceRaoPerAlpha } = sample;
  const quote = taoReserveRao * RAO_PER_UNIT;
  const base = priceRaoPerAlpha * alphaInRao;
  const quoteWeight =
    quote + base === 0n ? WEIGHT_UNIT / 2n : (quote * WEIGHT_UNIT) / (quote + base);
  return { mechanism: 1, taoReserve: taoReserveRao, alphaIn: alphaInRao, quoteWeight, feeRateU16 };
}

/** Pool fees now, for pools that were: they change by an owner's or root's word only. */
export async function readFees(
  view: BlockView,
  netuids: readonly number[],
): Promise<(netuid: number) => number> {
  const pools = await Promise.all(netuids.map((netuid) => readPool(view, netuid)));
  const fees = new Map(
    netuids.map((netuid, index) => [netuid, (pools[index] as ChainPool).feeRateU16] as const),
  );
  return (netuid) => fees.get(netuid) ?? 0;
}
