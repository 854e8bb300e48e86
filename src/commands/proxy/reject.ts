/** `tao proxy reject`: the account vetoes a call that its proxy announced. */
import { parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { readGivenHash } from '../../pipeline/call-input.ts';
import { openSigner } from '../../pipeline/open-account.ts';
import { planReject } from '../../pipeline/plan-proxy-announcement.ts';
import { readAnnouncements, readProxyTerms } from '../../pipeline/plan-proxy-facts.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { transact } from '../../pipeline/transact.ts';
import { readOtherAccount } from './announcement-input.ts';

export const proxyReject: CommandBody = {
  run: async (context, raw) => {
    const choices = parseTransactionOptions(raw, context.settings);
    const delegate = await readOtherAccount(context, raw, 'delegate');
    const account = await openSigner(context, raw);
    const callHash = await readGivenHash(context, raw);
    const done = await transact(context, {
      command: 'proxy.reject',
      account,
      choices,
      request: { delegate: delegate.address, callHash },
      plan: async (view) => {
        const announced = await readAnnouncements(view, delegate.address);
        const terms = readProxyTerms(view);
        return planReject(delegate, callHash, { real: account, announced, terms });
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Rejected',
      subject: 'the announcement',
      details: [
        ['Announced by', delegate.address],
        ['Call hash', callHash],
      ],
      data: { delegate: delegate.address, callHash },
    });
  },
};
