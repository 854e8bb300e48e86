/** Specs of `tao stake lock` and `tao stake auto`: plain data, loads nothing else. */
import type { ArgumentSpec, CommandSpec, FieldSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { transactionFields } from '../transaction-fields.ts';

const account: ArgumentSpec = {
  name: 'account',
  summary: 'Wallet name or address; the default wallet when left out',
  required: false,
};
const changed: readonly FieldSpec[] = [
  {
    name: 'isRepeat',
    type: 'boolean',
    summary: 'The request id was known: this is the first result',
  },
  ...transactionFields,
];
const netuidField: FieldSpec = { name: 'netuid', type: 'integer', summary: 'Subnet' };

const lockAddSpec: CommandSpec = {
  path: ['stake', 'lock', 'add'],
  summary: 'Lock alpha of a subnet in favour of a hotkey',
  description: [
    'A lock gives its hotkey conviction, the weight that decides who owns an old subnet. There is one lock a subnet; adding to it starts its decay anew on the whole.',
    'What is locked stays staked and earns as before, and cannot be unstaked or swapped. It comes free slowly; the plan shows how much is locked after a month, a year, two.',
  ],
  examples: [
    {
      command: `tao stake lock add --netuid 1 --hotkey ${devExamples.validator} --amount 100 --network dev --wallet //Delegator2 --yes`,
      note: 'lock 100 alpha of subnet 1',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet whose alpha is locked' },
    { name: 'hotkey', value: 'ADDRESS', summary: 'The hotkey the lock speaks for' },
    { name: 'amount', value: 'ALPHA', summary: 'Alpha to lock, at most 9 decimals' },
    { name: 'all', summary: 'All of it on that subnet, with whatever validator' },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    netuidField,
    { name: 'hotkey', type: 'string', summary: 'The hotkey the lock speaks for' },
    ...changed,
  ],
  effect: 'moves-funds',
  schema: 'stake.lock.add/1',
  load: async () => (await import('./lock-add.ts')).stakeLockAdd,
};

const lockListSpec: CommandSpec = {
  path: ['stake', 'lock', 'list'],
  summary: 'List locks, and how they come free',
  description: [
    'Locked and conviction are the figures of the chain. The days to come are estimates: what is locked if nothing is added, moved or switched.',
  ],
  examples: [
    {
      command: `tao stake lock list ${devExamples.delegator} --network dev`,
      note: 'the locks of an address',
    },
  ],
  arguments: [account],
  groups: ['network', 'wallet'],
  fields: [
    { name: 'address', type: 'string', summary: 'Coldkey of the locks' },
    { name: 'block', type: 'object', summary: 'Block all figures belong to: number and hash' },
    {
      name: 'unlockBlocks',
      type: 'integer',
      unit: 'blocks',
      summary: 'E-folding time of what is locked',
    },
    {
      name: 'maturityBlocks',
      type: 'integer',
      unit: 'blocks',
      summary: 'E-folding time of conviction',
    },
    { name: 'locks[].netuid', type: 'integer', summary: 'Subnet' },
    { name: 'locks[].subnet', type: 'string', summary: "Subnet's name" },
    { name: 'locks[].hotkey', type: 'string', summary: 'The hotkey it speaks for' },
    { name: 'locks[].validator', type: 'string', summary: "Its owner's name, if set" },
    { name: 'locks[].isPerpetual', type: 'boolean', summary: 'Whether it does not decay' },
    {
      name: 'locks[].isOwnerLock',
      type: 'boolean',
      summary: "Whether it speaks for the subnet owner's hotkey: then conviction is what is locked",
    },
    { name: 'locks[].locked', type: 'alpha', summary: 'Alpha it holds' },
    { name: 'locks[].unlocked', type: 'alpha', summary: 'Alpha on the subnet that it leaves free' },
    { name: 'locks[].conviction', type: 'alpha', summary: 'Conviction, rounded down' },
    {
      name: 'locks[].course',
      type: 'list',
      summary: 'Estimates: days, blocks, locked and conviction then',
    },
  ],
  effect: 'reads',
  schema: 'stake.lock.list/1',
  load: async () => (await import('./lock-list.ts')).stakeLockList,
};

const lockMoveSpec: CommandSpec = {
  path: ['stake', 'lock', 'move'],
  summary: 'Point a lock at another hotkey',
  description: [
    'What is locked stays locked. Conviction starts again from nothing unless both hotkeys have one owner.',
  ],
  examples: [
    {
      command: `tao stake lock move --netuid 1 --to ${devExamples.otherValidator} --network dev --wallet //Delegator2 --yes`,
      note: 'let the lock on subnet 1 speak for another validator',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet of the lock' },
    { name: 'to', value: 'ADDRESS', summary: 'The hotkey it shall speak for' },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    netuidField,
    { name: 'hotkey', type: 'string', summary: 'The hotkey it speaks for now' },
    ...changed,
  ],
  effect: 'moves-funds',
  schema: 'stake.lock.move/1',
  load: async () => (await import('./lock-move.ts')).stakeLockMove,
};

const lockPerpetualSpec: CommandSpec = {
  path: ['stake', 'lock', 'perpetual'],
  summary: 'Stop or start the decay of a lock',
  description: [
    'on: nothing comes free and conviction grows towards what is locked. off: it decays, as locks do by default.',
  ],
  examples: [
    {
      command: 'tao stake lock perpetual on --netuid 1 --network dev --wallet //Delegator2 --yes',
      note: 'the lock on subnet 1 no longer decays',
    },
    {
      command: 'tao stake lock perpetual off --netuid 1 --network dev --wallet //Delegator2 --yes',
      note: 'it decays again',
    },
  ],
  arguments: [
    {
      name: 'state',
      summary: 'Whether the lock keeps from decaying',
      required: true,
      choices: ['on', 'off'],
    },
  ],
  options: [{ name: 'netuid', value: 'NETUID', summary: 'Subnet of the lock' }],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    netuidField,
    { name: 'isPerpetual', type: 'boolean', summary: 'Whether it does not decay' },
    ...changed,
  ],
  effect: 'moves-funds',
  schema: 'stake.lock.perpetual/1',
  load: async () => (await import('./lock-perpetual.ts')).stakeLockPerpetual,
};

const autoShowSpec: CommandSpec = {
  path: ['stake', 'auto', 'show'],
  summary: 'Show where the incentive of your miners is staked',
  description: [
    'What the hotkeys of a coldkey earn by mining is staked with the hotkey that earns it, unless a destination is set for the subnet. Dividends of delegators are not concerned.',
  ],
  examples: [
    { command: 'tao stake auto show --network dev --wallet //Alice', note: 'every destination' },
  ],
  arguments: [account],
  groups: ['network', 'wallet'],
  fields: [
    { name: 'address', type: 'string', summary: 'Coldkey' },
    { name: 'block', type: 'object', summary: 'Block the answer belongs to: number and hash' },
    { name: 'destinations[].netuid', type: 'integer', summary: 'Subnet' },
    { name: 'destinations[].subnet', type: 'string', summary: "Subnet's name" },
    {
      name: 'destinations[].hotkey',
      type: 'string',
      summary: 'Hotkey the incentive is staked with',
    },
    { name: 'destinations[].validator', type: 'string', summary: "Its owner's name, if set" },
  ],
  effect: 'reads',
  schema: 'stake.auto.show/1',
  load: async () => (await import('./auto-show.ts')).stakeAutoShow,
};

const autoSetSpec: CommandSpec = {
  path: ['stake', 'auto', 'set'],
  summary: 'Choose where the incentive of your miners is staked',
  examples: [
    {
      command: `tao stake auto set --netuid 1 --hotkey ${devExamples.validator} --network dev --wallet //Owner1 --yes`,
      note: 'what the hotkey of //Owner1 earns on subnet 1 goes to a validator',
    },
  ],
  options: [
    { name: 'netuid', value: 'NETUID', summary: 'Subnet that is mined on' },
    { name: 'hotkey', value: 'ADDRESS', summary: 'Hotkey of that subnet to stake with' },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    netuidField,
    { name: 'hotkey', type: 'string', summary: 'Hotkey the incentive is staked with' },
    ...changed,
  ],
  effect: 'moves-funds',
  schema: 'stake.auto.set/1',
  load: async () => (await import('./auto-set.ts')).stakeAutoSet,
};

const autoClearSpec: CommandSpec = {
  path: ['stake', 'auto', 'clear'],
  summary: 'Let the incentive stay with the hotkey that earns it',
  description: [
    'The chain can change a destination and not remove it. With one own hotkey on the subnet the destination becomes that hotkey, which comes to the same; with several it has to be chosen with tao stake auto set.',
  ],
  examples: [
    {
      command: 'tao stake auto clear --netuid 1 --network dev --wallet //Owner1 --yes',
      note: 'its incentive stays where it is earned',
    },
  ],
  options: [{ name: 'netuid', value: 'NETUID', summary: 'Subnet of the destination' }],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    netuidField,
    { name: 'hotkey', type: 'string', summary: 'null: the hotkey that earns it' },
    ...changed,
  ],
  effect: 'moves-funds',
  schema: 'stake.auto.clear/1',
  load: async () => (await import('./auto-clear.ts')).stakeAutoClear,
};

export const stakeLockSpecs: readonly CommandSpec[] = [
  lockAddSpec,
  lockListSpec,
  lockMoveSpec,
  lockPerpetualSpec,
  autoShowSpec,
  autoSetSpec,
  autoClearSpec,
];
