/** Specs of `tao stake …`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { transactionFields } from '../transaction-fields.ts';

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
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet to stake on; 0 is root' },
    {
      name: 'hotkey',
      value: 'ADDRESS',
      summary: "The validator's hotkey, or wallet/hotkey of your own",
    },
    { name: 'amount', value: 'TAO', summary: 'TAO to stake, at most 9 decimals' },
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
  ],
  effect: 'moves-funds',
  schema: 'stake.add/1',
  load: async () => (await import('./add.ts')).stakeAdd,
};

export const stakeListSpec: CommandSpec = {
  path: ['stake', 'list'],
  summary: 'List your positions and what they are worth',
  description: [
    'Values are at the spot price of the block that was read; a sale gives less, by its price impact and fee.',
  ],
  examples: [
    {
      command: 'tao stake list --network dev --wallet //Alice',
      note: 'positions of a development account',
    },
    {
      command: `tao stake list ${devExamples.delegator} --network dev --json`,
      note: 'positions of any address, for a script',
    },
  ],
  arguments: [
    {
      name: 'account',
      summary: 'Wallet name or address; the default wallet when left out',
      required: false,
    },
  ],
  groups: ['network', 'wallet'],
  fields: [
    { name: 'address', type: 'string', summary: 'Coldkey the positions belong to' },
    { name: 'block', type: 'object', summary: 'Block all figures belong to: number and hash' },
    { name: 'positions[].netuid', type: 'integer', summary: 'Subnet' },
    { name: 'positions[].subnet', type: 'string', summary: "Subnet's name" },
    { name: 'positions[].hotkey', type: 'string', summary: 'Validator' },
    {
      name: 'positions[].validator',
      type: 'string',
      summary: "Validator's name, if it has set one",
    },
    { name: 'positions[].stake', type: 'alpha', summary: 'Alpha held; on root TAO' },
    { name: 'positions[].price', type: 'tao', unit: 'TAO per alpha', summary: 'Spot price' },
    { name: 'positions[].value', type: 'tao', summary: 'Value at the spot price' },
    { name: 'totalValue', type: 'tao', summary: 'Sum of the values' },
  ],
  effect: 'reads',
  schema: 'stake.list/1',
  load: async () => (await import('./list.ts')).stakeList,
};
