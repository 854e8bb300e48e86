/**
 * The one gate before anything that cannot be undone. It shows what will happen, asks where
 * somebody can answer, and otherwise names the flag that answers. Text from a pipe is no consent.
 */
import { TaoError } from '../errors/tao-error.ts';
import type { Context } from './context.ts';
import { openCanvas } from './render/canvas.ts';
import { renderWarning } from './render/error-text.ts';
import { type Row, renderAlignedRows } from './render/rows.ts';

export type ConsentRequest = {
  /** Resolved target, amount, fee, worst case and network. */
  readonly rows: readonly Row[];
  /** Short, with a question mark: `Stake 2.5 TAO?` */
  readonly question: string;
  /** Shown below the rows, even with `--quiet`. */
  readonly warnings?: readonly string[];
  /** The value of `--confirm`, when it was given. */
  readonly confirm?: string | undefined;
  /** For all stake, a new destination, export of a secret: the value must be repeated. */
  readonly severe?: {
    /** What has to be typed, or given to `--confirm`. */
    readonly value: string;
    /** What it is: `the amount`, `the address`. */
    readonly what: string;
  };
};

/** What the gate needs of the context. */
export type ConsentContext = Pick<Context, 'streams' | 'mode' | 'shownWarnings'>;

/**
 * Returns when the user agreed. CONSENT_REQUIRED when nobody can be asked or `--confirm` names
 * another value; CONSENT_DECLINED when the answer is no; INTERRUPTED at Ctrl-C.
 */
export async function askConsent(context: ConsentContext, request: ConsentRequest): Promise<void> {
  await showPlan(context, request);
  if (request.severe !== undefined) await confirmSevere(context, request, request.severe);
  else await confirmPlain(context, request);
}

async function showPlan(context: ConsentContext, request: ConsentRequest): Promise<void> {
  const { streams, mode } = context;
  const { stderr } = streams;
  const canvas = await openCanvas(stderr);
  const isAnswered = mode.assumeYes || request.confirm !== undefined || !streams.canAsk;
  if (!(isAnswered && (mode.quiet || mode.output === 'json'))) {
    stderr.write(
      renderAlignedRows(request.rows, canvas)
        .map((line) => `${line}\n`)
        .join(''),
    );
  }
  for (const warning of request.warnings ?? []) {
    stderr.write(renderWarning(warning, canvas));
    context.shownWarnings?.push(warning);
  }
}

async function confirmPlain(context: ConsentContext, request: ConsentRequest): Promise<void> {
  const { streams, mode } = context;
  if (mode.assumeYes) return;
  if (!streams.canAsk) {
    throw new TaoError('CONSENT_REQUIRED', {
      message: `Couldn't ${actionOf(request)}: confirmation is needed and ${whyNot(context)}.`,
      hint: `Add --yes to confirm${dryRunHint(context)}.`,
      data: { flag: '--yes' },
    });
  }
  if (!(await streams.prompts.confirm(request.question))) throw declined(request);
}

async function confirmSevere(
  context: ConsentContext,
  request: ConsentRequest,
  severe: { readonly value: string; readonly what: string },
): Promise<void> {
  const { streams } = context;
  const flag = `--confirm ${shellWord(severe.value)}`;
  if (request.confirm !== undefined) {
    if (request.confirm === severe.value) return;
    throw new TaoError('CONSENT_REQUIRED', {
      message: `Couldn't ${actionOf(request)}: --confirm does not repeat ${severe.what}.`,
      hint: `Check the plan; to confirm it, use ${flag}.`,
      data: { flag },
    });
  }
  if (!streams.canAsk) {
    const missing = `${severe.what} has to be repeated and ${whyNot(context)}`;
    throw new TaoError('CONSENT_REQUIRED', {
      message: `Couldn't ${actionOf(request)}: ${missing}.`,
      hint: `Add ${flag} to confirm${dryRunHint(context)}.`,
      data: { flag },
    });
  }
  const prompt = `${request.question} Type ${severe.what} to confirm (${severe.value})`;
  const answer = await streams.prompts.text(prompt);
  if (answer.trim() !== severe.value) throw declined(request);
}

function declined(request: ConsentRequest): TaoError {
  return new TaoError('CONSENT_DECLINED', {
    message: `Didn't ${actionOf(request)}: the answer was no. Nothing was signed or changed.`,
  });
}

/** `Stake 2.5 TAO?` as the verb phrase of a sentence: `stake 2.5 TAO`. */
function actionOf(request: ConsentRequest): string {
  const phrase = request.question.replace(/\?\s*$/, '');
  return phrase.charAt(0).toLowerCase() + phrase.slice(1);
}

function dryRunHint(context: ConsentContext): string {
  return context.mode.offersDryRun === true ? ', or --dry-run to see the plan' : '';
}

function whyNot(context: ConsentContext): string {
  return context.streams.cannotAskBecause ?? 'this is not a terminal';
}

/** A value as one word of a shell command line. */
function shellWord(value: string): string {
  return /^[\w.,:/@%+-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
