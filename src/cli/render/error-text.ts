/** An error for people: what failed, details, and last the fix with the code. */
import type { TaoError } from '../../errors/tao-error.ts';
import type { Canvas } from './canvas.ts';
import { neutralise, neutraliseLines } from './neutralise.ts';

/** Lines on stderr; the code stands at the end of the last one. */
export function renderError(error: TaoError, { paint }: Canvas): string {
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
export function renderWarning(text: string, { paint }: Canvas): string {
  return `${paint('Warning:', 'warn')} ${neutralise(text)}\n`;
}
