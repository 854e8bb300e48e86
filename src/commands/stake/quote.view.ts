/** Quotes of several sizes side by side. Pure. */
import type { SubnetFacts } from '../../chain/facts.ts';
import type { Text, View, ViewStyle } from '../../cli/spec.ts';
import { displayRao, formatRao } from '../../domain/amount.ts';
import { formatPercent, subnetLabel } from '../../pipeline/plan-rows.ts';
import type { QuotedTrade, SizedQuote } from '../../pipeline/quote-sizes.ts';
import { unitOf } from '../../pipeline/relocation.ts';

export type Quotation = {
  readonly trade: QuotedTrade;
  readonly subnets: readonly SubnetFacts[];
  readonly quotes: readonly SizedQuote[];
  readonly style: ViewStyle;
  readonly block: { readonly number: number };
  /** Percent; null with an explicit limit. */
  readonly tolerance: string | null;
};

export function renderQuotes(quotation: Quotation): View {
  const { trade, quotes, style } = quotation;
  const [unitIn, unitOut] = unitsOf(trade);
  const amount = (rao: bigint) => (style.isTerminal ? displayRao(rao, 6) : formatRao(rao));
  const paid = (rao: bigint) => (style.isTerminal ? displayRao(rao, 6, 'up') : formatRao(rao));
  const rows = quotes.map(({ amountInRao, figures }): readonly Text[] => {
    if (figures === undefined) {
      const none: Text = { text: 'pool too small', tone: 'bad' };
      return [amount(amountInRao), style.isTerminal ? none : '', '', '', '', ''];
    }
    const { leastOutRao } = figures;
    const refused: Text = { text: 'refused', tone: 'warn' };
    return [
      amount(amountInRao),
      amount(figures.amountOutRao),
      paid(figures.feeRao),
      percent(figures.impactMillionths, style),
      amount(figures.averageRao),
      leastOutRao === undefined ? (style.isTerminal ? refused : '') : amount(leastOutRao),
    ];
  });
  const right = (header: string) => ({ header, align: 'right' }) as const;
  return [
    ...(style.isTerminal ? ([{ kind: 'line', text: titleOf(quotation) }] as const) : []),
    {
      kind: 'table',
      columns: [
        right(`In (${unitIn})`),
        right(`Out (${unitOut})`),
        right(`Fee (${unitIn})`),
        right('Impact'),
        right(trade.kind === 'swap' ? 'Rate' : 'Price'),
        right('At least'),
      ],
      rows,
    },
    { kind: 'hint', text: hintOf(quotation) },
  ];
}

function unitsOf(trade: QuotedTrade): readonly [string, string] {
  const here = unitOf(trade.netuid);
  if (trade.kind === 'swap') return [here, unitOf(trade.toNetuid)];
  return trade.kind === 'buy' ? ['TAO', here] : [here, 'TAO'];
}

function titleOf({ trade, subnets, quotes }: Quotation): Text {
  const spotRao = quotes.find(({ figures }) => figures !== undefined)?.figures?.spotRao;
  const [first, second] = subnets.map(subnetLabel);
  const what = {
    buy: `Stake on ${first}`,
    sell: `Unstake from ${first}`,
    swap: `Swap from ${first} to ${second}`,
  }[trade.kind];
  const unit = trade.kind === 'swap' ? 'for one' : 'TAO per alpha';
  const price = spotRao === undefined ? '' : `, now ${formatRao(spotRao)} ${unit}`;
  return { text: `${what}${price}`, tone: 'strong' };
}

function hintOf({ block, tolerance, quotes }: Quotation): string {
  const limit = tolerance === null ? 'the limit given' : `${tolerance} % tolerance`;
  const isComputed = quotes.some(({ figures }) => figures?.source === 'formula');
  const source = isComputed ? 'computed from the pool' : 'simulated by the node';
  return `At block ${block.number}, ${source}. At least is the worst case at ${limit}; refused: the size alone would pass it.`;
}

function percent(millionths: bigint, { isTerminal }: ViewStyle): string {
  const text = formatPercent(millionths);
  return isTerminal ? text : text.replace(' %', '');
}
