/** The composition root: wires the platform into the tool, runs one command line, sets the exit code. */
import packageJson from '../package.json' with { type: 'json' };
import type { Program } from './cli/invocation.ts';
import { parsePlainLine } from './cli/plain-line.ts';
import { runCommandLine } from './cli/run-command-line.ts';
import { specs } from './commands/specs.ts';
import { toolLine } from './compose/open-context.ts';
import { createPlatform } from './platform/create-platform.ts';

const argv = process.argv.slice(2);
const platform = createPlatform(process);
const tool = {
  platform,
  program: await openProgram(),
  version: packageJson.version,
  simulateWorker: findWorker(),
};
process.exitCode = await runCommandLine({ ...toolLine(tool), argv });
platform.interrupts.dispose();

/** The parser, or what a plain line means without it. */
async function openProgram(): Promise<Program> {
  const plain = parsePlainLine(argv);
  if (plain !== undefined) return { specs, parse: () => plain };
  return (await import('./program.ts')).createProgram(specs);
}

/** The thread of simulations lies beside the bundle; from source there is none. */
function findWorker(): URL | undefined {
  return import.meta.url.endsWith('.js')
    ? new URL('./simulate-worker.js', import.meta.url)
    : undefined;
}
