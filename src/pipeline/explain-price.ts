/** Sets the price limits of a plan beside the prices of now, when the chain refused a limit. */
import { readPrices } from '../chain/queries/read-prices.ts';
import type { Chain } from '../chain/types.ts';
import { formatRao } from '../domain/amount.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import type { PriceLimit, TxPlan } from './plan.ts';

type Limited = PriceLimit & { readonly summary: string };

/** The error with each limit and the price now; any other error, and one without limits, as it is. */
export async function explainPriceRefusal(
  error: unknown,
  chain: Pick<Chain, 'at'>,
  plan: TxPlan,
): Promise<unknown> {
  const limits = limitsOf(plan);
  if (!(error instanceof TaoError) || !isTaoError(error, 'CHAIN_PRICE_LIMIT')) return error;
  if (limits.length === 0) return error;
  try {
    const view = await chain.at('best');
    const prices = await readPrices(view, [...new Set(limits.map(({ netuid }) => netuid))]);
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
    const what = rows.length === 1 ? '' : `${summary}: `;
    return `${what}the limit on subnet ${netuid} was ${formatRao(raoPerAlpha)} TAO per alpha; the price in block ${blockNumber} is ${formatRao(now)}.`;
  });
  return new TaoError(error.code, {
    message: error.message,
    details: [...error.details, ...lines],
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    data: {
      ...error.data,
      prices: rows.map(({ netuid, side, raoPerAlpha, now }) => ({
        netuid,
        side,
        limitRaoPerAlpha: raoPerAlpha.toString(),
        nowRaoPerAlpha: now.toString(),
      })),
    },
    cause: error,
  });
}
