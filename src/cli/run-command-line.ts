/**
 * From a command line to an exit code: parse, settings, streams, context, command. main gives it
 * the platform and a way to open what needs the heavy parts; help needs neither.
 */
import type {
  ColorChoice,
  Context,
  NestedOutcome,
  NestedRun,
  OutputStream,
  Paths,
  Platform,
  Settings,
  Streams,
} from './context.ts';
import { documentIndent, resultDocument } from './envelope.ts';
import { printFailure, runCommand } from './frame.ts';
import {
  type GlobalOptions,
  type Invocation,
  type ParsedLine,
  type Program,
  runModeOf,
} from './invocation.ts';
import { COLOR_CHOICES } from './setting-values.ts';
import { createSettings, PREFERENCES_FILE, readPreferences, settingFlags } from './settings.ts';

/** The part of the context that comes from platform and settings; main adds what opens things. */
export type BaseContext = Pick<
  Context,
  | 'streams'
  | 'clock'
  | 'random'
  | 'files'
  | 'locks'
  | 'env'
  | 'paths'
  | 'settings'
  | 'config'
  | 'version'
  | 'signal'
  | 'mode'
>;

/** What main's opener returns. `close` is called once, whatever happened. */
export type OpenedContext = {
  readonly context: Context;
  readonly close: () => Promise<void>;
  /** Name of the network once one was opened, for `meta`. */
  readonly networkName: () => string | undefined;
};

export type CommandLine = {
  readonly argv: readonly string[];
  readonly program: Program;
  readonly platform: Platform;
  readonly version: string;
  readonly open: (base: BaseContext, invocation: Invocation) => Promise<OpenedContext>;
  readonly onData?: (data: unknown) => void;
};

const NO_GLOBALS: GlobalOptions = {
  json: false,
  quiet: false,
  verbose: false,
  noInput: false,
  color: undefined,
};

/** Runs one command line and returns its exit code. Never throws; prints everything there is to print. */
export async function runCommandLine(line: CommandLine): Promise<number> {
  line.platform.onStrayError((error) => failLine(line, error, NO_GLOBALS));
  let parsed: ParsedLine;
  try {
    parsed = line.program.parse(line.argv);
  } catch (error) {
    return failLine(line, error, { ...NO_GLOBALS, json: wantsJson(line.argv) });
  }
  const exitCode = await runParsed(line, parsed);
  try {
    await line.platform.drain();
    return exitCode;
  } catch (error) {
    const failed = await failLine(line, error, NO_GLOBALS);
    return exitCode === 0 ? failed : exitCode;
  }
}

/** Runs a command line inside another: under its own environment, printing or silent. */
export async function runNestedLine(
  line: Omit<CommandLine, 'argv' | 'onData'>,
  run: NestedRun,
): Promise<NestedOutcome> {
  let data: unknown;
  const inner = line.platform.withEnvironment(run.env);
  const platform = run.prints ? inner : { ...inner, createStreams: silently(inner) };
  const onData = (value: unknown) => {
    data = value;
  };
  const exitCode = await runCommandLine({ ...line, argv: run.argv, platform, onData });
  return { exitCode, data };
}

/** Streams that ask nobody and print nothing. */
function silently(platform: Platform): Platform['createStreams'] {
  return (request) => {
    const streams = platform.createStreams({ ...request, quiet: true, noInput: true });
    const silent = (stream: OutputStream): OutputStream => ({ ...stream, write: () => undefined });
    return { ...streams, stdout: silent(streams.stdout), stderr: silent(streams.stderr) };
  };
}

async function runParsed(line: CommandLine, parsed: ParsedLine): Promise<number> {
  if (parsed.kind === 'command') return runInvocation(line, parsed.invocation);
  const streams = createStreams(line.platform, parsed.globals, parsed.globals.color ?? 'auto');
  if (parsed.kind === 'version') {
    const meta = { version: line.version };
    const head = { schema: 'tao.version/1', warnings: [], meta };
    const indent = documentIndent(streams.stdout);
    const isJson = parsed.globals.json || wantsJson(line.argv);
    const text = isJson ? resultDocument(head, meta, indent) : `tao ${line.version}\n`;
    streams.stdout.write(text);
    return 0;
  }
  if (!parsed.requested && parsed.globals.json) {
    const { missingCommand } = await import('./usage-errors.ts');
    return failLine(line, missingCommand(parsed.path), parsed.globals);
  }
  const { renderHelp } = await import('./render-help.ts');
  const stream = parsed.requested ? streams.stdout : streams.stderr;
  stream.write(renderHelp(line.program.specs, parsed.path, stream.width));
  return parsed.requested ? 0 : 2;
}

async function runInvocation(line: CommandLine, invocation: Invocation): Promise<number> {
  const { platform, version } = line;
  platform.onStrayError((error) => failLine(line, error, invocation.globals, invocation));
  let base: BaseContext;
  let opened: OpenedContext;
  try {
    base = await createBase(line, invocation);
  } catch (error) {
    return failLine(line, error, invocation.globals, invocation);
  }
  try {
    opened = await line.open(base, invocation);
  } catch (error) {
    return printFailure(error, {
      streams: base.streams,
      json: invocation.globals.json,
      platform,
      dataPath: base.paths.data,
      version,
      invocation,
      isInterrupted: platform.interrupts.signal.aborted,
    });
  }
  const { context, networkName } = opened;
  try {
    const { onData } = line;
    return await runCommand({ invocation, context, platform, networkName, onData });
  } finally {
    // The command's outcome stands, whatever closing says; the text must not spoil its document.
    await opened.close().catch((error: unknown) => failLine(line, error, NO_GLOBALS));
  }
}

async function createBase(line: CommandLine, invocation: Invocation): Promise<BaseContext> {
  const { platform, version } = line;
  const preferencesPath = `${platform.paths.config}/${PREFERENCES_FILE}`;
  const settings = createSettings({
    flags: settingFlags(invocation),
    env: platform.env,
    stored: await readPreferences(platform.files, preferencesPath),
    preferencesPath,
    paths: platform.paths,
    resolvePath: platform.resolvePath,
  });
  return {
    streams: createStreams(platform, invocation.globals, colorChoice(settings)),
    clock: platform.clock,
    random: platform.random,
    files: platform.files,
    locks: platform.locks,
    env: platform.env,
    paths: pathsWith(platform.paths, settings),
    settings,
    config: platform.createConfigStore(preferencesPath),
    version,
    signal: platform.interrupts.signal,
    mode: runModeOf(invocation),
  };
}

/** The platform's folders, with the wallets where the settings say. */
function pathsWith(paths: Paths, settings: Settings): Paths {
  return {
    config: paths.config,
    data: paths.data,
    cache: paths.cache,
    dev: paths.dev,
    get wallets() {
      return settings.get('wallet-path');
    },
  };
}

/** A bad colour preference must not keep the command that mends it from running. */
function colorChoice(settings: Settings): ColorChoice {
  try {
    const value = settings.get('color');
    return COLOR_CHOICES.find((choice) => choice === value) ?? 'auto';
  } catch {
    return 'auto';
  }
}

function createStreams(platform: Platform, globals: GlobalOptions, color: ColorChoice): Streams {
  const { json, quiet, verbose, noInput } = globals;
  return platform.createStreams({ color, json, quiet, verbose, noInput });
}

function failLine(
  line: CommandLine,
  error: unknown,
  globals: GlobalOptions,
  invocation?: Invocation,
): Promise<number> {
  const { platform, version } = line;
  return printFailure(error, {
    streams: createStreams(platform, globals, globals.color ?? 'auto'),
    json: globals.json,
    platform,
    dataPath: platform.paths.data,
    version,
    invocation,
    isInterrupted: platform.interrupts.signal.aborted,
  });
}

/** Whether a command line that cannot be parsed asked for JSON. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return (end === -1 ? argv : argv.slice(0, end)).includes('--json');
}
