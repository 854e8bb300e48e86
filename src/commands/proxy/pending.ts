/** `tao proxy pending`: announced calls that an account waits to make, or has to watch. */
import type { BlockView } from '../../chain/types.ts';
import type { CommandBody } from '../../cli/spec.ts';
import {
  type ProxyEntry,
  readAnnouncements,
  readProxies,
} from '../../pipeline/plan-proxy-facts.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';
import { readyAt } from './announcement-input.ts';

type Pending = {
  readonly real: string;
  readonly delegate: string;
  readonly callHash: string;
  readonly announcedAtBlock: number;
  /** Null where the proxy is gone, so that it can never be executed. */
  readonly readyAtBlock: number | null;
  readonly isReady: boolean;
};

export const proxyPending: CommandBody = {
  run: async (context, raw) => {
    const account = await readAccountArgument(context, raw);
    const view = await (await context.openChain()).at('best');
    const announcements = await readPending(view, account.address);
    return {
      data: {
        address: account.address,
        block: { number: view.number, hash: view.hash },
        announcements,
      },
      view: () =>
        announcements.length === 0
          ? [{ kind: 'hint', text: 'Nothing is announced by this account or for it.' }]
          : [
              {
                kind: 'table',
                columns: [
                  { header: 'For', kind: 'address' },
                  { header: 'Announced by', kind: 'address' },
                  { header: 'Call hash' },
                  { header: 'Announced', align: 'right' },
                  { header: 'Ready at', align: 'right' },
                  { header: 'State' },
                ],
                rows: announcements.map((one) => [
                  one.real,
                  one.delegate,
                  one.callHash,
                  one.announcedAtBlock.toString(),
                  one.readyAtBlock?.toString() ?? 'never',
                  stateOf(one),
                ]),
              },
            ],
    };
  },
};

function stateOf({ isReady, readyAtBlock }: Pending): string {
  if (readyAtBlock === null) return 'proxy removed';
  return isReady ? 'ready' : 'waiting';
}

/** What the account announced for others, then what its proxies announced for it. */
async function readPending(view: BlockView, account: string): Promise<readonly Pending[]> {
  const [own, proxies] = await Promise.all([
    readAnnouncements(view, account),
    readProxies(view, account),
  ]);
  const delegates = [...new Set(proxies.entries.map(({ delegate }) => delegate))];
  const others = await Promise.all(
    delegates.map(async (delegate) => {
      const { announcements } = await readAnnouncements(view, delegate);
      return announcements
        .filter(({ real }) => real === account)
        .map((one) => ({ ...one, delegate }));
    }),
  );
  const found = [
    ...own.announcements.map((one) => ({ ...one, delegate: account })),
    ...others.flat(),
  ];
  const reals = [...new Set(found.map(({ real }) => real))];
  const rights = new Map(
    await Promise.all(
      reals.map(async (real) => [real, (await readProxies(view, real)).entries] as const),
    ),
  );
  return found.map(({ real, delegate, callHash, block }) => {
    const delay = shortestDelay(rights.get(real) ?? [], delegate);
    const ready = delay === undefined ? undefined : readyAt({ block }, delay, view);
    return {
      real,
      delegate,
      callHash,
      announcedAtBlock: block,
      readyAtBlock: ready?.readyAtBlock ?? null,
      isReady: ready?.isReady ?? false,
    };
  });
}

function shortestDelay(entries: readonly ProxyEntry[], delegate: string): number | undefined {
  const delays = entries
    .filter((entry) => entry.delegate === delegate)
    .map(({ delayBlocks }) => delayBlocks);
  return delays.length === 0 ? undefined : Math.min(...delays);
}
