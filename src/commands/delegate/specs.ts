/** Specs of `tao delegate …`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';

export const delegateListSpec: CommandSpec = {
  path: ['delegate', 'list'],
  summary: 'List the validators you can stake with',
  description: [
    'Names are what their owners wrote on chain: anybody can call himself anything. Stake by hotkey.',
    'With --netuid, the stake column is alpha of that subnet; without it, TAO on root.',
  ],
  examples: [
    { command: 'tao delegate list --network dev', note: 'all validators, most root stake first' },
    {
      command: 'tao delegate list --netuid 8 --network dev --json',
      note: 'those of one subnet, for a script',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Only validators with a permit on that subnet' },
  ],
  groups: ['network'],
  fields: [
    { name: 'block', type: 'object', summary: 'Block all figures belong to: number and hash' },
    { name: 'netuid', type: 'integer', summary: 'Subnet the stake column is of; 0 is root' },
    { name: 'delegates[].hotkey', type: 'string', summary: 'The address to stake with' },
    {
      name: 'delegates[].name',
      type: 'string',
      summary: 'Name from the chain; empty when none is set',
    },
    { name: 'delegates[].owner', type: 'string', summary: 'Coldkey that owns the hotkey' },
    {
      name: 'delegates[].takePercent',
      type: 'string',
      unit: '%',
      summary: 'Share of dividends the validator keeps',
    },
    { name: 'delegates[].takeU16', type: 'integer', summary: 'The same in parts of 65535, exact' },
    {
      name: 'delegates[].stake',
      type: 'alpha',
      summary: 'Stake on the subnet, all coldkeys together',
    },
    { name: 'delegates[].permits', type: 'list', summary: 'Subnets it may validate' },
  ],
  effect: 'reads',
  schema: 'delegate.list/1',
  load: async () => (await import('./list.ts')).delegateList,
};
