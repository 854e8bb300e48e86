/**
 * The shapes in which tax tools take a file. Koinly: its universal template. CoinTracking: its CSV
 * import with all optional columns. Staking on root and moves between own positions change no
 * holding there, and are in the neutral shape only. Pure.
 */
import { formatRao } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { isoTime } from '../../domain/time.ts';
import { type Cell, figure } from './csv.ts';
import { currencyOf, type ExportEvent } from './events.ts';
import type { FiatPrices } from './fiat-prices.ts';

export const EXPORT_PROFILES = ['neutral', 'koinly', 'cointracking'] as const;
export type ExportProfile = (typeof EXPORT_PROFILES)[number];

export type Profile = {
  readonly columns: readonly string[];
  /** Undefined: the tool has no use for the event. */
  readonly row: (event: ExportEvent, prices: FiatPrices | undefined) => readonly Cell[] | undefined;
};

const NOTHING = figure('');

const neutral: Profile = {
  columns: [
    'time',
    'block',
    'block_hash',
    'event',
    'coldkey',
    'hotkey',
    'netuid',
    'alpha',
    'tao',
    'to_coldkey',
    'to_hotkey',
    'fiat_value',
    'fiat_currency',
  ],
  row: (event, prices) => [
    event.timeMs === undefined ? '' : isoTime(event.timeMs),
    figure(`${event.blockNumber}`),
    event.blockHash,
    event.kind,
    event.coldkey,
    event.hotkey,
    figure(`${event.netuid}`),
    figure(formatRao(event.alphaRao)),
    figure(formatRao(event.taoRao)),
    event.to?.coldkey ?? '',
    event.to?.hotkey ?? '',
    fiatCell(event, prices),
    prices?.currency ?? '',
  ],
};

const koinly: Profile = {
  columns: [
    'Date',
    'Sent Amount',
    'Sent Currency',
    'Received Amount',
    'Received Currency',
    'Fee Amount',
    'Fee Currency',
    'Net Worth Amount',
    'Net Worth Currency',
    'Label',
    'Description',
    'TxHash',
  ],
  row: (event, prices) => {
    const sides = sidesOf(event);
    if (sides === undefined) return undefined;
    const fiat = fiatCell(event, prices);
    return [
      event.timeMs === undefined
        ? ''
        : isoTime(event.timeMs).replace('T', ' ').replace('Z', ' UTC'),
      ...amountCells(sides.sent),
      ...amountCells(sides.received),
      NOTHING,
      '',
      fiat,
      fiat === NOTHING ? '' : (prices?.currency ?? ''),
      KOINLY_LABELS[event.kind] ?? '',
      describe(event),
      '',
    ];
  },
};

/** Tags that Koinly documents; other events have none, and its user decides. */
const KOINLY_LABELS: Partial<Record<ExportEvent['kind'], string>> = {
  reward: 'reward',
  fee: 'cost',
  rounding: 'cost',
};

const cointracking: Profile = {
  columns: [
    'Type',
    'Buy Amount',
    'Buy Currency',
    'Sell Amount',
    'Sell Currency',
    'Fee',
    'Fee Currency',
    'Exchange',
    'Trade-Group',
    'Comment',
    'Date',
    'Liquidity pool (optional)',
    'Tx-ID (optional)',
    'Buy Value in Account Currency (optional)',
    'Sell Value in Account Currency (optional)',
  ],
  row: (event, prices) => {
    const sides = sidesOf(event);
    if (sides === undefined) return undefined;
    const fiat = fiatCell(event, prices);
    return [
      typeOf(event),
      ...amountCells(sides.received),
      ...amountCells(sides.sent),
      NOTHING,
      '',
      'Bittensor',
      `subnet ${event.netuid}`,
      describe(event),
      event.timeMs === undefined ? '' : dayFirst(event.timeMs),
      '',
      '',
      sides.received === undefined ? NOTHING : fiat,
      sides.sent === undefined ? NOTHING : fiat,
    ];
  },
};

/** Types that CoinTracking documents. */
function typeOf({ kind, alphaRao }: ExportEvent): string {
  if (kind === 'stake' || kind === 'unstake') return 'Trade';
  if (kind === 'reward') return 'Staking';
  if (kind === 'fee' || kind === 'rounding') return 'Other Fee';
  return alphaRao > 0n ? 'Deposit' : 'Withdrawal';
}

export const PROFILES: Readonly<Record<ExportProfile, Profile>> = { neutral, koinly, cointracking };

type Side = { readonly rao: bigint; readonly currency: string };

/** What went out and what came in; undefined where no holding changed. */
function sidesOf(
  event: ExportEvent,
): { readonly sent: Side | undefined; readonly received: Side | undefined } | undefined {
  const { kind, netuid, alphaRao, taoRao } = event;
  const isTrade = kind === 'stake' || kind === 'unstake';
  if (kind === 'move' || alphaRao === 0n || (isTrade && netuid === ROOT_NETUID)) return undefined;
  const alpha = { rao: alphaRao < 0n ? -alphaRao : alphaRao, currency: currencyOf(netuid) };
  const tao = { rao: taoRao < 0n ? -taoRao : taoRao, currency: 'TAO' };
  if (kind === 'stake') return { sent: tao, received: alpha };
  if (kind === 'unstake') return { sent: alpha, received: tao };
  return alphaRao > 0n
    ? { sent: undefined, received: alpha }
    : { sent: alpha, received: undefined };
}

function amountCells(side: Side | undefined): readonly Cell[] {
  return side === undefined ? [NOTHING, ''] : [figure(formatRao(side.rao)), side.currency];
}

/** Worth of the event, never negative; empty without a price of its day. */
function fiatCell(event: ExportEvent, prices: FiatPrices | undefined): Cell {
  const taoRao = event.taoRao < 0n ? -event.taoRao : event.taoRao;
  // What left for nothing was still worth something, which nobody said.
  if (taoRao === 0n) return NOTHING;
  const value = prices?.valueOf(taoRao, event.timeMs);
  return value === undefined ? NOTHING : figure(value);
}

function describe({ kind, netuid, hotkey, blockNumber }: ExportEvent): string {
  const where = netuid === ROOT_NETUID ? 'root' : `subnet ${netuid}`;
  return `${kind} on ${where} with ${hotkey}, block ${blockNumber}`;
}

/** `DD-MM-YYYY HH:MM:SS`, UTC, as CoinTracking's own example has it. */
function dayFirst(ms: number): string {
  const text = isoTime(ms);
  return `${text.slice(8, 10)}-${text.slice(5, 7)}-${text.slice(0, 4)} ${text.slice(11, 19)}`;
}
