/**
 * Reads exported lines into a ledger of the same chain. What is known already is left as it is, so
 * the same lines twice change nothing; everything is stored, or nothing is.
 */
import { createHash } from 'node:crypto';
import { TaoError } from '../errors/tao-error.ts';
import { EXPORT_FORMAT, EXPORT_VERSION } from './export-ledger.ts';
import type { ImportedRows, ImportRows, Line } from './import-rows.ts';

export type ImportCounts = {
  /** Lines read, the first and the last included. */
  readonly lines: number;
} & ImportedRows;

/** Longest line that is read. */
const MAX_LINE_BYTES = 4 * 1024 * 1024;

export type Importing = {
  readonly genesisHash: string;
  readonly rows: ImportRows;
};

/**
 * Takes the lines in. Runs inside one transaction. LEDGER_IMPORT_INVALID, LEDGER_WRONG_CHAIN,
 * LEDGER_CONFLICT.
 */
export function importLines(
  lines: Iterable<string>,
  { genesisHash, rows }: Importing,
): ImportCounts {
  const hash = createHash('sha256');
  let count = 0;
  let isClosed = false;
  for (const text of lines) {
    if (text === '') continue;
    if (isClosed) throw invalid(count + 1, 'something follows the closing line');
    const line = parseLine(text, count + 1);
    if (line.kind === 'end') {
      if (line.lines !== count || line.checksum !== hash.digest('hex')) {
        throw invalid(count + 1, 'the lines before it are not the ones that were exported');
      }
      isClosed = true;
    } else {
      if (count === 0) checkFirst(line, genesisHash);
      else if (!guard(count + 1, () => rows.take(line))) {
        throw invalid(count + 1, `it is of an unknown kind "${String(line.kind)}"`);
      }
      hash.update(`${text}\n`);
    }
    count += 1;
  }
  if (!isClosed) throw invalid(count, 'the export was cut short');
  return { lines: count, ...guard(count, rows.finish) };
}

/** What a line says and cannot be is the export's fault, not a defect. */
function guard<T>(place: number, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    throw invalid(place, error.message);
  }
}

function parseLine(text: string, place: number): Line {
  if (text.length > MAX_LINE_BYTES) throw invalid(place, 'it is too long');
  try {
    const line: unknown = JSON.parse(text);
    if (typeof line === 'object' && line !== null && 'kind' in line) return line as Line;
  } catch {
    // Told below, without the parser's own words.
  }
  throw invalid(place, 'it is not one JSON document with a kind');
}

function checkFirst(line: Line, genesisHash: string): void {
  if (line.kind !== 'ledger' || line.format !== EXPORT_FORMAT) {
    throw invalid(1, 'it does not begin an export of a ledger');
  }
  if (line.version !== EXPORT_VERSION) {
    throw invalid(1, `it was written by another version of tao (${String(line.version)})`);
  }
  if (line.genesisHash === genesisHash) return;
  throw new TaoError('LEDGER_WRONG_CHAIN', {
    message: "Couldn't import: the export is of another chain.",
    details: [
      `Genesis of the export: ${String(line.genesisHash)}`,
      `Genesis of the ledger: ${genesisHash}`,
    ],
    hint: 'Name the network it was exported from with --network.',
    data: { exportGenesis: String(line.genesisHash), ledgerGenesis: genesisHash },
  });
}

function invalid(place: number, why: string): TaoError {
  return new TaoError('LEDGER_IMPORT_INVALID', {
    message: `Couldn't import: line ${place} is not as it was exported (${why}). Nothing was taken in.`,
    hint: 'Make the export again with tao ledger export, and copy the file whole.',
    data: { line: place, reason: why },
  });
}
