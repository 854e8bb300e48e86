/** Turns a view into text: results for stdout, hints for stderr. */
import type { Streams } from '../context.ts';
import type { View, ViewPart } from '../spec.ts';
import { type Canvas, openCanvas, plainText, toneOf } from './canvas.ts';
import { neutralise } from './neutralise.ts';
import { renderReceipt, renderRows } from './rows.ts';
import { renderTable } from './table.ts';

/** Writes everything of a view but its hints, in one piece, to stdout. */
export async function printView(view: View, streams: Streams): Promise<void> {
  const text = renderView(view, await openCanvas(streams.stdout));
  if (text !== '') streams.stdout.write(text);
}

/** Writes the hints of a view, which are for a person's terminal only. */
export async function printHints(view: View, streams: Streams, quiet: boolean): Promise<void> {
  if (quiet || !streams.stderr.isTerminal || !streams.stdout.isTerminal) return;
  const { paint } = await openCanvas(streams.stderr);
  for (const part of view) {
    if (part.kind === 'hint') streams.stderr.write(`${paint(neutralise(part.text), 'faint')}\n`);
  }
}

/** The text of a view for one canvas, without its hints. Blocks are set apart on a terminal. */
export function renderView(view: View, canvas: Canvas): string {
  const lines: string[] = [];
  let previous: ViewPart['kind'] | undefined;
  for (const part of view) {
    const rendered = renderPart(part, canvas);
    if (rendered.length === 0) continue;
    const joined = part.kind === 'line' && previous === 'line';
    if (canvas.isTerminal && previous !== undefined && !joined) lines.push('');
    lines.push(...rendered);
    previous = part.kind;
  }
  return lines.map((line) => `${line}\n`).join('');
}

function renderPart(part: ViewPart, canvas: Canvas): readonly string[] {
  switch (part.kind) {
    case 'line':
      return [canvas.paint(plainText(part.text), toneOf(part.text))];
    case 'rows':
      return renderRows(part.rows, canvas);
    case 'table':
      return renderTable(part.columns, part.rows, canvas);
    case 'receipt':
      return renderReceipt(part, canvas);
    case 'hint':
      return [];
  }
}
