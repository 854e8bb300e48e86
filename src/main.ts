/** The composition root: wires the platform into the tool, runs one command line, sets the exit code. */
import packageJson from '../package.json' with { type: 'json' };
import { runCommandLine } from './cli/run-command-line.ts';
import { specs } from './commands/specs.ts';
import { toolLine } from './compose/open-context.ts';
import { createPlatform } from './platform/create-platform.ts';
import { createProgram } from './program.ts';

const platform = createPlatform(process);
const tool = { platform, program: createProgram(specs), version: packageJson.version };
process.exitCode = await runCommandLine({ ...toolLine(tool), argv: process.argv.slice(2) });
platform.interrupts.dispose();
