/**
 * The one path that moves funds: fee → gate → unlock → journal → sign → journal → submit → watch →
 * record. Nothing is decided here but whether to go on; the plan is already a value.
 */
import { buildParts } from '../chain/codecs/extrinsic.ts';
import type { AccountFacts } from '../chain/facts.ts';
import { readFee } from '../chain/fees.ts';
import { submitAndWatch } from '../chain/submit.ts';
import type { BlockView, Chain, Era, PayloadParts, TxOutcome } from '../chain/types.ts';
import { askConsent } from '../cli/consent.ts';
import type { Context } from '../cli/context.ts';
import type { TransactionOptions } from '../cli/option-groups.ts';
import { displayRao, formatRao } from '../domain/amount.ts';
import { canonicalJson } from '../domain/json-safe.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { Ledger, TxRecord } from '../ledger/types.ts';
import { assembleSigned, extrinsicHash, signingBytes } from '../signing/payload.ts';
import type { Account } from './account.ts';
import { observe } from './observe.ts';
import type { TxPlan } from './plan.ts';
import { recordOutcome, requireSuccess } from './record.ts';

/** Existential deposit: what an account must keep, in rao. */
const EXISTENTIAL_DEPOSIT_RAO = 500n;

export type Performance = {
  readonly context: Context;
  readonly chain: Chain;
  readonly view: BlockView;
  readonly ledger: Ledger;
  readonly account: Account;
  readonly accountFacts: AccountFacts;
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
  const { context, chain, plan, choices, account } = performance;
  const call = chain.runtime.encodeCall(plan.call);
  const feeRao = await estimateFee(performance, call);
  refuseUnaffordable(performance.accountFacts, plan, feeRao);
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
      ledger: performance.ledger,
      coldkeys: [account.address],
      source: 'observed',
    });
    const record = beginRecord(performance);
    const signed = await signCall({ performance, call, sign: signer.signPayload });
    performance.ledger.journal.recordSigned(record.id, {
      extrinsic: signed.hex,
      hash: signed.hash,
      nonce: signed.nonce,
      bornAtBlock: signed.bornAtBlock,
      expiresAtBlock: signed.expiresAtBlock,
      specVersion: chain.runtime.specVersion,
      signedAtMs: context.clock.nowMs(),
    });
    return { kind: 'done', record: await send(performance, record.id, signed.bytes) };
  } finally {
    signer.dispose();
  }
}

/** The rows of the consent screen and of --dry-run: network, account, plan, fee. */
export function planRows(
  performance: Pick<Performance, 'chain' | 'view' | 'account' | 'accountFacts' | 'plan'>,
  feeRao: bigint,
): TxPlan['rows'] {
  const { chain, view, account, accountFacts, plan } = performance;
  return [
    ['Network', `${chain.target.name}, block ${view.number}`],
    ['From', `${account.name} (${account.address})`],
    ['Balance', `${displayRao(accountFacts.freeRao)} TAO`],
    ...plan.rows,
    ['Fee', `${displayRao(feeRao, 9, 'up')} TAO`],
  ];
}

async function estimateFee(performance: Performance, call: Uint8Array): Promise<bigint> {
  const { chain, account, accountFacts } = performance;
  const parts = partsOf(performance, call, await eraOf(performance), accountFacts.nonce);
  return readFee({
    chain,
    blockHash: performance.view.hash,
    parts,
    address: account.address,
    tipRao: 0n,
  });
}

function refuseUnaffordable(facts: AccountFacts, plan: TxPlan, feeRao: bigint): void {
  const needed = plan.spendRao + feeRao + EXISTENTIAL_DEPOSIT_RAO;
  if (facts.freeRao >= needed || plan.spendRao === 0n) return;
  throw new TaoError('BALANCE_TOO_LOW', {
    message: `Couldn't plan it: ${formatRao(plan.spendRao)} TAO and the fee of ${formatRao(feeRao)} need ${formatRao(needed)} TAO, and ${formatRao(facts.freeRao)} is free.`,
    hint: `The most that can go is ${formatRao(facts.freeRao - feeRao - EXISTENTIAL_DEPOSIT_RAO)} TAO.`,
    data: { neededRao: needed.toString(), freeRao: facts.freeRao.toString() },
  });
}

function beginRecord(performance: Performance): TxRecord {
  const { context, ledger, plan, account, intent, choices } = performance;
  return ledger.journal.begin({
    id: newId(context),
    requestId: choices.requestId,
    command: plan.command,
    address: account.address,
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

async function signCall(signing: {
  readonly performance: Performance;
  readonly call: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}): Promise<Signed> {
  const { performance, call } = signing;
  const { chain, account, choices } = performance;
  // The consent may have taken minutes: era and nonce are of now, not of the plan.
  const [view, nonce] = await Promise.all([
    chain.at('best'),
    choices.nonce === undefined ? chain.nextNonce(account.address) : choices.nonce,
  ]);
  const era = await eraOf({ ...performance, view });
  const parts = partsOf(performance, call, era, nonce);
  const signature = await signing.sign(signingBytes(parts));
  const bytes = assembleSigned({
    publicKey: account.publicKey,
    scheme: account.scheme,
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
  performance: Performance,
  call: Uint8Array,
  era: Era,
  nonce: number,
): PayloadParts {
  return buildParts({
    runtime: performance.chain.runtime,
    genesisHash: performance.chain.genesisHash,
    call,
    era,
    nonce,
    tipRao: 0n,
  });
}

async function send(performance: Performance, id: string, bytes: Uint8Array): Promise<TxRecord> {
  const { context, chain, ledger, choices } = performance;
  const progress = context.streams.progress('Waiting for the chain');
  try {
    const outcome = await submitAndWatch({
      chain,
      extrinsic: bytes,
      waitFor: choices.wait,
      timeoutMs: choices.timeoutMs,
      clock: context.clock,
      signal: context.signal,
      onStatus: (status) => {
        if (status.kind === 'broadcast') ledger.journal.recordBroadcast(id);
        progress.update(status.kind === 'included' ? 'In a block' : 'Waiting for the chain');
      },
    });
    return await settle(performance, id, outcome);
  } finally {
    progress.stop();
  }
}

async function settle(performance: Performance, id: string, outcome: TxOutcome): Promise<TxRecord> {
  const { ledger, context } = performance;
  if (outcome.kind === 'unknown') {
    throw new TaoError('TX_OUTCOME_UNKNOWN', {
      message: `The transaction was sent, and what became of it is not known: ${outcome.reason}.`,
      details: ['Its signed bytes are in the journal. Do not repeat the command.'],
      hint: `Run tao tx resume ${id} to settle it.`,
      data: { id, reason: outcome.reason },
    });
  }
  if (outcome.kind === 'submitted') return ledger.journal.find(id);
  const record = recordOutcome({ ledger, context, id, outcome });
  if (outcome.kind === 'included') {
    await observe({
      view: await performance.chain.at(outcome.blockHash),
      ledger,
      coldkeys: [performance.account.address],
      source: 'transaction',
    });
  }
  return requireSuccess(record, outcome);
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
