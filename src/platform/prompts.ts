/** Questions on the terminal, through a library that is loaded with the first one. */
import type { Prompts } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Host } from './host.ts';
import { oneLine } from './one-line.ts';

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
      ask(place, question, (library, shared, terminal) =>
        library.confirm({ ...shared, default: false }, terminal),
      ),
    text: (question) =>
      ask(place, question, (library, shared, terminal) => library.input(shared, terminal)),
    secret: (question) =>
      ask(place, question, (library, shared, terminal) =>
        // No key may show what is typed: somebody could be watching, or recording.
        library.password({ ...shared, mask: true, toggleMask: false }, terminal),
      ),
    choose: (question, choices) =>
      ask(place, question, (library, shared, terminal) =>
        library.select<string>(
          {
            ...shared,
            choices: choices.map(({ name, value }) => ({ name: oneLine(name), value })),
          },
          terminal,
        ),
      ),
  };
}

type Library = typeof import('@inquirer/prompts');
type Shared = { readonly message: string; readonly theme: PromptTheme };
type Terminal = { readonly input: NodeJS.ReadStream; readonly output: NodeJS.WritableStream };
type PromptTheme = {
  readonly prefix: string;
  readonly style: Readonly<Record<string, (text: string) => string>>;
};

async function ask<T>(
  place: PromptPlace,
  question: string,
  show: (library: Library, shared: Shared, terminal: Terminal) => Promise<T>,
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
    const shared = sharedParts(oneLine(question), place.colorLevel);
    return await show(library, shared, { input: stdin, output: stderr });
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

/**
 * The library writes prefix, space, message. The first word serves as the prefix, so that a
 * question begins where its line begins.
 */
function sharedParts(question: string, colorLevel: number): Shared {
  const [first = '', ...rest] = question.split(' ');
  const plain = (text: string) => text;
  const unpainted = colorLevel > 0 ? ['message'] : ALL_STYLES;
  const style = Object.fromEntries(unpainted.map((name) => [name, plain]));
  return {
    message: rest.join(' '),
    theme: { prefix: first, style: colorLevel > 0 ? style : { ...style, ...PLAIN_KEYS } },
  };
}

/** Everything the library's prompts paint. It asks no stream whether there are colours. */
const ALL_STYLES = [
  'answer',
  'confirmDefault',
  'defaultAnswer',
  'description',
  'disabled',
  'error',
  'help',
  'highlight',
  'key',
  'message',
] as const;

const PLAIN_KEYS = {
  confirmDefault: (text: string) => text.toUpperCase(),
  defaultAnswer: (text: string) => `(${text})`,
  error: (text: string) => `> ${text}`,
  keysHelpTip: () => '',
};
