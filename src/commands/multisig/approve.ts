/** `tao multisig approve`: joins an open approval by its hash, or begins one for a call given whole. */

import type { Context } from '../../cli/context.ts';
import { optionText, parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { actFor } from '../../pipeline/acting-as.ts';
import { requireSignatory } from '../../pipeline/acting-as-multisig.ts';
import type { InnerCall } from '../../pipeline/acting-as-proxy.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { callOf, readGivenCall, readGivenHash } from '../../pipeline/call-input.ts';
import { openSigner } from '../../pipeline/open-account.ts';
import { chooseApproval } from '../../pipeline/plan-multisig.ts';
import { findApprovedCall, readOpenApprovals } from '../../pipeline/plan-multisig-facts.ts';
import { planGivenCall } from '../../pipeline/plan-proxy-announcement.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { transact } from '../../pipeline/transact.ts';
import type { Multisig } from '../../signing/multisig-book.ts';
import { refuseAs } from './refuse-as.ts';
import { readSavedMultisig } from './saved-multisig.ts';

/** Characters of the call hash to repeat, 0x included. */
const CONFIRMED_LENGTH = 10;

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
      plan: async () => ({
        ...planGivenCall('multisig.approve', multisig, inner),
        ...(isNamed(raw) ? {} : { severe: startOf(inner.hash) }),
      }),
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

/** Whoever says which call is meant knows it; what the chain offers has to be looked at first. */
function isNamed(raw: RawInput): boolean {
  return optionText(raw, 'call') !== undefined || optionText(raw, 'call-hash') !== undefined;
}

function startOf(callHash: string): { readonly value: string; readonly what: string } {
  return { value: callHash.slice(0, CONFIRMED_LENGTH), what: 'the start of the call hash' };
}

/** `--call`, or what the chain has of the open call. MULTISIG_NOTHING_OPEN, MULTISIG_CALL_UNKNOWN. */
async function readCallToApprove(
  context: Context,
  raw: RawInput,
  multisig: Multisig,
): Promise<InnerCall> {
  if (optionText(raw, 'call') !== undefined) return readGivenCall(context, raw);
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
