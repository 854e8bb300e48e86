/**
 * What happens to an error nobody made: it is our defect. A redacted report is left in the data
 * folder, so that it can be sent without secrets; the report never holds values of options.
 */
import { inspect } from 'node:util';
import { redact } from '../errors/redact.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Platform } from './context.ts';
import type { Invocation } from './invocation.ts';

/** Longest report: a stack and its causes fit, a dumped buffer does not. */
const MAX_REPORT_LENGTH = 20_000;
const REPORT_ID_BYTES = 4;

export type DefectPlace = {
  readonly platform: Pick<Platform, 'files' | 'clock' | 'random'>;
  readonly dataPath: string;
  readonly version: string;
  readonly invocation: Invocation | undefined;
};

/** Writes the report and returns the INTERNAL error that names it. Never throws. */
export async function reportDefect(error: unknown, place: DefectPlace): Promise<TaoError> {
  const summary = error instanceof Error ? `${error.name}: ${error.message}` : inspect(error);
  const path = await writeReport(error, place).catch(() => undefined);
  const movesFunds = place.invocation?.spec.effect === 'moves-funds';
  return new TaoError('INTERNAL', {
    message: `Failed to finish: this is a defect in taostake ${place.version}, not in your input.`,
    details: [
      summary.split('\n')[0]?.slice(0, 500) ?? '',
      path === undefined
        ? 'A report could not be written.'
        : `Report without keys or passwords: ${path}`,
    ],
    hint: movesFunds
      ? 'Run tao tx list to see whether anything was submitted before you repeat the command.'
      : 'Send the report with a bug report.',
    data: path === undefined ? {} : { report: path },
    cause: error,
  });
}

async function writeReport(error: unknown, place: DefectPlace): Promise<string> {
  const { files, clock, random } = place.platform;
  const nowMs = clock.nowMs();
  const id = Buffer.from(random.bytes(REPORT_ID_BYTES)).toString('hex');
  const folder = `${place.dataPath}/reports`;
  const path = `${folder}/defect-${nowMs}-${id}.txt`;
  const text = reportText(error, place, nowMs);
  await files.makeDirectory(folder, 0o700);
  await files.writeAtomic(path, new TextEncoder().encode(text), { mode: 0o600, overwrite: false });
  return path;
}

function reportText(error: unknown, place: DefectPlace, nowMs: number): string {
  const { invocation } = place;
  const given = Object.entries(invocation?.raw.options ?? {})
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name}`);
  const lines = [
    `taostake ${place.version}`,
    `time ${nowMs} ms since 1970 UTC`,
    `command ${invocation === undefined ? 'none' : invocation.spec.path.join(' ')}`,
    `options ${given.join(' ')}`,
    '',
    inspect(error, { depth: 2, maxStringLength: 500, maxArrayLength: 20 }),
  ];
  return `${redact(lines.join('\n')).slice(0, MAX_REPORT_LENGTH)}\n`;
}
