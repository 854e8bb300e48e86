/** The one JSON document a command prints with `--json`: result or error in the same envelope. */
import type { TaoError } from '../errors/tao-error.ts';
import { neutraliseJson } from './render/neutralise.ts';

/** Schema of an error that happened before a command was known. */
export const LINE_SCHEMA = 'tao/1';

/** Facts about the run. `network` is there once the command has opened one. */
export type EnvelopeMeta = {
  readonly version: string;
  readonly command?: string | undefined;
  readonly network?: string | undefined;
};

export type EnvelopeHead = {
  /** `name/major`, such as `stake.add/1`. */
  readonly schema: string;
  readonly warnings: readonly string[];
  readonly meta: EnvelopeMeta;
};

/** The document of a result, as text. `data` must be JSON-safe: a bigint in it is a defect and throws. */
export function resultDocument(head: EnvelopeHead, data: unknown, indent: number): string {
  const { schema, warnings, meta } = head;
  return documentText({ schema, ok: true, data: data ?? null, warnings, meta }, indent);
}

/** The document of an error, as text. */
export function errorDocument(head: EnvelopeHead, error: TaoError, indent: number): string {
  const { schema, warnings, meta } = head;
  const body = {
    code: error.code,
    message: error.message,
    details: error.details,
    hint: error.hint ?? null,
    retry: error.retry,
    exitCode: error.exitCode,
    data: error.data,
  };
  return documentText({ schema, ok: false, error: body, warnings, meta }, indent);
}

/** Spaces of indentation: people get an open document, pipes one line. */
export function documentIndent(stream: { readonly isTerminal: boolean }): number {
  return stream.isTerminal ? 2 : 0;
}

function documentText(document: unknown, indent: number): string {
  return `${neutraliseJson(JSON.stringify(document, undefined, indent))}\n`;
}
