/** Prices, simulated swaps, and what a new subnet costs. */
import { networkLockCost } from '../../economy/network.ts';
import { poolPriceRao } from '../../economy/pool.ts';
import { type SimSwap, simSwapAlphaForTao, simSwapTaoForAlpha } from '../../economy/quote.ts';
import type { EconomyState } from '../../economy/state.ts';
import type { Subnet } from '../../economy/subnet.ts';
import type { ApiMethods } from './call-api.ts';

export const swapApis: ApiMethods = {
  current_alpha_price: ({ state }, netuid: number) => priceOf(state.economy, netuid),
  current_alpha_price_all: ({ state }) =>
    state.economy.netuids.map((netuid) => ({ netuid, price: priceOf(state.economy, netuid) })),
  sim_swap_tao_for_alpha: ({ state }, netuid: number, tao: bigint) =>
    simulated(state.economy.subnets[netuid], (subnet) => simSwapTaoForAlpha(subnet, tao)),
  sim_swap_alpha_for_tao: ({ state }, netuid: number, alpha: bigint) =>
    simulated(state.economy.subnets[netuid], (subnet) => simSwapAlphaForTao(subnet, alpha)),
};

export const registrationApis: ApiMethods = {
  get_network_registration_cost: ({ state }) => networkLockCost(state.economy),
};

function priceOf({ subnets }: EconomyState, netuid: number): bigint {
  const subnet = subnets[netuid];
  return subnet === undefined ? 0n : poolPriceRao(subnet);
}

/** SimSwapResult; all zeros for a subnet that does not exist. */
function simulated(subnet: Subnet | undefined, run: (subnet: Subnet) => SimSwap): unknown {
  const result = subnet === undefined ? undefined : run(subnet);
  return {
    tao_amount: result?.taoAmount ?? 0n,
    alpha_amount: result?.alphaAmount ?? 0n,
    tao_fee: result?.taoFee ?? 0n,
    alpha_fee: result?.alphaFee ?? 0n,
    tao_slippage: result?.taoSlippage ?? 0n,
    alpha_slippage: result?.alphaSlippage ?? 0n,
  };
}
