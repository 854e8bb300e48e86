/**
 * Command specs: plain data from which the parser, help, completions, docs and golden files are
 * made. Importing a spec must load nothing else; bodies come through `load`. Types only.
 */
import type { Context } from './context.ts';

/** `reads` never writes; `writes-local` changes files here; `moves-funds` goes through the pipeline. */
export type Effect = 'reads' | 'writes-local' | 'moves-funds';

export type CommandSpec = {
  /** Words of the command: `['stake', 'add']`. One word is a top-level command such as `demo`. */
  readonly path: readonly string[];
  readonly summary: string;
  /** Paragraphs for `--help`, below the summary. */
  readonly description?: readonly string[];
  readonly examples: readonly Example[];
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  /** Shared option groups, by name (cli/option-groups.ts). */
  readonly groups?: readonly OptionGroupName[];
  /** Fields of the result in `data`, for docs, completions and golden tests. */
  readonly fields: readonly FieldSpec[];
  readonly effect: Effect;
  /** `name/major` of the JSON document, such as `stake.add/1`. */
  readonly schema: string;
  readonly load: () => Promise<CommandBody>;
};

export type Example = {
  /** The whole command line, working as typed on the dev chain. */
  readonly command: string;
  readonly note: string;
};

export type ArgumentSpec = {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  readonly variadic?: boolean;
  /** Closed list of values: checked by the parser, offered by completion. */
  readonly choices?: readonly string[];
  readonly complete?: Completion;
};

export type OptionSpec = {
  /** Long name without dashes: `limit-price`. */
  readonly name: string;
  readonly short?: string;
  /** Placeholder of the value; absent for a switch. */
  readonly value?: string;
  readonly summary: string;
  readonly repeatable?: boolean;
  /** Closed list of values: checked by the parser, offered by completion. */
  readonly choices?: readonly string[];
  /** Text of the default, for help only. */
  readonly defaultText?: string;
  readonly complete?: Completion;
};

/** What a shell may offer as a value. */
export type Completion = 'file' | 'directory' | 'network' | 'setting' | 'none';

export type OptionGroupName =
  /** --network */
  | 'network'
  /** --wallet, --wallet-path, and where the password comes from */
  | 'wallet'
  /** --yes, --dry-run, --wait, --timeout, --era, --nonce, --request-id, and the files to leave with */
  | 'transaction'
  /** --yes, --confirm: of the gate alone */
  | 'consent'
  /** --wait, --timeout: of what is signed already */
  | 'following'
  /** --tolerance, --limit-price, --partial */
  | 'price';

export type FieldSpec = {
  /** Dotted path in `data`, `[]` for list items: `positions[].alpha`. */
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'tao' | 'alpha' | 'object' | 'list';
  readonly unit?: string;
  readonly summary: string;
};

/** What the parser hands to a command: raw texts by long option name, and arguments by name. */
export type RawInput = {
  readonly arguments: Readonly<Record<string, readonly string[]>>;
  readonly options: Readonly<Record<string, string | true | readonly string[] | undefined>>;
};

/** A command's body: `run` decides and does, `view` turns the result into lines. Both lazily loaded. */
export type CommandBody = {
  readonly run: (context: Context, input: RawInput) => Promise<CommandResult>;
};

/** `data` is JSON-safe (amounts as strings); `view` is a pure function, called for text output only. */
export type CommandResult = {
  readonly data: unknown;
  readonly view: (style: ViewStyle) => View;
  readonly warnings?: readonly string[];
  /** For commands that end well but not with 0, such as `tx show` of a failed transaction. */
  readonly exitCode?: number;
  /** Printed already, through the context's `announce`. */
  readonly isAnnounced?: boolean;
};

/** What a view may ask about its stream. */
export type ViewStyle = { readonly isTerminal: boolean; readonly width: number };

/** Text output: tables become tab-separated records in a pipe; receipts and lines stay readable. */
export type View = readonly ViewPart[];

export type ViewPart =
  | { readonly kind: 'line'; readonly text: Text }
  /** Aligned label/value rows; in a pipe `label<TAB>value`. */
  | { readonly kind: 'rows'; readonly rows: readonly (readonly [label: string, value: Text])[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly Column[];
      /** Full, machine-readable cell texts; the terminal may shorten addresses and times. */
      readonly rows: readonly (readonly Text[])[];
    }
  /** `✓ Staked  2.5 TAO` and aligned details below. */
  | {
      readonly kind: 'receipt';
      readonly verb: string;
      readonly subject: Text;
      readonly details: readonly (readonly [label: string, value: Text])[];
    }
  /** For people only: what to do next. Goes to stderr, and only on a terminal. */
  | { readonly kind: 'hint'; readonly text: string };

export type Column = {
  readonly header: string;
  readonly align?: 'left' | 'right';
  /** `time`: UTC, RFC 3339; to the minute on a terminal, so that its header says `(UTC)`. */
  readonly kind?: 'address' | 'time';
  /** Repeated where a table goes on below because it is too wide; the first column by default. */
  readonly isKey?: true;
};

/** A text, or one with a meaning that may be coloured. Meaning never depends on the colour alone. */
export type Text = string | { readonly text: string; readonly tone: Tone };
export type Tone = 'strong' | 'faint' | 'good' | 'warn' | 'bad';
