/** Tells what stakers were paid when their subnet was removed. Pure. */
import { formatAddress } from '../domain/address.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { type BlockEvent, readBlockFlows } from './block-flows.ts';
import { fieldOf, type PlacedFlow, readAmount } from './samples.ts';
import type { PositionSample, StakeFlow } from './types.ts';

type OnSubnet = Pick<PositionSample, 'coldkey' | 'netuid'>;

/**
 * Positions of a coldkey that went whole without a stake event, against TAO that the subnet's own
 * account paid it in this block. Chain rule: that account pays a staker for a removal of stake,
 * which has its event, and when the subnet is removed. Without a payment nothing is told.
 */
export function tellPayouts(block: {
  /** All of the block, in order. */
  readonly events: readonly BlockEvent[];
  /** What should be held at the block's end, as far as events say. */
  readonly held: readonly PositionSample[];
  readonly after: readonly PositionSample[];
}): readonly PlacedFlow[] {
  const left = new Set(block.after.map(nameOf));
  const groups = new Map<string, PositionSample[]>();
  for (const position of block.held) {
    if (position.netuid === ROOT_NETUID || left.has(nameOf(position))) continue;
    const name = `${position.coldkey}/${position.netuid}`;
    groups.set(name, [...(groups.get(name) ?? []), position]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group as [PositionSample];
    const paid = readPayments(block.events, first);
    const place = paid.at(-1)?.place;
    if (place === undefined) return [];
    const taoRao = paid.reduce((sum, payment) => sum + payment.taoRao, 0n);
    return shareOut(group, taoRao).map((flow) => ({ flow, place }));
  });
}

function nameOf({ coldkey, hotkey, netuid }: PositionSample): string {
  return `${coldkey}/${hotkey}/${netuid}`;
}

/** By alpha, rounded down, the last position taking the rest. */
function shareOut(group: readonly PositionSample[], taoRao: bigint): readonly StakeFlow[] {
  const sorted = [...group].sort((a, b) => (a.hotkey < b.hotkey ? -1 : 1));
  const whole = sorted.reduce((sum, { alphaRao }) => sum + alphaRao, 0n);
  let left = taoRao;
  return sorted.map((position, index) => {
    const isLast = index === sorted.length - 1;
    const part = isLast ? left : (taoRao * position.alphaRao) / whole;
    left -= part;
    return { ...position, direction: 'out', taoRao: part };
  });
}

type Payment = {
  readonly place: number;
  readonly taoRao: bigint;
  readonly extrinsicIndex: number | undefined;
};

/** What the subnet's account paid the coldkey for no removal of stake that an event states. */
function readPayments(
  events: readonly BlockEvent[],
  { coldkey, netuid }: OnSubnet,
): readonly Payment[] {
  const account = subnetAccount(netuid);
  const payments = events.flatMap((event, place): Payment[] => {
    if (event.pallet !== 'Balances' || event.name !== 'Transfer') return [];
    const isFromSubnet = fieldOf(event, 0, ['from']) === account;
    const taoRao = readAmount(fieldOf(event, 2, ['amount']));
    if (!isFromSubnet || fieldOf(event, 1, ['to']) !== coldkey || taoRao === undefined) return [];
    return [{ place, taoRao, extrinsicIndex: event.extrinsicIndex }];
  });
  for (const { flow, place } of readBlockFlows(events, [coldkey])) {
    if (flow.netuid !== netuid || flow.direction === 'in') continue;
    const extrinsicIndex = events[place]?.extrinsicIndex;
    const paid = payments.findIndex(
      (one) => one.taoRao === flow.taoRao && one.extrinsicIndex === extrinsicIndex,
    );
    if (paid >= 0) payments.splice(paid, 1);
  }
  return payments;
}

/** Chain rule: `modl`, the pallet's id, the netuid, zeros. Pinned by the passages test. */
function subnetAccount(netuid: number): string {
  const bytes = new Uint8Array(32);
  bytes.set(new TextEncoder().encode('modlsubtensr'));
  new DataView(bytes.buffer).setUint16(12, netuid, true);
  return formatAddress(bytes);
}
