import { describe, expect, it } from 'vitest';
import { renderHelp } from './render-help.ts';
import type { CommandSpec } from './spec.ts';

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
});
