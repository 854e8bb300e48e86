/** Specs of `tao rewards claim`, `claim-type` and `compound`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { transactionFields } from '../transaction-fields.ts';

const repeatField = {
  name: 'isRepeat',
  type: 'boolean',
  summary: 'The request id was known: this is the first result',
} as const;

export const rewardsClaimSpec: CommandSpec = {
  path: ['rewards', 'claim'],
  summary: 'Claim root dividends, or see what is owed',
  description: [
    'Shows for each validator and subnet what is owed, the threshold, what it is worth and the fee, and whether claiming pays.',
    'A claim names at most five subnets: without --netuid the most valuable ones. Where root dividends are funds ("baskets"), all funds are paid, or with --hotkey one.',
    'The chain sells the alpha at any price unless the claim type keeps it: see tao rewards claim-type.',
    'Nothing due is no failure: what is owed so far is printed, and nothing is sent.',
  ],
  examples: [
    {
      command: 'tao rewards claim --network dev --wallet //Delegator1 --dry-run',
      note: 'what is owed, and whether claiming pays; nothing is signed',
    },
    {
      command: 'tao rewards claim --network dev --wallet //Delegator1 --yes --request-id claim-7',
      note: 'claim what is due, once',
    },
  ],
  options: [
    {
      name: 'netuid',
      value: 'NETUID',
      repeatable: true,
      summary: 'Claim of this subnet only; repeat it for up to five',
    },
    {
      name: 'hotkey',
      value: 'ADDRESS',
      summary: "Claim this validator's fund only, where the runtime can",
    },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    { name: 'isDue', type: 'boolean', summary: 'false: nothing reached its threshold' },
    {
      name: 'claims[]',
      type: 'list',
      summary: 'When nothing is due: what is owed per validator and subnet, with its threshold',
    },
    {
      name: 'received[]',
      type: 'list',
      summary: 'What grew in the block of the claim: hotkey and amount; null when not known',
    },
    repeatField,
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'rewards.claim/1',
  load: async () => (await import('./claim.ts')).rewardsClaim,
};

export const rewardsClaimTypeSpec: CommandSpec = {
  path: ['rewards', 'claim-type'],
  summary: 'Show or set how root dividends are paid',
  description: [
    'swap sells them for root stake, keep leaves them as alpha on each subnet, keep-subnets keeps those named with --netuid.',
    'Without a type it only looks. Runtimes with funds leave no choice, and say so.',
  ],
  examples: [
    {
      command: 'tao rewards claim-type --network dev --wallet //Delegator1',
      note: 'how this account is paid',
    },
    {
      command:
        'tao rewards claim-type keep-subnets --netuid 1 --netuid 8 --network dev --wallet //Delegator1 --yes',
      note: 'keep the alpha of two subnets, sell the rest',
    },
    {
      command: 'tao rewards claim-type swap --network dev --wallet //Delegator1 --dry-run',
      note: 'see the plan; nothing is signed',
    },
  ],
  arguments: [
    {
      name: 'type',
      summary: 'What to set; left out, the present one is shown',
      required: false,
      choices: ['swap', 'keep', 'keep-subnets'],
    },
  ],
  options: [
    {
      name: 'netuid',
      value: 'NETUID',
      repeatable: true,
      summary: 'With keep-subnets: a subnet whose alpha is kept',
    },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    { name: 'address', type: 'string', summary: 'When looking: the account' },
    { name: 'rules', type: 'string', summary: 'When looking: claims, baskets or none' },
    { name: 'canChoose', type: 'boolean', summary: 'When looking: whether a type can be set' },
    { name: 'type', type: 'object', summary: 'kind, and the netuids it keeps; null: no choice' },
    repeatField,
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'rewards.claim-type/1',
  load: async () => (await import('./claim-type.ts')).rewardsClaimType,
};

export const rewardsCompoundSpec: CommandSpec = {
  path: ['rewards', 'compound'],
  summary: 'Advise how often claiming and restaking pays after fees',
  description: [
    'For each root position: what it earns a day, the fee of a claim, and the interval that costs least.',
    'The interval is √(2 × fee × stake) ÷ earned per block: rarer claims lose growth, more frequent ones lose fees.',
    'Alpha stake needs no claim: its dividends are added to it every tempo.',
  ],
  examples: [
    {
      command: 'tao rewards compound --network dev --wallet //Delegator1',
      note: 'when to claim, for each validator',
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
    { name: 'method', type: 'string', summary: 'The formula' },
    { name: 'sources', type: 'list', summary: 'Where each figure comes from' },
    { name: 'fee', type: 'tao', summary: 'Fee of one claim, as the runtime quotes it' },
    { name: 'positions[].hotkey', type: 'string', summary: 'Validator' },
    { name: 'positions[].stake', type: 'tao', summary: 'Root stake' },
    {
      name: 'positions[].earnedPerDay',
      type: 'tao',
      summary: "Root dividends a day after take, at spot, by each subnet's last tempo",
    },
    {
      name: 'positions[].intervalBlocks',
      type: 'integer',
      summary: 'Blocks between claims that cost least; null: it earns nothing',
    },
    {
      name: 'positions[].thresholdBlocks',
      type: 'integer',
      summary: 'Blocks until the first subnet reaches its threshold; null: none does',
    },
    {
      name: 'positions[].gainPerYear',
      type: 'tao',
      summary: 'What claiming at that interval gains in a year over never claiming; an estimate',
    },
    {
      name: 'automatic',
      type: 'object',
      summary: 'Blocks between the claims the chain makes by lot, free of fees; null: none',
    },
  ],
  effect: 'reads',
  schema: 'rewards.compound/1',
  load: async () => (await import('./compound.ts')).rewardsCompound,
};

export const rewardsClaimSpecs: readonly CommandSpec[] = [
  rewardsClaimSpec,
  rewardsClaimTypeSpec,
  rewardsCompoundSpec,
];
