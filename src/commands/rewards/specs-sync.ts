/** Specs of `tao rewards sync` and `watch`: plain data, loads nothing else. */
import type { ArgumentSpec, CommandSpec, OptionSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

/** Seconds between two looks for new blocks. */
export const DEFAULT_POLL_SECONDS = 6;
export const MAX_POLL_SECONDS = 3_600;
/** Block numbers fit in 32 bits. */
export const MAX_BLOCK = 4_294_967_295;

const accounts: ArgumentSpec = {
  name: 'accounts',
  summary: 'Wallet names or addresses; those followed, else the default wallet, when left out',
  required: false,
  variadic: true,
};

const all: OptionSpec = {
  name: 'all',
  summary: 'Every wallet of the wallet folder, and every address followed',
};

const rewardsSyncSpec: CommandSpec = {
  path: ['rewards', 'sync'],
  summary: 'Fill the ledger with what accounts held, were paid and moved',
  description: [
    'Records the state now, and the past back to --since as far as the node keeps it: every block that paid, and every block in which stake moved, whoever moved it. What the node no longer has is recorded as a gap.',
    'It can be stopped at any moment: the next run goes on from there. The accounts are followed from then on.',
  ],
  examples: [
    {
      command: 'tao rewards sync //Alice --since 30d --network dev',
      note: 'the last thirty days of one account',
    },
    {
      command: `tao rewards sync ${devExamples.delegator} --since 1 --network dev --json`,
      note: 'any address, from the first block',
    },
  ],
  arguments: [accounts],
  options: [
    {
      name: 'since',
      value: 'WHEN',
      summary: 'A block, a day in UTC (2026-08-01), or a span such as 30d, 12h, 4w',
      defaultText: 'where the account is followed from, or now',
    },
    all,
  ],
  groups: ['network', 'wallet'],
  fields: [
    { name: 'block', type: 'object', summary: 'Block of the state now: number and hash' },
    { name: 'accounts[].address', type: 'string', summary: 'Coldkey' },
    { name: 'accounts[].name', type: 'string', summary: 'As it was named' },
    {
      name: 'accounts[].sinceBlock',
      type: 'integer',
      summary: 'History is wanted from this block on',
    },
    {
      name: 'accounts[].fromBlock',
      type: 'integer',
      summary: 'First block that is recorded; null when none could be read',
    },
    { name: 'accounts[].toBlock', type: 'integer', summary: 'Last block that is recorded' },
    { name: 'accounts[].observations', type: 'integer', summary: 'Blocks read in this run' },
    { name: 'accounts[].flows', type: 'integer', summary: 'Movements of stake found in this run' },
    { name: 'accounts[].claims', type: 'integer', summary: 'Claims found in this run' },
    {
      name: 'accounts[].gaps[]',
      type: 'list',
      summary: 'Blocks between those two that no node gave: fromBlock, toBlock, reason',
    },
  ],
  effect: 'writes-local',
  schema: 'rewards.sync/1',
  load: async () => (await import('./sync.ts')).rewardsSync,
};

const rewardsWatchSpec: CommandSpec = {
  path: ['rewards', 'watch'],
  summary: 'Follow new blocks: a line for everything paid, claimed or moved',
  description: [
    'Goes on from where the last run stopped, as far as the node still has the blocks, and records what it sees in the ledger. Ctrl-C ends it.',
    'With --json every line is one document: an event (reward, stake-in, stake-out, claim, loss, gap, note), or the cursor, which says that everything up to its block was told.',
  ],
  examples: [
    {
      command: 'tao rewards watch //Alice --network dev --once',
      note: 'what happened since the last look',
    },
    {
      command: `tao rewards watch ${devExamples.delegator} --network dev --json --once`,
      note: 'the same for a script, as JSON lines',
    },
  ],
  arguments: [accounts],
  options: [
    all,
    { name: 'once', summary: 'End at the newest block there is now' },
    { name: 'until-block', value: 'BLOCK', summary: 'End once this block was told' },
    {
      name: 'every',
      value: 'SECONDS',
      summary: 'Pause between two looks for new blocks',
      defaultText: `${DEFAULT_POLL_SECONDS}`,
    },
  ],
  groups: ['network', 'wallet'],
  fields: [
    {
      name: 'event',
      type: 'string',
      summary: 'reward, stake-in, stake-out, claim, loss, gap, note or cursor',
    },
    { name: 'block', type: 'integer', summary: 'Block it happened in' },
    { name: 'hash', type: 'string', summary: "That block's hash" },
    { name: 'time', type: 'string', summary: "That block's time, UTC" },
    { name: 'address', type: 'string', summary: 'Coldkey' },
    { name: 'hotkey', type: 'string', summary: 'Validator' },
    { name: 'netuid', type: 'integer', summary: 'Subnet' },
    { name: 'amount', type: 'alpha', summary: 'How much; root: TAO' },
    {
      name: 'value',
      type: 'tao',
      summary: 'Paid or received; of a reward the value at spot; null without a price',
    },
    { name: 'fromBlock', type: 'integer', summary: 'Of a gap: first block that is missing' },
    { name: 'toBlock', type: 'integer', summary: 'Of a gap: last block that is missing' },
    { name: 'text', type: 'string', summary: 'Of a note: what there is to know' },
  ],
  effect: 'writes-local',
  schema: 'rewards.watch/1',
  load: async () => (await import('./watch.ts')).rewardsWatch,
};

export const rewardsSyncSpecs: readonly CommandSpec[] = [rewardsSyncSpec, rewardsWatchSpec];
