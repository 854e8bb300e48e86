/** `tao multisig pending`: open approvals, who gave them, and the calls behind them. */
import type { CommandBody, View } from '../../cli/spec.ts';
import { displayRao, tao, taoJson } from '../../domain/amount.ts';
import { toJsonSafe } from '../../domain/json-safe.ts';
import type { OpenApproval } from '../../pipeline/acting-as-multisig.ts';
import type { InnerCall } from '../../pipeline/acting-as-proxy.ts';
import { callOf } from '../../pipeline/call-input.ts';
import { findApprovedCall, readOpenApprovals } from '../../pipeline/plan-multisig-facts.ts';
import { callRows } from '../../pipeline/plan-proxy-announcement.ts';
import type { Multisig } from '../../signing/multisig-book.ts';
import { readSavedMultisig } from './saved-multisig.ts';

type Pending = OpenApproval & { readonly inner: InnerCall | undefined };

export const multisigPending: CommandBody = {
  run: async (context, raw) => {
    const multisig = await readSavedMultisig(context, raw);
    const chain = await context.openChain();
    const view = await chain.at('best');
    const open = await readOpenApprovals(view, multisig.address);
    const pending: readonly Pending[] = await Promise.all(
      open.map(async (approval) => {
        const call = await findApprovedCall(chain, approval);
        return {
          ...approval,
          inner: call === undefined ? undefined : callOf(chain.runtime, call),
        };
      }),
    );
    return {
      data: {
        name: multisig.name,
        address: multisig.address,
        threshold: multisig.threshold,
        block: { number: view.number, hash: view.hash },
        pending: pending.map((one) => pendingData(one, multisig)),
      },
      view: () => renderPending(pending, multisig),
    };
  },
};

function pendingData(pending: Pending, { signatories }: Multisig) {
  const { inner, approvals } = pending;
  return {
    callHash: pending.callHash,
    call: inner === undefined ? null : `${inner.call.pallet}.${inner.call.name}`,
    arguments: inner === undefined ? null : toJsonSafe(inner.call.args),
    callData: inner?.hex ?? null,
    approvals,
    missing: signatories.filter((signatory) => !approvals.includes(signatory)),
    depositor: pending.depositor,
    deposit: taoJson(tao(pending.depositRao)),
    openedAt: pending.timepoint,
  };
}

function renderPending(pending: readonly Pending[], multisig: Multisig): View {
  if (pending.length === 0) {
    return [{ kind: 'hint', text: `Nothing is open for ${multisig.name}.` }];
  }
  return [
    ...pending.map((one) => ({ kind: 'rows', rows: pendingRows(one, multisig) }) as const),
    { kind: 'hint', text: `tao multisig approve ${multisig.name} adds an approval.` },
  ];
}

function pendingRows(pending: Pending, { threshold, signatories }: Multisig) {
  const { inner, callHash, approvals, timepoint } = pending;
  const known = inner === undefined ? ([['Call hash', callHash]] as const) : callRows(inner);
  return [
    ...known,
    ['Opened', `block ${timepoint.height}, extrinsic ${timepoint.index}`] as const,
    ['Deposit', `${displayRao(pending.depositRao, 9)} TAO of ${pending.depositor}`] as const,
    ['Approvals', `${approvals.length} of ${threshold}`] as const,
    ...signatories.map(
      (signatory) =>
        [approvals.includes(signatory) ? 'Approved by' : 'Not yet', signatory] as const,
    ),
  ];
}
