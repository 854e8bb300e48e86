/** `tao subnet price`: prices now, and how they moved as far as this ledger has seen. */
import type { SubnetFacts } from '../../chain/facts.ts';
import { readBlockTime } from '../../chain/queries/read-limits.ts';
import { readSubnets } from '../../chain/queries/read-subnets.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { parseNetuid, ROOT_NETUID } from '../../domain/netuid.ts';
import { formatHundredths } from '../../domain/observed-yield.ts';
import { sparkline, thin } from '../../domain/sparkline.ts';
import { isoTime } from '../../domain/time.ts';
import { requireSubnet } from '../../pipeline/plan-stake.ts';

const DAY_MS = 86_400_000;
const WINDOWS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;
/** Characters of the line that shows the recorded course. */
const COURSE_LENGTH = 24;

type Recorded = { readonly timeMs: number; readonly priceRaoPerAlpha: bigint };

type Priced = {
  readonly subnet: SubnetFacts;
  /** As recorded, oldest first, the price now at its end. */
  readonly course: readonly Recorded[];
  /** Hundredths of a percent since then; undefined where nothing that old was recorded. */
  readonly changes: Readonly<Record<keyof typeof WINDOWS, bigint | undefined>>;
};

export const subnetPrice: CommandBody = {
  run: async (context, raw) => {
    const wanted = (raw.arguments.netuids ?? []).map((text) => parseNetuid(text));
    const chain = await context.openChain();
    const view = await chain.at('best');
    const [subnets, timeMs] = await Promise.all([readSubnets(view), readBlockTime(view)]);
    const chosen =
      wanted.length === 0
        ? subnets.filter(({ netuid }) => netuid !== ROOT_NETUID)
        : wanted.map((netuid) =>
            requireSubnet(
              subnets.find((each) => each.netuid === netuid),
              netuid,
            ),
          );
    const ledger = await context.openLedger(chain.genesisHash);
    const samples = ledger.facts.readPools({ netuids: chosen.map(({ netuid }) => netuid) });
    const priced = chosen.map((subnet): Priced => {
      const course: readonly Recorded[] = [
        ...samples.flatMap(({ netuid, priceRaoPerAlpha, block }) =>
          netuid === subnet.netuid && block.timeMs !== undefined && block.number < view.number
            ? [{ timeMs: block.timeMs, priceRaoPerAlpha }]
            : [],
        ),
        ...(timeMs === undefined ? [] : [{ timeMs, priceRaoPerAlpha: subnet.priceRaoPerAlpha }]),
      ];
      return { subnet, course, changes: changesOf(course) };
    });
    return {
      data: {
        block: { number: view.number, hash: view.hash },
        prices: priced.map(priceData),
      },
      view: (style) => renderPrices(priced, style.isTerminal),
    };
  },
};

/** Each against the newest sample that is at least so old. */
function changesOf(course: readonly Recorded[]): Priced['changes'] {
  const now = course.at(-1);
  const since = (windowMs: number): bigint | undefined => {
    if (now === undefined) return undefined;
    const then = course.filter(({ timeMs }) => timeMs <= now.timeMs - windowMs).at(-1);
    if (then === undefined || then.priceRaoPerAlpha === 0n) return undefined;
    const gained = now.priceRaoPerAlpha - then.priceRaoPerAlpha;
    return (gained * 10_000n) / then.priceRaoPerAlpha;
  };
  return { day: since(WINDOWS.day), week: since(WINDOWS.week), month: since(WINDOWS.month) };
}

function priceData({ subnet, course, changes }: Priced) {
  const percent = (change: bigint | undefined) =>
    change === undefined ? null : formatHundredths(change);
  return {
    netuid: subnet.netuid,
    name: subnet.name,
    price: taoJson(tao(subnet.priceRaoPerAlpha)),
    emaPrice: taoJson(tao(subnet.emaPriceRaoPerAlpha)),
    changePercent: {
      day: percent(changes.day),
      week: percent(changes.week),
      month: percent(changes.month),
    },
    samples: course.length,
    firstSampleAt: course[0] === undefined ? null : isoTime(course[0].timeMs),
  };
}

function renderPrices(priced: readonly Priced[], isTerminal: boolean): View {
  const amount = (rao: bigint) => (isTerminal ? displayRao(rao, 9) : formatRao(rao));
  const change = (hundredths: bigint | undefined) =>
    hundredths === undefined ? '' : formatHundredths(hundredths);
  const recorded = priced.some(({ course }) => course.length > 1);
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Netuid', align: 'right' },
        { header: 'Name' },
        { header: 'Price (TAO)', align: 'right' },
        { header: 'EMA (TAO)', align: 'right' },
        { header: '24 h (%)', align: 'right' },
        { header: '7 d (%)', align: 'right' },
        { header: '30 d (%)', align: 'right' },
        ...(isTerminal ? [{ header: 'Recorded' }] : []),
      ],
      rows: priced.map(({ subnet, course, changes }) => [
        subnet.netuid.toString(),
        subnet.name,
        amount(subnet.priceRaoPerAlpha),
        amount(subnet.emaPriceRaoPerAlpha),
        change(changes.day),
        change(changes.week),
        change(changes.month),
        ...(isTerminal
          ? [sparkline(thin(course, COURSE_LENGTH).map((each) => each.priceRaoPerAlpha))]
          : []),
      ]),
    },
    ...(recorded
      ? []
      : ([
          {
            kind: 'hint',
            text: 'No earlier price is recorded here; tao rewards sync records them as it runs.',
          },
        ] as const)),
  ];
}
