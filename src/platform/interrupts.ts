/** Ctrl-C and SIGTERM as an abort signal. A second one ends the program at once. */
import type { Interrupts } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Host } from './host.ts';

const INTERRUPTED_EXIT = 130;

/** Starts listening. */
export function createInterrupts(host: Pick<Host, 'on' | 'off' | 'exit' | 'stderr'>): Interrupts {
  const controller = new AbortController();
  let forcedExitCode = INTERRUPTED_EXIT;
  const listener = () => {
    if (controller.signal.aborted) {
      const last =
        forcedExitCode === INTERRUPTED_EXIT
          ? 'Stopped at once.'
          : 'Stopped at once. Run tao tx list to see whether anything was submitted.';
      host.stderr.write(`${last}\n`);
      host.exit(forcedExitCode);
    }
    controller.abort(
      new TaoError('INTERRUPTED', { message: 'Stopped before anything was submitted.' }),
    );
  };
  host.on('SIGINT', listener);
  host.on('SIGTERM', listener);
  return {
    signal: controller.signal,
    setForcedExitCode: (code) => {
      forcedExitCode = code;
    },
    dispose: () => {
      host.off('SIGINT', listener);
      host.off('SIGTERM', listener);
    },
  };
}
