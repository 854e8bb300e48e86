/** Specs of `tao stake list` and `tao stake quote`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

const listSpec: CommandSpec = {
  path: ['stake', 'list'],
  summary: 'List your positions and what they are worth',
  description: [
    'Values are at the spot price of the block that was read, and as sold: each position alone, after its price impact and the pool fee. Selling several of one subnet gives less than their sum.',
    'On a terminal the table shows what fits; into a pipe and with --json everything.',
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
    {
      command: 'tao stake list --all --network dev --sort value',
      note: 'every wallet, the largest positions first',
    },
    {
      command: `tao stake list ${devExamples.delegator} --network dev --at-block 0 --netuid 1`,
      note: 'what was there at a block, on one subnet',
    },
  ],
  arguments: [
    {
      name: 'account',
      summary: 'Wallet name or address; the default wallet when left out',
      required: false,
    },
  ],
  options: [
    { name: 'all', summary: 'Every coldkey of the wallet folder' },
    { name: 'netuid', value: 'NETUID', summary: 'Only this subnet', repeatable: true },
    {
      name: 'sort',
      value: 'BY',
      summary: 'Order; amounts largest first',
      choices: ['netuid', 'value', 'exit', 'stake', 'validator'],
      defaultText: 'netuid',
    },
    {
      name: 'at-block',
      value: 'N',
      summary: 'As of this block; old ones need a node that keeps them, such as --network archive',
    },
  ],
  groups: ['network', 'wallet'],
  fields: [
    {
      name: 'address',
      type: 'string',
      summary: 'Coldkey the positions belong to; null with --all',
    },
    { name: 'block', type: 'object', summary: 'Block all figures belong to: number and hash' },
    { name: 'accounts[].name', type: 'string', summary: 'Wallet, or the address again' },
    { name: 'accounts[].address', type: 'string', summary: 'Coldkey' },
    { name: 'accounts[].value', type: 'tao', summary: 'Value at spot of what is listed of it' },
    {
      name: 'accounts[].exitValue',
      type: 'tao',
      summary: 'The same sold one by one; null when one cannot be quoted',
    },
    { name: 'positions[].address', type: 'string', summary: 'Coldkey' },
    { name: 'positions[].netuid', type: 'integer', summary: 'Subnet' },
    { name: 'positions[].subnet', type: 'string', summary: "Subnet's name" },
    { name: 'positions[].hotkey', type: 'string', summary: 'Validator' },
    {
      name: 'positions[].validator',
      type: 'string',
      summary: "Validator's name, if it has set one",
    },
    {
      name: 'positions[].takePercent',
      type: 'string',
      unit: '%',
      summary: "The validator's take, rounded up",
    },
    {
      name: 'positions[].isRegistered',
      type: 'boolean',
      summary: 'Whether the validator is registered on the subnet',
    },
    { name: 'positions[].stake', type: 'alpha', summary: 'Alpha held; on root TAO' },
    {
      name: 'positions[].unlocked',
      type: 'alpha',
      summary: 'What of it could leave; a lock on the subnet holds the rest',
    },
    {
      name: 'positions[].poolSharePercent',
      type: 'string',
      unit: '%',
      summary: 'Part of all stake with the validator there, rounded down',
    },
    { name: 'positions[].price', type: 'tao', unit: 'TAO per alpha', summary: 'Spot price' },
    { name: 'positions[].value', type: 'tao', summary: 'Value at the spot price' },
    {
      name: 'positions[].exitValue',
      type: 'tao',
      summary: 'What selling it alone would give, after impact and fee; null when unknown',
    },
    { name: 'positions[].exitFee', type: 'alpha', summary: "The pool's fee of that sale" },
    {
      name: 'positions[].exitSource',
      type: 'string',
      summary: 'node: simulated by the runtime; formula: from the reserves; null when unknown',
    },
    { name: 'totalValue', type: 'tao', summary: 'Sum of the values' },
    {
      name: 'totalExitValue',
      type: 'tao',
      summary: 'Sum of the exit values; null when one is unknown',
    },
  ],
  effect: 'reads',
  schema: 'stake.list/1',
  load: async () => (await import('./list.ts')).stakeList,
};

const quoteSpec: CommandSpec = {
  path: ['stake', 'quote'],
  summary: 'What staking, unstaking or swapping would give, in several sizes',
  description: [
    'Quotes buying alpha with TAO; with --sell selling alpha for TAO; with --to-netuid swapping alpha of one subnet for that of another.',
    'One --amount is quoted with a tenth and ten times as much beside it; several are quoted as given. At least is the worst case at the tolerance: past it the chain refuses the trade.',
  ],
  examples: [
    {
      command: 'tao stake quote --netuid 8 --amount 10 --network dev',
      note: 'staking 1, 10 and 100 TAO on subnet 8',
    },
    {
      command: 'tao stake quote --netuid 8 --sell --amount 50 --amount 500 --network dev',
      note: 'selling 50 and 500 alpha',
    },
    {
      command: 'tao stake quote --netuid 1 --to-netuid 4 --amount 100 --network dev --json',
      note: 'swapping alpha of subnet 1 for alpha of subnet 4',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet to trade on; 0 is root' },
    { name: 'sell', summary: 'Quote selling alpha for TAO' },
    { name: 'to-netuid', value: 'NETUID', summary: 'Quote swapping to this subnet' },
    {
      name: 'amount',
      value: 'AMOUNT',
      summary: 'What goes in: TAO to stake, else alpha (TAO on root)',
      repeatable: true,
    },
  ],
  groups: ['network', 'price'],
  fields: [
    { name: 'kind', type: 'string', summary: 'buy, sell or swap' },
    { name: 'netuid', type: 'integer', summary: 'Subnet traded on, or swapped from' },
    { name: 'toNetuid', type: 'integer', summary: 'Subnet swapped to; else null' },
    { name: 'block', type: 'object', summary: 'Block all figures belong to: number and hash' },
    {
      name: 'tolerancePercent',
      type: 'string',
      unit: '%',
      summary: 'Tolerance of the worst case; null with --limit-price',
    },
    { name: 'quotes[].in', type: 'object', summary: 'What goes in: TAO or alpha' },
    {
      name: 'quotes[].out',
      type: 'object',
      summary: 'What comes out: TAO or alpha; null when the pool cannot serve it',
    },
    { name: 'quotes[].fee', type: 'object', summary: "The pool's fee, in the unit that goes in" },
    {
      name: 'quotes[].impactPercent',
      type: 'string',
      unit: '%',
      summary: 'How much worse than at the spot price, fee not counted, rounded up',
    },
    {
      name: 'quotes[].spotRao',
      type: 'string',
      summary: 'Spot price in rao of TAO per alpha; of a swap rao of the destination per alpha',
    },
    { name: 'quotes[].averageRao', type: 'string', summary: 'The same on average over the trade' },
    {
      name: 'quotes[].limitRao',
      type: 'string',
      summary: 'The limit at the tolerance; null on root',
    },
    {
      name: 'quotes[].least',
      type: 'object',
      summary: 'The least that comes out; null when the chain would refuse the size',
    },
    {
      name: 'quotes[].isWithinLimit',
      type: 'boolean',
      summary: 'Whether the size keeps within the limit by itself',
    },
    {
      name: 'quotes[].source',
      type: 'string',
      summary: 'node: simulated by the runtime; formula: from the reserves',
    },
  ],
  effect: 'reads',
  schema: 'stake.quote/1',
  load: async () => (await import('./quote.ts')).stakeQuote,
};

export const stakeLookSpecs: readonly CommandSpec[] = [listSpec, quoteSpec];
