/** A spinner on stderr, loaded only when something takes long and somebody watches. */
import type { OutputStream, Progress } from '../cli/context.ts';
import type { Host } from './host.ts';
import { oneLine } from './one-line.ts';

/** What is over sooner than this shows no spinner and loads none. */
const DELAY_MS = 150;

export type ProgressPlace = {
  readonly host: Pick<Host, 'stderr'>;
  readonly stderr: OutputStream;
  readonly isShown: boolean;
  /** Where there is no terminal but much was asked to be told: one line a step. */
  readonly isListed: boolean;
};

/** The `progress` function of the streams. */
export function createProgress(place: ProgressPlace): (text: string) => Progress {
  if (place.isShown) return (text) => startSpinner(place, text);
  if (!place.isListed) return () => ({ update: () => undefined, stop: () => undefined });
  const list = (text: string) => place.stderr.write(`${oneLine(text)}\n`);
  return (text) => {
    list(text);
    return { update: list, stop: () => undefined };
  };
}

function startSpinner({ host, stderr }: ProgressPlace, first: string): Progress {
  let text = oneLine(first);
  let isStopped = false;
  let spinner: { text: string; stop: () => unknown } | undefined;
  const timer = setTimeout(() => {
    void import('ora').then(({ default: ora }) => {
      if (isStopped) return;
      spinner = ora({
        text,
        stream: host.stderr,
        color: stderr.colorLevel === 0 ? false : 'cyan',
        isEnabled: true,
        // Ctrl-C and typed-ahead answers stay with us.
        discardStdin: false,
      }).start();
    });
  }, DELAY_MS);
  timer.unref();
  return {
    update: (next) => {
      text = oneLine(next);
      if (spinner !== undefined) spinner.text = text;
    },
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      spinner?.stop();
    },
  };
}
