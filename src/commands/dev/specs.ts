/** Specs of `tao dev …`: plain data, loads nothing else. */
import type { CommandSpec, FieldSpec, OptionSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';

/** Most blocks one `tao dev advance` makes. */
export const MAX_ADVANCE_BLOCKS = 1_000_000;

export const statusFields: readonly FieldSpec[] = [
  { name: 'folder', type: 'string', summary: 'Folder of its state' },
  { name: 'location', type: 'string', summary: 'in-process, or served by a running tao dev run' },
  { name: 'url', type: 'string', summary: 'Where it is served; null in process' },
  { name: 'genesisHash', type: 'string', summary: 'Genesis hash' },
  { name: 'preset', type: 'string', summary: 'Genesis preset' },
  { name: 'block', type: 'object', summary: 'Head: number and hash' },
  { name: 'finalized', type: 'integer', summary: 'Number of the newest final block' },
  {
    name: 'stateFrom',
    type: 'integer',
    summary: 'Block from which on every past state can be read; blocks themselves all can',
  },
  {
    name: 'stateDigest',
    type: 'string',
    summary: 'Hash of the whole state; equal runs give equal digests',
  },
];

const presetOptions: readonly OptionSpec[] = [
  {
    name: 'preset',
    value: 'NAME',
    summary:
      'What a new chain starts from: small (3 subnets), finney (127, as on mainnet), arena (3, with a market)',
    defaultText: 'TAO_DEV_PRESET, or small',
  },
  { name: 'seed', value: 'N', summary: 'Other people on the presets finney and arena' },
  {
    name: 'profile',
    value: 'SPEC',
    summary: 'Runtime of a new chain: 424, or 448 with baskets and no claim types',
    defaultText: '424',
  },
];

export const devRunSpec: CommandSpec = {
  path: ['dev', 'run'],
  summary: 'Serve the embedded chain over WebSocket until Ctrl-C',
  description: [
    'A Subtensor-shaped chain in this process: real extrinsics, signatures, fees, pools and epochs, and no value.',
    'While it runs, --network dev connects to it. It answers WebSocket and HTTP POST on one port, of this machine only unless --host says otherwise.',
  ],
  examples: [
    {
      command: 'tao dev run --port 9944',
      note: 'then: tao stake list --network ws://127.0.0.1:9944',
    },
  ],
  options: [
    { name: 'port', value: 'PORT', summary: 'TCP port; 0 takes a free one', defaultText: '9944' },
    {
      name: 'block-time',
      value: 'SECONDS',
      summary: 'Also make a block every SECONDS; without it one per transaction',
    },
    {
      name: 'finality-lag',
      value: 'BLOCKS',
      summary: 'Blocks that finality follows behind the head',
      defaultText: '0',
    },
    {
      name: 'host',
      value: 'ADDRESS',
      summary: 'Address to listen on; whoever reaches it steers the chain',
      defaultText: '127.0.0.1',
    },
    ...presetOptions,
  ],
  fields: [
    { name: 'url', type: 'string', summary: 'Where it is served' },
    { name: 'genesisHash', type: 'string', summary: 'Genesis hash' },
    { name: 'block', type: 'object', summary: 'Head when it started: number and hash' },
  ],
  effect: 'writes-local',
  schema: 'dev.run/1',
  load: async () => (await import('./run.ts')).devRun,
};

export const devAdvanceSpec: CommandSpec = {
  path: ['dev', 'advance'],
  summary: 'Make blocks on the embedded chain',
  examples: [
    { command: 'tao dev advance --tempos 3', note: 'three epochs of 360 blocks: stake earns' },
    { command: 'tao dev advance --blocks 10', note: 'ten blocks' },
  ],
  options: [
    { name: 'blocks', value: 'N', summary: `Blocks to make, at most ${MAX_ADVANCE_BLOCKS}` },
    { name: 'tempos', value: 'N', summary: 'Tempos of 360 blocks to make' },
  ],
  fields: statusFields,
  effect: 'writes-local',
  schema: 'dev.advance/1',
  load: async () => (await import('./advance.ts')).devAdvance,
};

export const devStatusSpec: CommandSpec = {
  path: ['dev', 'status'],
  summary: 'Show the embedded chain: head, digest, where it runs',
  examples: [{ command: 'tao dev status', note: 'head block and state digest' }],
  fields: statusFields,
  effect: 'reads',
  schema: 'dev.status/1',
  load: async () => (await import('./status.ts')).devStatus,
};

export const devResetSpec: CommandSpec = {
  path: ['dev', 'reset'],
  summary: 'Start the embedded chain again from its genesis',
  description: [
    'Deletes its state folder. Journals and ledgers of it are kept; they belong to that chain.',
  ],
  examples: [
    { command: 'tao dev reset --yes', note: 'back to block 0' },
    { command: 'tao dev reset --preset finney --yes', note: 'mainnet-sized: 127 subnets' },
    { command: 'tao dev reset --profile 448 --yes', note: 'a runtime with other rules of root' },
  ],
  options: [
    { name: 'yes', short: 'y', summary: 'Answer the confirmation with yes' },
    ...presetOptions,
  ],
  fields: statusFields,
  effect: 'writes-local',
  schema: 'dev.reset/1',
  load: async () => (await import('./reset.ts')).devReset,
};

export const devFundSpec: CommandSpec = {
  path: ['dev', 'fund'],
  summary: 'Give an account TAO on the embedded chain',
  examples: [
    {
      command: `tao dev fund ${devExamples.delegator} 1000`,
      note: 'only on dev; the TAO is minted',
    },
  ],
  arguments: [
    { name: 'account', summary: 'Address or wallet name', required: true },
    { name: 'amount', summary: 'TAO to add, at most 9 decimals', required: true },
  ],
  groups: ['wallet'],
  fields: [
    { name: 'address', type: 'string', summary: 'Funded account' },
    { name: 'added', type: 'tao', summary: 'TAO added' },
    { name: 'free', type: 'tao', summary: 'Free balance after it' },
    { name: 'block', type: 'object', summary: 'Head: number and hash' },
  ],
  effect: 'writes-local',
  schema: 'dev.fund/1',
  load: async () => (await import('./fund.ts')).devFund,
};
