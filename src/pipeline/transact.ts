/**
 * One command that moves funds, from its request to its record: opens chain and ledger, honours the
 * request id, reads facts at one block, plans and performs.
 */
import type { AccountFacts } from '../chain/facts.ts';
import { readAccount } from '../chain/queries/read-accounts.ts';
import type { BlockView, Call, Chain } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import type { TransactionOptions } from '../cli/option-groups.ts';
import { canonicalJson } from '../domain/json-safe.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxRecord } from '../ledger/types.ts';
import type { Account } from './account.ts';
import { actingIntent, signerAccount } from './acting-as.ts';
import { feeOfActedFor, readActing } from './acting-as-facts.ts';
import { type CountedRecord, countApprovals } from './acting-as-record.ts';
import { withCarrier } from './carried.ts';
import { explainPriceRefusal } from './explain-price.ts';
import { type FeeBasis, quoteFee } from './payload-parts.ts';
import { intentOf, type Performance, type Performed, perform } from './perform.ts';
import { recordsOfRequest } from './perform-parts.ts';
import type { TxPlan } from './plan.ts';
import { recordedFailure } from './record.ts';
import { refuseColdkeySwap } from './refuse-coldkey-swap.ts';
import { isHeldBack, isSettled, resumeTransaction } from './resume.ts';

export type Transaction = {
  readonly command: string;
  readonly account: Account;
  readonly choices: TransactionOptions;
  /** What was asked, in the user's terms: no figure of the chain's. */
  readonly request: Readonly<Record<string, unknown>>;
  /** Reads the facts at one block and decides. */
  readonly plan: (view: BlockView, account: AccountFacts, feeOf: FeeOf) => Promise<TxPlan>;
};

/** Asks the runtime for the fee of a call in rao, at the plan's block. */
export type FeeOf = (call: Call) => Promise<bigint>;

/** What was left early; `held`: a request id whose transaction is signed in a file, and not sent. */
export type Left =
  | ({ readonly plan: TxPlan } & Omit<Extract<Performed, { kind: 'planned' }>, 'kind'>)
  | { readonly exit: { readonly kind: 'held'; readonly record: TxRecord } };

export type Transacted =
  | ({ readonly kind: 'planned' } & Left)
  | {
      readonly kind: 'done';
      /** The only transaction, or the first of several. */
      readonly record: CountedRecord;
      /** All of them, in order: several where one could not hold the batch. */
      readonly records: readonly CountedRecord[];
      readonly isRepeat: boolean;
    };

export async function transact(context: Context, transaction: Transaction): Promise<Transacted> {
  const { account, choices } = transaction;
  const chain = await context.openChain();
  const ledger = await context.openLedger(chain.genesisHash);
  const asked = { ...transaction.request, from: account.address, ...actingIntent(account) };
  const intent = intentOf(asked);
  const pinned = await chain.at('best');

  const earlier = findEarlier(transaction, intent, ledger);
  if (earlier !== undefined && isHeldBack(earlier)) {
    return { kind: 'planned', exit: { kind: 'held', record: earlier } };
  }
  if (earlier !== undefined && earlier.state !== 'planned') {
    const { wait: waitFor, timeoutMs } = choices;
    const records: TxRecord[] = [];
    for (const record of recordsOfRequest(ledger, earlier)) {
      const resumption = { context, chain, ledger, record, waitFor, timeoutMs };
      const settled = isSettled(record) ? record : await resumeTransaction(resumption);
      records.push(withCarrier(ledger, settled));
    }
    const failures = records.map(recordedFailure).filter((failure) => failure !== undefined);
    if (failures[0] !== undefined) throw failures[0];
    return doneWith(records, true);
  }

  const planned = await planFor(transaction, chain, pinned);
  const performance: Performance = { ...planned, context, ledger, intent };
  const performed = await performOrExplain(performance);
  if (performed.kind === 'done') {
    return doneWith(
      await Promise.all(performed.records.map((record) => countApprovals(chain, record))),
      false,
    );
  }
  return { ...performed, plan: planned.plan };
}

/** A price limit that the chain refused is told with the price of now. */
async function performOrExplain(performance: Performance): Promise<Performed> {
  try {
    return await perform(performance);
  } catch (error) {
    throw await explainPriceRefusal(error, performance.chain, performance.plan);
  }
}

function doneWith(records: readonly CountedRecord[], isRepeat: boolean): Transacted {
  const [record] = records;
  if (record === undefined) throw new TypeError('A request without a transaction.');
  return { kind: 'done', record, records, isRepeat };
}

type Planned = FeeBasis & Pick<Performance, 'plan' | 'actedFor'>;

/** Plans for the account whose funds move; with --as the plan is then wrapped for who signs. */
async function planFor(
  { account, choices, plan }: Transaction,
  chain: Chain,
  view: BlockView,
): Promise<Planned> {
  const { acting } = account;
  if (acting === undefined) {
    const [accountFacts] = await Promise.all([
      readAccount(view, account.address),
      refuseColdkeySwap(view, account.address),
    ]);
    const basis: FeeBasis = { chain, view, account, accountFacts, choices };
    return { ...basis, plan: await plan(view, accountFacts, (call) => quoteFees(basis, call)) };
  }
  const signer = signerAccount(account);
  const [through] = await Promise.all([
    readActing(chain, view, { ...account, acting }),
    refuseColdkeySwap(view, signer.address),
  ]);
  const { actedFor, signerFacts } = through;
  const basis: FeeBasis = { chain, view, account: signer, accountFacts: signerFacts, choices };
  const own = await plan(view, actedFor.facts, (call) =>
    feeOfActedFor(through, call, (wrapped) => quoteFees(basis, wrapped)),
  );
  return { ...basis, actedFor, plan: await through.wrap(own) };
}

/** All that sending the call costs: with --shield its carrier's fee too, so that `all` is payable. */
async function quoteFees(basis: FeeBasis, call: Call): Promise<bigint> {
  const ownRao = await quoteFee(basis, call);
  if (basis.choices.shield === 'off') return ownRao;
  const { planShield } = await import('./plan-shield.ts');
  const { feeRao } = await planShield(basis, [basis.chain.runtime.encodeCall(call)]);
  return ownRao + feeRao;
}

/** The record of this request id, or REQUEST_ID_REUSED when it belongs to another intent. */
function findEarlier(
  transaction: Transaction,
  intent: Readonly<Record<string, unknown>>,
  ledger: Performance['ledger'],
): TxRecord | undefined {
  const { requestId } = transaction.choices;
  if (requestId === undefined) return undefined;
  const earlier = ledger.journal.findByRequestId(requestId);
  if (earlier === undefined) return undefined;
  const isSame =
    earlier.command === transaction.command &&
    canonicalJson(earlier.intent) === canonicalJson(intent);
  if (isSame) return earlier;
  throw new TaoError('REQUEST_ID_REUSED', {
    message: `Couldn't use the request id "${requestId}": it belongs to another request.`,
    details: [`It was: ${earlier.summary}.`],
    hint: `Run tao tx show ${earlier.id} to see it, or choose a new --request-id.`,
    data: { requestId, id: earlier.id },
  });
}
