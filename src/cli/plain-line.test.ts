import { describe, expect, it } from 'vitest';
import { parsePlainLine } from './plain-line.ts';

describe('a plain line', () => {
  it.each([[], ['--help'], ['-h'], ['help'], ['--version']])('is read: %j', (...argv) => {
    expect(parsePlainLine(argv)).toBeDefined();
  });

  it.each([
    ['stake', '--help'],
    ['help', 'stake'],
    ['--json', '--version'],
    ['--nonsense'],
    ['--help', '--json'],
    [''],
  ])('is left to the parser when it is %j', (...argv) => {
    expect(parsePlainLine(argv)).toBeUndefined();
  });
});
