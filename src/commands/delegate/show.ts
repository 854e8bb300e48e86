/** `tao delegate show`: one validator, subnet by subnet. */
import { readDelegate } from '../../chain/queries/read-delegates.ts';
import { readSeatsOf, type SeatFacts } from '../../chain/queries/read-seats.ts';
import { readStakes } from '../../chain/queries/read-stakes.ts';
import { readTake, type TakeFacts } from '../../chain/queries/read-take.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao } from '../../domain/amount.ts';
import { formatTakePercent } from '../../domain/take.ts';
import { hotkeyUnknown } from '../../pipeline/plan-stake.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { trustPercent, yieldData, yieldText } from './validator-rows.ts';

type Shown = {
  readonly hotkey: string;
  readonly name: string;
  readonly owner: string;
  readonly nominators: number | undefined;
  readonly take: TakeFacts;
  /** First block at which its take may be raised again. */
  readonly raisableAtBlock: number;
  readonly seats: readonly (SeatFacts & { readonly ownStakeRao: bigint })[];
};

export const delegateShow: CommandBody = {
  run: async (context, raw) => {
    const { address: hotkey } = await resolveAccount(context, raw.arguments.validator?.[0] ?? '');
    const chain = await context.openChain();
    const view = await chain.at('best');
    const [delegate, take] = await Promise.all([
      readDelegate(view, hotkey),
      readTake(view, hotkey),
    ]);
    if (delegate === undefined) throw hotkeyUnknown(hotkey);
    const netuids = [
      ...new Set([...delegate.registrations, ...delegate.stakeRaoByNetuid.keys()]),
    ].sort((a, b) => a - b);
    const [seats, stakes] = await Promise.all([
      readSeatsOf(view, hotkey, netuids),
      readStakes(view, [delegate.owner]),
    ]);
    const own = new Map(
      stakes.filter((each) => each.hotkey === hotkey).map((each) => [each.netuid, each.alphaRao]),
    );
    const shown: Shown = {
      hotkey,
      name: delegate.name,
      owner: delegate.owner,
      nominators: delegate.nominators,
      take,
      raisableAtBlock: take.changedAtBlock === 0 ? 0 : take.changedAtBlock + take.waitBlocks,
      seats: seats.map((seat) => ({ ...seat, ownStakeRao: own.get(seat.netuid) ?? 0n })),
    };
    return {
      data: { block: { number: view.number, hash: view.hash }, ...shownData(shown) },
      view: (style) => renderShown(shown, view.number, style.isTerminal),
    };
  },
};

function shownData({ take, seats, ...who }: Shown) {
  return {
    hotkey: who.hotkey,
    name: who.name,
    owner: who.owner,
    nominators: who.nominators ?? null,
    takePercent: formatTakePercent(take.currentU16),
    takeU16: take.currentU16,
    maxTakePercent: formatTakePercent(take.maxU16),
    takeChangedAtBlock: take.changedAtBlock === 0 ? null : take.changedAtBlock,
    takeRaisableAtBlock: who.raisableAtBlock,
    subnets: seats.map((seat) => ({
      netuid: seat.netuid,
      uid: seat.uid ?? null,
      hasPermit: seat.hasPermit,
      trustPercent: trustPercent(seat) ?? null,
      stake: alphaJson(alpha(seat.netuid, seat.stakeRao)),
      ownStake: alphaJson(alpha(seat.netuid, seat.ownStakeRao)),
      netYield: yieldData(seat.netuid, seat.seen),
    })),
  };
}

function renderShown(shown: Shown, blockNumber: number, isTerminal: boolean): View {
  const { take, raisableAtBlock } = shown;
  const amount = (rao: bigint) => (isTerminal ? displayRao(rao, 3) : formatRao(rao));
  const raise =
    take.currentU16 >= take.maxU16
      ? 'the most the chain allows'
      : raisableAtBlock > blockNumber
        ? `may be raised from block ${raisableAtBlock} on, to ${formatTakePercent(take.maxU16)} %`
        : `may be raised at any time, to ${formatTakePercent(take.maxU16)} %`;
  return [
    {
      kind: 'rows',
      rows: [
        ['Name', shown.name === '' ? 'none set' : shown.name],
        ['Hotkey', shown.hotkey],
        ['Owner', shown.owner],
        ['Take', `${formatTakePercent(take.currentU16)} %, ${raise}`],
        ['Nominators', shown.nominators?.toString() ?? 'not counted'],
      ],
    },
    {
      kind: 'table',
      columns: [
        { header: 'Netuid', align: 'right' },
        { header: 'Uid', align: 'right' },
        { header: 'Permit' },
        { header: 'Trust (%)', align: 'right' },
        { header: 'Stake', align: 'right' },
        { header: 'Own', align: 'right' },
        { header: 'Net APR (%)', align: 'right' },
      ],
      rows: shown.seats.map((seat) => [
        seat.netuid.toString(),
        seat.uid?.toString() ?? '',
        seat.hasPermit ? 'yes' : 'no',
        trustPercent(seat) ?? '',
        amount(seat.stakeRao),
        amount(seat.ownStakeRao),
        yieldText(seat.seen),
      ]),
    },
    {
      kind: 'hint',
      text: 'Stake is alpha of the subnet, on root TAO. Net APR: last payout over the stake it was paid on, after take, not compounded; not a promise.',
    },
  ];
}
