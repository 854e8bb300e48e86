/** Spec of `tao unstake`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { transactionFields } from '../transaction-fields.ts';

export const unstakeSpec: CommandSpec = {
  path: ['unstake'],
  summary: 'Take stake out of a position',
  description: [
    'Sells alpha of a subnet for TAO under a price limit; on root TAO comes back one to one.',
    'Give --amount in alpha of the subnet (TAO on root), or --all for the whole position.',
  ],
  examples: [
    {
      command: `tao unstake --netuid 8 --hotkey ${devExamples.validator} --amount 1 --network dev --wallet //Alice --yes`,
      note: 'sell 1 alpha of subnet 8',
    },
    {
      command: `tao unstake --netuid 8 --hotkey ${devExamples.validator} --all --network dev --wallet //Alice --yes`,
      note: 'leave the position, all or nothing at the limit',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet of the position; 0 is root' },
    {
      name: 'hotkey',
      value: 'ADDRESS',
      summary: "The validator's hotkey, or wallet/hotkey of your own",
    },
    { name: 'amount', value: 'ALPHA', summary: 'Alpha to sell (TAO on root), at most 9 decimals' },
    { name: 'all', summary: 'The whole position' },
  ],
  groups: ['network', 'wallet', 'price', 'transaction'],
  fields: [
    {
      name: 'unstaked',
      type: 'alpha',
      summary: 'What left the position, pool fee included; TAO on root',
    },
    { name: 'received', type: 'tao', summary: 'TAO credited to the free balance' },
    {
      name: 'isRepeat',
      type: 'boolean',
      summary: 'The request id was known: this is the first result',
    },
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'unstake/1',
  load: async () => (await import('./unstake.ts')).unstake,
};
