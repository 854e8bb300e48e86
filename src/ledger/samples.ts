/**
 * Reads stake flows out of a transaction's chain events. Pure. It never throws on an event it
 * cannot read: recording an outcome must not fail, and replay shows what is left unexplained.
 */
import type { StakeFlow } from './types.ts';

/** An event by names; fields by name, or `0`, `1`, … when the chain leaves them unnamed. */
export type StakeEvent = {
  readonly pallet: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

const PALLET = 'SubtensorModule';

/**
 * The flows of one transaction's `events` that concern `ownColdkeys`, in their order; of everybody
 * when none are named.
 *
 * Chain rule: StakeAdded's TAO includes the pool fee; StakeRemoved's alpha is net of its fee, so
 * the position shrinks by both. A move, swap or transfer is a removal and an addition, and its own
 * event adds nothing. A fee paid in alpha is a removal whose TAO goes to the block author. Burnt
 * and recycled alpha leaves for nothing. Pinned by samples.test.ts.
 */
export function flowsFromEvents(
  events: readonly StakeEvent[],
  ownColdkeys?: readonly string[],
): readonly StakeFlow[] {
  return readStakeEvents(events, ownColdkeys).flows.map(({ flow }) => flow);
}

/** A flow and the place of its event among those that were read. */
export type PlacedFlow = { readonly flow: StakeFlow; readonly place: number };

/** The flows, and the names of stake events whose fields could not be read. */
export function readStakeEvents(
  events: readonly StakeEvent[],
  ownColdkeys?: readonly string[],
): { readonly flows: readonly PlacedFlow[]; readonly unread: readonly string[] } {
  const unread: string[] = [];
  const found: StakeFlow[] = [];
  const places: number[] = [];
  const fees: AlphaFee[] = [];
  for (const [place, event] of events.entries()) {
    if (event.pallet !== PALLET) continue;
    if (event.name === 'TransactionFeePaidWithAlpha') {
      const fee = readAlphaFee(event);
      if (fee === undefined) unread.push(event.name);
      else fees.push(fee);
    } else if (Object.hasOwn(FLOW_SHAPES, event.name)) {
      const flow = readFlow(event, FLOW_SHAPES[event.name as keyof typeof FLOW_SHAPES]);
      if (flow === undefined) unread.push(event.name);
      else {
        found.push(flow);
        places.push(place);
      }
    }
  }
  const flows = withoutFeeProceeds(found, fees)
    .map((flow, index) => ({ flow, place: places[index] as number }))
    .filter(({ flow }) => ownColdkeys === undefined || ownColdkeys.includes(flow.coldkey));
  return { flows, unread };
}

type FlowShape = {
  readonly direction: StakeFlow['direction'];
  /** Names of the fields in the chain's order. */
  readonly order: readonly Field[];
  readonly feeIsAlpha: boolean;
};
type Field = 'coldkey' | 'hotkey' | 'tao' | 'alpha' | 'netuid' | 'fee';

const TRADE = ['coldkey', 'hotkey', 'tao', 'alpha', 'netuid', 'fee'] as const;
const DESTROYED = ['coldkey', 'hotkey', 'alpha', 'netuid'] as const;

const FLOW_SHAPES = {
  StakeAdded: { direction: 'in', order: TRADE, feeIsAlpha: false },
  StakeRemoved: { direction: 'out', order: TRADE, feeIsAlpha: true },
  AlphaBurned: { direction: 'out', order: DESTROYED, feeIsAlpha: false },
  AlphaRecycled: { direction: 'out', order: DESTROYED, feeIsAlpha: false },
} as const satisfies Record<string, FlowShape>;

/** Spellings of a field in the runtimes that name it. */
const SPELLINGS: Readonly<Record<Field, readonly string[]>> = {
  coldkey: ['coldkey'],
  hotkey: ['hotkey'],
  tao: ['tao', 'tao_amount', 'taoAmount'],
  alpha: ['alpha', 'alpha_amount', 'alphaAmount'],
  netuid: ['netuid'],
  fee: ['fee', 'fee_rao_tao', 'fee_rao_alpha', 'feeRaoTao', 'feeRaoAlpha', 'fee_paid', 'feePaid'],
};

function readFlow(event: StakeEvent, shape: FlowShape): StakeFlow | undefined {
  const value = (field: Field): unknown =>
    fieldOf(event, shape.order.indexOf(field), SPELLINGS[field]);
  const coldkey = readText(value('coldkey'));
  const hotkey = readText(value('hotkey'));
  const netuid = readNetuid(value('netuid'));
  const alphaRao = readAmount(value('alpha'));
  const isTrade = shape.order === TRADE;
  const taoRao = isTrade ? readAmount(value('tao')) : 0n;
  const feeRao = isTrade ? readAmount(value('fee')) : 0n;
  if (coldkey === undefined || hotkey === undefined || netuid === undefined) return undefined;
  if (alphaRao === undefined || taoRao === undefined || feeRao === undefined) return undefined;
  return {
    coldkey,
    hotkey,
    netuid,
    direction: shape.direction,
    alphaRao: shape.feeIsAlpha ? alphaRao + feeRao : alphaRao,
    taoRao,
  };
}

type AlphaFee = {
  readonly payer: string;
  readonly netuid: number;
  readonly alphaRao: bigint;
  readonly taoRao: bigint;
};

function readAlphaFee(event: StakeEvent): AlphaFee | undefined {
  const payer = readText(fieldOf(event, 0, ['who']));
  const netuid = readNetuid(fieldOf(event, 1, ['netuid']));
  const alphaRao = readAmount(fieldOf(event, 2, ['alpha_fee', 'alphaFee']));
  const taoRao = readAmount(fieldOf(event, 3, ['tao_amount', 'taoAmount']));
  if (payer === undefined || netuid === undefined) return undefined;
  if (alphaRao === undefined || taoRao === undefined) return undefined;
  return { payer, netuid, alphaRao, taoRao };
}

/** The same flows, with no TAO on the removals that paid a transaction fee. */
function withoutFeeProceeds(
  flows: readonly StakeFlow[],
  fees: readonly AlphaFee[],
): readonly StakeFlow[] {
  const rest = [...flows];
  for (const fee of fees) {
    // The fee is taken before the call runs, so of equal removals the first one is the fee's.
    const isOfPayer = (flow: StakeFlow): boolean =>
      flow.direction === 'out' &&
      flow.coldkey === fee.payer &&
      flow.netuid === fee.netuid &&
      flow.taoRao > 0n;
    const byAlpha = rest.findIndex((flow) => isOfPayer(flow) && flow.alphaRao === fee.alphaRao);
    const index =
      byAlpha >= 0
        ? byAlpha
        : rest.findIndex((flow) => isOfPayer(flow) && flow.taoRao === fee.taoRao);
    const flow = rest[index];
    if (flow !== undefined) rest[index] = { ...flow, taoRao: 0n };
  }
  return rest;
}

/** A field by one of its names, or by its place where the chain leaves fields unnamed. */
export function fieldOf(event: StakeEvent, place: number, names: readonly string[]): unknown {
  for (const name of [...names, String(place)]) {
    if (event.fields[name] !== undefined) return event.fields[name];
  }
  return undefined;
}

export function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function readNetuid(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

export function readAmount(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value >= 0n ? value : undefined;
  if (typeof value === 'string' && /^\d+$/.test(value)) return BigInt(value);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  return undefined;
}
