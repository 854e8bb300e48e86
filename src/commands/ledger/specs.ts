/** Specs of `tao ledger …`: plain data, loads nothing else. */
import type { ArgumentSpec, CommandSpec, FieldSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

const path: FieldSpec = { name: 'path', type: 'string', summary: 'File of the ledger' };

const accounts: ArgumentSpec = {
  name: 'accounts',
  summary: 'Wallet names or addresses',
  required: true,
  variadic: true,
};

const listFields: readonly FieldSpec[] = [
  { name: 'accounts[].address', type: 'string', summary: 'Coldkey that is followed' },
  { name: 'accounts[].sinceBlock', type: 'integer', summary: 'History is wanted from this block' },
  {
    name: 'accounts[].fromBlock',
    type: 'integer',
    summary: 'First block that is recorded; null before the first tao rewards sync',
  },
  { name: 'accounts[].toBlock', type: 'integer', summary: 'Last block that is recorded' },
  { name: 'accounts[].gaps[]', type: 'list', summary: 'Blocks between that no node gave' },
];

export const ledgerSpecs: readonly CommandSpec[] = [
  {
    path: ['ledger', 'path'],
    summary: "Print where this network's ledger is",
    description: ['One file a chain, by its genesis hash. It is created when it is first needed.'],
    examples: [{ command: 'tao ledger path --network dev', note: 'for a backup' }],
    groups: ['network'],
    fields: [path, { name: 'genesisHash', type: 'string', summary: 'The chain it belongs to' }],
    effect: 'reads',
    schema: 'ledger.path/1',
    load: async () => (await import('./path.ts')).ledgerPath,
  },
  {
    path: ['ledger', 'list'],
    summary: 'List the accounts whose history is kept, and how far it is known',
    examples: [{ command: 'tao ledger list --network dev', note: 'with gaps, if there are any' }],
    groups: ['network'],
    fields: listFields,
    effect: 'reads',
    schema: 'ledger.list/1',
    load: async () => (await import('./list.ts')).ledgerList,
  },
  {
    path: ['ledger', 'follow'],
    summary: 'Keep the history of accounts: tao rewards sync reads it',
    examples: [
      { command: `tao ledger follow ${devExamples.delegator} --network dev`, note: 'any address' },
    ],
    arguments: [accounts],
    groups: ['network', 'wallet'],
    fields: listFields,
    effect: 'writes-local',
    schema: 'ledger.follow/1',
    load: async () => (await import('./follow.ts')).ledgerFollow,
  },
  {
    path: ['ledger', 'unfollow'],
    summary: 'Keep the history of accounts no longer; what is recorded stays',
    examples: [
      {
        command: `tao ledger unfollow ${devExamples.delegator} --network dev`,
        note: 'its facts stay in the ledger',
      },
    ],
    arguments: [accounts],
    groups: ['network', 'wallet'],
    fields: listFields,
    effect: 'writes-local',
    schema: 'ledger.unfollow/1',
    load: async () => (await import('./follow.ts')).ledgerUnfollow,
  },
  {
    path: ['ledger', 'verify'],
    summary: 'Check the whole ledger: the file, every step and every fact',
    description: ['Exit code 9 when something is not as it was written.'],
    examples: [{ command: 'tao ledger verify --network dev', note: 'after a crash, or a copy' }],
    groups: ['network'],
    fields: [
      path,
      { name: 'steps', type: 'integer', summary: 'Steps of the journal, all whole' },
      { name: 'facts', type: 'integer', summary: 'Facts, all whole' },
      {
        name: 'conflicts',
        type: 'integer',
        summary: 'Facts that two sources told differently: the first stands',
      },
    ],
    effect: 'reads',
    schema: 'ledger.verify/1',
    load: async () => (await import('./verify.ts')).ledgerVerify,
  },
  {
    path: ['ledger', 'rebuild'],
    summary: 'Make everything derived anew, from facts and journal alone',
    examples: [{ command: 'tao ledger rebuild --network dev', note: 'the result is the same' }],
    groups: ['network'],
    fields: [
      path,
      { name: 'transactions', type: 'integer', summary: 'Transactions in the index' },
      { name: 'days', type: 'integer', summary: 'Days of positions' },
    ],
    effect: 'writes-local',
    schema: 'ledger.rebuild/1',
    load: async () => (await import('./rebuild.ts')).ledgerRebuild,
  },
  {
    path: ['ledger', 'compact'],
    summary: 'Check the ledger, then give back the space it no longer needs',
    examples: [
      { command: 'tao ledger compact --network dev', note: 'nothing recorded is dropped' },
    ],
    groups: ['network'],
    fields: [
      path,
      { name: 'beforeBytes', type: 'integer', summary: 'Size before' },
      { name: 'afterBytes', type: 'integer', summary: 'Size after' },
    ],
    effect: 'writes-local',
    schema: 'ledger.compact/1',
    load: async () => (await import('./compact.ts')).ledgerCompact,
  },
  {
    path: ['ledger', 'export'],
    summary: 'Write the whole ledger as JSON lines',
    description: [
      'Facts and journal, with the signed bytes of transactions and without any secret. The last line closes it with a checksum.',
      'Without --out the lines go to stdout, with --json too.',
    ],
    examples: [
      {
        command: 'tao ledger export --out ledger.json --network dev',
        note: 'a copy of everything',
      },
    ],
    options: [
      { name: 'out', value: 'FILE', summary: 'Write this new file instead', complete: 'file' },
    ],
    groups: ['network'],
    fields: [
      { name: 'out', type: 'string', summary: 'File that was written' },
      { name: 'lines', type: 'integer', summary: 'Lines in it' },
    ],
    effect: 'reads',
    schema: 'ledger.export/1',
    load: async () => (await import('./export.ts')).ledgerExport,
  },
  {
    path: ['ledger', 'import'],
    summary: 'Take an exported ledger of the same chain into this one',
    description: [
      'All of it or nothing. What this ledger knows stays as it is, so the same file twice changes nothing.',
    ],
    examples: [
      {
        command: 'tao ledger import ledger.json --network dev',
        note: 'on another machine, or after the file was lost',
      },
    ],
    arguments: [
      { name: 'file', summary: 'What tao ledger export wrote', required: true, complete: 'file' },
    ],
    groups: ['network'],
    fields: [
      path,
      { name: 'lines', type: 'integer', summary: 'Lines read' },
      { name: 'steps', type: 'integer', summary: 'Steps of the journal that were new' },
      {
        name: 'conflicts',
        type: 'integer',
        summary: 'Facts that this ledger knew differently: its own value stands',
      },
    ],
    effect: 'writes-local',
    schema: 'ledger.import/1',
    load: async () => (await import('./import.ts')).ledgerImport,
  },
];
