/**
 * Tells the stake that passes without a stake event of its own: to a hotkey's or coldkey's new key,
 * and out of a subnet that is removed. One event speaks for everybody there, so what it did to a
 * position is told by the state before the block and after it. Pure. What cannot be told is left
 * out, so that it stays unexplained.
 */
import { valueAtPriceFloor } from '../domain/price.ts';
import { type BlockEvent, readBlockFlows } from './block-flows.ts';
import { fieldOf, type PlacedFlow, readNetuid, readText } from './samples.ts';
import { tellPayouts } from './subnet-payouts.ts';
import type { PositionSample, StakeFlow } from './types.ts';

export type PassedBlock = {
  /** All of the block, in order. */
  readonly events: readonly BlockEvent[];
  /** Whose positions are listed: `listParties` of the one that is looked at. */
  readonly coldkeys: readonly string[];
  /** Every position of `coldkeys` at the end of the block before, and of this one. */
  readonly before: readonly PositionSample[];
  readonly after: readonly PositionSample[];
  /** Rao of TAO per alpha before the block. */
  readonly priceOf: (netuid: number) => bigint | undefined;
};

type Position = Pick<PositionSample, 'coldkey' | 'hotkey' | 'netuid'>;

/** Where an event sends a position; undefined where it does not concern it. */
type Passing = (at: Position) => Position | undefined;

/** Whether some hotkey or coldkey got a new key in the block. */
export function hasKeySwap(events: readonly BlockEvent[]): boolean {
  return events.some((event) => readPassing(event) !== undefined);
}

/** `coldkey`, and those that its stake came from or went to by a swap of coldkeys in the block. */
export function listParties(events: readonly BlockEvent[], coldkey: string): readonly string[] {
  const parties = new Set([coldkey]);
  const pairs = events.flatMap((event) => {
    if (event.pallet !== PALLET || event.name !== 'ColdkeySwapped') return [];
    const pair = [
      readText(fieldOf(event, 0, OLD_COLDKEY)),
      readText(fieldOf(event, 1, NEW_COLDKEY)),
    ];
    return pair.every((one) => one !== undefined) ? [pair as string[]] : [];
  });
  for (let known = 0; known < parties.size; ) {
    known = parties.size;
    for (const pair of pairs) {
      if (pair.some((one) => parties.has(one))) for (const one of pair) parties.add(one);
    }
  }
  return [...parties];
}

/** The flows of `coldkeys` that no stake event states, each at the place of its cause. */
export function tellPassages(block: PassedBlock): readonly PlacedFlow[] {
  const books = createBooks(block);
  const moves: Move[] = [];
  for (const [place, event] of block.events.entries()) {
    books.applyEventFlows(place);
    const passing = readPassing(event);
    if (passing === undefined) continue;
    for (const from of books.held()) {
      const to = passing(from);
      if (to === undefined || !books.isGone(from, place)) continue;
      moves.push({ from, to, place, alphaRao: books.pass(from, to) });
    }
  }
  settleByArrival(moves, books);
  return [
    ...moves.flatMap((move) => moveFlows(move, block)),
    ...tellPayouts({ ...block, held: books.held() }),
  ];
}

const PALLET = 'SubtensorModule';
const OLD_COLDKEY = ['old_coldkey', 'oldColdkey'];
const NEW_COLDKEY = ['new_coldkey', 'newColdkey'];
const OLD_HOTKEY = ['old_hotkey', 'oldHotkey'];
const NEW_HOTKEY = ['new_hotkey', 'newHotkey'];

/**
 * Chain rule: a swap of a hotkey everywhere passes all its stake, one on a subnet that of the
 * subnet; a swap of a coldkey passes all of the coldkey's. Pinned by the passages test.
 */
function readPassing(event: BlockEvent): Passing | undefined {
  if (event.pallet !== PALLET) return undefined;
  if (event.name === 'ColdkeySwapped') {
    const from = readText(fieldOf(event, 0, OLD_COLDKEY));
    const coldkey = readText(fieldOf(event, 1, NEW_COLDKEY));
    if (from === undefined || coldkey === undefined) return undefined;
    return (at) => (at.coldkey === from ? { ...at, coldkey } : undefined);
  }
  const isOnSubnet = event.name === 'HotkeySwappedOnSubnet';
  if (!isOnSubnet && event.name !== 'HotkeySwapped') return undefined;
  const from = readText(fieldOf(event, 1, OLD_HOTKEY));
  const hotkey = readText(fieldOf(event, 2, NEW_HOTKEY));
  const netuid = isOnSubnet ? readNetuid(fieldOf(event, 3, ['netuid'])) : undefined;
  if (from === undefined || hotkey === undefined) return undefined;
  if (isOnSubnet && netuid === undefined) return undefined;
  return (at) => {
    const isHere = at.hotkey === from && (!isOnSubnet || at.netuid === netuid);
    return isHere ? { ...at, hotkey } : undefined;
  };
}

type Move = {
  readonly from: Position;
  readonly to: Position;
  readonly place: number;
  alphaRao: bigint;
};

type Books = ReturnType<typeof createBooks>;

/** What each position holds as the block goes on, as far as events say. */
function createBooks(block: PassedBlock) {
  const flows = readBlockFlows(block.events, block.coldkeys);
  const positions = new Map<string, Position>();
  const amounts = new Map<string, bigint>();
  const afterAmounts = new Map(block.after.map((one) => [nameOf(one), one.alphaRao]));
  const add = ({ coldkey, hotkey, netuid }: Position, alphaRao: bigint): void => {
    const name = nameOf({ coldkey, hotkey, netuid });
    positions.set(name, { coldkey, hotkey, netuid });
    amounts.set(name, (amounts.get(name) ?? 0n) + alphaRao);
  };
  const amountOf = (at: Position): bigint => amounts.get(nameOf(at)) ?? 0n;
  const afterOf = (at: Position): bigint => afterAmounts.get(nameOf(at)) ?? 0n;
  for (const one of block.before) add(one, one.alphaRao);
  return {
    applyEventFlows: (place: number): void => {
      for (const one of flows) if (one.place === place) add(one.flow, signed(one.flow));
    },
    held: (): readonly PositionSample[] =>
      [...positions.values()]
        .map((at) => ({ ...at, alphaRao: amountOf(at) }))
        .filter(({ alphaRao }) => alphaRao > 0n),
    /** Whether what is left after the block speaks for all of it having gone at `place`. */
    isGone: (at: Position, place: number): boolean => {
      const later = flows
        .filter((one) => one.place > place && nameOf(one.flow) === nameOf(at))
        .reduce((sum, { flow }) => sum + signed(flow), 0n);
      const ifGone = magnitude(later - afterOf(at));
      return ifGone < magnitude(amountOf(at) + later - afterOf(at));
    },
    pass: (from: Position, to: Position): bigint => {
      const alphaRao = amountOf(from);
      add(from, -alphaRao);
      add(to, alphaRao);
      return alphaRao;
    },
    amountOf,
    afterOf,
  };
}

function signed({ direction, alphaRao }: StakeFlow): bigint {
  return direction === 'in' ? alphaRao : -alphaRao;
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

/**
 * What arrived is what moved: a dividend of the very block came before the swap, and so was the
 * old position's.
 */
function settleByArrival(moves: readonly Move[], books: Books): void {
  const settled = new Set<string>();
  for (const [index, move] of [...moves.entries()].reverse()) {
    const name = nameOf(move.to);
    if (settled.has(name)) continue;
    settled.add(name);
    const surplus = books.afterOf(move.to) - books.amountOf(move.to);
    let [place, current]: [number, Move | undefined] = [index, move];
    while (current !== undefined && current.alphaRao + surplus > 0n) {
      current.alphaRao += surplus;
      const source = nameOf(current.from);
      place = moves.slice(0, place).findLastIndex((one) => nameOf(one.to) === source);
      current = moves[place];
    }
  }
}

/** Both ends of a move, worth the same, as the chain tells a move within a subnet. */
function moveFlows({ from, to, place, alphaRao }: Move, block: PassedBlock): PlacedFlow[] {
  const taoRao = valueAtPriceFloor(alphaRao, block.priceOf(from.netuid) ?? 0n);
  const amounts = { alphaRao, taoRao };
  return [
    { flow: { ...from, direction: 'out', ...amounts }, place },
    { flow: { ...to, direction: 'in', ...amounts }, place },
  ];
}

function nameOf({ coldkey, hotkey, netuid }: Position): string {
  return `${coldkey}/${hotkey}/${netuid}`;
}
