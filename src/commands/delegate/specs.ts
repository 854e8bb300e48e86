/** Specs of `tao delegate …` that read: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import {
  blockField,
  daysOption,
  estimateFields,
  reasonFields,
  validatorFields,
  yieldField,
} from './spec-fields.ts';
import {
  DEFAULT_DELEGATE_ROWS,
  DEFAULT_RECOMMENDED,
  MAX_CANDIDATES,
  MAX_COMPARED,
  SORT_CHOICES,
} from './spec-limits.ts';

export const delegateListSpec: CommandSpec = {
  path: ['delegate', 'list'],
  summary: 'List the validators you can stake with',
  description: [
    'Names are what their owners wrote on chain: anybody can call himself anything. Stake by hotkey.',
    'With --netuid, stake and yield are alpha of that subnet; without it, TAO on root.',
    'The yield is what was last paid, after take, scaled to a year: seen, not promised.',
  ],
  examples: [
    { command: 'tao delegate list --network dev', note: 'all validators, most root stake first' },
    {
      command: 'tao delegate list --netuid 8 --network dev --json',
      note: 'those of one subnet, for a script',
    },
    {
      command: 'tao delegate list --netuid 8 --sort yield --max-take 10 --network dev',
      note: 'best paying of those that take at most 10 %',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Validators with a permit or a payout there' },
    {
      name: 'sort',
      value: 'BY',
      summary: 'Order: most first, take and name least first',
      choices: SORT_CHOICES,
      defaultText: 'stake',
    },
    { name: 'max-take', value: 'PERCENT', summary: 'Only those that take no more' },
    { name: 'min-stake', value: 'AMOUNT', summary: 'Only those with this much stake there' },
    {
      name: 'limit',
      value: 'N',
      summary: 'Rows at most; 0 is all',
      defaultText: `${DEFAULT_DELEGATE_ROWS}`,
    },
    { name: 'nominators', summary: 'Count the nominators of those listed; one call each' },
  ],
  groups: ['network'],
  fields: [
    blockField,
    { name: 'netuid', type: 'integer', summary: 'Subnet the stake is on; 0 is root' },
    { name: 'total', type: 'integer', summary: 'Validators that match, listed or not' },
    ...validatorFields('delegates[]'),
    { name: 'delegates[].permits', type: 'list', summary: 'Subnets it may validate' },
    {
      name: 'delegates[].nominators',
      type: 'integer',
      summary: 'Accounts that stake with it, with --nominators; else null',
    },
  ],
  effect: 'reads',
  schema: 'delegate.list/1',
  load: async () => (await import('./list.ts')).delegateList,
};

export const delegateShowSpec: CommandSpec = {
  path: ['delegate', 'show'],
  summary: 'Show one validator, subnet by subnet',
  examples: [
    {
      command: `tao delegate show ${devExamples.validator} --network dev`,
      note: 'take, nominators, and stake, trust and yield on each subnet',
    },
  ],
  arguments: [{ name: 'validator', summary: "The validator's hotkey", required: true }],
  groups: ['network'],
  fields: [
    blockField,
    { name: 'hotkey', type: 'string', summary: 'The address to stake with' },
    { name: 'name', type: 'string', summary: 'Name from the chain; empty when none is set' },
    { name: 'owner', type: 'string', summary: 'Coldkey that owns the hotkey' },
    { name: 'nominators', type: 'integer', summary: 'Accounts that stake with it' },
    { name: 'takePercent', type: 'string', unit: '%', summary: 'Share of dividends it keeps' },
    { name: 'takeU16', type: 'integer', summary: 'The same in parts of 65535, exact' },
    { name: 'maxTakePercent', type: 'string', unit: '%', summary: 'Most the chain allows' },
    { name: 'takeChangedAtBlock', type: 'integer', summary: 'Last change; null: never' },
    {
      name: 'takeRaisableAtBlock',
      type: 'integer',
      summary: 'First block that may raise it; 0: any',
    },
    { name: 'subnets[].netuid', type: 'integer', summary: 'Subnet; 0 is root' },
    { name: 'subnets[].uid', type: 'integer', summary: 'Its uid there, or null' },
    { name: 'subnets[].hasPermit', type: 'boolean', summary: 'Whether it may validate there' },
    {
      name: 'subnets[].trustPercent',
      type: 'string',
      unit: '%',
      summary: 'Agreement of its weights with the consensus; null without a uid',
    },
    { name: 'subnets[].stake', type: 'alpha', summary: 'Stake with it, all coldkeys together' },
    { name: 'subnets[].ownStake', type: 'alpha', summary: "The owner's part of that" },
    yieldField('subnets[]'),
  ],
  effect: 'reads',
  schema: 'delegate.show/1',
  load: async () => (await import('./show.ts')).delegateShow,
};

export const delegateCompareSpec: CommandSpec = {
  path: ['delegate', 'compare'],
  summary: 'Put validators of one subnet side by side, after take',
  description: [
    `Two to ${MAX_COMPARED} validators. With --amount, what that stake would earn with each is estimated, entry and exit included.`,
  ],
  examples: [
    {
      command: `tao delegate compare ${devExamples.validator} ${devExamples.otherValidator} --netuid 8 --network dev`,
      note: 'take, yield, trust, permit and stake of both',
    },
    {
      command: `tao delegate compare ${devExamples.validator} ${devExamples.otherValidator} --netuid 8 --amount 10 --days 30 --network dev --json`,
      note: 'with an estimate of 10 TAO over 30 days, for a script',
    },
  ],
  arguments: [{ name: 'validators', summary: 'Their hotkeys', required: true, variadic: true }],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet to compare them on; 0 is root' },
    { name: 'amount', value: 'TAO', summary: 'TAO you would stake, for the estimates' },
    daysOption,
  ],
  groups: ['network'],
  fields: [
    blockField,
    { name: 'netuid', type: 'integer', summary: 'Subnet they are compared on' },
    ...validatorFields('validators[]'),
    ...reasonFields,
    ...estimateFields,
    { name: 'assumptions', type: 'list', summary: 'What the estimates assume' },
  ],
  effect: 'reads',
  schema: 'delegate.compare/1',
  load: async () => (await import('./compare.ts')).delegateCompare,
};

export const delegateRecommendSpec: CommandSpec = {
  path: ['delegate', 'recommend'],
  summary: 'Rank the validators of a subnet by what your stake would earn with each',
  description: [
    'Every candidate is estimated at your size: entry and exit impact, take, and how much your stake dilutes its earnings.',
    'The order is by expected gain once sold. Trust, concentration, take, permit and own stake are said beside it, never mixed into a score.',
  ],
  examples: [
    {
      command: 'tao delegate recommend --netuid 8 --amount 10 --network dev',
      note: 'where 10 TAO on subnet 8 would earn most in 30 days',
    },
    {
      command:
        'tao delegate recommend --netuid 0 --amount 100 --days 90 --limit 3 --network dev --json',
      note: 'the best three on root over 90 days, for a script',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet to stake on; 0 is root' },
    { name: 'amount', value: 'TAO', summary: 'TAO you would stake' },
    daysOption,
    {
      name: 'limit',
      value: 'N',
      summary: `Rows at most, up to ${MAX_CANDIDATES}`,
      defaultText: `${DEFAULT_RECOMMENDED}`,
    },
  ],
  groups: ['network'],
  fields: [
    blockField,
    { name: 'netuid', type: 'integer', summary: 'Subnet they are ranked on' },
    { name: 'days', type: 'integer', unit: 'days', summary: 'How far the estimates look' },
    { name: 'amount', type: 'tao', summary: 'The stake they are estimated for' },
    { name: 'estimated', type: 'integer', summary: 'Candidates that were estimated' },
    { name: 'earning', type: 'integer', summary: 'Validators that paid at the last epoch' },
    { name: 'validators[].rank', type: 'integer', summary: '1 is the most expected gain' },
    ...validatorFields('validators[]'),
    ...reasonFields,
    ...estimateFields,
    { name: 'assumptions', type: 'list', summary: 'What the estimates assume' },
  ],
  effect: 'reads',
  schema: 'delegate.recommend/1',
  load: async () => (await import('./recommend.ts')).delegateRecommend,
};
