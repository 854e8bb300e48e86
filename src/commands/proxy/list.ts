/** `tao proxy list`: who may act for an account, and what each type allows. */
import type { CommandBody } from '../../cli/spec.ts';
import { displayRao, tao, taoJson } from '../../domain/amount.ts';
import { readProxies, readProxyRules } from '../../pipeline/plan-proxy-facts.ts';
import { describeRule } from '../../pipeline/plan-proxy-rules.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';

export const proxyList: CommandBody = {
  run: async (context, raw) => {
    const real = await readAccountArgument(context, raw);
    const view = await (await context.openChain()).at('best');
    const [proxies, rules] = await Promise.all([
      readProxies(view, real.address),
      readProxyRules(view),
    ]);
    const entries = proxies.entries.map((entry) => ({
      ...entry,
      allows: describeRule(rules.get(entry.type)),
    }));
    return {
      data: {
        address: real.address,
        block: { number: view.number, hash: view.hash },
        proxies: entries,
        deposit: taoJson(tao(proxies.depositRao)),
      },
      view: (style) =>
        entries.length === 0
          ? [{ kind: 'hint', text: 'No proxy may act for it. tao proxy add gives the right.' }]
          : [
              {
                kind: 'table',
                columns: [
                  { header: 'Proxy', kind: 'address' },
                  { header: 'Type' },
                  { header: 'Delay (blocks)', align: 'right' },
                  { header: 'May call' },
                ],
                rows: entries.map(({ delegate, type, delayBlocks, allows }) => [
                  delegate,
                  type,
                  delayBlocks.toString(),
                  allows,
                ]),
              },
              ...(style.isTerminal
                ? [
                    {
                      kind: 'line',
                      text: `Deposit: ${displayRao(proxies.depositRao)} TAO`,
                    } as const,
                  ]
                : []),
            ],
    };
  },
};
