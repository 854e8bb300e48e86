/** Plans cancelling an open approval, and picks the one a command means: pure. */
import { displayRao, tao, taoJson } from '../domain/amount.ts';
import { TaoError } from '../errors/tao-error.ts';
import { type Multisig, otherSignatories } from '../signing/multisig-book.ts';
import type { NamedAccount } from './acting-as.ts';
import { type OpenApproval, requireSignatory } from './acting-as-multisig.ts';
import type { TxPlan } from './plan.ts';

/** Only who opened it may cancel. MULTISIG_NOT_SIGNATORY, MULTISIG_NOTHING_OPEN. */
export function planCancel(
  multisig: Multisig,
  signer: NamedAccount,
  approval: OpenApproval,
): TxPlan {
  requireSignatory(multisig, signer);
  if (approval.depositor !== signer.address) throw notDepositor(multisig, approval);
  const { callHash, timepoint, depositRao } = approval;
  return {
    command: 'multisig.cancel',
    summary: `Cancel the call ${callHash.slice(0, 10)}… of ${multisig.name}`,
    question: `Cancel the call ${callHash.slice(0, 10)}…?`,
    call: {
      pallet: 'Multisig',
      name: 'cancel_as_multi',
      args: {
        threshold: multisig.threshold,
        other_signatories: otherSignatories(multisig, signer.address),
        timepoint,
        call_hash: callHash,
      },
    },
    rows: [
      ['Multisig', `${multisig.name} (${multisig.address})`],
      ['Call hash', callHash],
      ['Approvals', `${approval.approvals.length} of ${multisig.threshold}`],
      ['Deposit back', `${displayRao(depositRao, 9)} TAO`],
    ],
    warnings: [],
    spendRao: 0n,
    touches: { netuids: [], hotkeys: [] },
    data: { multisig: multisig.address, callHash, deposit: taoJson(tao(depositRao)) },
  };
}

/** The open approval of that hash, or the only one. MULTISIG_NOTHING_OPEN, USAGE_MISSING. */
export function chooseApproval(
  multisig: Multisig,
  open: readonly OpenApproval[],
  callHash: string | undefined,
): OpenApproval {
  const fitting = open.filter((one) => callHash === undefined || one.callHash === callHash);
  const [only, another] = fitting;
  if (only === undefined) throw nothingOpen(multisig, callHash);
  if (another === undefined) return only;
  throw new TaoError('USAGE_MISSING', {
    message: `Couldn't tell which call is meant: ${multisig.name} has ${open.length} open approvals.`,
    details: open.map((one) => `Open: ${one.callHash}`),
    hint: 'Add --call-hash with one of them.',
    data: { missing: ['--call-hash'], open: open.map((one) => one.callHash) },
  });
}

function nothingOpen(multisig: Multisig, callHash: string | undefined): TaoError {
  return new TaoError('MULTISIG_NOTHING_OPEN', {
    message: `Couldn't find an open approval of ${multisig.name}${callHash === undefined ? '' : ' of that call'}.`,
    hint: `Run tao multisig pending ${multisig.name} to see what is open; --call begins a new one.`,
    data: { multisig: multisig.address, callHash: callHash ?? null },
  });
}

function notDepositor(multisig: Multisig, { depositor, callHash }: OpenApproval): TaoError {
  return new TaoError('MULTISIG_NOT_SIGNATORY', {
    message: `Couldn't cancel the call: only ${depositor}, who opened it, may.`,
    hint: 'Use the wallet of that signatory with --wallet.',
    data: { multisig: multisig.address, callHash, depositor },
  });
}
