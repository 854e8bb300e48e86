/**
 * The whole tool in this process: real parser, frame, pipeline, ledger and embedded chain in a
 * folder of their own; wallets and preferences in memory, and a key derivation that is one hash.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../../src/cli/context.ts';
import { specs } from '../../src/commands/specs.ts';
import { toolLine } from '../../src/compose/open-context.ts';
import { createProgram } from '../../src/program.ts';
import { createMemoryFiles, type MemoryFiles } from './files.ts';
import {
  createMemoryPlatform,
  type MemoryPlatform,
  type PlatformScript,
} from './memory-platform.ts';
import { realClock } from './real-clock.ts';
import { type CliOutcome, runCli, TEST_VERSION } from './run-cli.ts';
import { createCountingRandom, createQuickUnlocker } from './wallets.ts';

export type DevTool = {
  /** Folder of ledger and chain. */
  readonly path: string;
  readonly files: MemoryFiles;
  readonly run: (argv: readonly string[], script?: DevScript) => Promise<CliOutcome>;
  /** The same with --json: exit code and document. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents of many shapes
  readonly json: (argv: readonly string[], script?: DevScript) => Promise<[number, any]>;
  readonly remove: () => void;
};

export type DevScript = PlatformScript & {
  /** Puts something in the place of what the context has, such as a chain that fails. */
  readonly adapt?: (context: Context) => Context;
};

export type DevToolOptions = {
  /** The time at each look at the clock; the machine's by default. Waiting takes its real time. */
  readonly nowMs?: () => number;
};

export function createDevTool(options: DevToolOptions = {}): DevTool {
  const path = mkdtempSync(join(tmpdir(), 'tao-dev-'));
  const files = createMemoryFiles();
  const random = createCountingRandom();
  const unlocker = createQuickUnlocker();
  const run: DevTool['run'] = (argv, script = {}) => {
    const env = { TAO_HOME: path, TAO_NETWORK: 'dev', ...script.env };
    const memory = createMemoryPlatform({ ...script, files, env });
    const clock = { ...realClock, ...options, advance: () => undefined };
    const platform: MemoryPlatform = { ...memory, clock, random };
    const tool = { program: createProgram(specs), version: TEST_VERSION };
    const line = toolLine({ ...tool, platform, unlocker: () => unlocker });
    return runCli(argv, {
      ...script,
      platform,
      open: async (base, invocation) => {
        const opened = await line.open(base, invocation);
        return { ...opened, context: script.adapt?.(opened.context) ?? opened.context };
      },
    });
  };
  return {
    path,
    files,
    run,
    json: async (argv, script) => {
      const outcome = await run([...argv, '--json'], script);
      return [outcome.exitCode, outcome.json()];
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
