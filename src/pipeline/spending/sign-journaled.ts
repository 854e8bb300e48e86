/**
 * The one place where transaction bytes are signed. The intent goes into the journal with what it
 * moves, then the policy is asked with every other such record in view, then the key signs, then
 * the bytes are stored. Two runs at once may refuse each other; they never pass a limit together.
 */
import { deathBlock } from '../../chain/codecs/era.ts';
import type { Era, PayloadParts, Runtime } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { Intent, Ledger, TxRecord } from '../../ledger/types.ts';
import { formatHex } from '../../signing/bytes.ts';
import { assembleSigned, extrinsicHash, signingBytes } from '../../signing/payload.ts';
import type { Signer } from '../../signing/types.ts';
import { closeRecord } from '../record.ts';
import { readSpending, refusalOf, type Spending, type SpendingQuestion } from './judge-spending.ts';

export type Signing = Pick<SpendingQuestion, 'isMetadataKnown' | 'valueAssets'> & {
  readonly context: Context;
  readonly ledger: Ledger;
  readonly runtime: Pick<Runtime, 'decodeCall' | 'specVersion'>;
  readonly signer: Signer;
  readonly parts: PayloadParts;
  readonly era: Era;
  readonly nonce: number;
  /** Where a search for the bytes on chain begins. */
  readonly bornAtBlock: number;
  /**
   * It carries a sealed transaction that was judged when it was signed: of the carrier itself no
   * policy can tell anything. Only for MevShield.submit_encrypted.
   */
  readonly isCarrier?: boolean;
  /** For the journal; `isHeld` when the bytes go into a file instead of to the chain. */
  readonly intent: Pick<
    Intent,
    | 'requestId'
    | 'command'
    | 'address'
    | 'intent'
    | 'summary'
    | 'isHeld'
    | 'isShielded'
    | 'items'
    | 'part'
  >;
};

export type SignedTransaction = {
  readonly record: TxRecord;
  readonly signature: Uint8Array;
  readonly bytes: Uint8Array;
};

/** POLICY_REFUSED, POLICY_DAMAGED, CHAIN_UNDECODABLE; TX_DUPLICATE for a request id that was signed. */
export async function signJournaled(signing: Signing): Promise<SignedTransaction> {
  const { context, ledger, runtime, parts } = signing;
  const spending = await readSpending({ ...signing, call: parts.call });
  const nowMs = context.clock.nowMs();
  const isInside = isJudgedInside(signing, spending);
  const { id } = reserve(signing, isInside ? 0n : spending.movesRao, nowMs);
  const signed = await orAbandon(signing, id, async () => {
    const refusal = isInside
      ? undefined
      : refusalOf(spending, { journal: ledger.journal, nowMs, exceptId: id });
    if (refusal !== undefined) throw refusal;
    return sign(signing);
  });
  const record = ledger.journal.recordSigned(id, {
    extrinsic: formatHex(signed.bytes),
    hash: extrinsicHash(signed.bytes),
    nonce: signing.nonce,
    bornAtBlock: signing.bornAtBlock,
    expiresAtBlock: deathBlock(signing.era),
    specVersion: runtime.specVersion,
    signedAtMs: context.clock.nowMs(),
  });
  return { ...signed, record };
}

function isJudgedInside({ isCarrier }: Signing, { call }: Spending): boolean {
  return isCarrier === true && call.pallet === 'MevShield' && call.name === 'submit_encrypted';
}

/** From here on other runs see what this one is about to move. */
function reserve(signing: Signing, movesRao: bigint | undefined, createdAtMs: number): TxRecord {
  const { context, ledger, intent } = signing;
  const begin = () =>
    ledger.journal.begin({
      ...intent,
      id: newId(context),
      createdAtMs,
      ...(movesRao === undefined ? {} : { movesRao }),
    });
  const { record, isRepeat } = begin();
  if (!isRepeat) return record;
  if (record.state !== 'planned') throw signedMeanwhile(record);
  // A run that ended before it signed: its reservation may be of another value and moment.
  closeRecord({ ...signing, id: record.id, state: 'abandoned', failure: 'not signed' });
  return begin().record;
}

/** 16 hex digits: short enough to type, long enough never to meet another. */
function newId(context: Pick<Context, 'random'>): string {
  return Buffer.from(context.random.bytes(8)).toString('hex');
}

/** A failure before there are bytes closes the record: nothing of it can ever be sent. */
async function orAbandon<T>(signing: Signing, id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    closeRecord({ ...signing, id, state: 'abandoned', failure: 'not signed' });
    throw error;
  }
}

async function sign({ signer, parts }: Signing): Promise<Omit<SignedTransaction, 'record'>> {
  const signature = await signer.signPayload(signingBytes(parts));
  const { publicKey, scheme } = signer;
  const { extra, call } = parts;
  return { signature, bytes: assembleSigned({ publicKey, scheme, signature, extra, call }) };
}

function signedMeanwhile(record: TxRecord): TaoError {
  return new TaoError('TX_DUPLICATE', {
    message: `Couldn't sign: another run signed the request "${record.requestId}" a moment ago.`,
    hint: `Run tao tx show ${record.id} to see what became of it.`,
    data: { id: record.id, requestId: record.requestId },
  });
}
