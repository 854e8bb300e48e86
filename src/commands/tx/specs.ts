/** Specs of `tao tx …` that look at the journal: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { transactionFields } from '../transaction-fields.ts';

const recordFields = transactionFields.map((field) => ({
  ...field,
  name: field.name.replace('transaction.', ''),
}));

/** Most records `tx list` shows. */
export const TX_LIST_LIMIT = 50;

export const txListSpec: CommandSpec = {
  path: ['tx', 'list'],
  summary: 'List the transactions made here, newest first',
  description: [
    `At most ${TX_LIST_LIMIT}; they come from the local journal of the network's chain.`,
  ],
  examples: [
    { command: 'tao tx list --network dev', note: 'what was done on the embedded chain' },
    {
      command: 'tao tx list --unsettled --network dev --json',
      note: 'what tao tx resume would settle',
    },
  ],
  options: [{ name: 'unsettled', summary: 'Only those whose outcome is not known' }],
  groups: ['network'],
  fields: recordFields.map((field) => ({ ...field, name: `transactions[].${field.name}` })),
  effect: 'reads',
  schema: 'tx.list/1',
  load: async () => (await import('./list.ts')).txList,
};

export const txShowSpec: CommandSpec = {
  path: ['tx', 'show'],
  summary: 'Show one transaction: intent, signed bytes, outcome, events',
  examples: [
    {
      command: 'tao tx show last --network dev',
      note: 'the newest; or an id, a hash, or the start of either',
    },
  ],
  arguments: [
    {
      name: 'transaction',
      summary: 'Id or hash, at least 8 characters of one, or last',
      required: true,
    },
  ],
  groups: ['network'],
  fields: [
    ...recordFields,
    { name: 'intent', type: 'object', summary: 'What was asked' },
    { name: 'extrinsic', type: 'string', summary: 'The signed bytes, 0x hex; null before signing' },
    { name: 'events', type: 'list', summary: 'Its events on chain' },
    { name: 'steps', type: 'list', summary: 'Every step with its time, oldest first' },
  ],
  effect: 'reads',
  schema: 'tx.show/1',
  load: async () => (await import('./show.ts')).txShow,
};

export const txResumeSpec: CommandSpec = {
  path: ['tx', 'resume'],
  summary: 'Settle transactions whose outcome is not known',
  description: [
    'Looks for the signed bytes on chain; while they are still valid, sends the same bytes again.',
    'Nothing is ever signed again, so nothing can be done twice. Without an argument, all unsettled ones.',
    'What was signed into a file and not sent is only looked for; it is sent when it is named here.',
  ],
  examples: [
    { command: 'tao tx resume --network dev', note: 'after a lost connection or a crash' },
  ],
  arguments: [
    {
      name: 'transaction',
      summary: 'Id or hash, or at least 8 characters of one',
      required: false,
    },
  ],
  groups: ['network', 'following'],
  fields: recordFields.map((field) => ({ ...field, name: `transactions[].${field.name}` })),
  effect: 'moves-funds',
  schema: 'tx.resume/1',
  load: async () => (await import('./resume.ts')).txResume,
};
