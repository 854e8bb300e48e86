/** Specs of `tao tx …` for files: sign, submit and decode. Plain data, loads nothing else. */
import type { CommandSpec, FieldSpec } from '../../cli/spec.ts';
import { devExamples } from '../dev-examples.ts';
import { GIVEN_CALL_HELP } from '../given-call.ts';
import { transactionFields } from '../transaction-fields.ts';

const callFields: readonly FieldSpec[] = [
  {
    name: 'call',
    type: 'object',
    summary: 'Decoded call: pallet, name, args; calls inside it in the same form',
  },
  { name: 'metadata.hash', type: 'string', summary: 'blake2-256 of the metadata that decoded it' },
  {
    name: 'metadata.verifiedBy',
    type: 'string',
    summary: 'node, cache, signed-hash or user; null: it could not be verified',
  },
];

const fileFields: readonly FieldSpec[] = [
  { name: 'file.path', type: 'string', summary: 'The file' },
  { name: 'file.kind', type: 'string', summary: 'unsigned or signed' },
  { name: 'file.from', type: 'string', summary: 'The signing account' },
  { name: 'file.nonce', type: 'integer', summary: 'Its nonce' },
  { name: 'file.genesisHash', type: 'string', summary: 'The chain it is for' },
  { name: 'file.specVersion', type: 'integer', summary: 'The runtime it was made for' },
  { name: 'file.expiresAt', type: 'string', summary: 'Refused from this moment on, RFC 3339' },
  {
    name: 'file.expiresAtBlock',
    type: 'integer',
    summary: 'First block that can no longer include it',
  },
  {
    name: 'file.metadata',
    type: 'object',
    summary: 'Hashes of the metadata: of the bytes, signed',
  },
  { name: 'file.hash', type: 'string', summary: 'Transaction hash; null while unsigned' },
];

const fileArgument = {
  name: 'file',
  required: true,
  complete: 'file',
} as const;

export const txSignSpec: CommandSpec = {
  path: ['tx', 'sign'],
  summary: 'Sign a plan file, without any network',
  description: [
    'Shows what the bytes in the file are, decoded with the metadata that the file brings, asks, and writes the signed file. It never connects to anything.',
    'Metadata decides what bytes mean. It is verified against what this machine had from a node before, or by the hash that --metadata-hash on put into the plan; where neither is there, the plan says so, and a spending policy refuses unless --trust-metadata vouches for it.',
    GIVEN_CALL_HELP,
    'A plan is signed once: the same plan again gives the same signature.',
  ],
  examples: [
    {
      command: 'tao tx sign plan.json --out signed.json --wallet //Dave --yes',
      note: 'sign the plan that --unsigned-out wrote',
    },
  ],
  arguments: [{ ...fileArgument, summary: 'Plan that --unsigned-out wrote' }],
  options: [
    {
      name: 'out',
      value: 'FILE',
      summary: 'Where the signed file goes; nothing is overwritten',
      complete: 'file',
    },
    {
      name: 'trust-metadata',
      value: 'HASH',
      summary: 'Hash of the metadata, as a machine you trust shows it',
    },
  ],
  groups: ['wallet', 'consent'],
  fields: [
    ...fileFields,
    ...callFields,
    {
      name: 'isRepeat',
      type: 'boolean',
      summary: 'The plan was signed here before: the same signature again',
    },
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'tx.sign/1',
  load: async () => (await import('./sign.ts')).txSign,
};

export const txSubmitSpec: CommandSpec = {
  path: ['tx', 'submit'],
  summary: 'Send a signed file',
  description: [
    'Checks signature, chain, runtime, time and nonce, journals the bytes, sends them and waits until they are in a block. Consent was given where it was signed.',
    'The same file again gives the record of the first time: nothing is done twice.',
  ],
  examples: [
    {
      command: 'tao tx submit signed.json --network dev',
      note: 'send what tao tx sign or --signed-out wrote',
    },
  ],
  arguments: [{ ...fileArgument, summary: 'File that tao tx sign or --signed-out wrote' }],
  groups: ['network', 'following'],
  fields: [
    ...transactionFields,
    { name: 'spent', type: 'tao', summary: 'TAO that went into stake; null when none did' },
    { name: 'received', type: 'tao', summary: 'TAO that came out of stake; null when none did' },
    {
      name: 'isRepeat',
      type: 'boolean',
      summary: 'These bytes were sent before: this is their record',
    },
  ],
  effect: 'moves-funds',
  schema: 'tx.submit/1',
  load: async () => (await import('./submit.ts')).txSubmit,
};

export const txBatchSpec: CommandSpec = {
  path: ['tx', 'batch'],
  summary: 'Make several calls as one transaction',
  description: [
    'All of them or none; with --best-effort each on its own, and what the chain refuses is left out.',
    'Each CALL is 0x hex, or a file that --unsigned-out wrote: only its call is taken, and the',
    'batch gets one nonce and one fee. Price limits inside the calls stay as they were planned.',
    GIVEN_CALL_HELP,
  ],
  examples: [
    {
      command: 'tao tx batch 0x00000461 0x00000462 --network dev --wallet //Alice --yes',
      note: 'two remarks in one transaction',
    },
  ],
  arguments: [
    {
      name: 'calls',
      summary: 'Calls in their order: 0x hex, or files of --unsigned-out',
      required: true,
      variadic: true,
    },
  ],
  options: [
    {
      name: 'best-effort',
      summary: 'Each call on its own: what the chain refuses is left out',
    },
  ],
  groups: ['network', 'wallet', 'transaction'],
  fields: [
    { name: 'calls', type: 'list', summary: 'Names of the calls, in order' },
    {
      name: 'isRepeat',
      type: 'boolean',
      summary: 'The request id was known: this is the first result',
    },
    ...transactionFields,
  ],
  effect: 'moves-funds',
  schema: 'tx.batch/1',
  load: async () => (await import('./batch.ts')).txBatch,
};

export const txDecodeSpec: CommandSpec = {
  path: ['tx', 'decode'],
  summary: 'Explain any extrinsic or call, from a file or from hex',
  description: [
    'Calls inside batches, proxies and multisigs are shown as a tree. Plan and signed files are read with the metadata they bring; hex with that of the network, or with the newest that was fetched before when no node can be reached.',
  ],
  examples: [
    { command: 'tao tx decode signed.json', note: 'what the bytes in a file are' },
    {
      command: `tao tx decode ${devExamples.call} --network dev --json`,
      note: 'a call in hex',
    },
  ],
  arguments: [
    {
      name: 'input',
      summary: 'Plan or signed file, a file of hex, or 0x hex of an extrinsic or a call',
      required: true,
      complete: 'file',
    },
  ],
  groups: ['network'],
  fields: [
    { name: 'kind', type: 'string', summary: 'plan, signed, extrinsic or call' },
    { name: 'network', type: 'string', summary: 'The network; of a file, what it calls it' },
    { name: 'genesisHash', type: 'string', summary: 'Chain of a file; null for hex' },
    { name: 'specVersion', type: 'integer', summary: 'Runtime whose metadata decoded it' },
    ...callFields,
    { name: 'from', type: 'string', summary: 'The signer; null for a call' },
    { name: 'nonce', type: 'integer', summary: 'Nonce, or null' },
    { name: 'tip', type: 'tao', summary: 'Tip, or null' },
    { name: 'era', type: 'object', summary: 'Mortality: kind and period; null for a call' },
    { name: 'expiresAt', type: 'string', summary: 'Of a file: refused from this moment on' },
    {
      name: 'expiresAtBlock',
      type: 'integer',
      summary: 'Of a file: first block that can no longer include it',
    },
    { name: 'hash', type: 'string', summary: 'Transaction hash of what is signed' },
    {
      name: 'isSignatureValid',
      type: 'boolean',
      summary: "Of a signed file: whether the signature is the account's; null otherwise",
    },
    { name: 'summary', type: 'list', summary: "Of a file: its writer's own words" },
  ],
  effect: 'reads',
  schema: 'tx.decode/1',
  load: async () => (await import('./decode.ts')).txDecode,
};
