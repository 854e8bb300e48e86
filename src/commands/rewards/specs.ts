/** Specs of `tao rewards …`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

/** Longest horizon of an estimate. */
export const MAX_ESTIMATE_DAYS = 3650;

export const rewardsShowSpec: CommandSpec = {
  path: ['rewards', 'show'],
  summary: 'Show what each position earned, emission apart from price',
  description: [
    'Computed from facts in the local ledger: the alpha held at observed blocks, less what was added and taken out.',
    'Reads the chain once, records it, and replays. A position that existed before the first look is counted from there.',
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
    { name: 'block', type: 'object', summary: 'Block of the last look: number and hash' },
    { name: 'method', type: 'string', summary: 'How the figures are computed' },
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

export const rewardsEstimateSpec: CommandSpec = {
  path: ['rewards', 'estimate'],
  summary: 'Estimate what a stake would earn, as a range',
  description: [
    "Drives Bittensor's economics forward from the chain's state: entry and exit impact, take, emission, dilution.",
    'An estimate, not a promise: the range comes from stated scenarios.',
  ],
  examples: [
    {
      command: `tao rewards estimate --hotkey ${devExamples.validator} --netuid 8 --amount 100 --days 30 --network dev`,
      note: '100 TAO on subnet 8 for thirty days',
    },
  ],
  options: [
    { name: 'hotkey', value: 'ADDRESS', summary: "The validator's hotkey" },
    { name: 'netuid', value: 'NETUID', summary: 'Subnet; 0 is root' },
    { name: 'amount', value: 'TAO', summary: 'TAO to stake' },
    {
      name: 'days',
      value: 'DAYS',
      summary: `Horizon, at most ${MAX_ESTIMATE_DAYS} days; one decimal point allowed`,
    },
  ],
  groups: ['network', 'wallet'],
  fields: [
    {
      name: 'estimate',
      type: 'object',
      summary: 'Method, window, unit, expected figures and range',
    },
  ],
  effect: 'reads',
  schema: 'rewards.estimate/1',
  load: async () => (await import('./estimate.ts')).rewardsEstimate,
};
