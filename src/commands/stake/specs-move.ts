/** Specs of `tao stake move`, `swap` and `transfer`: plain data, loads nothing else. */
import type { CommandSpec, FieldSpec, OptionSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { transactionFields } from '../transaction-fields.ts';

const netuid: OptionSpec = {
  name: 'netuid',
  value: 'NETUID',
  summary: 'Subnet of the position; 0 is root',
};
const hotkey: OptionSpec = {
  name: 'hotkey',
  value: 'ADDRESS',
  summary: "The position's validator: its hotkey, or wallet/hotkey of your own",
};
const amounts: readonly OptionSpec[] = [
  {
    name: 'amount',
    value: 'ALPHA',
    summary: 'Alpha that leaves (TAO on root), at most 9 decimals',
  },
  { name: 'percent', value: 'P', summary: 'This share of the position' },
  { name: 'all', summary: 'The whole position' },
];
const isRepeat: FieldSpec = {
  name: 'isRepeat',
  type: 'boolean',
  summary: 'The request id was known: this is the first result',
};
const LIMITED =
  'The limit is the least alpha of the other subnet for one alpha of this one: the ratio of the prices less the tolerance. Past it the chain refuses, and nothing moves.';

const moveSpec: CommandSpec = {
  path: ['stake', 'move'],
  summary: 'Move stake to another validator',
  description: [
    'Within one subnet nothing is traded: no price, no pool fee, and all of it arrives.',
    'With --to-netuid the stake also changes the subnet, as a move and a swap under a price limit in one transaction.',
    LIMITED,
  ],
  examples: [
    {
      command: `tao stake move --netuid 1 --hotkey ${devExamples.validator} --to ${devExamples.otherValidator} --amount 100 --network dev --wallet //Delegator2 --yes`,
      note: '100 alpha to another validator of subnet 1',
    },
    {
      command: `tao stake move --netuid 1 --hotkey ${devExamples.validator} --to ${devExamples.otherValidator} --to-netuid 4 --amount 20 --network dev --wallet //Delegator2 --dry-run`,
      note: 'the plan of a move to another subnet as well',
    },
  ],
  options: [
    netuid,
    hotkey,
    { name: 'to', value: 'ADDRESS', summary: 'The new validator: its hotkey' },
    { name: 'to-netuid', value: 'NETUID', summary: 'The new subnet; the same when left out' },
    ...amounts,
  ],
  groups: ['network', 'wallet', 'price', 'transaction'],
  fields: [
    {
      name: 'moved',
      type: 'alpha',
      summary: 'What left the position; null until it is in a block',
    },
    { name: 'received', type: 'alpha', summary: 'What arrived with the new validator' },
    isRepeat,
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'stake.move/1',
  load: async () => (await import('./move.ts')).stakeMove,
};

const swapSpec: CommandSpec = {
  path: ['stake', 'swap'],
  summary: 'Swap stake to another subnet, with the same validator',
  description: [
    'Sells alpha of one subnet and buys that of the other in one step, with one pool fee; root counts as TAO.',
    LIMITED,
  ],
  examples: [
    {
      command: `tao stake swap --netuid 1 --to-netuid 8 --hotkey ${devExamples.validator} --amount 50 --network dev --wallet //Delegator2 --yes`,
      note: '50 alpha of subnet 1 for alpha of subnet 8',
    },
    {
      command: `tao stake swap --netuid 1 --to-netuid 0 --hotkey ${devExamples.validator} --amount 50 --tolerance 1 --network dev --wallet //Delegator2 --dry-run`,
      note: 'the plan of a swap to root, with 1 % tolerance',
    },
  ],
  options: [
    netuid,
    { name: 'to-netuid', value: 'NETUID', summary: 'The new subnet; 0 is root' },
    hotkey,
    ...amounts,
  ],
  groups: ['network', 'wallet', 'price', 'transaction'],
  fields: [
    {
      name: 'swapped',
      type: 'alpha',
      summary: 'What left the position, pool fee included; null until it is in a block',
    },
    { name: 'received', type: 'alpha', summary: 'What arrived on the other subnet' },
    isRepeat,
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'stake.swap/1',
  load: async () => (await import('./swap.ts')).stakeSwap,
};

const transferSpec: CommandSpec = {
  path: ['stake', 'transfer'],
  summary: 'Give stake to another account',
  description: [
    'The stake stays with its validator and belongs to the other coldkey from then on. An account that is new here has to be confirmed by the end of its address.',
    'With --to-netuid it is swapped first, under a price limit, in the same transaction.',
  ],
  examples: [
    {
      command: `tao stake transfer --netuid 1 --hotkey ${devExamples.validator} --to //Bob --amount 10 --network dev --wallet //Delegator2 --yes`,
      note: 'give 10 alpha to //Bob',
    },
    {
      command: `tao stake transfer --netuid 1 --hotkey ${devExamples.validator} --to //Bob --to-netuid 8 --amount 10 --network dev --wallet //Delegator2 --dry-run`,
      note: 'the plan of a gift that changes the subnet on the way',
    },
  ],
  options: [
    netuid,
    hotkey,
    { name: 'to', value: 'ACCOUNT', summary: 'Who gets it: wallet, address book name or address' },
    {
      name: 'to-netuid',
      value: 'NETUID',
      summary: 'Subnet it arrives on; the same when left out',
    },
    ...amounts,
  ],
  groups: ['network', 'wallet', 'price', 'transaction'],
  fields: [
    { name: 'to', type: 'string', summary: 'Coldkey that got it' },
    {
      name: 'given',
      type: 'alpha',
      summary: 'What left the position; null until it is in a block',
    },
    { name: 'received', type: 'alpha', summary: 'What the other account got' },
    isRepeat,
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'stake.transfer/1',
  load: async () => (await import('./transfer.ts')).stakeTransfer,
};

export const stakeMoveSpecs: readonly CommandSpec[] = [moveSpec, swapSpec, transferSpec];
