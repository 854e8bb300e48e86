/** Colours by meaning, at the level of the stream that is written to. */
import { Chalk } from 'chalk';
import type { OutputStream } from '../context.ts';
import type { Text, Tone } from '../spec.ts';
import { neutralise } from './neutralise.ts';

/** Colours a text that is already neutralised and padded. */
export type Paint = (text: string, tone: Tone | undefined) => string;

/** A painter for one stream. chalk's own default instance is never used: it ignores NO_COLOR. */
export function createPaint(stream: Pick<OutputStream, 'colorLevel'>): Paint {
  if (stream.colorLevel === 0) return (text) => text;
  const chalk = new Chalk({ level: stream.colorLevel });
  const styles: Readonly<Record<Tone, (text: string) => string>> = {
    strong: chalk.bold,
    faint: chalk.dim,
    good: chalk.green,
    warn: chalk.yellow,
    bad: chalk.red,
  };
  return (text, tone) => (tone === undefined || text === '' ? text : styles[tone](text));
}

/** The harmless plain text of a `Text`. */
export function plainText(text: Text): string {
  return neutralise(typeof text === 'string' ? text : text.text);
}

export function toneOf(text: Text): Tone | undefined {
  return typeof text === 'string' ? undefined : text.tone;
}
