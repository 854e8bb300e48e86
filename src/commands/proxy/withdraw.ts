/** `tao proxy withdraw`: the proxy takes its own announcement back, and its deposit. */
import { parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { readGivenHash } from '../../pipeline/call-input.ts';
import { openSigner } from '../../pipeline/open-account.ts';
import { planWithdraw } from '../../pipeline/plan-proxy-announcement.ts';
import { readAnnouncements, readProxyTerms } from '../../pipeline/plan-proxy-facts.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { transact } from '../../pipeline/transact.ts';
import { readOtherAccount } from './announcement-input.ts';

export const proxyWithdraw: CommandBody = {
  run: async (context, raw) => {
    const choices = parseTransactionOptions(raw, context.settings);
    const real = await readOtherAccount(context, raw, 'real');
    const account = await openSigner(context, raw);
    const callHash = await readGivenHash(context, raw);
    const done = await transact(context, {
      command: 'proxy.withdraw',
      account,
      choices,
      request: { real: real.address, callHash },
      plan: async (view) => {
        const announced = await readAnnouncements(view, account.address);
        const terms = readProxyTerms(view);
        return planWithdraw(real, callHash, { delegate: account, announced, terms });
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Withdrew',
      subject: 'the announcement',
      details: [['Call hash', callHash]],
      data: { real: real.address, callHash },
    });
  },
};
