/** Wraps a plan into one signatory's approval of a multisig: the first opens it, the last runs it. Pure. */
import { displayRao } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import { type Multisig, otherSignatories } from '../signing/multisig-book.ts';
import type { NamedAccount } from './acting-as.ts';
import type { InnerCall } from './acting-as-proxy.ts';
import type { TxPlan } from './plan.ts';

/** A call that some signatories have approved, and not enough yet. */
export type OpenApproval = {
  readonly callHash: string;
  /** Where the first approval is: block and index of its extrinsic. */
  readonly timepoint: { readonly height: number; readonly index: number };
  readonly depositRao: bigint;
  readonly depositor: string;
  readonly approvals: readonly string[];
};

/** Most computation the last approval may use. */
export type Weight = { readonly ref_time: bigint; readonly proof_size: bigint };

export type ApprovalFacts = {
  readonly multisig: Multisig;
  readonly signer: NamedAccount;
  /** Every open approval of the multisig. */
  readonly open: readonly OpenApproval[];
  readonly maxWeight: Weight;
  /** What the first approval reserves from its signer, in rao. */
  readonly depositRao: bigint;
};

/** MULTISIG_NOT_SIGNATORY, MULTISIG_APPROVED_ALREADY. */
export function wrapInMultisig(plan: TxPlan, facts: ApprovalFacts, inner: InnerCall): TxPlan {
  const { multisig, signer, open } = facts;
  requireSignatory(multisig, signer);
  const { threshold } = multisig;
  const before = open.find(({ callHash }) => callHash === inner.hash);
  const given = before?.approvals.length ?? 0;
  const hasApproved = before?.approvals.includes(signer.address) === true;
  if (hasApproved && given < threshold) throw approvedAlready(facts, inner.hash);
  const approval = Math.min(given + 1, threshold);
  const isLast = approval === threshold;
  const isFirst = before === undefined && threshold > 1;
  const step = `approval ${approval} of ${threshold} of ${multisig.name}`;
  return {
    ...plan,
    summary: `${plan.summary}: ${step}`,
    question: isLast
      ? plan.question
      : `Give approval ${approval} of ${threshold} to ${lowered(plan.question)}`,
    call: approvalCall(facts, inner, before),
    rows: [
      ['Approval', `${approval} of ${threshold}, ${isLast ? 'which executes it' : 'more needed'}`],
      ...(isFirst ? [['Deposit', depositText(facts.depositRao)] as const] : []),
      ...plan.rows,
    ],
    warnings: [...plan.warnings, ...otherCallWarnings(facts, isFirst)],
    signerDepositRao: isFirst ? facts.depositRao : 0n,
    data: {
      ...plan.data,
      as: {
        kind: 'multisig',
        account: multisig.address,
        signer: signer.address,
        call: `${inner.call.pallet}.${inner.call.name}`,
        callData: inner.hex,
        callHash: inner.hash,
      },
      approval: {
        number: approval,
        threshold,
        executes: isLast,
        depositRao: isFirst ? facts.depositRao.toString() : '0',
      },
    },
  };
}

/** `Send 3 TAO?` in the middle of a sentence. */
function lowered(question: string): string {
  return question.charAt(0).toLowerCase() + question.slice(1);
}

/** MULTISIG_NOT_SIGNATORY. */
export function requireSignatory(multisig: Multisig, signer: NamedAccount): void {
  if (multisig.signatories.includes(signer.address)) return;
  throw new TaoError('MULTISIG_NOT_SIGNATORY', {
    message: `Couldn't act as "${multisig.name}": ${signer.address} is none of its signatories.`,
    details: multisig.signatories.map((signatory) => `Signatory ${signatory}`),
    hint: 'Use the wallet of a signatory with --wallet.',
    data: { multisig: multisig.address, signer: signer.address },
  });
}

function approvalCall(
  { multisig, signer, maxWeight }: ApprovalFacts,
  { call }: InnerCall,
  before: OpenApproval | undefined,
): TxPlan['call'] {
  const others = otherSignatories(multisig, signer.address);
  if (multisig.threshold === 1) {
    return {
      pallet: 'Multisig',
      name: 'as_multi_threshold_1',
      args: { other_signatories: others, call },
    };
  }
  // The whole call, also before the last approval: so the other signatories can read it on chain.
  return {
    pallet: 'Multisig',
    name: 'as_multi',
    args: {
      threshold: multisig.threshold,
      other_signatories: others,
      maybe_timepoint: before?.timepoint,
      call,
      max_weight: maxWeight,
    },
  };
}

function depositText(depositRao: bigint): string {
  return `${displayRao(depositRao, 9, 'up')} TAO of the signer, until it is executed or cancelled`;
}

/** A trade's limit follows the price, so a second plan of it is another call with another hash. */
function otherCallWarnings({ open, multisig }: ApprovalFacts, isFirst: boolean): readonly string[] {
  if (!isFirst || open.length === 0) return [];
  const word = open.length === 1 ? 'approval of another call' : 'approvals of other calls';
  return [
    `This starts a new call; ${open.length} open ${word} can be joined with tao multisig approve ${multisig.name}.`,
  ];
}

function approvedAlready({ multisig, signer }: ApprovalFacts, callHash: string): TaoError {
  return new TaoError('MULTISIG_APPROVED_ALREADY', {
    message: `Couldn't approve it again: ${signer.address} has approved this call already.`,
    hint: `Run tao multisig pending ${multisig.name} to see who has not.`,
    data: { multisig: multisig.address, signer: signer.address, callHash },
  });
}
