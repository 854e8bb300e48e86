/** `tao proxy announce`: says which call a delayed proxy will make. */
import { parseTransactionOptions } from '../../cli/option-groups.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import { readGivenCall } from '../../pipeline/call-input.ts';
import { withUnfamiliar } from '../../pipeline/offline/new-destinations.ts';
import { openSigner } from '../../pipeline/open-account.ts';
import { planAnnounce } from '../../pipeline/plan-proxy-announcement.ts';
import {
  readAnnouncements,
  readProxies,
  readProxyRules,
  readProxyTerms,
} from '../../pipeline/plan-proxy-facts.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { transact } from '../../pipeline/transact.ts';
import { readOtherAccount } from './announcement-input.ts';

export const proxyAnnounce: CommandBody = {
  run: async (context, raw) => {
    const choices = parseTransactionOptions(raw, context.settings);
    const real = await readOtherAccount(context, raw, 'real');
    const account = await openSigner(context, raw);
    const inner = await readGivenCall(context, raw);
    const done = await transact(context, {
      command: 'proxy.announce',
      account,
      choices,
      request: { real: real.address, call: inner.hex },
      plan: async (view) => {
        const [proxies, rules, announced] = await Promise.all([
          readProxies(view, real.address),
          readProxyRules(view),
          readAnnouncements(view, account.address),
        ]);
        const entries = proxies.entries.filter(({ delegate }) => delegate === account.address);
        const delegate = account.address;
        const terms = readProxyTerms(view);
        const plan = planAnnounce(real, inner, { delegate, entries, rules, announced, terms });
        // Only the hash goes on chain, and once it is there anybody may execute the call.
        return withUnfamiliar(context, plan, choices, inner);
      },
    });
    if (done.kind === 'planned') return plannedResult(done);
    return changedResult(done, {
      verb: 'Announced',
      subject: `${inner.call.pallet}.${inner.call.name}`,
      details: [
        ['For', real.address],
        ['Call hash', inner.hash],
      ],
      data: { real: real.address, callHash: inner.hash, callData: inner.hex },
      hint: `tao proxy pending ${real.address} shows when it can be executed.`,
    });
  },
};
