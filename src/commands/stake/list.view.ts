/** Positions as a table: what fits for people, everything for a pipe. Pure. */
import type { Column, Text, View, ViewPart, ViewStyle } from '../../cli/spec.ts';
import { displayRao, formatRao } from '../../domain/amount.ts';
import { formatTakePercent } from '../../domain/take.ts';
import type { Position } from '../../pipeline/read-positions.ts';
import type { AccountPositions } from './list.ts';

/** From this width on a terminal shows everything. */
const WIDE = 120;
const MAX_VALIDATOR = 16;
const MAX_SUBNET = 12;
/** Decimals for people; a pipe has all nine. */
const DECIMALS = 4;

type Listing = {
  readonly style: ViewStyle;
  readonly block: { readonly number: number };
  readonly isAll: boolean;
};

type Cell = { readonly column: Column; readonly of: (position: Position) => Text };

export function renderPositions(groups: readonly AccountPositions[], listing: Listing): View {
  const { style } = listing;
  const shown = groups.filter(({ positions }) => positions.length > 0);
  if (shown.length === 0) {
    return [
      { kind: 'hint', text: 'No stake here. tao delegate list shows validators to stake with.' },
    ];
  }
  if (!style.isTerminal) {
    const positions = shown.flatMap((group) => group.positions);
    return [tableOf(positions, listing.isAll ? [...PIPED, OWNER] : PIPED)];
  }
  const hasLocks = shown.some(({ positions }) =>
    positions.some(({ unlockedRao, alphaRao }) => unlockedRao < alphaRao),
  );
  const cells = style.width >= WIDE ? wideCells(hasLocks) : NARROW;
  return [
    ...shown.flatMap((group): readonly ViewPart[] => [
      ...(listing.isAll ? ([{ kind: 'line', text: titleOf(group) }] as const) : []),
      tableOf(group.positions, cells),
    ]),
    ...totalLines(shown),
    { kind: 'hint', text: hintOf(listing) },
  ];
}

function tableOf(positions: readonly Position[], cells: readonly Cell[]): ViewPart {
  return {
    kind: 'table',
    columns: cells.map(({ column }) => column),
    rows: positions.map((position) => cells.map(({ of }) => of(position))),
  };
}

const right = (header: string): Column => ({ header, align: 'right' });
const shown = (rao: bigint) => displayRao(rao, DECIMALS);

const NETUID: Cell = { column: right('Netuid'), of: ({ netuid }) => netuid.toString() };
const OWNER: Cell = { column: { header: 'Account' }, of: ({ coldkey }) => coldkey };
const VALUE: Cell = { column: right('Value (TAO)'), of: ({ valueRao }) => shown(valueRao) };
const SOLD: Cell = {
  column: right('If sold (TAO)'),
  of: ({ exit }) => (exit === undefined ? '?' : shown(exit.amountOutRao)),
};
const STAKE: Cell = { column: right('Stake (alpha)'), of: ({ alphaRao }) => shown(alphaRao) };
const SHARE: Cell = { column: right('Share'), of: (position) => `${sharePercent(position)} %` };
const UNLOCKED: Cell = {
  column: right('Unlocked'),
  of: ({ unlockedRao, alphaRao }) =>
    unlockedRao < alphaRao ? { text: shown(unlockedRao), tone: 'warn' } : 'all',
};
const TAKE: Cell = {
  column: right('Take'),
  of: ({ takeU16 }) => `${formatTakePercent(takeU16)} %`,
};
const HOTKEY: Cell = {
  column: { header: 'Hotkey', kind: 'address' },
  of: ({ hotkey }) => hotkey,
};
const SUBNET: Cell = {
  column: { header: 'Subnet' },
  of: ({ subnet }) => shorten(subnet, MAX_SUBNET),
};
const VALIDATOR: Cell = {
  column: { header: 'Validator' },
  of: ({ validator, hotkey }) =>
    validator === '' ? shorten(hotkey, MAX_VALIDATOR) : shorten(validator, MAX_VALIDATOR),
};

const NARROW: readonly Cell[] = [NETUID, VALIDATOR, STAKE, VALUE, SOLD];

function wideCells(hasLocks: boolean): readonly Cell[] {
  const first = [NETUID, SUBNET, VALIDATOR, HOTKEY, STAKE, VALUE, SOLD, SHARE];
  return [...first, hasLocks ? UNLOCKED : TAKE];
}

/** Nothing shortened, nothing left out; columns are only ever added at the end. */
const PIPED: readonly Cell[] = [
  NETUID,
  { column: { header: 'Subnet' }, of: ({ subnet }) => subnet },
  { column: { header: 'Validator' }, of: ({ validator }) => validator },
  HOTKEY,
  { column: right('Stake (alpha)'), of: ({ alphaRao }) => formatRao(alphaRao) },
  { column: right('Price (TAO)'), of: ({ priceRaoPerAlpha }) => formatRao(priceRaoPerAlpha) },
  { column: right('Value (TAO)'), of: ({ valueRao }) => formatRao(valueRao) },
  {
    column: right('If sold (TAO)'),
    of: ({ exit }) => (exit === undefined ? '' : formatRao(exit.amountOutRao)),
  },
  { column: right('Share (%)'), of: sharePercent },
  { column: right('Unlocked (alpha)'), of: ({ unlockedRao }) => formatRao(unlockedRao) },
  { column: right('Take (%)'), of: ({ takeU16 }) => formatTakePercent(takeU16) },
];

/** Part of all stake with that validator there, in percent, rounded down. */
export function sharePercent({ alphaRao, poolRao }: Position): string {
  if (poolRao === 0n) return '0.0000';
  const text = ((alphaRao * 1_000_000n) / poolRao).toString().padStart(5, '0');
  return `${text.slice(0, -4)}.${text.slice(-4)}`;
}

function titleOf({ name, address }: AccountPositions): Text {
  return { text: name === address ? address : `${name} (${address})`, tone: 'strong' };
}

function totalLines(groups: readonly AccountPositions[]): readonly ViewPart[] {
  const valueRao = groups.reduce((sum, group) => sum + group.valueRao, 0n);
  const known = groups.flatMap(({ exitRao }) => (exitRao === undefined ? [] : [exitRao]));
  const soldRao = known.reduce((sum, rao) => sum + rao, 0n);
  const sold = known.length === groups.length ? `, ${shown(soldRao)} TAO sold one by one` : '';
  return [{ kind: 'line', text: `Total: ${shown(valueRao)} TAO at spot${sold}` }];
}

function hintOf({ style, block }: Listing): string {
  const wider = style.width < WIDE ? ' More columns from 120 characters on.' : '';
  return `At block ${block.number}; If sold is each position alone, after impact and fee.${wider}`;
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
