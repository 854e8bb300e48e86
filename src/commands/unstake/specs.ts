/** Spec of `tao unstake`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { partsField, transactionFields } from '../transaction-fields.ts';

export const unstakeSpec: CommandSpec = {
  path: ['unstake'],
  summary: 'Take stake out of one position or many',
  description: [
    'Sells alpha of a subnet for TAO under a price limit; on root TAO comes back one to one.',
    'Of one position, give --netuid, --hotkey, and how much: --amount in alpha (TAO on root), --tao for about that much TAO, --percent, or --all.',
    'With --all or --percent and only --netuid, all positions of the subnet are meant; with only --hotkey, all of the validator; --everything means every position.',
    'Several positions go in one transaction, all or nothing; with --best-effort each stands alone. Every sale carries its own price limit.',
  ],
  examples: [
    {
      command: `tao unstake --netuid 8 --hotkey ${devExamples.validator} --amount 1 --network dev --wallet //Alice --yes`,
      note: 'sell 1 alpha of subnet 8',
    },
    {
      command: `tao unstake --netuid 8 --hotkey ${devExamples.validator} --tao 0.5 --network dev --wallet //Alice --yes`,
      note: 'sell as much alpha as brings 0.5 TAO',
    },
    {
      command: `tao unstake --netuid 8 --hotkey ${devExamples.validator} --percent 25 --to-root --network dev --wallet //Alice --yes`,
      note: 'turn a quarter into root stake with the same validator',
    },
    {
      command: `tao unstake --hotkey ${devExamples.validator} --all --tolerance 5 --network dev --wallet //Alice --dry-run`,
      note: 'look at leaving a validator on every subnet',
    },
    {
      command: `tao unstake --netuid 8 --hotkey ${devExamples.validator} --all --network dev --wallet //Alice --yes`,
      note: 'leave the position, all or nothing at the limit',
    },
    {
      command:
        'tao unstake --everything --claim-first --tolerance 5 --network dev --wallet //Alice --dry-run',
      note: 'look at leaving every position, with root dividends claimed first; --confirm everything does it',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet of the position; 0 is root' },
    {
      name: 'hotkey',
      value: 'ADDRESS',
      summary: "The validator's hotkey, or wallet/hotkey of your own",
    },
    {
      name: 'amount',
      value: 'ALPHA',
      summary: 'Alpha to sell (TAO on root), at most 9 decimals, or all',
    },
    { name: 'tao', value: 'TAO', summary: 'As much alpha as brings about this much TAO' },
    { name: 'percent', value: 'P', summary: 'This share of each position that is meant' },
    { name: 'all', summary: 'All of each position that is meant' },
    { name: 'everything', summary: 'All of every position' },
    { name: 'to-root', summary: 'Into root stake with the same validator, not the free balance' },
    {
      name: 'claim-first',
      summary: 'Claim root dividends before root stake leaves, in the same transaction',
    },
    {
      name: 'best-effort',
      summary: 'Each position on its own: what the chain refuses is left out',
    },
  ],
  groups: ['network', 'wallet', 'price', 'transaction'],
  fields: [
    {
      name: 'unstaked',
      type: 'alpha',
      summary: 'What left, pool fee included; TAO on root; null where several subnets are in it',
    },
    { name: 'received', type: 'tao', summary: 'TAO credited; with --to-root, as root stake' },
    {
      name: 'isRepeat',
      type: 'boolean',
      summary: 'The request id was known: this is the first result',
    },
    ...transactionFields,
    partsField,
  ],
  effect: 'moves-funds',
  schema: 'unstake/1',
  load: async () => (await import('./unstake.ts')).unstake,
};
