/** Spot prices in rao of TAO per whole alpha: from the node, or from the reserves where it has no API. */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { BlockView } from '../types.ts';
import { asCount, asList, asRao, count, rao } from './shape.ts';

export const SWAP_API = 'SwapRuntimeApi';
/** Pool weights are parts of this. */
export const WEIGHT_UNIT = 10n ** 18n;
const EVEN_WEIGHT = WEIGHT_UNIT / 2n;

/** Spot prices by netuid; of all subnets unless `netuids` names some. */
export async function readPrices(
  view: BlockView,
  netuids?: readonly number[],
): Promise<ReadonlyMap<number, bigint>> {
  const { has } = view.runtime;
  if (netuids === undefined && has.api(SWAP_API, 'current_alpha_price_all')) {
    const rows = asList(await view.callApi(SWAP_API, 'current_alpha_price_all'));
    return new Map(rows.map((row) => [count(row, 'netuid'), rao(row, 'price')]));
  }
  const wanted = netuids ?? (await readNetuids(view));
  const prices = await Promise.all(wanted.map((netuid) => readPrice(view, netuid)));
  return new Map(wanted.map((netuid, index) => [netuid, prices[index] ?? 0n]));
}

/** Of prices that were read: root's is one, and zero where there is no pool. */
export function priceIn(prices: ReadonlyMap<number, bigint>, netuid: number): bigint {
  return netuid === ROOT_NETUID ? RAO_PER_UNIT : (prices.get(netuid) ?? 0n);
}

/** The spot price of one subnet; zero where there is no pool. */
export async function readPrice(view: BlockView, netuid: number): Promise<bigint> {
  if (netuid === ROOT_NETUID) return RAO_PER_UNIT;
  if (view.runtime.has.api(SWAP_API, 'current_alpha_price')) {
    return asRao(await view.callApi(SWAP_API, 'current_alpha_price', netuid));
  }
  return priceOfPool(await readPool(view, netuid));
}

/** Existing netuids, ascending. */
export async function readNetuids(view: BlockView): Promise<readonly number[]> {
  const entries = await view.entries('SubtensorModule', 'NetworksAdded');
  return entries
    .filter((entry) => entry.value === true)
    .map((entry) => asCount(entry.keys[0]))
    .sort((a, b) => a - b);
}

export type Pool = {
  readonly taoRao: bigint;
  readonly alphaRao: bigint;
  /** Weight of the TAO side in parts of 10^18. */
  readonly quoteWeight: bigint;
  readonly feeRateU16: number;
};

/** The pool of a subnet from storage. */
export async function readPool(view: BlockView, netuid: number): Promise<Pool> {
  return (await readPools(view, [netuid])).get(netuid) as Pool;
}

/** The pools of several subnets from storage, in one round trip. */
export async function readPools(
  view: BlockView,
  netuids: readonly number[],
): Promise<ReadonlyMap<number, Pool>> {
  const { has } = view.runtime;
  const keys = netuids.map((netuid) => [netuid]);
  const [taos, alphas, weights, feeRates] = await Promise.all([
    view.readMany('SubtensorModule', 'SubnetTAO', keys),
    view.readMany('SubtensorModule', 'SubnetAlphaIn', keys),
    has.storage('Swap', 'SwapBalancer') ? view.readMany('Swap', 'SwapBalancer', keys) : [],
    has.storage('Swap', 'FeeRate') ? view.readMany('Swap', 'FeeRate', keys) : [],
  ]);
  return new Map(
    netuids.map((netuid, index) => [
      netuid,
      {
        taoRao: asRao(taos[index]),
        alphaRao: asRao(alphas[index]),
        quoteWeight: asRao(weights[index] ?? EVEN_WEIGHT),
        feeRateU16: asCount(feeRates[index] ?? 0),
      },
    ]),
  );
}

/** Spot price of a weighted pool, floored: (base weight ÷ quote weight) × (TAO ÷ alpha). */
export function priceOfPool(pool: Pool): bigint {
  const divisor = pool.alphaRao * pool.quoteWeight;
  if (divisor === 0n) return 0n;
  return (pool.taoRao * (WEIGHT_UNIT - pool.quoteWeight) * RAO_PER_UNIT) / divisor;
}

/** Whether the pool is an ordinary constant product. */
export function isEven(pool: Pool): boolean {
  return pool.quoteWeight === EVEN_WEIGHT;
}
