import { expect, test } from 'vitest';
import { isoTime } from './time.ts';

test('an instant is written in UTC, in whole seconds that are over', () => {
  expect(isoTime(0)).toBe('1970-01-01T00:00:00Z');
  expect(isoTime(1_795_341_599_999)).toBe('2026-11-22T09:59:59Z');
});
