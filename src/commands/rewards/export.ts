/** `tao rewards export`: what happened, for tax tools, with totals that equal `tao rewards show`. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, CommandResult, RawInput } from '../../cli/spec.ts';
import { formatRao, tao, taoJson } from '../../domain/amount.ts';
import { TaoError } from '../../errors/tao-error.ts';
import {
  buildExport,
  type Exported,
  type ExportRequest,
  exportLines,
} from '../../ledger/export/build-export.ts';
import { currencyOf } from '../../ledger/export/events.ts';
import { type FiatPrices, parseFiatPrices } from '../../ledger/export/fiat-prices.ts';
import { EXPORT_PROFILES } from '../../ledger/export/profiles.ts';
import { lookNow } from '../../pipeline/look-now.ts';
import { refuseExisting } from '../../pipeline/offline/artifact-file.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';
import { readSummary } from './show.ts';
import { readMethod } from './window-option.ts';

/** Largest price file, bytes. */
const MAX_PRICES_BYTES = 8_000_000;
/** Only the owner reads what he earned. */
const FILE_MODE = 0o600;
const STDOUT = '-';

export const rewardsExport: CommandBody = {
  run: async (context, raw) => {
    const out = optionText(raw, 'out') ?? STDOUT;
    if (out !== STDOUT) await refuseExisting(context, out);
    const request = await readRequest(context, raw);
    const exported = await build(context, raw, request);
    const lines = exportLines(exported, request.format);
    if (out !== STDOUT) {
      const content = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
      await context.files.writeAtomic(out, content, { mode: FILE_MODE, overwrite: false });
    }
    const totals = totalLines(exported);
    if (!context.mode.quiet && context.mode.output === 'text') {
      context.streams.stderr.write(totals.map((line) => `${line}\n`).join(''));
    }
    return result({ out, request, exported, lines });
  },
};

/** USAGE_MISSING, USAGE_CONFLICT, USAGE_INVALID, FILE_NOT_FOUND, FILE_TOO_LARGE. */
async function readRequest(context: Context, raw: RawInput): Promise<ExportRequest> {
  const profile = optionText(raw, 'profile');
  const report = optionText(raw, 'report') === 'disposals' ? 'disposals' : 'events';
  if (report === 'disposals' && profile !== undefined && profile !== 'neutral') {
    throw new TaoError('USAGE_CONFLICT', {
      message: `Couldn't use --profile ${profile} with --report disposals: it has columns of its own.`,
      hint: 'Leave one of them out.',
      data: { options: ['profile', 'report'] },
    });
  }
  return {
    format: optionText(raw, 'format') === 'json' ? 'json' : 'csv',
    profile: EXPORT_PROFILES.find((one) => one === profile) ?? 'neutral',
    report,
    prices: await readPrices(context, raw),
  };
}

async function readPrices(context: Context, raw: RawInput): Promise<FiatPrices | undefined> {
  const path = optionText(raw, 'prices');
  const currency = optionText(raw, 'currency');
  if (path === undefined && currency === undefined) return undefined;
  if (path === undefined || currency === undefined) {
    throw new TaoError('USAGE_MISSING', {
      message: "Couldn't value it: --prices and --currency belong together.",
      hint: 'Add both, such as --prices tao-eur.csv --currency EUR.',
      data: { missing: [path === undefined ? '--prices' : '--currency'] },
    });
  }
  if (!/^[A-Z]{3,5}$/.test(currency)) {
    throw new TaoError('USAGE_INVALID', {
      message: `Couldn't use --currency "${currency}": it must be three to five capital letters.`,
      hint: 'Write a code such as EUR.',
      data: { option: 'currency', value: currency },
    });
  }
  const content = await context.files.read(path, MAX_PRICES_BYTES);
  if (content === undefined) {
    throw new TaoError('FILE_NOT_FOUND', {
      message: `Couldn't read ${path}: there is no such file.`,
      hint: 'Give --prices a file of lines such as 2026-08-10,312.45.',
      data: { path },
    });
  }
  return parseFiatPrices(new TextDecoder().decode(content), currency);
}

async function build(context: Context, raw: RawInput, request: ExportRequest): Promise<Exported> {
  const method = readMethod(raw);
  const owner = await readAccountArgument(context, raw);
  const chain = await context.openChain();
  const ledger = await context.openLedger(chain.genesisHash);
  const { address } = owner;
  const { seen } = await lookNow({ context, chain, ledger, coldkeys: [address] });
  const { block } = seen;
  const summary = readSummary(ledger, { address, method, windows: [], block });
  const times = new Map(
    ledger.facts.readBlocks().map(({ number, timeMs }) => [number, timeMs] as const),
  );
  const timeOf = (number: number) => times.get(number);
  return buildExport({ ...summary, timeOf, coldkey: address }, request);
}

type Done = {
  readonly out: string;
  readonly request: ExportRequest;
  readonly exported: Exported;
  readonly lines: readonly string[];
};

function result({ out, request, exported, lines }: Done): CommandResult {
  const isFile = out !== STDOUT;
  return {
    data: {
      file: isFile ? out : null,
      format: request.format,
      profile: request.report === 'disposals' ? null : request.profile,
      report: request.report,
      columns: exported.columns,
      rows: isFile
        ? null
        : exported.rows.map((row) =>
            row.map((cell) => (typeof cell === 'string' ? cell : cell.figure)),
          ),
      totals: totalsData(exported),
    },
    warnings: warningsOf(exported),
    view: () =>
      isFile
        ? [
            {
              kind: 'receipt',
              verb: 'Exported',
              subject: `${exported.rows.length} rows`,
              details: [['File', out]],
            },
          ]
        : lines.map((text) => ({ kind: 'line', text }) as const),
  };
}

function totalsData({ totals, disposals, rows }: Exported): Readonly<Record<string, unknown>> {
  return {
    rows: rows.length,
    earnedValue: taoJson(tao(totals.earnedRao)),
    paid: taoJson(tao(totals.paidRao)),
    returned: taoJson(tao(totals.receivedRao)),
    disposals: disposals.count,
    cost: taoJson(tao(disposals.costRao)),
    proceeds: taoJson(tao(disposals.proceedsRao)),
    realised: taoJson(tao(disposals.gainRao)),
  };
}

/** For stderr: what to compare with `tao rewards show`. */
function totalLines({ totals, disposals, rows }: Exported): readonly string[] {
  const earned = [...totals.earnedAlpha]
    .sort(([a], [b]) => a - b)
    .map(([netuid, rao]) => `${formatRao(rao)} ${currencyOf(netuid)}`);
  return [
    `Rows       ${rows.length}`,
    `Earned     ${formatRao(totals.earnedRao)} TAO${earned.length === 0 ? '' : ` (${earned.join(', ')})`}`,
    `Paid       ${formatRao(totals.paidRao)} TAO`,
    `Returned   ${formatRao(totals.receivedRao)} TAO`,
    `Realised   ${formatRao(disposals.gainRao)} TAO in ${disposals.count} disposals`,
  ];
}

function warningsOf({ unpriced, undated }: Exported): readonly string[] {
  return [
    ...(unpriced === 0
      ? []
      : [
          `${unpriced} rows have no price in the file for their day, and no value in that currency.`,
        ]),
    ...(undated === 0 ? [] : [`${undated} rows have no date: no look at their block is recorded.`]),
  ];
}
