/** What `tao rewards show` says, for people: what was earned, what it cost, and whether it adds up. */
import type { Text, View, ViewPart, ViewStyle } from '../../cli/spec.ts';
import { displayRao, formatRao } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { isoTime } from '../../domain/time.ts';
import type { PositionSummary } from '../../ledger/rewards/summarize-rewards.ts';
import type { Shown } from './show.ts';
import { totalsOf } from './show-totals.ts';

export function renderRewards(shown: Shown, { isTerminal, width }: ViewStyle): View {
  const { positions } = shown.summary;
  if (positions.length === 0) {
    return [{ kind: 'hint', text: 'No position seen yet. tao stake add opens one.' }];
  }
  return isTerminal ? renderForPeople(shown, width) : [recordTable(shown)];
}

/** Columns in which everything that was earned fits into one table. */
const WIDE_TERMINAL = 124;

type Cell = (position: PositionSummary) => Text;

/** One record a position; columns are only ever added at the end. */
function recordTable(shown: Shown): ViewPart {
  const amount = (rao: bigint | undefined) => (rao === undefined ? '' : formatRao(rao));
  const columns: readonly (readonly [header: string, cell: Cell])[] = [
    ['Netuid', ({ rewards }) => `${rewards.netuid}`],
    ['Hotkey', ({ rewards }) => rewards.hotkey],
    ['Since', ({ rewards }) => sinceText(rewards.opened)],
    ['Stake (alpha)', ({ rewards }) => amount(rewards.alphaNowRao)],
    ['Earned (alpha)', ({ rewards }) => amount(rewards.emissionAlphaRao)],
    ['Earned (TAO)', ({ rewards }) => amount(rewards.tao?.emissionRao)],
    ['Price gain (TAO)', ({ rewards }) => amount(rewards.tao?.priceRao)],
    ['Paid (TAO)', ({ rewards }) => amount(rewards.paidRao)],
    ['Returned (TAO)', ({ rewards }) => amount(rewards.receivedRao)],
    ['Value (TAO)', ({ rewards }) => amount(rewards.tao?.valueNowRao)],
    ['Exit value (TAO)', ({ rewards }) => amount(shown.exits.of(rewards))],
    ['Entry cost (TAO)', ({ basis }) => amount(basis?.costRao)],
    ['Realised (TAO)', ({ basis }) => amount(basis?.realisedRao)],
    ['Unrealised (TAO)', ({ basis }) => amount(basis?.unrealisedRao)],
    ['Take paid (TAO)', ({ takePaid }) => amount(takePaid?.taoRao)],
    [
      'Unexplained (alpha)',
      ({ reconciliation: { unexplainedAlphaRao } }) => amount(unexplainedAlphaRao),
    ],
    ...shown.windows.map(({ name }): readonly [string, Cell] => [
      `Earned ${name} (alpha)`,
      ({ windows }) => amount(windows.find((one) => one.name === name)?.earnedAlphaRao),
    ]),
  ];
  return table(columns, shown.summary.positions);
}

function table(
  columns: readonly (readonly [header: string, cell: Cell])[],
  positions: readonly PositionSummary[],
): ViewPart {
  return {
    kind: 'table',
    columns: columns.map(([header]) => {
      if (header === 'Hotkey') return { header, kind: 'address', isKey: true };
      return { header, align: 'right', ...(header === 'Netuid' ? { isKey: true } : {}) };
    }),
    rows: positions.map((position) => columns.map(([, cell]) => cell(position))),
  };
}

function sinceText(opened: PositionSummary['rewards']['opened']): string {
  return `${opened.kind === 'opened' ? '' : '≥'}${opened.block.number}`;
}

function renderForPeople(shown: Shown, width: number): View {
  const { positions } = shown.summary;
  const show = (rao: bigint | undefined) => (rao === undefined ? '?' : displayRao(rao));
  const earned: readonly (readonly [string, Cell])[] = [
    ['Netuid', ({ rewards }) => `${rewards.netuid}`],
    ['Hotkey', ({ rewards }) => rewards.hotkey],
    ['Since', ({ rewards }) => sinceText(rewards.opened)],
    ['Stake (alpha)', ({ rewards }) => show(rewards.alphaNowRao)],
    ['Earned (alpha)', ({ rewards }) => good(show(rewards.emissionAlphaRao))],
    ['Earned (TAO)', ({ rewards }) => show(rewards.tao?.emissionRao)],
    ['Take paid (TAO)', ({ takePaid }) => show(takePaid?.taoRao)],
  ];
  const windows = shown.windows.map(({ name }): readonly [string, Cell] => [
    `${name} (alpha)`,
    (position) => windowText(position, name),
  ]);
  const isWide = width >= WIDE_TERMINAL;
  const worth: readonly (readonly [string, Cell])[] = [
    ['Netuid', ({ rewards }) => `${rewards.netuid}`],
    ['Hotkey', ({ rewards }) => rewards.hotkey],
    ['Entry cost', ({ basis }) => show(basis?.costRao)],
    ['Value now', ({ rewards }) => show(rewards.tao?.valueNowRao)],
    ['Exit value', ({ rewards }) => show(shown.exits.of(rewards))],
    ['Price gain', ({ rewards }) => show(rewards.tao?.priceRao)],
    ['Realised', ({ basis }) => show(basis?.realisedRao)],
    ['Unrealised', ({ basis }) => show(basis?.unrealisedRao)],
  ];
  return [
    table(isWide ? [...earned, ...windows] : earned, positions),
    ...(isWide ? [] : [table([...earned.slice(0, 2), ...windows], positions)]),
    { kind: 'line', text: { text: `In TAO, ${shown.method}:`, tone: 'faint' } },
    table(worth, positions),
    { kind: 'rows', rows: [...totalRows(shown), ...checkRows(shown)] },
    ...hints(shown),
  ];
}

function good(text: string): Text {
  return { text, tone: 'good' };
}

/** `>`: the ledger does not reach back to the window's beginning, so it may have been more. */
function windowText({ windows }: PositionSummary, name: string): string {
  const window = windows.find((one) => one.name === name);
  if (window === undefined) return '?';
  return `${window.isWhole ? '' : '>'}${displayRao(window.earnedAlphaRao)}`;
}

function totalRows(shown: Shown): readonly (readonly [string, Text])[] {
  const totals = totalsOf(shown);
  const windows = totals.windows
    .map(({ name, earnedRao }) => `${displayRao(earnedRao)} in ${name}`)
    .join(', ');
  return [
    ['Earned', good(`${displayRao(totals.earnedRao)} TAO; ${windows}`)],
    ['Price gain', `${displayRao(totals.priceGainRao)} TAO, apart from what was earned`],
    [
      'Result',
      `${displayRao(totals.realisedRao)} TAO realised, ${displayRao(totals.unrealisedRao)} not yet`,
    ],
    [
      'Value',
      `${displayRao(totals.valueRao)} TAO at spot, ${displayRao(totals.exitRao)} if sold now`,
    ],
    ...(totals.unclaimedRao === 0n
      ? []
      : [['Unclaimed', `about ${displayRao(totals.unclaimedRao)} TAO of root dividends`] as const]),
    ...(totals.unpriced === 0
      ? []
      : [['No price', `${totals.unpriced} positions are in no sum of TAO`] as const]),
  ];
}

/** The balance the chain has, against what is recorded: a difference is a row of its own. */
function checkRows({ summary, block }: Shown): readonly (readonly [string, Text])[] {
  const at = `block ${block.number}, ${isoTime(block.timeMs)}`;
  const open = summary.positions.filter(
    ({ reconciliation }) => reconciliation.unexplainedAlphaRao !== 0n,
  );
  if (open.length === 0) return [['Reconciled', `${at}: nothing unexplained`]];
  return open.map(({ rewards, reconciliation }) => [
    'Unexplained',
    {
      text: `${formatRao(reconciliation.unexplainedAlphaRao)} alpha on subnet ${rewards.netuid} with ${rewards.hotkey}, at ${at}`,
      tone: 'warn',
    },
  ]);
}

function hints({ summary }: Shown): View {
  const { positions } = summary;
  const isRoot = positions.some(({ rewards }) => rewards.netuid === ROOT_NETUID);
  const isOlder = positions.some(({ rewards }) => rewards.opened.kind !== 'opened');
  return [
    ...(isRoot ? [{ kind: 'hint', text: 'On root, alpha is TAO.' } as const] : []),
    ...(isOlder
      ? [
          {
            kind: 'hint',
            text: '≥ and > mark what was there before the first look; tao rewards sync reads history.',
          } as const,
        ]
      : []),
  ];
}
