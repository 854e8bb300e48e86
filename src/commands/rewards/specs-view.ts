/** Specs of `tao rewards show` and `history`: plain data, loads nothing else. */
import type { ArgumentSpec, CommandSpec, FieldSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

/** Most buckets of a history in one look. */
export const MAX_HISTORY_ROWS = 10_000;
/** Buckets shown when nothing is said. */
export const DEFAULT_HISTORY_ROWS = 30;

const accountArgument: ArgumentSpec = {
  name: 'account',
  summary: 'Wallet name or address; the default wallet when left out',
  required: false,
};

const addressFields: readonly FieldSpec[] = [
  { name: 'address', type: 'string', summary: 'Coldkey the positions belong to' },
  { name: 'block', type: 'object', summary: 'Block of the last look: number and hash' },
  { name: 'method', type: 'string', summary: 'How the figures are computed' },
];

const rewardsShowSpec: CommandSpec = {
  path: ['rewards', 'show'],
  summary: 'Show what each position earned, what it cost, and what it is worth',
  description: [
    'Computed from facts in the local ledger: the alpha held at observed blocks, less what was added and taken out.',
    'Reads the chain once, records it, and replays. A position that existed before the first look is counted from there.',
    'What the price did is kept apart from what was earned. A balance that the facts do not explain is a row of its own, and in no other figure.',
    'Realised and unrealised results count lots: what was earned enters at its value when it was earned.',
  ],
  examples: [
    {
      command: 'tao rewards show --network dev --wallet //Alice',
      note: 'what your stake earned so far',
    },
    {
      command: `tao rewards show ${devExamples.delegator} --network dev --json`,
      note: 'follow any address',
    },
    {
      command: `tao rewards show ${devExamples.delegator} --network dev --window 90d --method average`,
      note: 'another window, and lots at their average cost',
    },
  ],
  arguments: [accountArgument],
  options: [
    {
      name: 'window',
      value: 'LENGTH',
      summary: 'One more window beside 24h, 7d and 30d, such as 36h, 90d or 4w',
    },
    {
      name: 'method',
      value: 'METHOD',
      summary: 'Which lots leave first',
      choices: ['fifo', 'lifo', 'average'],
      defaultText: 'fifo',
    },
  ],
  groups: ['network', 'wallet'],
  fields: [
    ...addressFields,
    { name: 'time', type: 'string', summary: 'Time of that block, UTC' },
    { name: 'basisMethod', type: 'string', summary: 'fifo, lifo or average' },
    { name: 'takeMethod', type: 'string', summary: 'How the take paid is computed' },
    { name: 'exitMethod', type: 'string', summary: 'How the exit value is found' },
    { name: 'positions[].netuid', type: 'integer', summary: 'Subnet' },
    { name: 'positions[].hotkey', type: 'string', summary: 'Validator' },
    { name: 'positions[].sinceBlock', type: 'integer', summary: 'First block the figures cover' },
    {
      name: 'positions[].isComplete',
      type: 'boolean',
      summary: 'false: the position was there before the first look',
    },
    { name: 'positions[].stake', type: 'alpha', summary: 'Held now' },
    {
      name: 'positions[].earned',
      type: 'alpha',
      summary: "Emission gain after the validator's take",
    },
    {
      name: 'positions[].earnedValue',
      type: 'tao',
      summary: 'The same at the price of each observation',
    },
    { name: 'positions[].priceGain', type: 'tao', summary: 'What the price did to the position' },
    { name: 'positions[].paid', type: 'tao', summary: 'TAO that went in' },
    { name: 'positions[].returned', type: 'tao', summary: 'TAO that came out' },
    { name: 'positions[].value', type: 'tao', summary: 'Value now at spot' },
    {
      name: 'positions[].takePaid',
      type: 'object',
      summary: 'What the validator kept, in alpha and in TAO; null: no take is known',
    },
    { name: 'positions[].entryCost', type: 'tao', summary: 'What is held cost, by its lots' },
    {
      name: 'positions[].exitValue',
      type: 'tao',
      summary: 'What a sale now brings after impact and fee; null: the pool cannot serve it',
    },
    { name: 'positions[].realised', type: 'tao', summary: 'Proceeds less cost of what left' },
    { name: 'positions[].unrealised', type: 'tao', summary: 'Value less cost of what is held' },
    {
      name: 'positions[].carried',
      type: 'tao',
      summary: 'Gain that went along with moved lots; zero over all positions',
    },
    {
      name: 'positions[].windows',
      type: 'list',
      summary:
        'Earned in 24h, 7d, 30d and --window, each with its blocks; isWhole: known all along',
    },
    {
      name: 'positions[].reconciliation',
      type: 'object',
      summary:
        "Recorded flows against the chain's balance at a block: expected, chain, unexplained",
    },
    { name: 'totals', type: 'object', summary: 'Sums in TAO; unpriced counts what is in none' },
    {
      name: 'unclaimed[]',
      type: 'list',
      summary: 'Root dividends owed and not claimed, per subnet',
    },
    {
      name: 'unexplained',
      type: 'list',
      summary: 'Differences the facts do not explain; empty is good',
    },
  ],
  effect: 'writes-local',
  schema: 'rewards.show/1',
  load: async () => (await import('./show.ts')).rewardsShow,
};

const rewardsHistorySpec: CommandSpec = {
  path: ['rewards', 'history'],
  summary: 'Show what was earned per epoch, day, week or month',
  description: [
    'On a terminal a bar for each; in a pipe and with --json each position with what was added, removed and earned.',
    'An interval between two looks belongs to the day of the later one; days are UTC, weeks begin on Monday.',
    'By epoch each look is a row: tao rewards sync looks at every epoch boundary.',
  ],
  examples: [
    {
      command: `tao rewards history ${devExamples.delegator} --network dev`,
      note: 'the last thirty days',
    },
    {
      command: `tao rewards history ${devExamples.delegator} --network dev --by month --last 12 --json`,
      note: 'a year by months, for a script',
    },
    {
      command: 'tao rewards history --network dev --wallet //Delegator2 --by epoch --last 20',
      note: 'each look',
    },
  ],
  arguments: [accountArgument],
  options: [
    {
      name: 'by',
      value: 'UNIT',
      summary: 'What a row is',
      choices: ['epoch', 'day', 'week', 'month'],
      defaultText: 'day',
    },
    {
      name: 'last',
      value: 'N',
      summary: `How many rows, the newest ones, at most ${MAX_HISTORY_ROWS}`,
      defaultText: `${DEFAULT_HISTORY_ROWS}`,
    },
  ],
  groups: ['network', 'wallet'],
  fields: [
    ...addressFields,
    { name: 'by', type: 'string', summary: 'epoch, day, week or month' },
    { name: 'buckets[].from', type: 'string', summary: 'Its start, UTC; by epoch the look' },
    { name: 'buckets[].until', type: 'string', summary: 'First moment after it; by epoch null' },
    { name: 'buckets[].earnedValue', type: 'tao', summary: 'Earned, at the price of each look' },
    { name: 'buckets[].priceGain', type: 'tao', summary: 'What the price did' },
    { name: 'buckets[].paid', type: 'tao', summary: 'TAO that went in' },
    { name: 'buckets[].returned', type: 'tao', summary: 'TAO that came out' },
    {
      name: 'buckets[].positions[]',
      type: 'list',
      summary: 'Per position: held before and after, added, removed, earned, unexplained',
    },
    { name: 'totals', type: 'object', summary: 'Sums over the buckets, in TAO' },
  ],
  effect: 'writes-local',
  schema: 'rewards.history/1',
  load: async () => (await import('./history.ts')).rewardsHistory,
};

export const rewardsViewSpecs: readonly CommandSpec[] = [rewardsShowSpec, rewardsHistorySpec];
