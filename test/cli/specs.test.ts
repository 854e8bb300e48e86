import { describe, expect, it } from 'vitest';
import { optionsOf } from '../../src/cli/option-groups.ts';
import { MAX_HELP_WIDTH, renderHelp } from '../../src/cli/render-help.ts';
import { specs } from '../../src/commands/specs.ts';

const paths = [[], ...new Set(specs.map((spec) => spec.path[0])), ...specs.map((s) => s.path)].map(
  (path) => (typeof path === 'string' ? [path] : path),
) as readonly (readonly string[])[];

describe('help', () => {
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
