/**
 * Sends a transaction sealed inside another one. Both are signed and journaled before the first is
 * sent: the inner one, whose bytes never go out in the open, with the nonce after its carrier's.
 * Whatever happens to the carrier, the inner one is dead once its short era is over.
 */
import {
  SHIELD_KEY_BYTES,
  SHIELD_NONCE_BYTES,
  SHIELD_SECRET_BYTES,
  shieldExtrinsic,
} from '../chain/codecs/mev-shield.ts';
import { findTransaction, readFinalizedNumber } from '../chain/find-transaction.ts';
import type { IncludedOutcome } from '../chain/outcome.ts';
import { readShieldKey } from '../chain/queries/read-shield-key.ts';
import { isTaoError, TaoError, withMore } from '../errors/tao-error.ts';
import type { TxRecord } from '../ledger/types.ts';
import type { Signer } from '../signing/types.ts';
import { CARRIER_COMMAND, type CarriedRecord, withCarrier } from './carried.ts';
import { buildPartsNow } from './payload-parts.ts';
import type { Performance } from './perform.ts';
import { carrierCall, sealedEra, unavailable } from './plan-shield.ts';
import { closeRecord, recordedFailure, recordOutcome, requireSuccess } from './record.ts';
import { observeAfter, sendSigned } from './send-signed.ts';
import { type Agreed, signNow, spendingBasis } from './sign-now.ts';
import { signJournaled } from './spending/sign-journaled.ts';
import { takeTurn } from './take-turn.ts';

/** Pause between looks for the inner transaction. */
const LOOK_MS = 500;

type Inner = Awaited<ReturnType<typeof signNow>>;

/**
 * The inner one's record. As `sendSigned`; TX_EXPIRED when no block's author opened it in time. The
 * turn lasts until the inner one is in a block: no node counts the nonce of what it cannot read.
 */
export async function signAndSendShielded(agreed: Agreed, signer: Signer): Promise<CarriedRecord> {
  const turn = await takeTurn(agreed.performance);
  try {
    const { inner, carrier } = await signBoth(agreed, signer);
    const { id, bytes } = carrier;
    const sending = {
      ...agreed.performance,
      choices: { ...agreed.performance.choices, wait: 'included' as const },
    };
    try {
      await sendSigned(sending, { id, bytes });
    } catch (error) {
      throw withInner(error, inner.record);
    }
    return await follow(agreed.performance, inner);
  } finally {
    await turn.release();
  }
}

async function signBoth(agreed: Agreed, signer: Signer) {
  const { performance } = agreed;
  const { chain, choices, account } = performance;
  const nonce = choices.nonce ?? (await chain.nextNonce(account.address));
  const inner = await signNow(
    {
      ...agreed,
      performance: {
        ...performance,
        choices: { ...choices, eraBlocks: sealedEra(choices), nonce: nonce + 1 },
        isShielded: true,
      },
    },
    signer,
  );
  try {
    return { inner, carrier: await signCarrier(performance, { inner, signer, nonce }) };
  } catch (error) {
    // Nothing of it left this machine.
    close(performance, inner.record, 'its carrier was not signed');
    throw error;
  }
}

async function signCarrier(
  performance: Performance,
  parts: { readonly inner: Inner; readonly signer: Signer; readonly nonce: number },
) {
  const { context, chain, ledger, account, choices } = performance;
  const { inner, signer, nonce } = parts;
  const view = await chain.at('best');
  const publicKey = await readShieldKey(view);
  if (publicKey?.length !== SHIELD_KEY_BYTES) throw unavailable('the chain has no key now');
  const ciphertext = shieldExtrinsic({
    extrinsic: inner.bytes,
    publicKey,
    secret: context.random.bytes(SHIELD_SECRET_BYTES),
    nonce: context.random.bytes(SHIELD_NONCE_BYTES),
  });
  const call = chain.runtime.encodeCall(carrierCall(ciphertext));
  const now = await buildPartsNow({
    chain,
    address: account.address,
    choices: { eraBlocks: sealedEra(choices), nonce },
    call,
    metadataHash: undefined,
  });
  const { record, bytes } = await signJournaled({
    ...spendingBasis({ ...performance, view }),
    context,
    ledger,
    signer,
    parts: now.parts,
    era: now.era,
    nonce,
    isCarrier: true,
    bornAtBlock: now.era.kind === 'mortal' ? now.era.birthNumber : now.view.number,
    intent: {
      requestId: choices.requestId === undefined ? undefined : `${choices.requestId}:carrier`,
      command: CARRIER_COMMAND,
      address: account.address,
      intent: { carries: inner.record.id },
      summary: `Carry encrypted: ${inner.record.summary}`,
    },
  });
  return { id: record.id, bytes };
}

/** The carrier is out: what fails from here on is a doubt, never a reason to repeat the command. */
async function follow(performance: Performance, inner: Inner): Promise<CarriedRecord> {
  const { context, ledger } = performance;
  const { id } = inner.record;
  const { record, outcome } = await orInDoubt(inner.record, async () => {
    const seen = await lookFor(performance, inner);
    const settled =
      seen === undefined
        ? close(performance, inner.record, 'nobody opened it in time')
        : recordOutcome({ ledger, context, id, outcome: seen });
    return { record: withCarrier(ledger, settled), outcome: seen };
  });
  if (outcome === undefined) throw recordedFailure(record);
  await observeAfter(performance, record, outcome.blockHash);
  return requireSuccess(record, outcome);
}

async function orInDoubt<T>(record: TxRecord, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isTaoError(error, 'TX_OUTCOME_UNKNOWN') ? error : stillWaiting(record, error);
  }
}

/** Looks for the inner one until it is in a block; undefined when its era is over, finally, without it. */
async function lookFor(
  performance: Performance,
  inner: Inner,
): Promise<IncludedOutcome | undefined> {
  const { context, chain, choices } = performance;
  const lastBlock = (inner.record.signed?.expiresAtBlock ?? inner.now.view.number) - 1;
  const deadlineMs = context.clock.nowMs() + choices.timeoutMs;
  const progress = context.streams.progress('Waiting for it to be opened');
  try {
    for (;;) {
      // Before the search: a block that comes between the two looks must not be missed.
      const finalizedNumber = await readFinalizedNumber(chain);
      const found = await findTransaction(chain, {
        extrinsic: inner.bytes,
        fromBlock: inner.now.view.number,
        toBlock: lastBlock,
      });
      const isEnough =
        found !== undefined &&
        (choices.wait !== 'finalized' || found.blockNumber <= finalizedNumber);
      if (found !== undefined && isEnough) {
        return { ...found, finalized: found.finalized || choices.wait === 'finalized' };
      }
      if (found === undefined && finalizedNumber >= lastBlock) return undefined;
      if (context.clock.nowMs() >= deadlineMs) throw stillWaiting(inner.record);
      await context.clock.sleep(LOOK_MS, context.signal);
    }
  } finally {
    progress.stop();
  }
}

function close(performance: Performance, { id }: TxRecord, failure: string): TxRecord {
  const { context, ledger } = performance;
  return closeRecord({ ledger, context, id, state: 'expired', failure });
}

/** The carrier failed: the inner one may still be opened by whoever has it, until its era is over. */
function withInner(error: unknown, { id, signed }: TxRecord): unknown {
  if (!(error instanceof TaoError)) return error;
  const end = signed?.expiresAtBlock;
  return withMore(error, {
    details: [`What it carried is ${id}; it cannot execute from block ${end ?? 'none'} on.`],
    hint: `Run tao tx resume ${id} after that block to settle it, before you repeat the command.`,
    data: { innerId: id, expiresAtBlock: end ?? null },
  });
}

function stillWaiting({ id, signed }: TxRecord, cause?: unknown): TaoError {
  const end = signed?.expiresAtBlock;
  const why = cause instanceof TaoError ? [cause.message] : [];
  return new TaoError('TX_OUTCOME_UNKNOWN', {
    message: 'The encrypted transaction was handed in, and whether it is in a block is not known.',
    details: [
      ...why,
      `It cannot execute from block ${end ?? 'none'} on. Do not repeat the command.`,
    ],
    hint: `Run tao tx resume ${id} to settle it.`,
    data: { id, expiresAtBlock: end ?? null },
    ...(cause === undefined ? {} : { cause }),
  });
}
