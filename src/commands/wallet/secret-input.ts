/**
 * Secrets that come from files: `-` is standard input, /dev/fd/N a file descriptor. They are never
 * repeated in an error, and standard input can hold only one of them.
 */
import type { Context } from '../../cli/context.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { wipe } from '../../signing/bytes.ts';

/** Longest secret file: a key file may be 64 KiB, everything else is far shorter. */
const SECRET_LIMIT_BYTES = 65_536;

/** USAGE_CONFLICT when two options want standard input. */
export function refuseSharedStdin(raw: RawInput): void {
  const wanting = Object.keys(raw.options).filter((name) => raw.options[name] === '-');
  if (wanting.length < 2) return;
  throw new TaoError('USAGE_CONFLICT', {
    message: `Couldn't read ${wanting.map((name) => `--${name}`).join(' and ')} from one standard input.`,
    hint: 'Give all but one a file, or a file descriptor such as /dev/fd/3.',
  });
}

/** The bytes of a secret file, for the caller to wipe. USAGE_MISSING when nothing is there. */
export async function readSecretBytes(context: Context, path: string): Promise<Uint8Array> {
  const content =
    path === '-'
      ? await context.streams.readStdin(SECRET_LIMIT_BYTES)
      : await context.files.read(path, SECRET_LIMIT_BYTES);
  if (content !== undefined && content.length > 0) return content;
  const isAbsent = content === undefined;
  const stdin = isAbsent ? 'standard input is a terminal' : 'standard input is empty';
  const file = isAbsent ? `there is no file ${path}` : `${path} is empty`;
  throw new TaoError('USAGE_MISSING', {
    message: `Couldn't read the secret: ${path === '-' ? stdin : file}.`,
    hint: 'Name a file that holds it, or leave the option out to be asked.',
    data: { path },
  });
}

/** The text of a secret file, without white space at its ends. */
export async function readSecretText(context: Context, path: string): Promise<string> {
  const content = await readSecretBytes(context, path);
  const text = new TextDecoder().decode(content).trim();
  wipe(content);
  return text;
}
