import { expect, it } from 'vitest';
import { editDistance, suggest } from './suggest.ts';

it('counts insertions, deletions, substitutions and swaps of neighbours', () => {
  expect(editDistance('stake', 'stake')).toBe(0);
  expect(editDistance('stkae', 'stake')).toBe(1);
  expect(editDistance('stak', 'stake')).toBe(1);
  expect(editDistance('stakee', 'stake')).toBe(1);
  expect(editDistance('stoke', 'stake')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
});

it('offers the closest word and nothing when all are far away', () => {
  expect(suggest('walet', ['stake', 'wallet'])).toBe('wallet');
  expect(suggest('conf', ['config', 'completion'])).toBe('config');
  expect(suggest('xyz', ['stake', 'wallet'])).toBeUndefined();
});
