/** The message that is signed or verified: an argument, or a file's bytes as they are. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { decodeUtf8 } from '../../signing/bytes.ts';

/** Longest message. */
const MESSAGE_LIMIT_BYTES = 1_048_576;

/** USAGE_CONFLICT, USAGE_MISSING, USAGE_INVALID for a file that is no UTF-8 text. */
export async function readMessage(context: Context, raw: RawInput): Promise<string> {
  const typed = raw.arguments.message?.[0];
  const path = optionText(raw, 'file');
  if (typed !== undefined && path !== undefined) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't tell which message is meant: one was written, and --file names another.",
      hint: 'Leave one of them out.',
    });
  }
  if (path !== undefined) return readMessageFile(context, path);
  if (typed !== undefined) return typed;
  if (context.streams.canAsk) return context.streams.prompts.text('Message');
  throw new TaoError('USAGE_MISSING', {
    message: "Couldn't start: the message is missing, and nobody can be asked.",
    hint: 'Write it as the first argument, or add --file FILE (- is standard input).',
    data: { missing: ['MESSAGE'] },
  });
}

async function readMessageFile(context: Context, path: string): Promise<string> {
  const content =
    path === '-'
      ? await context.streams.readStdin(MESSAGE_LIMIT_BYTES)
      : await context.files.read(path, MESSAGE_LIMIT_BYTES);
  if (content === undefined) {
    const why = path === '-' ? 'standard input is a terminal' : `there is no file ${path}`;
    throw new TaoError('USAGE_MISSING', {
      message: `Couldn't read the message: ${why}.`,
      hint: 'Check the path after --file.',
      data: { path },
    });
  }
  const text = decodeUtf8(content);
  if (text !== undefined) return text;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use the message in ${path}: it is not UTF-8 text.`,
    hint: 'Sign a text, such as a hash of the file in hex.',
    data: { path },
  });
}
