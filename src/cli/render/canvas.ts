/**
 * Where text is laid out: a stream with its painter and its measure. What those need is loaded here
 * and only for a terminal, so that output into a pipe starts without it.
 */
import type { OutputStream } from '../context.ts';
import type { Text, Tone } from '../spec.ts';
import { neutralise } from './neutralise.ts';

export type Canvas = {
  readonly isTerminal: boolean;
  readonly width: number;
  /** Colours a text that is already neutralised and padded. */
  readonly paint: (text: string, tone: Tone | undefined) => string;
  /** Columns of a text: wide characters and emoji count two, combining marks none. */
  readonly measure: (text: string) => number;
};

/** The canvas of a stream. Where there is no terminal, nobody looks at columns. */
export async function openCanvas(stream: OutputStream): Promise<Canvas> {
  return {
    isTerminal: stream.isTerminal,
    width: stream.width,
    paint: await openPaint(stream.colorLevel),
    measure: stream.isTerminal
      ? (await import('./display-width.ts')).displayWidth
      : (text) => text.length,
  };
}

/** chalk's own default instance is never used: it ignores NO_COLOR. */
async function openPaint(level: OutputStream['colorLevel']): Promise<Canvas['paint']> {
  if (level === 0) return (text) => text;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level });
  const styles: Readonly<Record<Tone, (text: string) => string>> = {
    strong: chalk.bold,
    faint: chalk.dim,
    good: chalk.green,
    warn: chalk.yellow,
    bad: chalk.red,
  };
  return (text, tone) => (tone === undefined || text === '' ? text : styles[tone](text));
}

/** `text` with spaces up to `columns`, on the side away from the alignment. */
export function pad(
  canvas: Canvas,
  text: string,
  columns: number,
  align: 'left' | 'right' = 'left',
): string {
  const missing = ' '.repeat(Math.max(0, columns - canvas.measure(text)));
  return align === 'left' ? text + missing : missing + text;
}

/** The harmless plain text of a `Text`. */
export function plainText(text: Text): string {
  return neutralise(typeof text === 'string' ? text : text.text);
}

export function toneOf(text: Text): Tone | undefined {
  return typeof text === 'string' ? undefined : text.tone;
}
