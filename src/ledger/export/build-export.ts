/** The content of an export and the totals by which it can be checked. Pure; linear in its rows. */
import type { CostBasis } from '../cost-basis/compute-basis.ts';
import type { BasisStep, Disposal } from '../cost-basis/types.ts';
import { type Cell, csvLine } from './csv.ts';
import { DISPOSAL_COLUMNS, disposalRow } from './disposal-rows.ts';
import {
  type ExportEvent,
  type ExportTotals,
  listEvents,
  type TimeOf,
  totalEvents,
  whenOf,
} from './events.ts';
import type { FiatPrices } from './fiat-prices.ts';
import { type ExportProfile, PROFILES } from './profiles.ts';

export type ExportRequest = {
  readonly format: 'csv' | 'json';
  readonly profile: ExportProfile;
  readonly report: 'events' | 'disposals';
  readonly prices: FiatPrices | undefined;
};

export type Exported = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly totals: ExportTotals;
  readonly disposals: DisposalTotals;
  /** Rows that have a date and no price of its day, where prices were given. */
  readonly unpriced: number;
  /** Rows whose block's time nobody knows. */
  readonly undated: number;
};

export type DisposalTotals = {
  readonly count: number;
  readonly costRao: bigint;
  readonly proceedsRao: bigint;
  /** Equals what `tao rewards show` calls realised. */
  readonly gainRao: bigint;
};

export function buildExport(
  known: {
    readonly steps: readonly BasisStep[];
    readonly costBasis: CostBasis;
    readonly timeOf: TimeOf;
    /** Whose they are, where a move may have its other end elsewhere. */
    readonly coldkey?: string;
  },
  request: ExportRequest,
): Exported {
  const { steps, costBasis, timeOf } = known;
  const { prices } = request;
  const events = listEvents(steps, timeOf);
  const totals = totalEvents(events, known.coldkey);
  const disposals = totalDisposals(costBasis.disposals);
  if (request.report === 'disposals') {
    const context = { method: costBasis.method, prices, timeOf };
    const dates = costBasis.disposals.map(({ disposed }) => whenOf(disposed, timeOf));
    return {
      columns: DISPOSAL_COLUMNS,
      rows: costBasis.disposals.map((disposal) => disposalRow(disposal, context)),
      totals,
      disposals,
      ...countDates(dates, prices),
    };
  }
  const profile = PROFILES[request.profile];
  const written = events.flatMap((event): readonly Written[] => {
    const row = profile.row(event, prices);
    return row === undefined ? [] : [{ event, row }];
  });
  return {
    columns: profile.columns,
    rows: written.map(({ row }) => row),
    totals,
    disposals,
    ...countDates(
      written.map(({ event }) => event.timeMs),
      prices,
    ),
  };
}

type Written = { readonly event: ExportEvent; readonly row: readonly Cell[] };

function countDates(
  dates: readonly (number | undefined)[],
  prices: FiatPrices | undefined,
): { readonly unpriced: number; readonly undated: number } {
  const isUnpriced = (timeMs: number | undefined) =>
    prices !== undefined && timeMs !== undefined && prices.valueOf(1n, timeMs) === undefined;
  return {
    unpriced: dates.filter(isUnpriced).length,
    undated: dates.filter((timeMs) => timeMs === undefined).length,
  };
}

function totalDisposals(disposals: readonly Disposal[]): DisposalTotals {
  let [costRao, proceedsRao] = [0n, 0n];
  for (const disposal of disposals) {
    costRao += disposal.costRao;
    proceedsRao += disposal.proceedsRao;
  }
  return { count: disposals.length, costRao, proceedsRao, gainRao: proceedsRao - costRao };
}

/** Lines of the file, without their ends. */
export function exportLines(
  { columns, rows }: Pick<Exported, 'columns' | 'rows'>,
  format: 'csv' | 'json',
): readonly string[] {
  if (format === 'csv') return [csvLine(columns), ...rows.map(csvLine)];
  const last = rows.length - 1;
  return [
    '[',
    ...rows.map((row, index) => `  ${recordText(columns, row)}${index === last ? '' : ','}`),
    ']',
  ];
}

/** One row as JSON: figures stay texts, so that no reader rounds them. */
function recordText(columns: readonly string[], row: readonly Cell[]): string {
  const entries = columns.map((column, index) => {
    const cell = row[index] ?? '';
    return [column, typeof cell === 'string' ? cell : cell.figure] as const;
  });
  return JSON.stringify(Object.fromEntries(entries));
}
