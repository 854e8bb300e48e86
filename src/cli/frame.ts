/**
 * Runs one command: loads its body, prints its result or its error, and says the exit code. The
 * only place where errors become output. Must never let an error pass unreported.
 */
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import type { Context, OutputStream, Platform, Streams } from './context.ts';
import { reportDefect } from './defect-report.ts';
import {
  documentIndent,
  type EnvelopeHead,
  errorDocument,
  LINE_SCHEMA,
  resultDocument,
} from './envelope.ts';
import type { Invocation } from './invocation.ts';
import type { CommandResult } from './spec.ts';

/** How long a reading body may go on after Ctrl-C before the frame ends the command without it. */
export const INTERRUPT_GRACE_MS = 2_000;
/** Exit code of a second Ctrl-C once funds may be moving: outcome unknown. */
const FORCED_EXIT_WHILE_MOVING = 8;
const FORCED_EXIT = 130;

export type CommandRun = {
  readonly invocation: Invocation;
  readonly context: Context;
  readonly platform: Pick<Platform, 'files' | 'clock' | 'random' | 'interrupts'>;
  /** Name of the network, once the command has opened a chain. */
  readonly networkName?: () => string | undefined;
  /** Told the data of a result, for a run inside another. */
  readonly onData?: ((data: unknown) => void) | undefined;
};

/** Runs the body of a command and prints what came of it. Returns the exit code; never throws. */
export async function runCommand(run: CommandRun): Promise<number> {
  const { context, invocation, platform } = run;
  const movesFunds = invocation.spec.effect === 'moves-funds';
  platform.interrupts.setForcedExitCode(movesFunds ? FORCED_EXIT_WHILE_MOVING : FORCED_EXIT);
  try {
    const body = await invocation.spec.load();
    const result = await endingOnInterrupt(run, body.run(context, invocation.raw));
    run.onData?.(result.data);
    if (result.isAnnounced !== true) await printResult(run, result);
    return result.exitCode ?? 0;
  } catch (error) {
    return printFailure(error, {
      streams: context.streams,
      json: invocation.globals.json,
      platform,
      dataPath: context.paths.data,
      version: context.version,
      invocation,
      isInterrupted: context.signal.aborted,
      network: run.networkName?.(),
      warnings: context.shownWarnings ?? [],
    });
  }
}

/**
 * The body's own end; after Ctrl-C one that only reads gets a grace to end well, and is then left
 * behind. One that writes or moves funds is not: it alone knows what is half done.
 */
async function endingOnInterrupt(
  run: CommandRun,
  body: Promise<CommandResult>,
): Promise<CommandResult> {
  const { signal, clock } = run.context;
  if (run.invocation.spec.effect !== 'reads') return body;
  const settled = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    const giveUp = () => {
      clock.sleep(INTERRUPT_GRACE_MS, settled.signal).then(
        () => reject(interruption()),
        () => undefined,
      );
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([body, interrupted]);
  } finally {
    settled.abort(interruption());
  }
}

/** Prints a result on its streams: one JSON document, or its view and warnings. */
export async function printResult(
  run: Pick<CommandRun, 'context' | 'invocation' | 'networkName'>,
  result: CommandResult,
): Promise<void> {
  const { context, invocation } = run;
  const { streams, mode } = context;
  if (mode.output === 'json') {
    const head: EnvelopeHead = {
      schema: invocation.spec.schema,
      warnings: [...(context.shownWarnings ?? []), ...(result.warnings ?? [])],
      meta: metaOf(context.version, invocation, run.networkName?.()),
    };
    const indent = documentIndent(streams.stdout);
    streams.stdout.write(resultDocument(head, result.data, indent));
    return;
  }
  const { printHints, printView } = await import('./render/print-view.ts');
  const { isTerminal, width } = streams.stdout;
  const view = result.view({ isTerminal, width });
  await printView(view, streams);
  await printWarnings(result.warnings ?? [], streams);
  // The next step comes last, where the eye is.
  await printHints(view, streams, mode.quiet);
}

async function printWarnings(warnings: readonly string[], streams: Streams): Promise<void> {
  if (warnings.length === 0) return;
  const { renderWarning } = await import('./render/error-text.ts');
  const { openCanvas } = await import('./render/canvas.ts');
  const canvas = await openCanvas(streams.stderr);
  for (const warning of warnings) streams.stderr.write(renderWarning(warning, canvas));
}

export type Failure = {
  readonly streams: Pick<Streams, 'stdout' | 'stderr'>;
  readonly json: boolean;
  readonly platform: Pick<Platform, 'files' | 'clock' | 'random'>;
  readonly dataPath: string;
  readonly version: string;
  readonly invocation: Invocation | undefined;
  readonly isInterrupted: boolean;
  readonly network?: string | undefined;
  /** Those the gate has shown before it failed. */
  readonly warnings?: readonly string[];
};

/** Prints any error: ours as it is, an interruption as such, the rest as a defect. Returns the exit code. */
export async function printFailure(error: unknown, failure: Failure): Promise<number> {
  const { streams, version, invocation } = failure;
  const known = await knownError(error, failure);
  if (failure.json) {
    const head: EnvelopeHead = {
      schema: invocation?.spec.schema ?? LINE_SCHEMA,
      warnings: failure.warnings ?? [],
      meta: metaOf(version, invocation, failure.network),
    };
    streams.stdout.write(errorDocument(head, known, documentIndent(streams.stdout)));
  } else {
    await writeErrorText(known, streams.stderr);
  }
  return known.exitCode;
}

async function knownError(error: unknown, failure: Failure): Promise<TaoError> {
  if (isTaoError(error) && error.code !== 'INTERNAL') return error;
  if (failure.isInterrupted && isAbort(error)) return interruption(error);
  return reportDefect(error, failure);
}

async function writeErrorText(error: TaoError, stderr: OutputStream): Promise<void> {
  const { renderError } = await import('./render/error-text.ts');
  const { openCanvas } = await import('./render/canvas.ts');
  stderr.write(renderError(error, await openCanvas(stderr)));
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function interruption(cause?: unknown): TaoError {
  return new TaoError('INTERRUPTED', {
    message: 'Stopped before anything was submitted.',
    cause,
  });
}

function metaOf(
  version: string,
  invocation: Invocation | undefined,
  network: string | undefined,
): EnvelopeHead['meta'] {
  return {
    version,
    ...(invocation === undefined ? {} : { command: invocation.spec.path.join(' ') }),
    ...(network === undefined ? {} : { network }),
  };
}
