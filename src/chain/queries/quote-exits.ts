/**
 * What selling each of many positions alone would give, all asked of the node in one round trip.
 * Where the runtime simulates no swaps, our formula answers for the pool shape it is exact for.
 */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { QuoteFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { quoteByFormula, quoteOfSimulation, SELL_METHOD, type Trade } from './quote-swap.ts';
import { isEven, readPools, SWAP_API } from './read-prices.ts';

export type ExitQuestion = {
  readonly netuid: number;
  readonly alphaRao: bigint;
  readonly spotRaoPerAlpha: bigint;
};

/** In the order of the questions; undefined where nobody can say, zero out where the pool gives none. */
export async function quoteExits(
  view: BlockView,
  questions: readonly ExitQuestion[],
): Promise<readonly (QuoteFacts | undefined)[]> {
  const trades = questions.map((question) => ({ ...question, trade: saleOf(question) }));
  const onPools = trades.filter(({ netuid }) => netuid !== ROOT_NETUID);
  const quotes = view.runtime.has.api(SWAP_API, SELL_METHOD)
    ? await simulateAll(view, onPools)
    : await computeAll(view, onPools);
  let next = 0;
  return trades.map(({ netuid, alphaRao, trade }) => {
    if (netuid !== ROOT_NETUID) {
      const quote = quotes[next];
      next += 1;
      return quote;
    }
    const whole = { amountInRao: alphaRao, amountOutRao: alphaRao, feeRao: 0n };
    return { netuid, side: trade.side, ...whole, spotRaoPerAlpha: RAO_PER_UNIT, source: 'node' };
  });
}

type Sale = ExitQuestion & { readonly trade: Trade };

function saleOf({ netuid, alphaRao }: ExitQuestion): Trade {
  return { netuid, side: 'sell', amountRao: alphaRao };
}

async function simulateAll(view: BlockView, sales: readonly Sale[]) {
  const results = await view.callApiMany(
    SWAP_API,
    SELL_METHOD,
    sales.map(({ netuid, alphaRao }) => [netuid, alphaRao]),
  );
  return sales.map(({ trade, spotRaoPerAlpha }, index) =>
    quoteOfSimulation(trade, results[index], spotRaoPerAlpha),
  );
}

async function computeAll(view: BlockView, sales: readonly Sale[]) {
  const pools = await readPools(view, [...new Set(sales.map(({ netuid }) => netuid))]);
  return sales.map(({ trade, netuid }) => {
    const pool = pools.get(netuid);
    return pool === undefined || !isEven(pool) ? undefined : quoteByFormula(pool, trade);
  });
}
