import { describe, expect, it } from 'vitest';
import { isTaoError } from '../errors/tao-error.ts';
import { parseNetuid } from './netuid.ts';

describe('a netuid', () => {
  it('is a whole number from 0 to 65535', () => {
    expect(parseNetuid('0')).toBe(0);
    expect(parseNetuid('65535')).toBe(65_535);
  });

  it.each(['-1', '65536', '1.0', '1e1', 'root', '', '000001', ' 1', '99999999999'])(
    'is not %j',
    (text) => {
      let thrown: unknown;
      try {
        parseNetuid(text);
      } catch (error) {
        thrown = error;
      }
      expect(isTaoError(thrown, 'NETUID_INVALID')).toBe(true);
    },
  );

  it('that is none is repeated, unless it is long, with how to find one', () => {
    expect(() => parseNetuid('65536')).toThrow(
      expect.objectContaining({
        message: 'Couldn\'t read the netuid "65536": it must be a whole number from 0 to 65535.',
        hint: 'Run tao subnet list to see the subnets; 0 is root.',
        data: { value: '65536' },
      }),
    );
    expect(() => parseNetuid('word '.repeat(12))).toThrow(
      expect.objectContaining({ data: { value: '(60 characters)' } }),
    );
  });
});
