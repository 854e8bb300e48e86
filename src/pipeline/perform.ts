/**
 * The one path that moves funds: fee → gate → unlock → journal → sign → journal → submit → watch →
 * record. Nothing is decided here but whether to go on; the plan is already a value.
 */
import { buildParts } from '../chain/codecs/extrinsic.ts';
import type { AccountFacts } from '../chain/facts.ts';
import { readFee } from '../chain/fees.ts';
import type { BlockView, Call, Chain, Era, PayloadParts } from '../chain/types.ts';
import { askConsent } from '../cli/consent.ts';
import type { Context } from '../cli/context.ts';
import type { TransactionOptions } from '../cli/option-groups.ts';
import { displayRao, formatRao } from '../domain/amount.ts';
import { canonicalJson } from '../domain/json-safe.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Ledger, TxRecord } from '../ledger/types.ts';
import { assembleSigned, extrinsicHash, signingBytes } from '../signing/payload.ts';
import type { Signer } from '../signing/types.ts';
import type { Account } from './account.ts';
import { type ActedFor, actedForRows, refusePoorSigner } from './acting-as.ts';
import { observe } from './observe.ts';
import type { TxPlan } from './plan.ts';
import { closeRecord } from './record.ts';
import { sendSigned } from './send-signed.ts';

/** Existential deposit: what an account must keep, in rao. */
export const EXISTENTIAL_DEPOSIT_RAO = 500n;

export type Performance = {
  readonly context: Context;
  readonly chain: Chain;
  readonly view: BlockView;
  readonly ledger: Ledger;
  /** Who signs, and with `actedFor` not whose funds move. */
  readonly account: Account;
  readonly accountFacts: AccountFacts;
  /** With --as: the account whose funds move; flows and the record are its own. */
  readonly actedFor?: ActedFor | undefined;
  readonly plan: TxPlan;
  /** What was asked, before the chain was looked at: the same request gives the same intent. */
  readonly intent: Readonly<Record<string, unknown>>;
  readonly choices: TransactionOptions;
};

export type Performed =
  | { readonly kind: 'planned'; readonly feeRao: bigint }
  | { readonly kind: 'done'; readonly record: TxRecord };

/**
 * Takes a plan through consent to the chain. CONSENT_*, KEY_*, NETWORK_* (nothing submitted),
 * TX_REFUSED, TX_FAILED and the chain's own codes, TX_OUTCOME_UNKNOWN (use tx resume).
 */
export async function perform(performance: Performance): Promise<Performed> {
  const { context, chain, ledger, plan, choices, account } = performance;
  const call = chain.runtime.encodeCall(plan.call);
  const feeRao = await estimateFee(performance, call);
  refuseUnaffordable(performance, feeRao);
  const rows = planRows(performance, feeRao);
  if (choices.dryRun) return { kind: 'planned', feeRao };

  await askConsent(context, {
    rows,
    warnings: plan.warnings,
    question: plan.question,
    confirm: choices.confirm,
    ...(plan.severe === undefined ? {} : { severe: plan.severe }),
  });
  const signer = await account.unlock();
  try {
    throwIfInterrupted(context);
    await observe({
      view: performance.view,
      ledger,
      coldkeys: [performance.actedFor?.address ?? account.address],
      source: 'observed',
    });
    const { id } = beginRecord(performance);
    const signed = await signOrAbandon({ performance, id, call, signer });
    ledger.journal.recordSigned(id, {
      extrinsic: signed.hex,
      hash: signed.hash,
      nonce: signed.nonce,
      bornAtBlock: signed.bornAtBlock,
      expiresAtBlock: signed.expiresAtBlock,
      specVersion: chain.runtime.specVersion,
      signedAtMs: context.clock.nowMs(),
    });
    const record = await sendSigned(
      { context, chain, ledger, choices },
      { id, bytes: signed.bytes },
    );
    return { kind: 'done', record };
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

/** What a fee depends on beside the call: all of it is known before there is a plan. */
export type FeeBasis = Pick<Performance, 'chain' | 'view' | 'account' | 'accountFacts' | 'choices'>;

/** The fee in rao of a call that is not yet in a plan: for plans whose amount depends on it. */
export async function quoteFee(basis: FeeBasis, call: Call): Promise<bigint> {
  return estimateFee(basis, basis.chain.runtime.encodeCall(call));
}

async function estimateFee(basis: FeeBasis, call: Uint8Array): Promise<bigint> {
  const { chain, account, accountFacts } = basis;
  const parts = partsOf(basis, call, await eraOf(basis), accountFacts.nonce);
  return readFee({
    chain,
    blockHash: basis.view.hash,
    parts,
    address: account.address,
    tipRao: 0n,
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

function beginRecord(performance: Performance): TxRecord {
  const { context, ledger, plan, account, actedFor, intent, choices } = performance;
  return ledger.journal.begin({
    id: newId(context),
    requestId: choices.requestId,
    command: plan.command,
    address: actedFor?.address ?? account.address,
    intent,
    summary: plan.summary,
    createdAtMs: context.clock.nowMs(),
  }).record;
}

/** 16 hex digits: short enough to type, long enough never to meet another. */
function newId(context: Context): string {
  return Buffer.from(context.random.bytes(8)).toString('hex');
}

type Signed = {
  readonly bytes: Uint8Array;
  readonly hex: string;
  readonly hash: string;
  readonly nonce: number;
  readonly bornAtBlock: number;
  readonly expiresAtBlock: number | undefined;
};

type Signing = {
  readonly performance: Performance;
  readonly id: string;
  readonly call: Uint8Array;
  readonly signer: Signer;
};

/** A failure before there are bytes closes the record: nothing of it can ever be sent. */
async function signOrAbandon(signing: Signing): Promise<Signed> {
  const { performance, id } = signing;
  try {
    return await signCall(signing);
  } catch (error) {
    closeRecord({ ...performance, id, state: 'abandoned', failure: 'not signed' });
    throw error;
  }
}

async function signCall(signing: Signing): Promise<Signed> {
  const { performance, call, signer } = signing;
  const { chain, account, choices } = performance;
  // The consent may have taken minutes: era and nonce are of now, not of the plan.
  const [view, nonce] = await Promise.all([
    chain.at('best'),
    choices.nonce === undefined ? chain.nextNonce(account.address) : choices.nonce,
  ]);
  refuseUpgraded(chain, view);
  const era = await eraOf({ ...performance, view });
  const parts = partsOf(performance, call, era, nonce);
  const signature = await signer.signPayload(signingBytes(parts));
  const bytes = assembleSigned({
    publicKey: signer.publicKey,
    scheme: signer.scheme,
    signature,
    extra: parts.extra,
    call,
  });
  return {
    bytes,
    hex: `0x${Buffer.from(bytes).toString('hex')}`,
    hash: extrinsicHash(bytes),
    nonce,
    bornAtBlock: era.kind === 'mortal' ? era.birthNumber : view.number,
    expiresAtBlock: era.kind === 'mortal' ? era.birthNumber + era.period : undefined,
  };
}

/** The call's bytes are of the runtime that was planned with; another one may read them otherwise. */
function refuseUpgraded(chain: Chain, view: BlockView): void {
  if (view.runtime.specVersion === chain.runtime.specVersion) return;
  throw new TaoError('PLAN_STALE', {
    message: `Couldn't sign: the chain changed its runtime from ${chain.runtime.specVersion} to ${view.runtime.specVersion} since the plan.`,
    hint: 'Run the command again: nothing was signed.',
    data: { planned: chain.runtime.specVersion, now: view.runtime.specVersion },
  });
}

async function eraOf(performance: Pick<Performance, 'view' | 'choices'>): Promise<Era> {
  const { view, choices } = performance;
  if (choices.eraBlocks === 0) return { kind: 'immortal' };
  return {
    kind: 'mortal',
    period: choices.eraBlocks,
    birthNumber: view.number,
    birthHash: view.hash,
  };
}

function partsOf(
  { chain }: Pick<Performance, 'chain'>,
  call: Uint8Array,
  era: Era,
  nonce: number,
): PayloadParts {
  return buildParts({
    runtime: chain.runtime,
    genesisHash: chain.genesisHash,
    call,
    era,
    nonce,
    tipRao: 0n,
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
