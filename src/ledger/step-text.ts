/** Journal steps as stored text, and back. The text is what the checksum covers. */
import { canonicalJson } from '../domain/json-safe.ts';
import type { TxStep } from './fold-steps.ts';
import type { Intent, RecordedOutcome, SignedBytes, StakeFlow } from './types.ts';

/** Version of the payload texts below; stored in each. */
const PAYLOAD_VERSION = 1;

/** The name a step is stored under. */
export function stepKind(step: TxStep): string {
  return step.kind === 'settled' ? step.outcome.state : step.kind;
}

/** Writes a step's payload: canonical JSON, amounts as strings. */
export function formatStep(step: TxStep): string {
  return canonicalJson({ version: PAYLOAD_VERSION, ...stepBody(step) });
}

function stepBody(step: TxStep): Record<string, unknown> {
  if (step.kind === 'planned') return { intent: step.intent };
  if (step.kind === 'signed') return { signed: step.signed };
  if (step.kind === 'settled') return { outcome: step.outcome };
  return {};
}

/** Reads a stored payload back. The caller has checked its checksum, so its shape is ours. */
export function parseStep(row: {
  readonly kind: string;
  readonly atMs: number;
  readonly payload: string;
}): TxStep {
  const { kind, atMs } = row;
  const payload = JSON.parse(row.payload) as Record<string, unknown>;
  if (payload.version !== PAYLOAD_VERSION) {
    throw new TypeError(`A journal payload of version ${String(payload.version)}.`);
  }
  if (kind === 'planned') return { kind, atMs, intent: parseIntent(payload.intent) };
  if (kind === 'signed') return { kind, atMs, signed: parseSigned(payload.signed) };
  if (kind === 'broadcast') return { kind, atMs };
  return { kind: 'settled', atMs, outcome: parseOutcome(payload.outcome) };
}

function parseIntent(stored: unknown): Intent {
  const { movesRao, ...intent } = stored as Omit<Intent, 'movesRao'> & { movesRao?: string };
  return {
    ...intent,
    requestId: intent.requestId ?? undefined,
    ...(movesRao === undefined ? {} : { movesRao: BigInt(movesRao) }),
  };
}

function parseSigned(stored: unknown): SignedBytes {
  const signed = stored as SignedBytes;
  return { ...signed, expiresAtBlock: signed.expiresAtBlock ?? undefined };
}

type StoredFlow = Omit<StakeFlow, 'alphaRao' | 'taoRao'> & {
  readonly alphaRao: string;
  readonly taoRao: string;
};

function parseOutcome(stored: unknown): RecordedOutcome {
  const outcome = stored as Omit<RecordedOutcome, 'feeRao' | 'flows'> & {
    readonly feeRao?: string;
    readonly flows: readonly StoredFlow[];
  };
  return {
    state: outcome.state,
    atMs: outcome.atMs,
    blockNumber: outcome.blockNumber ?? undefined,
    blockHash: outcome.blockHash ?? undefined,
    blockTimeMs: outcome.blockTimeMs ?? undefined,
    finalized: outcome.finalized,
    feeRao: outcome.feeRao === undefined ? undefined : BigInt(outcome.feeRao),
    failure: outcome.failure ?? undefined,
    events: outcome.events,
    flows: outcome.flows.map((flow) => ({
      ...flow,
      alphaRao: BigInt(flow.alphaRao),
      taoRao: BigInt(flow.taoRao),
    })),
  };
}
