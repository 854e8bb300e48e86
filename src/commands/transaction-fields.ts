/** Result fields that every command that moves funds has. Plain data. */
import type { FieldSpec } from '../cli/spec.ts';

export const transactionFields: readonly FieldSpec[] = [
  { name: 'transaction.id', type: 'string', summary: "The journal's id, for tao tx" },
  { name: 'transaction.requestId', type: 'string', summary: 'The --request-id, or null' },
  { name: 'transaction.command', type: 'string', summary: 'The command that made it' },
  { name: 'transaction.summary', type: 'string', summary: 'One line for people' },
  { name: 'transaction.from', type: 'string', summary: 'The signing account' },
  {
    name: 'transaction.actedFor',
    type: 'string',
    summary: 'With --as, the account whose funds move; else null',
  },
  {
    name: 'transaction.approval',
    type: 'object',
    summary: "A multisig's callHash, threshold, approvals so far and isExecuted; else null",
  },
  {
    name: 'transaction.state',
    type: 'string',
    summary: 'planned, signed, broadcast, succeeded, failed, refused, expired or abandoned',
  },
  { name: 'transaction.hash', type: 'string', summary: 'Transaction hash, 0x hex' },
  { name: 'transaction.nonce', type: 'integer', summary: 'Nonce it was signed with' },
  {
    name: 'transaction.expiresAtBlock',
    type: 'integer',
    summary: 'First block that can no longer include it; null: never',
  },
  {
    name: 'transaction.block',
    type: 'object',
    summary: 'Block it is in: number and hash; null before',
  },
  {
    name: 'transaction.finalized',
    type: 'boolean',
    summary: 'Whether that block was final when recorded',
  },
  { name: 'transaction.fee', type: 'tao', summary: 'Transaction fee charged' },
  {
    name: 'transaction.carrier',
    type: 'object',
    summary: 'With --shield, the transaction it travelled in: id, state, hash and fee; else null',
  },
  {
    name: 'transaction.totalFee',
    type: 'tao',
    summary: "Its fee and its carrier's together; null before any is charged",
  },
  {
    name: 'transaction.failure',
    type: 'string',
    summary: "The chain's name of the failure, or null",
  },
  {
    name: 'transaction.part',
    type: 'object',
    summary: 'Which of how many transactions of one request: number and count; else null',
  },
  {
    name: 'transaction.items',
    type: 'list',
    summary:
      "Of a batch, each item's summary, state (done, failed, kept-out or open), failure and flows; else null",
  },
];

/** Of commands whose request may take several transactions. */
export const partsField: FieldSpec = {
  name: 'parts',
  type: 'list',
  summary: 'Every transaction of the request where one could not hold it; else null',
};
