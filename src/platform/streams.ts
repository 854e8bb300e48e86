/**
 * stdin, stdout and stderr as one object that knows, for each, whether it is a terminal, its
 * width and its colours, and whether anybody can be asked. The only place that writes to them.
 */
import type { OutputStream, StreamRequest, Streams } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import { colorLevel } from './color-level.ts';
import { type Host, type HostOutput, isCi, readVariable } from './host.ts';
import { createProgress } from './progress.ts';
import { createPrompts } from './prompts.ts';

/** Width where there is no terminal to ask. */
const DEFAULT_WIDTH = 80;

/** Where an output stands: writes that are under way, and the first that failed. */
export type OutputWatch = {
  readonly write: (text: string) => void;
  readonly drained: () => Promise<void>;
  readonly failure: () => Error | undefined;
};

/**
 * Watches one output for its whole life. A closed pipe (`tao stake list | head -1`) ends output
 * quietly; any other failure is kept for `drain`.
 */
export function watchOutput(output: HostOutput): OutputWatch {
  let failure: Error | undefined;
  let isClosed = false;
  let pending: Promise<void> = Promise.resolve();
  const note = (error: Error) => {
    isClosed = true;
    const code = 'code' in error ? error.code : undefined;
    if (code !== 'EPIPE' && code !== 'ERR_STREAM_DESTROYED') failure ??= error;
  };
  output.on('error', note);
  return {
    write: (text) => {
      if (isClosed) return;
      const written = new Promise<void>((resolve) => {
        output.write(text, (error) => {
          if (error instanceof Error) note(error);
          resolve();
        });
      });
      pending = pending.then(() => written);
    },
    drained: () => pending,
    failure: () => failure,
  };
}

export type WatchedOutputs = { readonly stdout: OutputWatch; readonly stderr: OutputWatch };

/** Streams for one run. */
export function createStreams(
  host: Host,
  watched: WatchedOutputs,
  request: StreamRequest,
): Streams {
  const env = (name: string) => readVariable(host, name);
  const describe = (output: HostOutput, watch: OutputWatch): OutputStream => {
    const isTerminal = output.isTTY === true;
    return {
      write: watch.write,
      isTerminal,
      get width() {
        return isTerminal ? (output.columns ?? DEFAULT_WIDTH) || DEFAULT_WIDTH : DEFAULT_WIDTH;
      },
      colorLevel: colorLevel({ choice: request.color, env, isTerminal }),
    };
  };
  const stdout = describe(host.stdout, watched.stdout);
  const stderr = describe(host.stderr, watched.stderr);
  const cannotAskBecause = whyNobodyAnswers(host, stderr, request);
  return {
    stdout,
    stderr,
    canAsk: cannotAskBecause === undefined,
    cannotAskBecause,
    prompts: createPrompts({ host, cannotAskBecause, colorLevel: stderr.colorLevel }),
    progress: createProgress({
      host,
      stderr,
      isShown: stderr.isTerminal && !request.quiet && !request.json && !isCi(env),
      isListed: request.verbose && !stderr.isTerminal,
    }),
    readStdin: (limitBytes) => readAll(host.stdin, limitBytes),
  };
}

function whyNobodyAnswers(
  host: Host,
  stderr: OutputStream,
  request: StreamRequest,
): string | undefined {
  if (request.noInput) return '--no-input was given';
  if (isCi((name) => readVariable(host, name))) return 'CI is set';
  if (host.stdin.isTTY !== true || !stderr.isTerminal) return 'this is not a terminal';
  return undefined;
}

/** All of standard input; undefined when it is a terminal. FILE_TOO_LARGE, FILE_NOT_READABLE. */
async function readAll(
  stdin: NodeJS.ReadStream,
  limitBytes: number,
): Promise<Uint8Array | undefined> {
  if (stdin.isTTY === true) return undefined;
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of stdin) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      total += bytes.length;
      if (total > limitBytes) {
        throw new TaoError('FILE_TOO_LARGE', {
          message: `Couldn't read standard input: it is longer than ${limitBytes} bytes.`,
          hint: 'Check what is piped in.',
        });
      }
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof TaoError) throw error;
    throw new TaoError('FILE_NOT_READABLE', {
      message: "Couldn't read standard input.",
      cause: error,
    });
  }
  return new Uint8Array(Buffer.concat(chunks));
}
