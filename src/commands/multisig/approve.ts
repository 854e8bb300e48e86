/** `tao multisig approve`: joins an open approval by its hash, or begins one for a call given whole. */

import type { BlockView } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import { optionText, parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { actFor } from '../../pipeline/acting-as.ts';
import { requireSignatory } from '../../pipeline/acting-as-multisig.ts';
import type { InnerCall } from '../../pipeline/acting-as-proxy.ts';
import { approvalOfRecord, approvedHere } from '../../pipeline/acting-as-record.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { callOf, parseCallHash, readGivenCall, readGivenHash } from '../../pipeline/call-input.ts';
import { startOfHash, withUnfamiliar } from '../../pipeline/offline/new-destinations.ts';
import { openSigner } from '../../pipeline/open-account.ts';
import type { TxPlan } from '../../pipeline/plan.ts';
import { chooseApproval } from '../../pipeline/plan-multisig.ts';
import {
  findApprovedCall,
  readOpenApproval,
  readOpenApprovals,
} from '../../pipeline/plan-multisig-facts.ts';
import { planGivenCall } from '../../pipeline/plan-proxy-announcement.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { transact } from '../../pipeline/transact.ts';
import type { Multisig } from '../../signing/multisig-book.ts';
import { refuseAs } from './refuse-as.ts';
import { readSavedMultisig } from './saved-multisig.ts';

export const multisigApprove: CommandBody = {
  run: async (context, raw) => {
    refuseAs(raw);
    const choices = parseTransactionOptions(raw, context.settings);
    const multisig = await readSavedMultisig(context, raw);
    const signer = await openSigner(context, raw);
    requireSignatory(multisig, signer);
    const inner = await readCallToApprove(context, raw, multisig);
    const account = actFor(signer, multisig, { kind: 'multisig', multisig });
    const done = await transact(context, {
      command: 'multisig.approve',
      account,
      choices,
      request: { call: inner.hex },
      plan: async (view) => {
        const given = planGivenCall('multisig.approve', multisig, inner);
        const warnings = await repeatWarnings(context, view, { multisig, inner });
        const plan = { ...given, warnings };
        if (isNamed(raw)) return withUnfamiliar(context, plan, choices, inner);
        return withHash(await withUnfamiliar(context, plan, { confirm: undefined }, inner), inner);
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Executed',
      subject: `${inner.call.pallet}.${inner.call.name}`,
      details: [
        ['Multisig', `${multisig.name} (${multisig.address})`],
        ['Call hash', inner.hash],
      ],
      data: { multisig: multisig.address, callHash: inner.hash, callData: inner.hex },
    });
  },
};

/** A call that is over may be opened anew: a command that was run twice would pay twice. */
async function repeatWarnings(
  context: Context,
  view: BlockView,
  { multisig, inner }: { readonly multisig: Multisig; readonly inner: InnerCall },
): Promise<readonly string[]> {
  const { genesisHash } = await context.openChain();
  const { journal } = await context.openLedger(genesisHash);
  const earlier = approvedHere(journal, multisig.address, inner.hash);
  if (earlier === undefined) return [];
  if ((await readOpenApproval(view, multisig.address, inner.hash)) !== undefined) return [];
  const end = approvalOfRecord(earlier)?.isExecuted === true ? 'executed' : 'executed or cancelled';
  return [
    `This very call was approved here before (tao tx show ${earlier.id}) and is no longer open: it was ${end}. This opens it anew, to be done again.`,
  ];
}

/** Whoever says which call is meant knows it; what the chain offers has to be looked at first. */
function isNamed(raw: RawInput): boolean {
  return optionText(raw, 'call') !== undefined || optionText(raw, 'call-hash') !== undefined;
}

/** With the end of an address, where that has to be repeated as well. */
function withHash(plan: TxPlan, { hash }: InnerCall): TxPlan {
  const start = startOfHash(hash);
  const { severe = start } = plan;
  if (severe.value === start.value) return { ...plan, severe };
  return {
    ...plan,
    severe: {
      value: `${start.value}/${severe.value}`,
      what: `${start.what}, a slash and ${severe.what}`,
    },
  };
}

/** `--call`, or what the chain has of the open call. USAGE_CONFLICT, MULTISIG_NOTHING_OPEN, MULTISIG_CALL_UNKNOWN. */
async function readCallToApprove(
  context: Context,
  raw: RawInput,
  multisig: Multisig,
): Promise<InnerCall> {
  if (optionText(raw, 'call') !== undefined) return readCallOfHash(context, raw);
  const wanted = isNamed(raw) ? await readGivenHash(context, raw) : undefined;
  const chain = await context.openChain();
  const view = await chain.at('best');
  const open = await readOpenApprovals(view, multisig.address);
  const approval = chooseApproval(multisig, open, wanted);
  const call = await findApprovedCall(chain, approval);
  if (call !== undefined) return callOf(chain.runtime, call);
  throw new TaoError('MULTISIG_CALL_UNKNOWN', {
    message: `Couldn't find the call of ${approval.callHash}: the chain has only its hash.`,
    hint: 'Ask who opened it for the call, and give it with --call 0x….',
    data: { multisig: multisig.address, callHash: approval.callHash },
  });
}

/** `--call`, which has to be the one of `--call-hash` where both are given. USAGE_CONFLICT. */
async function readCallOfHash(context: Context, raw: RawInput): Promise<InnerCall> {
  const inner = await readGivenCall(context, raw);
  const wanted = optionText(raw, 'call-hash');
  if (wanted === undefined || parseCallHash(wanted) === inner.hash) return inner;
  throw new TaoError('USAGE_CONFLICT', {
    message: `Couldn't approve the call: --call is ${inner.hash}, and --call-hash names another one.`,
    hint: 'Approve neither before you know which of the two is meant; tao multisig pending shows what is open.',
    data: { callHash: inner.hash, wanted },
  });
}
