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
import type { Ledger, SpendingMark, TxRecord } from '../ledger/types.ts';
import { type ActedFor, actedForRows, refusePoorSigner } from './acting-as.ts';
import { type Fees, feeRows } from './carried.ts';
import { TOGETHER } from './combine-plans.ts';
import { observe } from './observe.ts';
import type { WrittenArtifact } from './offline/artifact-file.ts';
import { estimateFee, type FeeBasis } from './payload-parts.ts';
import { type AgreedPart, signAndSendParts } from './perform-parts.ts';
import type { TxPlan } from './plan.ts';
import { IN_THE_OPEN, type ShieldPlan } from './shield-types.ts';
import {
  type Agreed,
  readMetadataHash,
  refuseTakenPath,
  spendingBasis,
  writeSigned,
  writeUnsigned,
} from './sign-now.ts';
import { readSpending, refusalOf } from './spending/judge-spending.ts';
import { splitForChain } from './split-plan.ts';

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
  /** Set where the plan is one of several transactions. */
  readonly part?: SpendingMark['part'];
  /** Its bytes go out sealed in another transaction only. */
  readonly isShielded?: boolean;
};

/** Where the way was left before the chain. `refusal`: what the spending policy would say. */
export type EarlyExit =
  | { readonly kind: 'dry-run'; readonly refusal: TaoError | undefined }
  | { readonly kind: 'unsigned'; readonly file: WrittenArtifact }
  | { readonly kind: 'signed'; readonly file: WrittenArtifact; readonly record: TxRecord };

export type Performed =
  | {
      readonly kind: 'planned';
      /** All fees; with --shield `carrierFeeRao` of them is the carrier's. */
      readonly feeRao: bigint;
      readonly carrierFeeRao: bigint | undefined;
      /** Beside those of the plan. */
      readonly warnings: readonly string[];
      /** Those of the consent screen. */
      readonly rows: TxPlan['rows'];
      readonly exit: EarlyExit;
    }
  /** Several only where one transaction could not hold the batch. */
  | { readonly kind: 'done'; readonly records: readonly TxRecord[] };

/**
 * Takes a plan through consent to the chain. POLICY_REFUSED, CONSENT_*, KEY_*, NETWORK_* (nothing
 * submitted), TX_REFUSED, TX_FAILED and the chain's own codes, TX_OUTCOME_UNKNOWN (use tx resume).
 */
export async function perform(performance: Performance): Promise<Performed> {
  const { context, chain, ledger, plan, choices } = performance;
  await refuseTakenPath(performance);
  const call = chain.runtime.encodeCall(plan.call);
  const parts = await readParts(performance, call);
  const [fees, spending, shield] = await Promise.all([
    Promise.all(parts.map((part) => estimateFee(performance, part.call))),
    readSpending({ ...spendingBasis(performance), call }),
    shieldOf(performance, parts),
  ]);
  requireSameCall(plan, spending.call);
  const ownRao = fees.reduce((sum, fee) => sum + fee, 0n);
  const carrierRao = shield.isShielded ? shield.feeRao : undefined;
  const feeRao = ownRao + shield.feeRao;
  refuseUnaffordable(performance, feeRao);
  const planned = [...planRows(performance, { ownRao, carrierRao }), ...shield.rows];
  const rows = partRows(performance, parts, planned);
  const refusal = refusalOf(spending, { journal: ledger.journal, nowMs: context.clock.nowMs() });
  const { warnings } = shield;
  const left = { kind: 'planned', feeRao, carrierFeeRao: carrierRao, warnings, rows } as const;
  if (choices.dryRun) return { ...left, exit: { kind: 'dry-run', refusal } };

  const metadataHash = await readMetadataHash(performance, call);
  const agreed: Agreed = { performance, call, rows, metadataHash };
  if (choices.unsignedOut !== undefined) {
    const file = await writeUnsigned(agreed, choices.unsignedOut);
    return { ...left, exit: { kind: 'unsigned', file } };
  }
  if (refusal !== undefined) throw refusal;
  await askConsent(context, {
    rows,
    warnings: [...plan.warnings, ...warnings],
    question: plan.question,
    confirm: choices.confirm,
    ...(plan.severe === undefined ? {} : { severe: plan.severe }),
  });
  const done = await signAndSend(agreed, { parts, isShielded: shield.isShielded });
  return done.kind === 'done' ? done : { ...left, exit: done };
}

/** What sealing needs is loaded only where it is asked for. */
async function shieldOf(
  performance: Performance,
  parts: readonly AgreedPart[],
): Promise<ShieldPlan> {
  if (performance.choices.shield === 'off') return IN_THE_OPEN;
  const { planShield } = await import('./plan-shield.ts');
  return planShield(
    performance,
    parts.map((part) => part.call),
  );
}

/** The plan, or what it is split into; files hold one transaction. USAGE_CONFLICT. */
async function readParts(
  performance: Performance,
  call: Uint8Array,
): Promise<readonly AgreedPart[]> {
  const { chain, view, account, plan, choices } = performance;
  const plans = await splitForChain({ chain, view, signer: account.address, plan });
  if (plans.length === 1) return [{ plan, call }];
  if (choices.unsignedOut !== undefined || choices.signedOut !== undefined) {
    throw new TaoError('USAGE_CONFLICT', {
      message: `Couldn't write one file: this takes ${plans.length} transactions on this chain.`,
      hint: 'Ask for less at a time, or leave the file out.',
      data: { transactions: plans.length },
    });
  }
  return plans.map((part) => ({ plan: part, call: chain.runtime.encodeCall(part.call) }));
}

/** The rows as they are, or with how the parts belong together in the place of the whole. */
function partRows(
  { plan }: Performance,
  parts: readonly AgreedPart[],
  rows: TxPlan['rows'],
): TxPlan['rows'] {
  if (parts.length === 1) return rows;
  const count = `${parts.length} transactions, one after another: one does not hold it`;
  const rule =
    plan.batch?.mode === 'best-effort'
      ? 'what the chain refuses is left out'
      : 'each all or nothing; after one that fails the others are not sent';
  return [...rows.filter(([label]) => label !== TOGETHER), ['Split into', `${count}; ${rule}`]];
}

async function signAndSend(
  agreed: Agreed,
  how: { readonly parts: readonly AgreedPart[]; readonly isShielded: boolean },
): Promise<EarlyExit | Extract<Performed, { kind: 'done' }>> {
  const { parts, isShielded } = how;
  const { context, ledger, choices, account, actedFor, view } = agreed.performance;
  const signer = await account.unlock();
  try {
    throwIfInterrupted(context);
    const coldkeys = [actedFor?.address ?? account.address];
    await observe({ view, ledger, coldkeys, source: 'observed' });
    if (choices.signedOut !== undefined) {
      return await writeSigned(agreed, signer, choices.signedOut);
    }
    if (isShielded) {
      const { signAndSendShielded } = await import('./send-shielded.ts');
      return { kind: 'done', records: [await signAndSendShielded(agreed, signer)] };
    }
    return { kind: 'done', records: await signAndSendParts(agreed, parts, signer) };
  } finally {
    signer.dispose();
  }
}

/** The rows of the consent screen and of --dry-run: network, account, plan, fee. */
function planRows(
  performance: Pick<
    Performance,
    'chain' | 'view' | 'account' | 'accountFacts' | 'actedFor' | 'plan'
  >,
  fees: Fees,
): TxPlan['rows'] {
  const { chain, view, account, accountFacts, actedFor, plan } = performance;
  return [
    ['Network', `${chain.target.name}, block ${view.number}`],
    ['From', `${account.name} (${account.address})`],
    ['Balance', `${displayRao(accountFacts.freeRao)} TAO`],
    ...(actedFor === undefined ? [] : actedForRows(actedFor)),
    ...plan.rows,
    ...feeRows(fees),
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

/** Chain rule: a call that sells stake may pay its fee in alpha; inside a batch it may not. */
function refusePoor(facts: AccountFacts, plan: TxPlan, feeRao: bigint): void {
  const needed = plan.spendRao + feeRao + EXISTENTIAL_DEPOSIT_RAO;
  const mayPayInAlpha = plan.spendRao === 0n && plan.batch === undefined;
  if (facts.freeRao >= needed || mayPayInAlpha) return;
  throw new TaoError('BALANCE_TOO_LOW', {
    message: `Couldn't pay for it: ${formatRao(plan.spendRao)} TAO and the fee of ${formatRao(feeRao)} need ${formatRao(needed)} TAO, and ${formatRao(facts.freeRao)} is free.`,
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
