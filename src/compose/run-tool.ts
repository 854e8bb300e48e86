/**
 * One run of the tool: parses a command line, builds the command's context, runs it, closes what it
 * opened. main calls it once; `demo` calls it again for each of its steps.
 */

import { join } from 'node:path';
import type { Context, NestedOutcome, NestedRun, Platform, Streams } from '../cli/context.ts';
import { printFailure, runCommand } from '../cli/frame.ts';
import { type GlobalOptions, type Invocation, type Program, runModeOf } from '../cli/invocation.ts';
import {
  createSettings,
  PREFERENCES_FILE,
  readPreferences,
  settingFlags,
} from '../cli/settings.ts';
import type { CommandSpec } from '../cli/spec.ts';
import { openResources } from './resources.ts';

export type ToolRun = {
  readonly argv: readonly string[];
  readonly platform: Platform;
  readonly program: Program;
  readonly version: string;
  /** Streams to use instead of the platform's own: nested runs that print nothing. */
  readonly streams?: Streams;
};

/** Runs one command line to its end. Never throws; the exit code says how it went. */
export async function runTool(run: ToolRun): Promise<NestedOutcome> {
  const { platform, program, argv } = run;
  let parsed: ReturnType<Program['parse']>;
  try {
    parsed = program.parse(argv);
  } catch (error) {
    return { exitCode: await reportParseError(run, error), data: undefined };
  }
  if (parsed.kind === 'command') return runInvocation(run, parsed.invocation);
  const streams = run.streams ?? platform.createStreams(streamRequest(parsed.globals));
  if (parsed.kind === 'version') {
    streams.stdout.write(`${run.version}\n`);
    return { exitCode: 0, data: undefined };
  }
  const { renderHelp } = await import('../cli/render-help.ts');
  const stream = parsed.requested ? streams.stdout : streams.stderr;
  stream.write(renderHelp(program.specs, parsed.path, stream.width));
  return { exitCode: parsed.requested ? 0 : 2, data: undefined };
}

async function runInvocation(run: ToolRun, invocation: Invocation): Promise<NestedOutcome> {
  const { platform } = run;
  const { files, paths } = platform;
  const preferencesPath = join(paths.config, PREFERENCES_FILE);
  const settings = createSettings({
    flags: settingFlags(invocation),
    env: platform.env,
    stored: await readPreferences(files, preferencesPath),
    preferencesPath,
    paths,
    resolvePath: platform.resolvePath,
  });
  const streams = run.streams ?? platform.createStreams(streamRequest(invocation.globals));
  const resources = openResources({ platform, settings, streams });
  let data: unknown;
  const context: Context = {
    ...resources.access,
    streams,
    clock: platform.clock,
    random: platform.random,
    files,
    env: platform.env,
    paths,
    settings,
    config: platform.createConfigStore(preferencesPath),
    version: run.version,
    signal: platform.interrupts.signal,
    mode: runModeOf(invocation),
    runCommand: (nested) => runNested(run, streams, nested),
    announce: (result) => {
      data = result.data;
      return printResult({ invocation, context, networkName: resources.openedNetwork }, result);
    },
  };
  const spec: CommandSpec = {
    ...invocation.spec,
    load: async () => {
      const body = await invocation.spec.load();
      return {
        run: async (given, raw) => {
          const result = await body.run(given, raw);
          data = result.data;
          return result;
        },
      };
    },
  };
  try {
    const exitCode = await runCommand({
      invocation: { ...invocation, spec },
      context,
      platform,
      networkName: resources.openedNetwork,
    });
    return { exitCode, data };
  } finally {
    await resources.close();
  }
}

/** A command inside a command: the same platform with some variables set, and its own resources. */
function runNested(run: ToolRun, streams: Streams, nested: NestedRun): Promise<NestedOutcome> {
  const { platform } = run;
  const env = (name: string) => nested.env[name] ?? platform.env(name);
  const silent = { ...streams.stdout, write: () => undefined };
  return runTool({
    ...run,
    argv: nested.argv,
    platform: { ...platform, env, paths: { ...platform.paths, ...nested.paths } },
    ...(nested.prints
      ? {}
      : {
          streams: {
            ...streams,
            stdout: silent,
            stderr: silent,
            canAsk: false,
            progress: () => ({ update: () => undefined, stop: () => undefined }),
          },
        }),
  });
}

async function reportParseError(run: ToolRun, error: unknown): Promise<number> {
  const { platform, argv } = run;
  const json = argv.includes('--json');
  const streams =
    run.streams ??
    platform.createStreams({ color: 'auto', json, quiet: false, verbose: false, noInput: true });
  return printFailure(error, {
    streams,
    json,
    platform,
    dataPath: platform.paths.data,
    version: run.version,
    invocation: undefined,
    isInterrupted: platform.interrupts.signal.aborted,
  });
}

function streamRequest(globals: GlobalOptions) {
  return {
    color: globals.color ?? ('auto' as const),
    json: globals.json,
    quiet: globals.quiet,
    verbose: globals.verbose,
    noInput: globals.noInput,
  };
}
