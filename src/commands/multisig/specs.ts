/** Specs of `tao multisig …`: plain data, loads nothing else. */
import type { ArgumentSpec, CommandSpec, FieldSpec, OptionSpec } from '../../cli/spec.ts';
import { GIVEN_CALL_HELP } from '../given-call.ts';
import { transactionFields } from '../transaction-fields.ts';

/** Calls that do nothing, for examples: System.remark. */
const REMARKS = { first: '0x00000c74616f', second: '0x00000c746162' };

const nameArgument: ArgumentSpec = {
  name: 'name',
  summary: 'Name it is saved under',
  required: true,
};
const multisigFields: readonly FieldSpec[] = [
  { name: 'name', type: 'string', summary: 'Name' },
  { name: 'address', type: 'string', summary: 'Address that follows from the two below' },
  { name: 'threshold', type: 'integer', summary: 'How many signatories have to approve' },
  { name: 'signatories', type: 'list', summary: "Their addresses, in the chain's order" },
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
  summary: 'Which open call, when there are several',
};
const isRepeatField: FieldSpec = {
  name: 'isRepeat',
  type: 'boolean',
  summary: 'The request id was known: this is the first result',
};

const addSpec: CommandSpec = {
  path: ['multisig', 'add'],
  summary: 'Save who signs for a shared account',
  description: [
    'The address follows from the signatories and the threshold; nothing goes to the chain. The name then stands for the account, and --as NAME on a command that moves funds begins an approval.',
  ],
  examples: [
    {
      command:
        'tao multisig add team --threshold 2 --signatory //Alice --signatory //Bob --signatory //Charlie --network dev',
      note: 'two of three',
    },
  ],
  arguments: [nameArgument],
  options: [
    { name: 'threshold', value: 'N', summary: 'How many signatories have to approve' },
    {
      name: 'signatory',
      value: 'ACCOUNT',
      summary: 'An address or a name; once for each of them, your own among them',
      repeatable: true,
    },
  ],
  groups: ['network', 'wallet'],
  fields: multisigFields,
  effect: 'writes-local',
  schema: 'multisig.add/1',
  load: async () => (await import('./add.ts')).multisigAdd,
};

const listSpec: CommandSpec = {
  path: ['multisig', 'list'],
  summary: 'List the saved multisigs',
  examples: [{ command: 'tao multisig list', note: 'names, addresses and thresholds' }],
  fields: multisigFields.map((field) => ({ ...field, name: `multisigs[].${field.name}` })),
  effect: 'reads',
  schema: 'multisig.list/1',
  load: async () => (await import('./list.ts')).multisigList,
};

const showSpec: CommandSpec = {
  path: ['multisig', 'show'],
  summary: 'Show a saved multisig with every signatory',
  examples: [{ command: 'tao multisig show team', note: 'to compare with the other signatories' }],
  arguments: [nameArgument],
  fields: multisigFields,
  effect: 'reads',
  schema: 'multisig.show/1',
  load: async () => (await import('./show.ts')).multisigShow,
};

const approveSpec: CommandSpec = {
  path: ['multisig', 'approve'],
  summary: 'Approve an open call of a multisig, or open one',
  description: [
    'Without --call it joins the open call, which the chain has from the first approval. The last approval executes it.',
    'Where neither --call nor --call-hash names it, the first 10 characters of its hash have to be repeated with --confirm; where the end of an address has to be as well, both, with a slash between them.',
    GIVEN_CALL_HELP,
    'A trade planned a second time has another price limit and so is another call: the others join the first with this command.',
  ],
  examples: [
    {
      command: `tao multisig approve team --call ${REMARKS.first} --network dev --wallet //Alice --yes`,
      note: 'the first approval opens the call',
    },
    {
      command: `tao multisig approve team --call ${REMARKS.first} --network dev --wallet //Bob --yes`,
      note: 'the second of two executes it',
    },
    {
      command: `tao multisig approve team --call ${REMARKS.second} --network dev --wallet //Alice --yes --json`,
      note: 'another one, for a script',
    },
  ],
  arguments: [nameArgument],
  options: [
    { ...callHashOption, summary: 'Which open call; with --call, the hash it has to have' },
    callOption,
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    { name: 'multisig', type: 'string', summary: 'Address of the multisig' },
    { name: 'callHash', type: 'string', summary: 'blake2-256 of the call, 0x hex' },
    { name: 'callData', type: 'string', summary: 'The call, 0x hex' },
    isRepeatField,
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'multisig.approve/1',
  load: async () => (await import('./approve.ts')).multisigApprove,
};

const pendingSpec: CommandSpec = {
  path: ['multisig', 'pending'],
  summary: 'List open calls of a saved multisig and who approved them',
  examples: [
    {
      command: 'tao multisig pending team --network dev',
      note: 'each call with its arguments, as the first approval carried it',
    },
  ],
  arguments: [nameArgument],
  groups: ['network'],
  fields: [
    { name: 'name', type: 'string', summary: 'Name' },
    { name: 'address', type: 'string', summary: 'Address of the multisig' },
    { name: 'threshold', type: 'integer', summary: 'How many approvals it takes' },
    {
      name: 'block',
      type: 'object',
      summary: 'Block all figures belong to: number and hash',
    },
    { name: 'pending[].callHash', type: 'string', summary: 'Hash of the call' },
    {
      name: 'pending[].call',
      type: 'string',
      summary: 'Pallet.call; null where the chain has only the hash',
    },
    { name: 'pending[].arguments', type: 'object', summary: 'Its arguments, or null' },
    { name: 'pending[].callData', type: 'string', summary: 'The call, 0x hex, or null' },
    { name: 'pending[].approvals', type: 'list', summary: 'Signatories who approved' },
    { name: 'pending[].missing', type: 'list', summary: 'Signatories who did not' },
    { name: 'pending[].depositor', type: 'string', summary: 'Who opened it and may cancel it' },
    { name: 'pending[].deposit', type: 'tao', summary: 'Reserved from the depositor' },
    {
      name: 'pending[].openedAt',
      type: 'object',
      summary: 'height and index of the first approval',
    },
  ],
  effect: 'reads',
  schema: 'multisig.pending/1',
  load: async () => (await import('./pending.ts')).multisigPending,
};

const cancelSpec: CommandSpec = {
  path: ['multisig', 'cancel'],
  summary: 'Close an open call and get the deposit back',
  description: ['Only the signatory who opened the call may.'],
  examples: [
    {
      command: 'tao multisig cancel team --network dev --wallet //Alice --yes',
      note: 'the only open call; --call-hash names one of several',
    },
  ],
  arguments: [nameArgument],
  options: [callHashOption, callOption],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    { name: 'multisig', type: 'string', summary: 'Address of the multisig' },
    isRepeatField,
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'multisig.cancel/1',
  load: async () => (await import('./cancel.ts')).multisigCancel,
};

const removeSpec: CommandSpec = {
  path: ['multisig', 'remove'],
  summary: 'Forget a saved multisig',
  description: ['The account and its funds stay on chain; add it again to use it.'],
  examples: [{ command: 'tao multisig remove team', note: 'forget the name' }],
  arguments: [nameArgument],
  fields: multisigFields,
  effect: 'writes-local',
  schema: 'multisig.remove/1',
  load: async () => (await import('./remove.ts')).multisigRemove,
};

export const multisigSpecs: readonly CommandSpec[] = [
  addSpec,
  listSpec,
  showSpec,
  approveSpec,
  pendingSpec,
  cancelSpec,
  removeSpec,
];
