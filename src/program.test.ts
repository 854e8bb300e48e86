import { describe, expect, it } from 'vitest';
import type { GlobalOptions, Invocation } from './cli/invocation.ts';
import type { CommandSpec } from './cli/spec.ts';
import { isTaoError } from './errors/tao-error.ts';
import { createProgram } from './program.ts';

const base = {
  examples: [],
  fields: [],
  schema: 'x/1',
  load: () => Promise.reject(new Error('Parsing must not load a body.')),
};

const specs: readonly CommandSpec[] = [
  {
    ...base,
    path: ['stake', 'add'],
    summary: 'Stake TAO',
    effect: 'moves-funds',
    options: [
      { name: 'amount', value: 'TAO', summary: 'TAO to stake' },
      { name: 'netuid', value: 'NETUID', summary: 'Subnet' },
      { name: 'tag', value: 'TEXT', summary: 'Tags', repeatable: true },
      { name: 'no-limit', summary: 'No limit' },
      { name: 'hotkey', value: 'NAME', summary: 'Hotkey' },
      { name: 'no-hotkey', summary: 'No hotkey' },
    ],
    groups: ['network', 'transaction'],
  },
  { ...base, path: ['stake', 'list'], summary: 'List stake', effect: 'reads' },
  {
    ...base,
    path: ['tx', 'show'],
    summary: 'Show a transaction',
    effect: 'reads',
    arguments: [{ name: 'reference', summary: 'Id', required: true }],
  },
  {
    ...base,
    path: ['completion'],
    summary: 'Script',
    effect: 'reads',
    arguments: [{ name: 'shell', summary: 'Shell', required: true, choices: ['bash', 'zsh'] }],
  },
  {
    ...base,
    path: ['unstake'],
    summary: 'Unstake',
    effect: 'moves-funds',
    groups: ['transaction'],
  },
  {
    ...base,
    path: ['unstake', 'all'],
    summary: 'Unstake all',
    effect: 'moves-funds',
    arguments: [{ name: 'hotkeys', summary: 'Hotkeys', required: false, variadic: true }],
  },
];

const program = createProgram(specs);

function parse(line: string): Invocation {
  const parsed = program.parse(line.split(' '));
  if (parsed.kind !== 'command') throw new Error(`Not a command but ${parsed.kind}`);
  return parsed.invocation;
}

function refuse(line: string): string {
  try {
    program.parse(line.split(' ').filter((word) => word !== ''));
  } catch (error) {
    if (!isTaoError(error)) throw error;
    expect(error.exitCode).toBe(2);
    return [error.message, error.hint, `[${error.code}]`].join('\n');
  }
  throw new Error(`Not refused: ${line}`);
}

const quietGlobals: GlobalOptions = {
  json: false,
  quiet: false,
  verbose: false,
  noInput: false,
  color: undefined,
};

describe('a command line that is understood', () => {
  it('gives raw texts by long option name and leaves out what was not given', () => {
    const { spec, raw } = parse('stake add --amount 2.5 --netuid=8 -y --wait finalized');
    expect(spec.path).toEqual(['stake', 'add']);
    const given = Object.entries(raw.options).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(given)).toEqual({
      amount: '2.5',
      netuid: '8',
      yes: true,
      wait: 'finalized',
    });
  });

  it('takes global options before, between and after the words of a command', () => {
    const expected = { ...quietGlobals, json: true, noInput: true, color: 'never' };
    for (const line of [
      '--json --no-input --color never stake list',
      'stake --json --no-input --color=never list',
      'stake list --color never --no-input --json',
    ]) {
      expect(parse(line).globals, line).toEqual(expected);
    }
  });

  it('takes --network before the words of a command that has a network, and of no other', () => {
    expect(parse('--network dev stake add').raw.options.network).toBe('dev');
    expect(refuse('--network dev stake list')).toContain('tao stake list has no such option.');
  });

  it('collects repeatable options and tells an option called no-limit from the absence of one', () => {
    expect(parse('stake add --tag a --tag b').raw.options.tag).toEqual(['a', 'b']);
    expect(parse('stake add --no-limit').raw.options['no-limit']).toBe(true);
    expect(parse('stake add').raw.options['no-limit']).toBeUndefined();
    const both = parse('stake add --hotkey a --no-hotkey').raw.options;
    expect([both.hotkey, both['no-hotkey']]).toEqual(['a', true]);
  });

  it('passes a negative number and an odd value on, so that the command can say what is wrong', () => {
    expect(parse('stake add --amount -5').raw.options.amount).toBe('-5');
    expect(parse('stake add --amount=--json').raw.options.amount).toBe('--json');
  });

  it('takes what follows a double dash as arguments', () => {
    const { raw, globals } = parse('tx show -- --json');
    expect(raw.arguments.reference).toEqual(['--json']);
    expect(globals.json).toBe(false);
  });

  it('lets a command stand beside commands below it', () => {
    expect(parse('unstake --yes').spec.path).toEqual(['unstake']);
    expect(parse('unstake all a b').raw.arguments.hotkeys).toEqual(['a', 'b']);
    expect(parse('unstake all').raw.arguments.hotkeys).toEqual([]);
  });
});

describe('help and version', () => {
  it.each([
    ['--help', [], true],
    ['-h', [], true],
    ['help', [], true],
    ['stake --help', ['stake'], true],
    ['help stake add', ['stake', 'add'], true],
    ['stake add --help --nonsense', ['stake', 'add'], true],
    ['tx show --help', ['tx', 'show'], true],
    ['', [], false],
    ['stake', ['stake'], false],
    ['stake --json', ['stake'], false],
  ] as const)('"%s" asks for the help of %j (requested: %s)', (line, path, requested) => {
    const argv = line.split(' ').filter((word) => word !== '');
    expect(program.parse(argv)).toMatchObject({ kind: 'help', path, requested });
  });

  it('finds --version anywhere', () => {
    expect(program.parse(['--version']).kind).toBe('version');
    expect(program.parse(['stake', 'list', '--version']).kind).toBe('version');
  });
});

describe('a command line that is refused', () => {
  it.each([
    ['stkae', 'there is no such command.\nDid you mean tao stake?\n[USAGE_UNKNOWN_COMMAND]'],
    ['stake ad', 'Did you mean tao stake add?'],
    ['add', 'Did you mean tao stake add?'],
    ['help nothing', 'Run tao --help to see the commands.\n[USAGE_UNKNOWN_COMMAND]'],
    ['help stake lst', 'Did you mean tao stake list?'],
    ['frobnicate', 'Run tao --help to see the commands.'],
    ['stake add --amuont 1', 'Did you mean --amount?\n[USAGE_UNKNOWN_OPTION]'],
    ['stake add --jsn', 'Did you mean --json?'],
    ['stake add -x', 'Run tao stake add --help to see its options.\n[USAGE_UNKNOWN_OPTION]'],
    ['stake list --amount 1', 'tao stake list has no such option.'],
    ['stake add --json=yes', '--json takes no value.\nWrite --json alone.\n[USAGE_INVALID]'],
    ['stake add --amount', "Couldn't use --amount: its value is missing."],
    ['stake add --amount --help', "Couldn't use --amount: its value is missing."],
    ['stake add --amount --netuid 8', "Couldn't use --amount: its value is missing."],
    ['stake add --amount 1 --amount 2', 'it was given more than once.'],
    ['stake add --wait later', 'it must be one of submitted, included, finalized.'],
    ['stake add extra', 'Couldn\'t use "extra": tao stake add takes no arguments.'],
    ['tx show', "Couldn't run tao tx show: the argument REFERENCE is missing."],
    ['tx show a b', 'Couldn\'t use "b": tao tx show takes 1 argument.'],
    ['completion bsh', 'Did you mean bash?\n[USAGE_INVALID]'],
    ['--quiet --verbose stake list', '--quiet and --verbose together'],
    ['--color pink stake list', 'it must be one of auto, always, never.'],
  ])('"%s" says what to do', (line, part) => {
    expect(refuse(line)).toContain(part);
  });

  it('cuts a very long word', () => {
    expect(refuse('x'.repeat(5000)).length).toBeLessThan(250);
  });
});

describe('commands of three words', () => {
  const keys = createProgram([
    { ...base, path: ['key'], summary: 'Keys', effect: 'reads' },
    {
      ...base,
      path: ['key', 'hot', 'create'],
      summary: 'Create a hot key',
      effect: 'writes-local',
      arguments: [{ name: 'name', summary: 'Name', required: true }],
      options: [{ name: 'words', value: 'N', summary: 'Words' }],
    },
    { ...base, path: ['key', 'hot', 'list'], summary: 'List hot keys', effect: 'reads' },
  ]);

  it('are parsed like those of two, beside a command of one', () => {
    const parsed = keys.parse(['key', 'hot', 'create', 'miner', '--words', '24']);
    if (parsed.kind !== 'command') throw new Error(`Not a command but ${parsed.kind}`);
    expect(parsed.invocation.spec.path).toEqual(['key', 'hot', 'create']);
    expect(parsed.invocation.raw.arguments.name).toEqual(['miner']);
    expect(parsed.invocation.raw.options.words).toBe('24');
    expect(keys.parse(['key'])).toMatchObject({ kind: 'command' });
  });

  it('have help at every word', () => {
    expect(keys.parse(['key', 'hot'])).toMatchObject({ path: ['key', 'hot'], requested: false });
    for (const argv of [
      ['help', 'key', 'hot'],
      ['key', 'hot', '--help'],
    ]) {
      expect(keys.parse(argv)).toMatchObject({ path: ['key', 'hot'], requested: true });
    }
  });

  it.each([
    [['key', 'hot', 'lst'], 'Did you mean tao key hot list?'],
    [['key', 'hot', 'create'], 'the argument NAME is missing'],
    [['key', 'hot', 'list', '--words', '3'], 'tao key hot list has no such option'],
  ])('%j says what to do', (argv, part) => {
    let text = '';
    try {
      keys.parse(argv);
    } catch (error) {
      if (isTaoError(error)) text = `${error.message} ${error.hint}`;
    }
    expect(text).toContain(part);
  });
});
