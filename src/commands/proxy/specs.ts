/** Specs of `tao proxy …`: plain data, loads nothing else. */
import type { CommandSpec, FieldSpec, OptionSpec } from '../../cli/spec.ts';
import { GIVEN_CALL_HELP } from '../given-call.ts';
import { transactionFields } from '../transaction-fields.ts';

/** Longest delay: a year of blocks. */
export const MAX_DELAY_BLOCKS = 2_628_000;

/** Calls that do nothing, for examples: System.remark. */
const REMARKS = { first: '0x00000c74616f', second: '0x00000c746162', third: '0x00000c746163' };

const isRepeatField: FieldSpec = {
  name: 'isRepeat',
  type: 'boolean',
  summary: 'The request id was known: this is the first result',
};
const delegateField: FieldSpec = { name: 'delegate', type: 'string', summary: 'The proxy' };
const realField: FieldSpec = { name: 'real', type: 'string', summary: 'Account acted for' };
const callHashField: FieldSpec = {
  name: 'callHash',
  type: 'string',
  summary: 'blake2-256 of the call, 0x hex',
};
const blockField: FieldSpec = {
  name: 'block',
  type: 'object',
  summary: 'Block all figures belong to: number and hash',
};

const rightOptions: readonly OptionSpec[] = [
  {
    name: 'type',
    value: 'TYPE',
    summary: 'What it may do: Staking, RootClaim, ChildKeys, NonTransfer, Transfer, Any and others',
  },
  {
    name: 'delay',
    value: 'BLOCKS',
    summary: `Blocks a call has to be announced for, at most ${MAX_DELAY_BLOCKS}`,
    defaultText: '0',
  },
];
const rightFields: readonly FieldSpec[] = [
  delegateField,
  { name: 'type', type: 'string', summary: "The type's name on chain" },
  { name: 'delayBlocks', type: 'integer', summary: 'Blocks between announcement and execution' },
  isRepeatField,
  ...transactionFields,
];
const callOption: OptionSpec = {
  name: 'call',
  value: 'HEX|FILE',
  summary: 'The call: 0x hex, or the file of an unsigned transaction',
  complete: 'file',
};
const callHashOption: OptionSpec = {
  name: 'call-hash',
  value: 'HASH',
  summary: 'Hash of the call, as tao proxy pending shows it',
};
const delegateArgument = {
  name: 'delegate',
  summary: 'Account that acts: an address or a name',
  required: true,
} as const;
const realArgument = {
  name: 'real',
  summary: 'Account acted for: an address or a name',
  required: true,
} as const;

const addSpec: CommandSpec = {
  path: ['proxy', 'add'],
  summary: 'Let another account act for this one',
  description: [
    'The proxy then uses --as with this account on any command that moves funds. What it may do follows from its type: a Staking proxy stakes and unstakes and can send nothing away.',
    'A type that can send funds away has to be confirmed by the end of the address of the proxy.',
    'With a delay, every call has to be announced first, and can be rejected until the delay is over.',
    'The chain reserves a deposit, which comes back when the proxy is removed.',
  ],
  examples: [
    {
      command: 'tao proxy add //Bob --type Staking --network dev --wallet //Alice --yes',
      note: '//Bob may stake and unstake for //Alice',
    },
    {
      command:
        'tao proxy add //Charlie --type NonTransfer --delay 1 --network dev --wallet //Alice --yes',
      note: 'one block passes between the announcement of a call and the call',
    },
  ],
  arguments: [delegateArgument],
  options: rightOptions,
  groups: ['network', 'wallet', 'transaction'],
  fields: rightFields,
  effect: 'moves-funds',
  schema: 'proxy.add/1',
  load: async () => (await import('./add.ts')).proxyAdd,
};

const listSpec: CommandSpec = {
  path: ['proxy', 'list'],
  summary: 'List who may act for an account, and what each may do',
  examples: [
    { command: 'tao proxy list //Alice --network dev', note: 'the proxies of any account' },
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
    { name: 'address', type: 'string', summary: 'Account acted for' },
    blockField,
    { name: 'proxies[].delegate', type: 'string', summary: 'Account that may act' },
    { name: 'proxies[].type', type: 'string', summary: "The type's name on chain" },
    { name: 'proxies[].delayBlocks', type: 'integer', summary: 'Blocks a call is announced for' },
    { name: 'proxies[].allows', type: 'string', summary: 'What the type allows, for people' },
    { name: 'deposit', type: 'tao', summary: 'Reserved for all of them' },
  ],
  effect: 'reads',
  schema: 'proxy.list/1',
  load: async () => (await import('./list.ts')).proxyList,
};

const announceSpec: CommandSpec = {
  path: ['proxy', 'announce'],
  summary: 'Announce the call that a delayed proxy will make',
  description: [
    'Only the hash of the call goes on chain. Keep the call: tao proxy execute needs the same bytes. A command with --as prints them when the proxy has a delay.',
    'From then on anybody may have it executed, once its delay is over: so whom it pays is confirmed here.',
    GIVEN_CALL_HELP,
  ],
  examples: [
    {
      command: `tao proxy announce //Alice --call ${REMARKS.first} --network dev --wallet //Charlie --yes`,
      note: '//Charlie announces a call for //Alice',
    },
    {
      command: `tao proxy announce //Alice --call ${REMARKS.second} --network dev --wallet //Charlie --yes --json`,
      note: 'another one, for a script',
    },
    {
      command: `tao proxy announce //Alice --call ${REMARKS.third} --network dev --wallet //Charlie --yes`,
      note: 'up to 75 may be open',
    },
  ],
  arguments: [realArgument],
  options: [callOption],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    realField,
    callHashField,
    { name: 'callData', type: 'string', summary: 'The call, 0x hex: keep it' },
    isRepeatField,
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'proxy.announce/1',
  load: async () => (await import('./announce.ts')).proxyAnnounce,
};

const pendingSpec: CommandSpec = {
  path: ['proxy', 'pending'],
  summary: 'List calls announced by an account or for it',
  examples: [
    {
      command: 'tao proxy pending //Alice --network dev',
      note: 'what the proxies of //Alice announced, and when it can run',
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
    { name: 'address', type: 'string', summary: 'Account that was looked at' },
    blockField,
    { name: 'announcements[].real', type: 'string', summary: 'Account acted for' },
    { name: 'announcements[].delegate', type: 'string', summary: 'The proxy that announced it' },
    { name: 'announcements[].callHash', type: 'string', summary: 'Hash of the call' },
    { name: 'announcements[].announcedAtBlock', type: 'integer', summary: 'Block it is in' },
    {
      name: 'announcements[].readyAtBlock',
      type: 'integer',
      summary: 'First block it can run in; null when the proxy was removed',
    },
    {
      name: 'announcements[].isReady',
      type: 'boolean',
      summary: 'Whether the next block may hold it',
    },
  ],
  effect: 'reads',
  schema: 'proxy.pending/1',
  load: async () => (await import('./pending.ts')).proxyPending,
};

const executeSpec: CommandSpec = {
  path: ['proxy', 'execute'],
  summary: 'Make an announced call once its delay is over',
  description: [GIVEN_CALL_HELP],
  examples: [
    {
      command: `tao proxy execute //Alice --call ${REMARKS.first} --network dev --wallet //Charlie --yes`,
      note: 'the call that was announced, byte for byte',
    },
  ],
  arguments: [realArgument],
  options: [
    callOption,
    {
      name: 'delegate',
      value: 'ACCOUNT',
      summary: 'Proxy that announced it, when somebody else executes it',
      defaultText: 'the signer',
    },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [realField, delegateField, callHashField, isRepeatField, ...transactionFields],
  effect: 'moves-funds',
  schema: 'proxy.execute/1',
  load: async () => (await import('./execute.ts')).proxyExecute,
};

const rejectSpec: CommandSpec = {
  path: ['proxy', 'reject'],
  summary: 'Veto a call that a proxy of this account announced',
  examples: [
    {
      command: `tao proxy reject //Charlie --call ${REMARKS.second} --network dev --wallet //Alice --yes`,
      note: 'by the call, or with --call-hash as tao proxy pending shows it',
    },
  ],
  arguments: [delegateArgument],
  options: [callHashOption, callOption],
  groups: ['network', 'wallet', 'transaction'],
  fields: [delegateField, callHashField, isRepeatField, ...transactionFields],
  effect: 'moves-funds',
  schema: 'proxy.reject/1',
  load: async () => (await import('./reject.ts')).proxyReject,
};

const withdrawSpec: CommandSpec = {
  path: ['proxy', 'withdraw'],
  summary: 'Take an own announcement back, and its deposit',
  examples: [
    {
      command: `tao proxy withdraw //Alice --call ${REMARKS.third} --network dev --wallet //Charlie --yes`,
      note: 'by the call, or with --call-hash as tao proxy pending shows it',
    },
  ],
  arguments: [realArgument],
  options: [callHashOption, callOption],
  groups: ['network', 'wallet', 'transaction'],
  fields: [realField, callHashField, isRepeatField, ...transactionFields],
  effect: 'moves-funds',
  schema: 'proxy.withdraw/1',
  load: async () => (await import('./withdraw.ts')).proxyWithdraw,
};

const removeSpec: CommandSpec = {
  path: ['proxy', 'remove'],
  summary: 'Take back the right to act for this account',
  description: ['Type and delay have to be those that tao proxy list shows.'],
  examples: [
    {
      command: 'tao proxy remove //Bob --type Staking --network dev --wallet //Alice --yes',
      note: 'the deposit comes back',
    },
  ],
  arguments: [delegateArgument],
  options: rightOptions,
  groups: ['network', 'wallet', 'transaction'],
  fields: rightFields,
  effect: 'moves-funds',
  schema: 'proxy.remove/1',
  load: async () => (await import('./remove.ts')).proxyRemove,
};

export const proxySpecs: readonly CommandSpec[] = [
  addSpec,
  listSpec,
  announceSpec,
  pendingSpec,
  executeSpec,
  rejectSpec,
  withdrawSpec,
  removeSpec,
];
