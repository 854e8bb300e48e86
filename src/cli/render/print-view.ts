/** Turns a view into text: results for stdout, hints for stderr. */
import type { OutputStream, Streams } from '../context.ts';
import type { View, ViewPart } from '../spec.ts';
import { neutralise } from './neutralise.ts';
import { renderReceipt, renderRows } from './rows.ts';
import { renderTable } from './table.ts';
import { createPaint, plainText, toneOf } from './tone.ts';

/** Writes a view: everything but hints in one piece to stdout. Hints only to a person's terminal. */
export function printView(view: View, streams: Streams, quiet: boolean): void {
  const text = renderView(view, streams.stdout);
  if (text !== '') streams.stdout.write(text);
  if (quiet || !streams.stderr.isTerminal || !streams.stdout.isTerminal) return;
  const paint = createPaint(streams.stderr);
  for (const part of view) {
    if (part.kind === 'hint') streams.stderr.write(`${paint(neutralise(part.text), 'faint')}\n`);
  }
}

/** The text of a view for one stream, without its hints. Blocks are set apart on a terminal. */
export function renderView(view: View, stream: OutputStream): string {
  const lines: string[] = [];
  let previous: ViewPart['kind'] | undefined;
  for (const part of view) {
    const rendered = renderPart(part, stream);
    if (rendered.length === 0) continue;
    const joined = part.kind === 'line' && previous === 'line';
    if (stream.isTerminal && previous !== undefined && !joined) lines.push('');
    lines.push(...rendered);
    previous = part.kind;
  }
  return lines.map((line) => `${line}\n`).join('');
}

function renderPart(part: ViewPart, stream: OutputStream): readonly string[] {
  switch (part.kind) {
    case 'line':
      return [createPaint(stream)(plainText(part.text), toneOf(part.text))];
    case 'rows':
      return renderRows(part.rows, stream);
    case 'table':
      return renderTable(part.columns, part.rows, stream);
    case 'receipt':
      return renderReceipt(part, stream);
    case 'hint':
      return [];
  }
}
