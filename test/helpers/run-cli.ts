/** Runs a command line through the real parser and the real frame, on a platform in memory. */
import type { Context } from '../../src/cli/context.ts';
import { type CommandLine, runCommandLine } from '../../src/cli/run-command-line.ts';
import type { CommandSpec } from '../../src/cli/spec.ts';
import { specs as allSpecs } from '../../src/commands/specs.ts';
import { createProgram } from '../../src/program.ts';
import { createMemoryPlatform, type MemoryPlatform } from './memory-platform.ts';
import { type ContextScript, createTestContext } from './test-context.ts';

export type CliScript = ContextScript & {
  /** The tool's own by default. */
  readonly specs?: readonly CommandSpec[];
  readonly networkName?: string;
  /** Opens the context instead, as main does: for runs against the embedded chain. */
  readonly open?: CommandLine['open'];
  /** Called with the context of the command before it runs, for Ctrl-C and the like. */
  readonly onOpen?: (context: Context) => void;
};

export type CliOutcome = {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one document on stdout; fails when there is none. */
  readonly json: () => { readonly [key: string]: unknown };
  readonly platform: MemoryPlatform;
};

export const TEST_VERSION = '0.0.0';

/** @example const { exitCode, stdout } = await runCli('config get network', { terminal: 'all' }) */
export async function runCli(
  argv: string | readonly string[],
  script: CliScript = {},
): Promise<CliOutcome> {
  const platform = script.platform ?? createMemoryPlatform(script);
  const open: CommandLine['open'] = async (base) => {
    const context = { ...createTestContext({ ...script, platform }), ...base, ...script.opens };
    script.onOpen?.(context);
    return { context, close: async () => undefined, networkName: () => script.networkName };
  };
  const exitCode = await runCommandLine({
    argv: typeof argv === 'string' ? argv.split(' ').filter((word) => word !== '') : argv,
    program: createProgram(script.specs ?? allSpecs),
    platform,
    version: TEST_VERSION,
    open: script.open ?? open,
  });
  platform.streams.expectAllAsked();
  const stdout = platform.streams.stdout();
  return {
    exitCode,
    stdout,
    stderr: platform.streams.stderr(),
    json: () => JSON.parse(stdout),
    platform,
  };
}
