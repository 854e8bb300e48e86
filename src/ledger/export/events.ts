/** What happened to positions, as tax tools want to hear it: one event a step, oldest first. Pure. */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { BasisStep, PositionKey } from '../cost-basis/types.ts';
import type { BlockStamp } from '../types.ts';

export type EventKind =
  /** There before the first look: what it cost is not known. */
  | 'opening'
  /** TAO became alpha; on root it stayed TAO. */
  | 'stake'
  | 'unstake'
  /** Alpha that left for nothing: a fee, or burnt. */
  | 'fee'
  | 'reward'
  /** Share pools round: a few rao less. */
  | 'rounding'
  /** To another validator or followed account: nothing was traded. */
  | 'move'
  | 'unexplained';

export type ExportEvent = PositionKey & {
  readonly kind: EventKind;
  /** Undefined where only a transaction named the block, and no look knows its time. */
  readonly timeMs: number | undefined;
  readonly blockNumber: number;
  readonly blockHash: string;
  /** Rao of alpha that came (positive) or went; on root of TAO. */
  readonly alphaRao: bigint;
  /** Rao of TAO: paid (negative), received, or what the alpha was worth. */
  readonly taoRao: bigint;
  /** Of a move. */
  readonly to: PositionKey | undefined;
};

/** Sums that must equal those of `tao rewards show`; rao. */
export type ExportTotals = {
  readonly events: number;
  /** Rewards less rounding, each at its price. */
  readonly earnedRao: bigint;
  /** Moves count here where they arrive, and in `received` where they leave, at the chain's value. */
  readonly paidRao: bigint;
  readonly receivedRao: bigint;
  /** Rao of alpha (root: TAO) earned, by netuid. */
  readonly earnedAlpha: ReadonlyMap<number, bigint>;
};

/** When a block was, by its number, where a fact itself does not say. */
export type TimeOf = (blockNumber: number) => number | undefined;

/** In the order of blocks. */
export function listEvents(steps: readonly BasisStep[], timeOf: TimeOf): readonly ExportEvent[] {
  return steps
    .map((step) => eventOf(step, whenOf(step.block, timeOf)))
    .sort((a, b) => a.blockNumber - b.blockNumber);
}

/** Undefined where nobody knows; a genesis block has no time of its own, and says zero. */
export function whenOf(block: BlockStamp, timeOf: TimeOf): number | undefined {
  const known = block.timeMs ?? timeOf(block.number);
  return known === 0 ? undefined : known;
}

function eventOf(step: BasisStep, timeMs: number | undefined): ExportEvent {
  const { coldkey, hotkey, netuid, block } = step;
  const place = { blockNumber: block.number, blockHash: block.hash, to: undefined };
  const common = { coldkey, hotkey, netuid, timeMs, ...place };
  if (step.kind === 'move') {
    const { alphaRao, taoRao, to } = step;
    return { ...common, kind: 'move', alphaRao: -alphaRao, taoRao, to };
  }
  if (step.kind === 'out') {
    const { alphaRao, proceedsRao } = step;
    return { ...common, kind: exitKind(step), alphaRao: -alphaRao, taoRao: proceedsRao };
  }
  const { origin, alphaRao, costRao } = step;
  if (origin === 'bought') return { ...common, kind: 'stake', alphaRao, taoRao: -costRao };
  const kind = origin === 'held' ? 'opening' : origin === 'earned' ? 'reward' : 'unexplained';
  return { ...common, kind, alphaRao, taoRao: costRao };
}

function exitKind(step: BasisStep & { kind: 'out' }): EventKind {
  if (step.exit === 'sold') return step.proceedsRao === 0n ? 'fee' : 'unstake';
  return step.exit;
}

/** Of one coldkey, where a move may have its other end elsewhere; else of all that there are. */
export function totalEvents(events: readonly ExportEvent[], coldkey?: string): ExportTotals {
  const isOwn = (one: string | undefined): boolean => coldkey === undefined || one === coldkey;
  let [earnedRao, paidRao, receivedRao] = [0n, 0n, 0n];
  const earnedAlpha = new Map<number, bigint>();
  for (const event of events) {
    const { kind, netuid, alphaRao, taoRao } = event;
    if (kind === 'reward') earnedRao += taoRao;
    if (kind === 'rounding') earnedRao -= taoRao;
    if (kind === 'reward' || kind === 'rounding') {
      earnedAlpha.set(netuid, (earnedAlpha.get(netuid) ?? 0n) + alphaRao);
    }
    if (kind === 'stake') paidRao -= taoRao;
    if (kind === 'unstake') receivedRao += taoRao;
    if (kind === 'move' && isOwn(event.coldkey)) receivedRao += taoRao;
    if (kind === 'move' && isOwn(event.to?.coldkey)) paidRao += taoRao;
  }
  return { events: events.length, earnedRao, paidRao, receivedRao, earnedAlpha };
}

/** The name tax tools are given for what a position holds. */
export function currencyOf(netuid: number): string {
  return netuid === ROOT_NETUID ? 'TAO' : `SN${netuid}`;
}
