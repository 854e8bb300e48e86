/**
 * Signs and sends what was agreed on: one transaction, or the parts of a batch that no single one
 * holds. All parts are signed and journaled before the first is sent, so that a run that dies
 * leaves every part to be settled by its own bytes.
 */
import { canonicalJson } from '../domain/json-safe.ts';
import { TaoError, withMore } from '../errors/tao-error.ts';
import type { Ledger, TxRecord } from '../ledger/types.ts';
import type { Signer } from '../signing/types.ts';
import type { Performance } from './perform.ts';
import type { TxPlan } from './plan.ts';
import { closeRecord } from './record.ts';
import { sendSigned } from './send-signed.ts';
import { type Agreed, signNow } from './sign-now.ts';
import { type Turn, takeTurn } from './take-turn.ts';

/** Why a part that was signed is not sent. */
const NOT_SENT = 'not sent: an earlier part was not done';

/** All parts of a batch are signed at once: the one before it is at most so much older. */
const SIGNING_MS = 600_000;
const MAX_PARTS_LISTED = 10_000;
const BEST_EFFORT = 'best-effort';

/** The request id of a part; the first keeps the request's own. */
export function partRequestId(requestId: string, number: number): string {
  return number === 1 ? requestId : `${requestId}:${number}`;
}

/** Every transaction of the request that `first` began, in order; those never signed are left out. */
export function recordsOfRequest(
  ledger: Pick<Ledger, 'journal'>,
  first: TxRecord,
): readonly TxRecord[] {
  const { part, requestId } = first;
  if (part === undefined || requestId === undefined) return [first];
  const later = Array.from({ length: part.count - 1 }, (_, index) =>
    ledger.journal.findByRequestId(partRequestId(requestId, index + 2)),
  );
  return [first, ...later.filter((record) => record !== undefined)];
}

/** All signed parts of the batch that a part belongs to, itself among them, by their numbers. */
export function signedParts(
  ledger: Pick<Ledger, 'journal'>,
  { part, address, command, signed, createdAtMs, intent }: TxRecord,
): ReadonlyMap<number, TxRecord> {
  if (part === undefined || signed === undefined) return new Map();
  const asked = canonicalJson(intent);
  const firstNonce = signed.nonce - part.number;
  const parts = ledger.journal
    .list({ limit: MAX_PARTS_LISTED, createdSinceMs: createdAtMs - SIGNING_MS })
    .filter(
      (other) =>
        other.part?.count === part.count &&
        other.signed?.nonce === firstNonce + other.part.number &&
        other.address === address &&
        other.command === command &&
        canonicalJson(other.intent) === asked,
    );
  // Oldest first: of two with one number the newest is kept.
  return new Map([...parts].reverse().map((one) => [one.part?.number ?? 1, one]));
}

/** Whether a part must not be sent any more, because of what became of the one before it. */
export function mayNotFollow({ state, outcome }: TxRecord, { intent }: TxRecord): boolean {
  if (state === 'succeeded') return false;
  // In no block its nonce is not used, and no later one can be.
  return intent.mode !== BEST_EFFORT || outcome?.blockNumber === undefined;
}

/** What is sent in one transaction: a plan, its bytes, and which part of how many it is. */
export type AgreedPart = { readonly plan: TxPlan; readonly call: Uint8Array };

/**
 * The records, in order. Where a part fails and the batch was to be done as a whole, the parts
 * after it are not sent; the error says what was done. Otherwise as `sendSigned`.
 */
export async function signAndSendParts(
  agreed: Agreed,
  parts: readonly AgreedPart[],
  signer: Signer,
): Promise<readonly TxRecord[]> {
  const turn = await takeTurn(agreed.performance);
  try {
    const signed = await signAll(agreed, parts, signer);
    return await sendAll(agreed, parts, signed, turn);
  } finally {
    await turn.release();
  }
}

/** Sends what is signed, one after another; the turn ends when a node has the last. */
async function sendAll(
  agreed: Agreed,
  parts: readonly AgreedPart[],
  signed: Awaited<ReturnType<typeof signAll>>,
  turn: Turn,
): Promise<readonly TxRecord[]> {
  const { context, ledger, plan } = agreed.performance;
  const stopsAtFailure = plan.batch?.mode !== BEST_EFFORT;
  const records: TxRecord[] = [];
  let failure: unknown;
  for (const [index, one] of signed.entries()) {
    try {
      const { record, bytes } = one;
      const isLast = index === signed.length - 1;
      const sending = {
        ...agreed.performance,
        ...(isLast ? { onHandedOver: turn.release } : {}),
      };
      records.push(await sendSigned(sending, { id: record.id, bytes }));
    } catch (error) {
      failure ??= error;
      const record = ledger.journal.find(one.record.id);
      records.push(record);
      const { outcome } = record;
      // Undecided: what comes after it waits for tx resume too.
      if (outcome === undefined) break;
      // In no block its nonce is not used, and no later one can be.
      if (!stopsAtFailure && outcome.blockNumber !== undefined) continue;
      const later = signed.slice(index + 1).map((next) => next.record);
      closeUnsent({ context, ledger, records: later });
      break;
    }
  }
  if (failure === undefined) return records;
  throw parts.length === 1 ? failure : partlyDone(failure, records, parts.length);
}

/** Closes parts that were signed and are not to be sent any more. */
export function closeUnsent(closing: {
  readonly context: Performance['context'];
  readonly ledger: Ledger;
  readonly records: readonly TxRecord[];
}): void {
  const { context, ledger, records } = closing;
  for (const { id } of records) {
    closeRecord({ ledger, context, id, state: 'expired', failure: NOT_SENT });
  }
}

async function signAll(agreed: Agreed, parts: readonly AgreedPart[], signer: Signer) {
  const { performance } = agreed;
  const { context, ledger, choices } = performance;
  const signed: Awaited<ReturnType<typeof signNow>>[] = [];
  try {
    for (const [index, { plan, call }] of parts.entries()) {
      const number = index + 1;
      const first = signed[0]?.now.nonce;
      const own: Performance = {
        ...performance,
        plan,
        choices: {
          ...choices,
          nonce: first === undefined ? choices.nonce : first + index,
          requestId:
            choices.requestId === undefined ? undefined : partRequestId(choices.requestId, number),
        },
        ...(parts.length === 1 ? {} : { part: { number, count: parts.length } }),
      };
      signed.push(await signNow({ ...agreed, performance: own, call }, signer));
    }
  } catch (error) {
    closeUnsent({ context, ledger, records: signed.map(({ record }) => record) });
    throw error;
  }
  return signed;
}

function partlyDone(failure: unknown, records: readonly TxRecord[], count: number): unknown {
  if (!(failure instanceof TaoError)) return failure;
  const lines = records.map(
    ({ id, state, part }) => `Part ${part?.number ?? 1} of ${count}: ${state} (tao tx show ${id}).`,
  );
  const unsent = count - records.length;
  return withMore(failure, {
    details: [
      ...lines,
      ...(unsent === 0 ? [] : [`The other ${unsent} of ${count} parts were not sent.`]),
    ],
    data: { parts: records.map(({ id, state }) => ({ id, state })), partCount: count },
  });
}
