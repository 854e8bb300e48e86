/**
 * Sends a signed file: checked against the chain that is connected, journaled, then sent as any
 * other transaction. The same bytes a second time give the record of the first.
 */
import type { Chain } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import type { TransactionOptions } from '../../cli/option-groups.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { Ledger, TxRecord } from '../../ledger/types.ts';
import {
  assertNotExpired,
  eraEndBlock,
  isArtifactSignatureValid,
  type SignedTransaction,
} from '../../signing/artifact.ts';
import { formatBareHex, formatHex } from '../../signing/bytes.ts';
import { recordedFailure } from '../record.ts';
import { isHeldBack, isSettled, resumeTransaction } from '../resume.ts';
import { sendSigned } from '../send-signed.ts';
import { valueCall } from '../spending/judge-spending.ts';
import { createChainValuer } from '../spending/value-assets.ts';
import { readArtifact } from './artifact-file.ts';
import { fileIntent } from './file-intent.ts';
import { findByHash } from './find-by-hash.ts';
import { requireMortal, requireParts } from './open-artifact.ts';

export type FileSubmission = {
  readonly path: string;
  readonly choices: Pick<TransactionOptions, 'wait' | 'timeoutMs'>;
};

export type SubmittedFile = {
  readonly record: TxRecord;
  /** These bytes were sent before: nothing was sent now, or only to settle their outcome. */
  readonly isRepeat: boolean;
};

/**
 * ARTIFACT_*, TX_NONCE_GAP: nothing was sent. Then TX_NOT_SENT, TX_OUTCOME_UNKNOWN and the chain's
 * refusals, as for any transaction.
 */
export async function submitFile(
  context: Context,
  { path, choices }: FileSubmission,
): Promise<SubmittedFile> {
  const artifact = await readSigned(context, path);
  const chain = await context.openChain();
  requireChain(artifact, chain);
  const ledger = await context.openLedger(chain.genesisHash);
  const submission = { context, chain, ledger, artifact, choices };
  const known = findByHash(ledger.journal, artifact.hash);
  if (known === undefined) return { record: await submitNew(submission), isRepeat: false };
  if (!isHeldBack(known)) return { record: await settle(submission, known), isRepeat: true };
  const isNonceUsed = await requireFresh(submission);
  // From here on the bytes may be out: a run that dies now leaves them to tx resume.
  const released = ledger.journal.recordBroadcast(known.id);
  return { record: await follow(submission, released, isNonceUsed), isRepeat: false };
}

type Submission = {
  readonly context: Context;
  readonly chain: Chain;
  readonly ledger: Ledger;
  readonly artifact: SignedTransaction;
  readonly choices: FileSubmission['choices'];
};

async function readSigned(context: Context, path: string): Promise<SignedTransaction> {
  const artifact = await readArtifact(context, path);
  if (artifact.kind !== 'signed') {
    throw new TaoError('ARTIFACT_INVALID', {
      message: `Couldn't send ${path}: it is a plan, and not signed.`,
      hint: `Run tao tx sign ${path} --out FILE with the wallet of ${artifact.from}.`,
      data: { path, from: artifact.from },
    });
  }
  requireMortal(artifact);
  if (await isArtifactSignatureValid(artifact)) return artifact;
  throw new TaoError('ARTIFACT_INVALID', {
    message: `Couldn't send ${path}: its signature is not that of ${artifact.from} over these bytes.`,
    hint: 'Sign the plan again with tao tx sign.',
    data: { path, from: artifact.from },
  });
}

/** ARTIFACT_WRONG_CHAIN, before anything is written for that chain. */
function requireChain({ chain: written }: SignedTransaction, chain: Chain): void {
  if (written.genesisHash === chain.genesisHash) return;
  throw new TaoError('ARTIFACT_WRONG_CHAIN', {
    message: `Couldn't send it to ${chain.target.name}: the transaction is for another chain.`,
    details: [`It is for genesis ${written.genesisHash}`, `Found genesis ${chain.genesisHash}`],
    hint: 'Choose its network with --network.',
    data: { expected: written.genesisHash, found: chain.genesisHash },
  });
}

/** ARTIFACT_WRONG_RUNTIME, ARTIFACT_EXPIRED, TX_NONCE_GAP; whether the nonce is used already. */
async function requireFresh({ context, chain, artifact }: Submission): Promise<boolean> {
  const [head, nextNonce] = await Promise.all([chain.at('best'), chain.nextNonce(artifact.from)]);
  const { specVersion, transactionVersion } = head.runtime;
  assertNotExpired(artifact, { nowMs: context.clock.nowMs(), bestBlock: head.number });
  const { chain: written } = artifact;
  if (written.specVersion !== specVersion || written.transactionVersion !== transactionVersion) {
    throw new TaoError('ARTIFACT_WRONG_RUNTIME', {
      message: `Couldn't send it: it was made for runtime ${written.specVersion}, and ${chain.target.name} runs ${specVersion}.`,
      hint: 'Make the plan again and sign it; the chain would refuse this one.',
      data: { made: written.specVersion, now: specVersion },
    });
  }
  requireParts(artifact, head.runtime);
  if (artifact.nonce > nextNonce) throw nonceGap(artifact, nextNonce);
  return artifact.nonce < nextNonce;
}

async function submitNew(submission: Submission): Promise<TxRecord> {
  const { context, chain, ledger, artifact } = submission;
  const isNonceUsed = await requireFresh(submission);
  const view = await chain.at('best');
  const { call, movesRao } = await valueCall({
    runtime: chain.runtime,
    call: artifact.call,
    valueAssets: createChainValuer(view, artifact.from),
  });
  const { record: begun } = ledger.journal.begin({
    ...fileIntent(artifact, call),
    id: formatBareHex(context.random.bytes(8)),
    requestId: undefined,
    createdAtMs: context.clock.nowMs(),
    ...(movesRao === undefined ? {} : { movesRao }),
  });
  const record = ledger.journal.recordSigned(begun.id, signedBytes(submission));
  return follow(submission, record, isNonceUsed);
}

/** With its nonce used, the bytes are in a block already, or never will be: then look first. */
function follow(submission: Submission, record: TxRecord, isNonceUsed: boolean): Promise<TxRecord> {
  if (isNonceUsed) return settle(submission, record);
  return sendSigned(submission, { id: record.id, bytes: submission.artifact.extrinsic });
}

function signedBytes({ context, artifact }: Submission) {
  const { era } = artifact;
  return {
    extrinsic: formatHex(artifact.extrinsic),
    hash: artifact.hash,
    nonce: artifact.nonce,
    bornAtBlock: era.kind === 'mortal' ? era.birthNumber : 0,
    expiresAtBlock: eraEndBlock(era),
    specVersion: artifact.chain.specVersion,
    signedAtMs: context.clock.nowMs(),
  };
}

/** The record with its outcome; a failure is thrown as at the first time. */
async function settle(submission: Submission, known: TxRecord): Promise<TxRecord> {
  const { choices } = submission;
  const record = isSettled(known)
    ? known
    : await resumeTransaction({
        ...submission,
        record: known,
        waitFor: choices.wait,
        timeoutMs: choices.timeoutMs,
      });
  const failure = recordedFailure(record);
  if (failure !== undefined) throw failure;
  return record;
}

function nonceGap({ nonce, from }: SignedTransaction, nextNonce: number): TaoError {
  return new TaoError('TX_NONCE_GAP', {
    message: `Couldn't send it: it has the nonce ${nonce}, and the next one of ${from} is ${nextNonce}.`,
    details: ['The chain takes the transactions of an account in the order of their nonces.'],
    hint: 'Send the earlier ones first, or make the plan again.',
    data: { nonce, nextNonce },
  });
}
