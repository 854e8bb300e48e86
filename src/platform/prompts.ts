/** Questions on the terminal, through a library that is loaded with the first one. */
import type { Prompts } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Host } from './host.ts';

export type PromptPlace = {
  readonly host: Pick<Host, 'stdin' | 'stderr'>;
  /** Undefined when questions may be asked. */
  readonly cannotAskBecause: string | undefined;
  readonly colorLevel: number;
};

/** PROMPT_UNAVAILABLE where nobody answers; INTERRUPTED at Ctrl-C. */
export function createPrompts(place: PromptPlace): Prompts {
  return {
    confirm: (question) =>
      ask(place, question, (library, shared) =>
        library.confirm(
          { message: question, default: false, theme: shared.theme },
          shared.terminal,
        ),
      ),
    text: (question) =>
      ask(place, question, (library, shared) =>
        library.input({ message: question, theme: shared.theme }, shared.terminal),
      ),
    secret: (question) =>
      ask(place, question, (library, shared) =>
        library.password({ message: question, mask: true, theme: shared.theme }, shared.terminal),
      ),
    choose: (question, choices) =>
      ask(place, question, (library, shared) =>
        library.select<string>(
          { message: question, choices, theme: shared.theme },
          shared.terminal,
        ),
      ),
  };
}

type Library = typeof import('@inquirer/prompts');
type Shared = {
  readonly theme: PromptTheme;
  readonly terminal: { input: NodeJS.ReadStream; output: NodeJS.WritableStream };
};
type PromptTheme = { prefix: string; style?: Record<string, (text: string) => string> };

async function ask<T>(
  place: PromptPlace,
  question: string,
  show: (library: Library, shared: Shared) => Promise<T>,
): Promise<T> {
  if (place.cannotAskBecause !== undefined) {
    throw new TaoError('PROMPT_UNAVAILABLE', {
      message: `Couldn't ask "${question}": ${place.cannotAskBecause}.`,
      hint: 'Give the answer with an option; run the command with --help to see which.',
    });
  }
  const library = await import('@inquirer/prompts');
  const { stdin, stderr } = place.host;
  try {
    return await show(library, {
      theme: themeFor(place.colorLevel),
      terminal: { input: stdin, output: stderr },
    });
  } catch (error) {
    const isStopped =
      error instanceof Error &&
      (error.name === 'ExitPromptError' || error.name === 'AbortPromptError');
    if (!isStopped) throw error;
    throw new TaoError('INTERRUPTED', {
      message: 'Stopped before anything was submitted.',
      cause: error,
    });
  }
}

/** The library paints by its own rules; without colours every style is the plain text. */
function themeFor(colorLevel: number): PromptTheme {
  if (colorLevel > 0) return { prefix: '' };
  const plain = (text: string) => text;
  const styles = ['answer', 'message', 'defaultAnswer', 'help', 'highlight', 'key', 'error'];
  return {
    prefix: '',
    style: Object.fromEntries(styles.map((style) => [style, plain])),
  };
}
