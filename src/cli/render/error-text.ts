/** An error for people: what failed, details, and last the fix with the code. */
import type { TaoError } from '../../errors/tao-error.ts';
import type { OutputStream } from '../context.ts';
import { neutralise, neutraliseLines } from './neutralise.ts';
import { createPaint } from './tone.ts';

/** Lines on stderr; the code stands at the end of the last one. */
export function renderError(error: TaoError, stream: OutputStream): string {
  const paint = createPaint(stream);
  const lines = [
    paint(neutralise(error.message), 'bad'),
    ...error.details.map((line) => `  ${neutralise(line)}`),
    ...(error.hint === undefined ? [] : neutraliseLines(error.hint).split('\n')),
  ];
  const last = lines.pop() ?? '';
  const code = paint(`[${error.code}]`, 'faint');
  return `${[...lines, `${last}   ${code}`].join('\n')}\n`;
}

/** A warning on stderr. */
export function renderWarning(text: string, stream: OutputStream): string {
  return `${createPaint(stream)('Warning:', 'warn')} ${neutralise(text)}\n`;
}
