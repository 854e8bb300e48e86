import { describe, expect, it } from 'vitest';
import { specs } from '../commands/specs.ts';
import { optionsOf } from './option-groups.ts';
import { MAX_HELP_WIDTH, renderHelp } from './render-help.ts';
import type { CommandSpec } from './spec.ts';

const paths = [[], ...new Set(specs.map((spec) => spec.path[0])), ...specs.map((s) => s.path)].map(
  (path) => (typeof path === 'string' ? [path] : path),
) as readonly (readonly string[])[];

const sample: CommandSpec = {
  path: ['stake', 'add'],
  summary: 'Stake TAO with a validator',
  description: ['A paragraph that is long enough to be wrapped at a width of forty columns.'],
  examples: [{ command: 'tao stake add --amount 1', note: 'stake one TAO' }],
  arguments: [{ name: 'hotkey', summary: 'Validator', required: false, variadic: true }],
  options: [
    { name: 'amount', value: 'TAO', summary: 'TAO to stake', defaultText: 'all' },
    {
      name: 'kind',
      short: 'k',
      value: 'KIND',
      summary: 'Kind',
      choices: ['a', 'b'],
      repeatable: true,
    },
  ],
  fields: [],
  effect: 'moves-funds',
  schema: 'stake.add/1',
  load: () => Promise.reject(new Error('Help must not load a body.')),
};

describe('help', () => {
  it('has everything the spec has', () => {
    const text = renderHelp([sample], ['stake', 'add'], 60);
    expect(text.slice(0, text.indexOf('Everywhere'))).toMatchInlineSnapshot(`
      "Stake TAO with a validator.

      A paragraph that is long enough to be wrapped at a width of
      forty columns.

      Usage
        tao stake add [HOTKEY...] [options]

      Arguments
        HOTKEY  Validator

      Options
            --amount TAO  TAO to stake (default: all)
        -k, --kind KIND   Kind (a, b; may be repeated)

      "
    `);
    expect(text).toMatch(/Examples\n {2}# stake one TAO\n {2}tao stake add --amount 1\n$/);
  });

  it('of a noun lists its verbs', () => {
    expect(renderHelp([sample], ['stake'], 80)).toContain('  add  Stake TAO with a validator\n');
  });

  it.each(paths)(
    'of "tao %s %s" fits its width, example lines and single words aside',
    (...path) => {
      const words = path.filter((word) => typeof word === 'string');
      for (const width of [40, 80, 200]) {
        const text = renderHelp(specs, words, width);
        expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
        const body = text.split('\nExamples\n')[0] ?? '';
        const limit = Math.min(width, MAX_HELP_WIDTH);
        const tooLong = body
          .split('\n')
          .filter((line) => line.length > limit && /\S\s+\S/.test(line.trim()))
          .filter((line) => !line.startsWith('  tao ') && !/^ {2}(-\w, | {4})--/.test(line));
        expect(tooLong, `width ${width}`).toEqual([]);
      }
    },
  );
});

describe('the specs of the tool', () => {
  it.each(specs.map((spec) => [spec.path.join(' '), spec] as const))(
    '%s is complete',
    (_, spec) => {
      expect(spec.summary).toMatch(/^[A-Z].*[^.]$/);
      expect(spec.schema).toMatch(/^[a-z]+(\.[a-z-]+)*\/\d+$/);
      expect(spec.examples.length).toBeGreaterThan(0);
      for (const example of spec.examples) {
        expect(example.command.split(' ').slice(0, spec.path.length + 1)).toEqual([
          'tao',
          ...spec.path,
        ]);
      }
      const options = optionsOf(spec).map((option) => option.name);
      expect(new Set(options).size).toBe(options.length);
      const shorts = optionsOf(spec).flatMap(({ short }) => (short === undefined ? [] : [short]));
      expect(new Set([...shorts, 'q', 'v', 'h']).size).toBe(shorts.length + 3);
    },
  );

  it('have one schema name each', () => {
    const schemas = specs.map((spec) => spec.schema);
    expect(new Set(schemas).size).toBe(schemas.length);
  });
});
