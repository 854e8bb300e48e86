/** What `proxy add` and `proxy remove` share: one right, by delegate, type and delay. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandResult, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { changedResult } from '../../pipeline/acting-as-result.ts';
import type { TxPlan } from '../../pipeline/plan.ts';
import type { ProxyPlanFacts, ProxyRequest } from '../../pipeline/plan-proxy.ts';
import {
  readProxies,
  readProxyRules,
  readProxyTerms,
  requireProxyType,
} from '../../pipeline/plan-proxy-facts.ts';
import { canSendFunds } from '../../pipeline/plan-proxy-rules.ts';
import { plannedResult } from '../../pipeline/planned-result.ts';
import { type NamedAddress, resolveAccount } from '../../pipeline/resolve-address.ts';
import { transact } from '../../pipeline/transact.ts';
import { readTransactionInput } from '../../pipeline/transaction-input.ts';
import { MAX_DELAY_BLOCKS } from './specs.ts';

export type ProxyChange = {
  readonly command: string;
  /** Refuses what is known without the chain. */
  readonly check?: (delegate: NamedAddress, real: string) => void;
  readonly plan: (request: ProxyRequest, facts: ProxyPlanFacts) => TxPlan;
  /** Of the receipt: `Added`. */
  readonly verb: string;
};

export async function changeProxy(
  context: Context,
  raw: RawInput,
  change: ProxyChange,
): Promise<CommandResult> {
  const { account, choices } = await readTransactionInput(context, raw);
  const type = optionText(raw, 'type');
  if (type === undefined) throw missingType();
  const delegate = await resolveAccount(context, raw.arguments.delegate?.[0] ?? '');
  change.check?.(delegate, account.address);
  const delayBlocks = parseDelay(optionText(raw, 'delay') ?? '0');
  const request: ProxyRequest = { delegate, type, delayBlocks };
  const done = await transact(context, {
    command: change.command,
    account,
    choices,
    request: { delegate: delegate.address, type, delayBlocks },
    plan: async (view) => {
      const [proxies, rules] = await Promise.all([
        readProxies(view, account.address),
        readProxyRules(view),
      ]);
      requireProxyType(view.runtime, type, rules);
      const terms = readProxyTerms(view);
      return change.plan(request, {
        real: account.address,
        proxies,
        terms,
        rule: rules.get(type),
        canSendFunds: canSendFunds(rules.get(type), view.runtime.has.call),
      });
    },
  });
  if (done.kind === 'planned') return plannedResult(done);
  return changedResult(done, {
    verb: change.verb,
    subject: `${type} proxy`,
    details: [['Proxy', delegate.address]],
    data: { delegate: delegate.address, type, delayBlocks },
  });
}

function missingType(): TaoError {
  return new TaoError('USAGE_MISSING', {
    message: "Couldn't tell which right is meant: --type is missing.",
    hint: 'Add --type, such as --type Staking; tao proxy add --help names others.',
    data: { missing: ['--type'] },
  });
}

function parseDelay(text: string): number {
  const delay = /^\d{1,9}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (delay <= MAX_DELAY_BLOCKS) return delay;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --delay "${text}": it must be a whole number of blocks, at most ${MAX_DELAY_BLOCKS}.`,
    hint: 'A block takes 12 seconds: 7200 blocks are a day.',
    data: { option: 'delay', value: text },
  });
}
