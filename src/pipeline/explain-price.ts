/** Sets the price limits of a plan beside the prices of now, when the chain refused a limit. */
import { priceIn, readPrices } from '../chain/queries/read-prices.ts';
import type { Chain } from '../chain/types.ts';
import { formatRao, RAO_PER_UNIT } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { isTaoError, TaoError, withMore } from '../errors/tao-error.ts';
import type { PriceLimit, RateLimit, TxPlan } from './plan.ts';
import { unitOf } from './relocation.ts';

type Limited = PriceLimit & { readonly summary: string };

/** The error with each limit and the price now; any other error, and one without limits, as it is. */
export async function explainPriceRefusal(
  error: unknown,
  chain: Pick<Chain, 'at'>,
  plan: TxPlan,
): Promise<unknown> {
  const limits = limitsOf(plan);
  const rates = (plan.batch?.items ?? [plan]).flatMap(({ rateLimit }) => rateLimit ?? []);
  if (!(error instanceof TaoError) || !isTaoError(error, 'CHAIN_PRICE_LIMIT')) return error;
  if (limits.length === 0 && rates.length === 0) return error;
  try {
    const view = await chain.at('best');
    const netuids = [
      ...limits.map(({ netuid }) => netuid),
      ...rates.flatMap(({ fromNetuid, toNetuid }) => [fromNetuid, toNetuid]),
    ].filter((netuid) => netuid !== ROOT_NETUID);
    const prices = await readPrices(view, [...new Set(netuids)]);
    if (limits.length === 0) return withRates(error, rates, { prices, blockNumber: view.number });
    const rows = limits.map((limit) => ({ ...limit, now: prices.get(limit.netuid) ?? 0n }));
    const passed = rows.filter(isPassed);
    const told = passed.length === 0 ? rows : passed;
    return withDetails(error, told, view.number);
  } catch {
    // The refusal stands by itself; the price of now only explains it.
    return error;
  }
}

function limitsOf(plan: TxPlan): readonly Limited[] {
  return (plan.batch?.items ?? [plan]).flatMap(({ limit, summary }) =>
    limit === undefined ? [] : [{ ...limit, summary }],
  );
}

function isPassed({ side, raoPerAlpha, now }: Limited & { readonly now: bigint }): boolean {
  return side === 'buy' ? now >= raoPerAlpha : now <= raoPerAlpha;
}

/** Most limits that are told in words; all of them are in the data. */
const MAX_TOLD = 5;

function withDetails(
  error: TaoError,
  rows: readonly (Limited & { readonly now: bigint })[],
  blockNumber: number,
): TaoError {
  const lines = rows.slice(0, MAX_TOLD).map(({ summary, netuid, raoPerAlpha, now }) => {
    const what = rows.length === 1 ? 'The' : `${summary}: the`;
    return `${what} limit on subnet ${netuid} was ${formatRao(raoPerAlpha)} TAO per alpha; the price in block ${blockNumber} is ${formatRao(now)}.`;
  });
  return withMore(error, {
    details: lines,
    data: {
      prices: rows.map(({ netuid, side, raoPerAlpha, now }) => ({
        netuid,
        side,
        limitRaoPerAlpha: raoPerAlpha.toString(),
        nowRaoPerAlpha: now.toString(),
      })),
    },
  });
}

type PricesThen = {
  readonly prices: ReadonlyMap<number, bigint>;
  readonly blockNumber: number;
};

function withRates(
  error: TaoError,
  rates: readonly RateLimit[],
  { prices, blockNumber }: PricesThen,
): TaoError {
  const rows = rates.map((rate) => {
    const there = priceIn(prices, rate.toNetuid);
    const now = there === 0n ? 0n : (priceIn(prices, rate.fromNetuid) * RAO_PER_UNIT) / there;
    return { ...rate, now };
  });
  const lines = rows.slice(0, MAX_TOLD).map(({ fromNetuid, toNetuid, limitRatio, now }) => {
    const pair = `${unitOf(toNetuid)} of subnet ${toNetuid} for one of subnet ${fromNetuid}`;
    return `The limit was ${formatRao(limitRatio)} ${pair}; the prices in block ${blockNumber} give ${formatRao(now)}.`;
  });
  return withMore(error, {
    details: lines,
    data: {
      rates: rows.map(({ fromNetuid, toNetuid, limitRatio, now }) => ({
        fromNetuid,
        toNetuid,
        limitRatio: limitRatio.toString(),
        nowRatio: now.toString(),
      })),
    },
  });
}
