/** What the parser makes of a command line. */
import type { ColorChoice, RunMode } from './context.ts';
import type { CommandSpec, RawInput } from './spec.ts';

/** Options that every command has. */
export type GlobalOptions = {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly noInput: boolean;
  /** Undefined when `--color` was not given. */
  readonly color: ColorChoice | undefined;
};

/** One command, with its raw input. */
export type Invocation = {
  readonly spec: CommandSpec;
  readonly raw: RawInput;
  readonly globals: GlobalOptions;
};

export type ParsedLine =
  | { readonly kind: 'command'; readonly invocation: Invocation }
  /** `path` is a command, a noun, or empty for the whole tool. Not requested: nothing was named. */
  | {
      readonly kind: 'help';
      readonly path: readonly string[];
      readonly requested: boolean;
      readonly globals: GlobalOptions;
    }
  | { readonly kind: 'version'; readonly globals: GlobalOptions };

/** A parser over a list of specs (program.ts). It does no work and prints nothing. */
export type Program = {
  readonly specs: readonly CommandSpec[];
  /** `argv` without node and script. Throws TaoError with a USAGE_ code. */
  readonly parse: (argv: readonly string[]) => ParsedLine;
};

/** How a run behaves, from its options. */
export function runModeOf(invocation: Invocation): RunMode {
  const { globals, raw, spec } = invocation;
  return {
    output: globals.json ? 'json' : 'text',
    assumeYes: raw.options.yes === true,
    quiet: globals.quiet,
    verbose: globals.verbose,
    offersDryRun: spec.groups?.includes('transaction') ?? false,
  };
}
