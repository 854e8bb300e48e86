/** Specs of `tao policy …`: plain data, loads nothing else. */
import type { CommandSpec, FieldSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

const policyFields: readonly FieldSpec[] = [
  { name: 'policy', type: 'object', summary: 'The policy, or null when none is set' },
  { name: 'policy.perTransaction', type: 'tao', summary: 'Most of one transaction; null: any' },
  {
    name: 'policy.windows[]',
    type: 'list',
    summary: 'Each with period (hour, day or week), limit, and what is left of it',
  },
  { name: 'policy.netuids', type: 'list', summary: 'Subnets that may be named; null: any' },
  { name: 'policy.hotkeys', type: 'list', summary: 'Hotkeys that may be named; null: any' },
  {
    name: 'policy.destinations',
    type: 'list',
    summary: 'Accounts that may receive funds or rights; null: any',
  },
  {
    name: 'policy.calls',
    type: 'list',
    summary: 'Calls that may be signed; null: every known one that hands out no rights',
  },
  { name: 'policy.expiresAt', type: 'string', summary: 'Nothing is allowed from then on, or null' },
  { name: 'policy.isExpired', type: 'boolean', summary: 'Whether that moment is past' },
];

const pathField: FieldSpec = { name: 'path', type: 'string', summary: 'The policy file' };

export const policyShowSpec: CommandSpec = {
  path: ['policy', 'show'],
  summary: 'Show what may be signed here, and what is left of it',
  description: [
    "What was signed before is counted from the journal of the network's chain, whatever became of it.",
  ],
  examples: [{ command: 'tao policy show --network dev', note: 'limits and what is left of them' }],
  groups: ['network'],
  fields: [pathField, ...policyFields],
  effect: 'reads',
  schema: 'policy.show/1',
  load: async () => (await import('./show.ts')).policyShow,
};

const limit = (period: string) => ({
  name: `per-${period}`,
  value: 'TAO',
  summary: `Most TAO that ${period === 'transaction' ? 'one transaction' : `any ${period}`} may move, or any`,
});

const list = (name: string, value: string, what: string) => ({
  name,
  value,
  summary: `${what}; repeat it for more, or any, or none`,
  repeatable: true,
});

export const policySetSpec: CommandSpec = {
  path: ['policy', 'set'],
  summary: 'Limit what this machine signs',
  description: [
    'The policy is asked wherever bytes are about to be signed, on the call decoded from those bytes, with everything inside batches, proxies and multisigs. What it cannot judge is refused. It holds for all networks; windows are counted per chain.',
    'Everything that is moved counts at its value in TAO: stake, unstake, transfers. What is not named stays as it is. Allowing more than before has to be confirmed by repeating a value.',
  ],
  examples: [
    {
      command: 'tao policy set --per-transaction 500 --per-day 1000 --netuid 0 --netuid 8',
      note: 'limits, and two subnets',
    },
    {
      command: `tao policy set --hotkey ${devExamples.validator} --per-day 800`,
      note: 'one validator, and less a day than before',
    },
  ],
  options: [
    limit('transaction'),
    limit('hour'),
    limit('day'),
    limit('week'),
    list('netuid', 'NETUID', 'Subnet that may be named'),
    list('hotkey', 'ADDRESS', 'Hotkey that may be named'),
    list('destination', 'ADDRESS', 'Account that may receive funds or rights'),
    list('call', 'PALLET.CALL', 'Call that may be signed, such as SubtensorModule.add_stake_limit'),
    {
      name: 'expires',
      value: 'TIME',
      summary: 'Allow nothing from then on: a day or a time in RFC 3339, or never',
    },
  ],
  groups: ['consent'],
  fields: [
    pathField,
    ...policyFields,
    { name: 'loosened', type: 'list', summary: 'What is allowed that was not before' },
  ],
  effect: 'writes-local',
  schema: 'policy.set/1',
  load: async () => (await import('./set.ts')).policySet,
};

export const policyCheckSpec: CommandSpec = {
  path: ['policy', 'check'],
  summary: 'Say what the policy says of a plan or a signed file',
  description: [
    'As tao tx sign would ask it: without network, so that alpha has no price. A refusal is the result, and exit code 7.',
  ],
  examples: [
    {
      command: 'tao policy check plan.json',
      note: 'before it is carried to the machine that signs',
    },
  ],
  arguments: [
    {
      name: 'file',
      summary: 'Plan or signed file',
      required: true,
      complete: 'file',
    },
  ],
  options: [
    {
      name: 'trust-metadata',
      value: 'HASH',
      summary: 'Hash of the metadata, as a machine you trust shows it',
    },
  ],
  fields: [
    { name: 'isAllowed', type: 'boolean', summary: 'Whether it may be signed now' },
    { name: 'rule', type: 'string', summary: 'The rule that refuses it, or null' },
    { name: 'reason', type: 'string', summary: 'The refusal in words, or null' },
    { name: 'moves', type: 'tao', summary: 'What it counts for; null when that is not known' },
    { name: 'call', type: 'object', summary: 'Decoded call' },
    { name: 'hasPolicy', type: 'boolean', summary: 'false: none is set, and all is allowed' },
  ],
  effect: 'reads',
  schema: 'policy.check/1',
  load: async () => (await import('./check.ts')).policyCheck,
};

export const policyRemoveSpec: CommandSpec = {
  path: ['policy', 'remove'],
  summary: 'Remove the policy, after a severe confirmation',
  examples: [
    {
      command: `tao policy remove --confirm ${devExamples.policyMark}`,
      note: 'the value is the one that tao policy remove asks for',
    },
  ],
  groups: ['consent'],
  fields: [pathField, { name: 'wasRemoved', type: 'boolean', summary: 'false: there was none' }],
  effect: 'writes-local',
  schema: 'policy.remove/1',
  load: async () => (await import('./remove.ts')).policyRemove,
};

export const policySpecs: readonly CommandSpec[] = [
  policyShowSpec,
  policySetSpec,
  policyCheckSpec,
  policyRemoveSpec,
];
