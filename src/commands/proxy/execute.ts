/** `tao proxy execute`: makes an announced call once its delay is over. */
import { optionText, parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { actFor } from '../../pipeline/acting-as.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { readGivenCall } from '../../pipeline/call-input.ts';
import { withUnfamiliar } from '../../pipeline/offline/new-destinations.ts';
import { openSigner } from '../../pipeline/open-account.ts';
import { planGivenCall } from '../../pipeline/plan-proxy-announcement.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { resolveAccount } from '../../pipeline/resolve-address.ts';
import { transact } from '../../pipeline/transact.ts';
import { readOtherAccount } from './announcement-input.ts';

export const proxyExecute: CommandBody = {
  run: async (context, raw) => {
    const choices = parseTransactionOptions(raw, context.settings);
    const real = await readOtherAccount(context, raw, 'real');
    const signer = await openSigner(context, raw);
    const delegateText = optionText(raw, 'delegate');
    const delegate =
      delegateText === undefined ? signer : await resolveAccount(context, delegateText);
    const inner = await readGivenCall(context, raw);
    const account = actFor(signer, real, { kind: 'announced', delegate: delegate.address });
    const done = await transact(context, {
      command: 'proxy.execute',
      account,
      choices,
      request: { real: real.address, delegate: delegate.address, call: inner.hex },
      plan: async () =>
        withUnfamiliar(context, planGivenCall('proxy.execute', real, inner), choices, inner),
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Executed',
      subject: `${inner.call.pallet}.${inner.call.name}`,
      details: [['For', real.address]],
      data: { real: real.address, delegate: delegate.address, callHash: inner.hash },
    });
  },
};
