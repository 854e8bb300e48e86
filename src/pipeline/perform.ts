/**
 * The one path that moves funds: fee → policy → gate → unlock → journal → sign → journal → submit →
 * watch → record. Nothing is decided here but whether to go on; the plan is already a value. It may
 * leave with the plan, with a file to be signed elsewhere, or with a signed file.
 */
import type { AccountFacts } from '../chain/facts.ts';
import type { Call } from '../chain/types.ts';
import { askConsent } from '../cli/consent.ts';
import type { Context } from '../cli/context.ts';
import { displayRao, formatRao } from '../domain/amount.ts';
import { canonicalJson } from '../domain/json-safe.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Ledger, TxRecord } from '../ledger/types.ts';
import { type ActedFor, actedForRows, refusePoorSigner } from './acting-as.ts';
import { observe } from './observe.ts';
import type { WrittenArtifact } from './offline/artifact-file.ts';
import { estimateFee, type FeeBasis } from './payload-parts.ts';
import type { TxPlan } from './plan.ts';
import { sendSigned } from './send-signed.ts';
import {
  type Agreed,
  readMetadataHash,
  refuseTakenPath,
  signNow,
  spendingBasis,
  writeSigned,
  writeUnsigned,
} from './sign-now.ts';
import { readSpending, refusalOf } from './spending/judge-spending.ts';

/** Existential deposit: what an account must keep, in rao. */
export const EXISTENTIAL_DEPOSIT_RAO = 500n;

/** `account` is who signs, and with `actedFor` not whose funds move. */
export type Performance = FeeBasis & {
  readonly context: Context;
  readonly ledger: Ledger;
  /** With --as: the account whose funds move; flows and the record are its own. */
  readonly actedFor?: ActedFor | undefined;
  readonly plan: TxPlan;
  /** What was asked, before the chain was looked at: the same request gives the same intent. */
  readonly intent: Readonly<Record<string, unknown>>;
};

/** Where the way was left before the chain. `refusal`: what the spending policy would say. */
export type EarlyExit =
  | { readonly kind: 'dry-run'; readonly refusal: TaoError | undefined }
  | { readonly kind: 'unsigned'; readonly file: WrittenArtifact }
  | { readonly kind: 'signed'; readonly file: WrittenArtifact; readonly record: TxRecord };

export type Performed =
  | { readonly kind: 'planned'; readonly feeRao: bigint; readonly exit: EarlyExit }
  | { readonly kind: 'done'; readonly record: TxRecord };

/**
 * Takes a plan through consent to the chain. POLICY_REFUSED, CONSENT_*, KEY_*, NETWORK_* (nothing
 * submitted), TX_REFUSED, TX_FAILED and the chain's own codes, TX_OUTCOME_UNKNOWN (use tx resume).
 */
export async function perform(performance: Performance): Promise<Performed> {
  const { context, chain, ledger, plan, choices } = performance;
  await refuseTakenPath(performance);
  const call = chain.runtime.encodeCall(plan.call);
  const [feeRao, spending] = await Promise.all([
    estimateFee(performance, call),
    readSpending({ ...spendingBasis(performance), call }),
  ]);
  requireSameCall(plan, spending.call);
  refuseUnaffordable(performance, feeRao);
  const rows = planRows(performance, feeRao);
  const refusal = refusalOf(spending, { journal: ledger.journal, nowMs: context.clock.nowMs() });
  if (choices.dryRun) return { kind: 'planned', feeRao, exit: { kind: 'dry-run', refusal } };

  const metadataHash = await readMetadataHash(performance, call);
  const agreed: Agreed = { performance, call, rows, metadataHash };
  if (choices.unsignedOut !== undefined) {
    const file = await writeUnsigned(agreed, choices.unsignedOut);
    return { kind: 'planned', feeRao, exit: { kind: 'unsigned', file } };
  }
  if (refusal !== undefined) throw refusal;
  await askConsent(context, {
    rows,
    warnings: plan.warnings,
    question: plan.question,
    confirm: choices.confirm,
    ...(plan.severe === undefined ? {} : { severe: plan.severe }),
  });
  return signAndSend(agreed, feeRao);
}

async function signAndSend(agreed: Agreed, feeRao: bigint): Promise<Performed> {
  const { context, chain, ledger, choices, account, actedFor, view } = agreed.performance;
  const signer = await account.unlock();
  try {
    throwIfInterrupted(context);
    const coldkeys = [actedFor?.address ?? account.address];
    await observe({ view, ledger, coldkeys, source: 'observed' });
    if (choices.signedOut !== undefined) {
      const exit = await writeSigned(agreed, signer, choices.signedOut);
      return { kind: 'planned', feeRao, exit };
    }
    const { record, bytes } = await signNow(agreed, signer);
    const sending = { context, chain, ledger, choices };
    return { kind: 'done', record: await sendSigned(sending, { id: record.id, bytes }) };
  } finally {
    signer.dispose();
  }
}

/** The rows of the consent screen and of --dry-run: network, account, plan, fee. */
export function planRows(
  performance: Pick<
    Performance,
    'chain' | 'view' | 'account' | 'accountFacts' | 'actedFor' | 'plan'
  >,
  feeRao: bigint,
): TxPlan['rows'] {
  const { chain, view, account, accountFacts, actedFor, plan } = performance;
  return [
    ['Network', `${chain.target.name}, block ${view.number}`],
    ['From', `${account.name} (${account.address})`],
    ['Balance', `${displayRao(accountFacts.freeRao)} TAO`],
    ...(actedFor === undefined ? [] : actedForRows(actedFor)),
    ...plan.rows,
    ['Fee', `${displayRao(feeRao, 9, 'up')} TAO`],
  ];
}

/** Metadata has two lists of calls: the bytes must mean by the one what was written by the other. */
function requireSameCall({ call }: TxPlan, decoded: Call): void {
  if (call.pallet === decoded.pallet && call.name === decoded.name) return;
  throw new TaoError('CHAIN_METADATA_UNUSABLE', {
    message: `Couldn't build the transaction: by this chain's metadata ${call.pallet}.${call.name} would be ${decoded.pallet}.${decoded.name}.`,
    hint: 'Do not trust this node. Choose another one with --network.',
  });
}

function refuseUnaffordable(performance: Performance, feeRao: bigint): void {
  const { accountFacts, actedFor, plan } = performance;
  if (actedFor === undefined) {
    refusePoor(accountFacts, plan, feeRao);
    return;
  }
  const isSigners = actedFor.feePayer === 'signer';
  refusePoor(actedFor.facts, plan, isSigners ? 0n : feeRao);
  refusePoorSigner(accountFacts, {
    feeRao: isSigners ? feeRao : 0n,
    depositRao: plan.signerDepositRao ?? 0n,
    keptRao: EXISTENTIAL_DEPOSIT_RAO,
  });
}

function refusePoor(facts: AccountFacts, plan: TxPlan, feeRao: bigint): void {
  const needed = plan.spendRao + feeRao + EXISTENTIAL_DEPOSIT_RAO;
  if (facts.freeRao >= needed || plan.spendRao === 0n) return;
  throw new TaoError('BALANCE_TOO_LOW', {
    message: `Couldn't plan it: ${formatRao(plan.spendRao)} TAO and the fee of ${formatRao(feeRao)} need ${formatRao(needed)} TAO, and ${formatRao(facts.freeRao)} is free.`,
    hint: `The most that can go is ${formatRao(facts.freeRao - feeRao - EXISTENTIAL_DEPOSIT_RAO)} TAO.`,
    data: { neededRao: needed.toString(), freeRao: facts.freeRao.toString() },
  });
}

function throwIfInterrupted(context: Context): void {
  if (!context.signal.aborted) return;
  throw new TaoError('INTERRUPTED', {
    message: 'Interrupted before anything was signed or sent.',
    hint: 'Nothing happened; run the command again when you are ready.',
  });
}

/** The same request gives the same text, whatever order its parts were given in. */
export function intentOf(
  parts: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return JSON.parse(canonicalJson(parts)) as Readonly<Record<string, unknown>>;
}
