/** Adds to the platform's part of a context everything that has to be opened. Loads nothing by itself. */
import type { Context, Platform } from '../cli/context.ts';
import { printResult } from '../cli/frame.ts';
import type { Invocation, Program } from '../cli/invocation.ts';
import {
  type BaseContext,
  type CommandLine,
  type OpenedContext,
  runNestedLine,
} from '../cli/run-command-line.ts';
import { openResources } from './resources.ts';
import { openScratchFolder } from './scratch-folder.ts';

export type Tool = {
  readonly platform: Platform;
  readonly program: Program;
  readonly version: string;
  /** The bundled thread of simulations; without it they run in this one. */
  readonly simulateWorker?: URL | undefined;
  /** Of the run that this one is nested in, so that one password is derived once. */
  readonly unlocker?: Context['unlocker'];
};

/** The command line runner's view of a tool: how a context is opened, and nested runs. */
export function toolLine(tool: Tool): Omit<CommandLine, 'argv' | 'onData'> {
  const { platform, program, version } = tool;
  return {
    platform,
    program,
    version,
    open: async (base, invocation) => openContext(tool, base, invocation),
  };
}

function openContext(tool: Tool, base: BaseContext, invocation: Invocation): OpenedContext {
  const resources = openResources({
    owner: tool.platform.owner,
    // Inside another command that one has said it.
    saysNetwork: tool.unlocker === undefined && base.mode.output === 'text' && !base.mode.quiet,
    clock: base.clock,
    devPreset: base.env('TAO_DEV_PRESET'),
    files: base.files,
    paths: base.paths,
    random: base.random,
    settings: base.settings,
    signal: base.signal,
    streams: base.streams,
  });
  // A network that does not exist is said before anything else is looked at.
  if (invocation.spec.groups?.includes('network') === true) resources.access.network();
  const networkName = resources.openedNetwork;
  const unlocker = tool.unlocker ?? resources.access.unlocker;
  const context: Context = {
    ...base,
    ...resources.access,
    shownWarnings: [],
    unlocker,
    runCommand: (run) => runNestedLine(toolLine({ ...tool, unlocker }), run),
    openScratchFolder,
    simulate: async (request, onDone) => {
      const { createSimulator } = await import('./simulate.ts');
      return createSimulator(tool.simulateWorker, base.signal)(request, onDone);
    },
    announce: (result) => printResult({ context, invocation, networkName }, result),
  };
  return { context, close: resources.close, networkName };
}
