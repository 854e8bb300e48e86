/** Rows and figures that several plans show in the same words. Pure. */
import type { QuoteFacts, SubnetFacts } from '../chain/facts.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import type { Text } from '../cli/spec.ts';
import { displayRao, formatRao, RAO_PER_UNIT } from '../domain/amount.ts';
import type { GuardedPrice } from './price-guard.ts';

export function validatorLabel(hotkey: string, name: string): string {
  return name === '' ? hotkey : `${name} (${hotkey})`;
}

export function subnetLabel(subnet: SubnetFacts): string {
  if (subnet.netuid === 0) return 'root (netuid 0)';
  return `subnet ${subnet.netuid}${subnet.name === '' ? '' : ` (${subnet.name})`}`;
}

/** What the trade gives in the worst case; a part that fills keeps the price, not the amount. */
export function leastRow(amountText: string, guard: PriceOptions): readonly [string, Text] {
  return guard.partial
    ? ['At least', `${amountText} for all of it; a part gets no worse price`]
    : ['At least', `${amountText}, or the chain refuses`];
}

/** Price now, price impact of the trade, limit and pool fee. */
export function priceRows(
  quote: QuoteFacts,
  price: GuardedPrice,
): readonly (readonly [string, Text])[] {
  const feeUnit = quote.side === 'buy' ? 'TAO' : 'alpha';
  return [
    [
      'Price',
      `${formatRao(quote.spotRaoPerAlpha)} TAO per alpha, limit ${formatRao(price.limitRaoPerAlpha)}`,
    ],
    ['Impact', `${formatPercent(impactMillionths(quote))} worse than that price, on average`],
    ['Pool fee', `${displayRao(quote.feeRao, 9, 'up')} ${feeUnit}`],
    ...(quote.source === 'node'
      ? []
      : [['Quote', "from the pool's reserves: this node simulates no trades"] as const]),
  ];
}

export function priceData(
  quote: QuoteFacts,
  price: GuardedPrice,
): Readonly<Record<string, unknown>> {
  return {
    spotRaoPerAlpha: quote.spotRaoPerAlpha.toString(),
    limitRaoPerAlpha: price.limitRaoPerAlpha.toString(),
    impactPercent: formatPercent(impactMillionths(quote)).replace(' %', ''),
    quoteSource: quote.source,
  };
}

/** How much less comes out, fee not counted, than at the spot price: millionths, rounded up. */
export function impactMillionths(quote: QuoteFacts): bigint {
  const netIn = quote.amountInRao - quote.feeRao;
  const atSpot =
    quote.side === 'buy'
      ? (netIn * RAO_PER_UNIT) / quote.spotRaoPerAlpha
      : (netIn * quote.spotRaoPerAlpha) / RAO_PER_UNIT;
  if (atSpot <= quote.amountOutRao) return 0n;
  return ((atSpot - quote.amountOutRao) * 1_000_000n + atSpot - 1n) / atSpot;
}

/** Millionths as percent with at most four decimals: 1234n is `0.1234 %`. */
export function formatPercent(millionths: bigint): string {
  const text = (millionths + 0n).toString().padStart(5, '0');
  const fraction = text.slice(-4).replace(/0+$/, '');
  return `${text.slice(0, -4)}${fraction === '' ? '' : `.${fraction}`} %`;
}
