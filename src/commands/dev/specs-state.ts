/** Specs of `tao dev snapshot …` and `tao dev verify`: plain data, loads nothing else. */
import type { CommandSpec } from '../../cli/spec.ts';
import { statusFields } from './specs.ts';

const snapshotSaveSpec: CommandSpec = {
  path: ['dev', 'snapshot', 'save'],
  summary: 'Save the embedded chain to a file: its blocks and its state',
  description: ['The chain goes on. A file that is there already is not written over.'],
  examples: [
    { command: 'tao dev snapshot save rehearsal.snapshot', note: 'to come back to this point' },
  ],
  arguments: [{ name: 'file', summary: 'File to write', required: true }],
  fields: [
    { name: 'file', type: 'string', summary: 'The file written' },
    { name: 'bytes', type: 'integer', summary: 'Its size' },
    { name: 'block', type: 'object', summary: 'Head it holds: number and hash' },
    { name: 'stateDigest', type: 'string', summary: 'Hash of the state it holds' },
  ],
  effect: 'writes-local',
  schema: 'dev.snapshot.save/1',
  load: async () => (await import('./snapshot-save.ts')).devSnapshotSave,
};

const snapshotRestoreSpec: CommandSpec = {
  path: ['dev', 'snapshot', 'restore'],
  summary: 'Put the chain of a snapshot in place of the embedded chain',
  description: [
    'The chain that is there is lost, its blocks and everything staked in them. Journals and ledgers are kept.',
  ],
  examples: [
    {
      command: 'tao dev snapshot restore rehearsal.snapshot --yes',
      note: 'back to where it was saved',
    },
  ],
  arguments: [{ name: 'file', summary: 'File that tao dev snapshot save wrote', required: true }],
  options: [{ name: 'yes', short: 'y', summary: 'Answer the confirmation with yes' }],
  fields: statusFields,
  effect: 'writes-local',
  schema: 'dev.snapshot.restore/1',
  load: async () => (await import('./snapshot-restore.ts')).devSnapshotRestore,
};

const verifySpec: CommandSpec = {
  path: ['dev', 'verify'],
  summary: 'Replay the embedded chain from its genesis and compare every block and the state',
  examples: [
    { command: 'tao dev verify', note: 'equal hashes and digests, or the first difference' },
  ],
  fields: [
    { name: 'blocks', type: 'integer', summary: 'Blocks replayed' },
    { name: 'hash', type: 'string', summary: 'Hash of the head, reached by the replay' },
    { name: 'stateDigest', type: 'string', summary: 'Hash of the state, reached by the replay' },
  ],
  effect: 'reads',
  schema: 'dev.verify/1',
  load: async () => (await import('./verify.ts')).devVerify,
};

export const devStateSpecs: readonly CommandSpec[] = [
  snapshotSaveSpec,
  snapshotRestoreSpec,
  verifySpec,
];
