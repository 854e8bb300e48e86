/**
 * Turns command specs into a commander tree and a command line into an invocation. Commander's
 * own errors become TaoError here; it never prints and never exits. Does no work itself.
 */
import { Command, Option } from 'commander';
import type { ColorChoice } from './cli/context.ts';
import type { GlobalOptions, ParsedLine, Program } from './cli/invocation.ts';
import { GLOBAL_OPTIONS, OPTION_GROUPS, optionsOf } from './cli/option-groups.ts';
import type { CommandSpec, OptionSpec, RawInput } from './cli/spec.ts';
import {
  conflictingGlobals,
  excessArguments,
  invalidChoice,
  missingArgument,
  missingValue,
  repeatedOption,
  unknownCommand,
  unknownOption,
} from './cli/usage-errors.ts';

/** Builds the parser of `specs`. */
export function createProgram(specs: readonly CommandSpec[]): Program {
  return { specs, parse: (argv) => parseLine(specs, argv) };
}

/** One parse: its tree, and what the tree's callbacks found. */
type Parse = {
  readonly argv: readonly string[];
  readonly specs: readonly CommandSpec[];
  readonly root: Command;
  outcome: ParsedLine | undefined;
};

/** Thrown through commander to stop it once the outcome is known. */
const STOP = new Error('The command line is understood.');

function parseLine(specs: readonly CommandSpec[], argv: readonly string[]): ParsedLine {
  const parse: Parse = { argv, specs, root: new Command('tao'), outcome: undefined };
  buildRoot(parse, argv);
  try {
    parse.root.parse([...argv], { from: 'user' });
  } catch (error) {
    if (error !== STOP) throw error;
  }
  if (parse.outcome === undefined) throw new Error('The parser ended without an outcome.');
  const globals = outcomeGlobals(parse.outcome);
  if (globals.quiet && globals.verbose) throw conflictingGlobals('quiet', 'verbose');
  return parse.outcome;
}

function outcomeGlobals(outcome: ParsedLine): GlobalOptions {
  return outcome.kind === 'command' ? outcome.invocation.globals : outcome.globals;
}

function buildRoot(parse: Parse, argv: readonly string[]): void {
  const { root, specs } = parse;
  prepare(parse, root, []);
  root.helpCommand(false);
  for (const option of GLOBAL_OPTIONS.options) {
    if (option.name !== 'help') root.addOption(createOption(option, () => false));
  }
  // `tao --network dev stake list` reads as naturally as the option at the end: both work.
  for (const option of OPTION_GROUPS.network.options)
    root.addOption(createOption(option, () => false));
  root.on('option:version', () => stop(parse, { kind: 'version', globals: globalsOf(root) }));
  const commands = new Map<string, Command>();
  // Only what the line can mean is built: the whole tree takes longer than most commands.
  const possible = specs.filter(({ path: [noun = ''] }) => argv.includes(noun));
  for (const spec of possible) fillLeaf(parse, commandAt(parse, commands, spec.path), spec);
  addHelpCommand(parse);
}

/** The command at a path of any depth, with the nouns above it. */
function commandAt(parse: Parse, commands: Map<string, Command>, path: readonly string[]): Command {
  const [word] = path.slice(-1);
  if (word === undefined) return parse.root;
  const known = commands.get(path.join(' '));
  if (known !== undefined) return known;
  const above = commandAt(parse, commands, path.slice(0, -1));
  const command = prepare(parse, above.command(word), path);
  commands.set(path.join(' '), command);
  return command;
}

/** Routes everything commander would print or end with into our outcome or our errors. */
function prepare(parse: Parse, command: Command, path: readonly string[]): Command {
  command.helpOption('-h, --help');
  command.exitOverride((error) => {
    throw error;
  });
  command.outputHelp = (context?: unknown) => {
    const asked = !(typeof context === 'object' && context !== null && 'error' in context);
    const globals = globalsOf(parse.root);
    stop(parse, { kind: 'help', path, requested: asked, globals });
  };
  return Object.assign(command, {
    unknownOption: (flag: string) => {
      throw unknownOption(path, flag, knownFlags(parse, command));
    },
    unknownCommand: () => {
      throw unknownCommand([...path, ...command.args.slice(0, 1)], parse.specs);
    },
    missingArgument: (name: string) => {
      throw missingArgument(path, name);
    },
    optionMissingArgument: (option: Option) => {
      throw missingValue(option.long ?? option.flags);
    },
    _excessArguments: (received: readonly string[]) => {
      throw excessArguments(path, received, command.registeredArguments.length);
    },
  });
}

function fillLeaf(parse: Parse, command: Command, spec: CommandSpec): void {
  for (const argument of spec.arguments ?? []) {
    const name = argument.variadic === true ? `${argument.name}...` : argument.name;
    command.argument(argument.required ? `<${name}>` : `[${name}]`);
  }
  const specOptions = optionsOf(spec);
  const isFlag = (text: string) => knownFlags(parse, command).includes(text);
  for (const option of specOptions) {
    // `--tag --yes` lacks its value; `--tag=--yes` says it plainly.
    const lacksValue = (value: string) =>
      isFlag(value) && !parse.argv.includes(`--${option.name}=${value}`);
    command.addOption(createOption(option, lacksValue));
  }
  command.action(() => {
    const network = parse.root.getOptionValue('network') as string | undefined;
    if (network !== undefined && spec.groups?.includes('network') !== true) {
      throw unknownOption(spec.path, '--network', []);
    }
    const own = specOptions.map(({ name }) => [name, optionValue(command, name)] as const);
    const raw: RawInput = {
      arguments: argumentsOf(spec, command.processedArgs as readonly unknown[]),
      options: { ...Object.fromEntries(own), ...(network === undefined ? {} : { network }) },
    };
    const globals = globalsOf(parse.root);
    stop(parse, { kind: 'command', invocation: { spec, raw, globals } });
  });
}

function addHelpCommand(parse: Parse): void {
  const command = prepare(parse, parse.root.command('help'), ['help']);
  command.argument('[command...]');
  command.action((words: readonly string[]) => {
    const known = parse.specs.some((spec) => words.every((word, i) => spec.path[i] === word));
    if (!known) throw unknownCommand(words, parse.specs);
    const globals = globalsOf(parse.root);
    stop(parse, { kind: 'help', path: words, requested: true, globals });
  });
}

function createOption(spec: OptionSpec, lacksValue: (value: string) => boolean): Option {
  const long = spec.value === undefined ? `--${spec.name}` : `--${spec.name} <${spec.value}>`;
  const option = new Option(spec.short === undefined ? long : `-${spec.short}, ${long}`);
  // Names as written: commander would make --no-x the opposite of --x.
  option.negate = false;
  option.attributeName = () => spec.name;
  if (spec.value === undefined) return option;
  return option.argParser((value: string, previous: string | string[] | undefined) => {
    if (lacksValue(value)) throw missingValue(`--${spec.name}`);
    if (spec.choices !== undefined && !spec.choices.includes(value)) {
      throw invalidChoice(`--${spec.name}`, value, spec.choices);
    }
    if (spec.repeatable === true) return Array.isArray(previous) ? [...previous, value] : [value];
    if (previous !== undefined) throw repeatedOption(spec.name);
    return value;
  });
}

function knownFlags(parse: Parse, command: Command): readonly string[] {
  const options = [...command.options, ...parse.root.options];
  const flags = options.flatMap(({ long, short }) => [long, short]);
  return [...flags, '--help', '-h'].filter((flag) => flag !== undefined);
}

function optionValue(command: Command, name: string): RawInput['options'][string] {
  return command.getOptionValue(name) as RawInput['options'][string];
}

function argumentsOf(spec: CommandSpec, values: readonly unknown[]): RawInput['arguments'] {
  const entries = (spec.arguments ?? []).map((argument, index) => {
    const value = values[index];
    const many = Array.isArray(value) ? value.map(String) : [];
    const texts = typeof value === 'string' ? [value] : many;
    const { choices } = argument;
    const bad = texts.find((text) => choices !== undefined && !choices.includes(text));
    if (bad !== undefined) throw invalidChoice(argument.name.toUpperCase(), bad, choices ?? []);
    return [argument.name, texts] as const;
  });
  return Object.fromEntries(entries);
}

function globalsOf(root: Command): GlobalOptions {
  return {
    json: root.getOptionValue('json') === true,
    quiet: root.getOptionValue('quiet') === true,
    verbose: root.getOptionValue('verbose') === true,
    noInput: root.getOptionValue('no-input') === true,
    color: root.getOptionValue('color') as ColorChoice | undefined,
  };
}

function stop(parse: Parse, outcome: ParsedLine): never {
  parse.outcome = outcome;
  throw STOP;
}
