/** Lot by lot, what left and what it cost: the report that tax forms are filled from. Pure. */
import { formatRao } from '../../domain/amount.ts';
import { isoTime } from '../../domain/time.ts';
import type { BasisMethod, Disposal } from '../cost-basis/types.ts';
import type { BlockStamp } from '../types.ts';
import { type Cell, figure } from './csv.ts';
import { type TimeOf, whenOf } from './events.ts';
import type { FiatPrices } from './fiat-prices.ts';

export const DISPOSAL_COLUMNS = [
  'disposed',
  'disposed_block',
  'acquired',
  'acquired_block',
  'netuid',
  'hotkey',
  'origin',
  'exit',
  'method',
  'alpha',
  'cost_tao',
  'proceeds_tao',
  'gain_tao',
  'cost_fiat',
  'proceeds_fiat',
  'fiat_currency',
] as const;

/**
 * Fiat cost is at the day of the purchase, fiat proceeds at that of the sale. What lots of several
 * days cost on average has no such day, and so no fiat cost.
 */
export function disposalRow(
  disposal: Disposal,
  context: {
    readonly method: BasisMethod;
    readonly prices: FiatPrices | undefined;
    readonly timeOf: TimeOf;
  },
): readonly Cell[] {
  const { method, prices, timeOf } = context;
  const when = (block: BlockStamp) => whenOf(block, timeOf);
  const text = (ms: number | undefined) => (ms === undefined ? '' : isoTime(ms));
  const { disposed, acquired, origin, costRao } = disposal;
  const costFiat = origin === 'pooled' ? undefined : prices?.valueOf(costRao, when(acquired));
  return [
    text(when(disposed)),
    figure(`${disposed.number}`),
    text(when(acquired)),
    figure(`${acquired.number}`),
    figure(`${disposal.netuid}`),
    disposal.hotkey,
    origin,
    disposal.exit,
    method,
    figure(formatRao(disposal.alphaRao)),
    figure(formatRao(costRao)),
    figure(formatRao(disposal.proceedsRao)),
    figure(formatRao(disposal.gainRao)),
    figure(costFiat ?? ''),
    figure(prices?.valueOf(disposal.proceedsRao, when(disposed)) ?? ''),
    prices?.currency ?? '',
  ];
}
