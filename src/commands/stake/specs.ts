/** Specs of `tao stake …`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { partsField, transactionFields } from '../transaction-fields.ts';

export const stakeAddSpec: CommandSpec = {
  path: ['stake', 'add'],
  summary: 'Stake TAO with a validator on a subnet',
  description: [
    'Shows the plan with its worst case, asks, signs, submits, and waits until the stake is in a block.',
    'On a subnet the trade carries a price limit: the chain refuses it when the price moves past it.',
    'On root (netuid 0) TAO is staked one to one, without price and pool fee.',
  ],
  examples: [
    {
      command: `tao stake add --netuid 8 --hotkey ${devExamples.validator} --amount 2.5 --network dev --wallet //Alice --yes`,
      note: 'stake 2.5 TAO on subnet 8 of the embedded chain',
    },
    {
      command: `tao stake add --netuid 0 --hotkey ${devExamples.validator} --amount 10 --network dev --wallet //Alice --dry-run`,
      note: 'see the plan of a root stake; nothing is signed',
    },
    {
      command: `tao stake add --netuid 8 --hotkey ${devExamples.validator} --amount 1 --network dev --wallet //Alice --yes --json --request-id job-42`,
      note: 'from CI: safe to run twice, it stakes once',
    },
    {
      command: `tao stake add --netuid 8 --hotkey ${devExamples.validator} --amount 1 --network dev --wallet //Dave --unsigned-out plan.json`,
      note: 'a plan for a key that is elsewhere: see tao tx sign',
    },
    {
      command: `tao stake add --to ${devExamples.validator}:8=0.2 --to ${devExamples.otherValidator}:8=0.15 --to ${devExamples.validator}:0=0.5 --network dev --wallet //Alice --yes`,
      note: 'three stakes in one transaction, all or nothing',
    },
    {
      command: `tao stake add --netuid 0 --hotkey ${devExamples.validator} --amount all --network dev --wallet //Dave --dry-run`,
      note: 'everything but the fee and a reserve',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet to stake on; 0 is root' },
    {
      name: 'hotkey',
      value: 'ADDRESS',
      summary: "The validator's hotkey, or wallet/hotkey of your own",
    },
    {
      name: 'amount',
      value: 'TAO',
      summary:
        'TAO to stake, at most 9 decimals, or all: less the fee and a reserve for later fees',
    },
    { name: 'percent', value: 'P', summary: 'This share of the free balance' },
    {
      name: 'to',
      value: 'HOTKEY:NETUID=TAO',
      summary: 'One of several stakes in one transaction, instead of the options above',
      repeatable: true,
    },
    {
      name: 'best-effort',
      summary: 'Each stake on its own: what the chain refuses is left out',
    },
  ],
  groups: ['network', 'wallet', 'price', 'transaction'],
  fields: [
    {
      name: 'spent',
      type: 'tao',
      summary: 'TAO that left the balance for the stake, pool fee included',
    },
    { name: 'received', type: 'alpha', summary: 'Stake credited; on root alpha is TAO' },
    {
      name: 'isRepeat',
      type: 'boolean',
      summary: 'The request id was known: this is the first result',
    },
    ...transactionFields,
    partsField,
  ],
  effect: 'moves-funds',
  schema: 'stake.add/1',
  load: async () => (await import('./add.ts')).stakeAdd,
};
