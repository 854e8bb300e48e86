/**
 * Where the words of a new key go: once to a terminal, or to a new private file. They leave before
 * the key is written, so that no key can exist whose words were never seen. Never in a result.
 */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { encodeUtf8, wipe } from '../../signing/bytes.ts';

const SECRET_FILE_MODE = 0o600;

export type WordsOutlet = {
  /** The file, or undefined for the terminal. */
  readonly path: string | undefined;
  /** FILE_EXISTS and the other FILE_ codes: nothing was created then. */
  readonly deliver: (words: string, what: string) => Promise<void>;
};

/** USAGE_MISSING where there is neither a terminal nor --mnemonic-out. */
export function openWordsOutlet(context: Context, raw: RawInput): WordsOutlet {
  const path = optionText(raw, 'mnemonic-out');
  const { stderr, canAsk } = context.streams;
  if (path !== undefined) {
    return {
      path,
      deliver: async (words) => {
        const content = encodeUtf8(`${words}\n`);
        const options = { mode: SECRET_FILE_MODE, overwrite: false };
        await context.files.writeAtomic(path, content, options).finally(() => wipe(content));
      },
    };
  }
  if (stderr.isTerminal && canAsk) {
    return {
      path,
      deliver: async (words, what) => {
        const note = `These words restore the ${what}. Write them down now; they are not shown again.`;
        stderr.write(`\n${note}\n\n  ${words}\n\n`);
      },
    };
  }
  throw new TaoError('USAGE_MISSING', {
    message: "Couldn't create a key: its words can be shown on a terminal only, and this is none.",
    hint: 'Add --mnemonic-out FILE, and keep that file somewhere safe.',
    data: { missing: ['--mnemonic-out'] },
  });
}
