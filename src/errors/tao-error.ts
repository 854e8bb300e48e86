/** The one error class. Its text is redacted here, so no caller can forget to. */
import { catalogue, type ErrorCode, type Retry } from './catalogue.ts';
import { redact, redactData } from './redact.ts';

export type ErrorFields = {
  /** One sentence: what failed and the constraint. */
  readonly message: string;
  /** Further lines, shown under the message. */
  readonly details?: readonly string[];
  /** The exact next command or fix: the most useful line, printed last. */
  readonly hint?: string;
  /** JSON-safe facts for machines. Amounts as strings. Never a secret. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** Overrides the catalogue's exit code where one code covers two situations. */
  readonly exitCode?: number;
};

export class TaoError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly string[];
  readonly hint: string | undefined;
  readonly exitCode: number;
  readonly retry: Retry;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, fields: ErrorFields) {
    super(redact(fields.message), fields.cause === undefined ? {} : { cause: fields.cause });
    this.name = 'TaoError';
    this.code = code;
    this.details = (fields.details ?? []).map(redact);
    this.hint = fields.hint === undefined ? undefined : redact(fields.hint);
    this.exitCode = fields.exitCode ?? catalogue[code].exitCode;
    this.retry = catalogue[code].retry;
    this.data = redactData(fields.data ?? {}) as TaoError['data'];
  }
}

/** Whether `error` is one of ours; with `code`, whether it is that one. */
export function isTaoError(error: unknown, code?: ErrorCode): error is TaoError {
  return error instanceof TaoError && (code === undefined || error.code === code);
}

/** The same error with further lines and facts; `hint` in place of its own where one is given. */
export function withMore(
  error: TaoError,
  more: {
    readonly details: readonly string[];
    readonly data: Readonly<Record<string, unknown>>;
    readonly hint?: string;
  },
): TaoError {
  const hint = more.hint ?? error.hint;
  return new TaoError(error.code, {
    message: error.message,
    details: [...error.details, ...more.details],
    ...(hint === undefined ? {} : { hint }),
    data: { ...error.data, ...more.data },
    cause: error,
    exitCode: error.exitCode,
  });
}
