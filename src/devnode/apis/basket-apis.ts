/** BetaBasketRuntimeApi: the funds of root validators, and what each staker could claim of them. */
import { basketValue, holdingsOf, owedShares } from '../../economy/baskets.ts';
import { mul64 } from '../../economy/fixed.ts';
import { ROOT } from '../../economy/parameters.ts';
import { poolPriceBits } from '../../economy/pool.ts';
import { simSwapAlphaForTao } from '../../economy/quote.ts';
import { stakeOf } from '../../economy/stake-ledger.ts';
import type { Account, EconomyState } from '../../economy/state.ts';
import type { Subnet } from '../../economy/subnet.ts';
import type { View } from '../state/view.ts';
import type { ApiMethods } from './call-api.ts';

export const basketApis: ApiMethods = {
  get_root_basket_owed: (view, coldkey: Account) =>
    positionsOf(view, coldkey).reduce((sum, { taoRao }) => sum + taoRao, 0n),
  get_basket_payout: ({ state }, hotkey: Account, coldkey: Account) =>
    payout(state.economy, hotkey, coldkey)?.taoRao ?? 0n,
  get_validator_basket_nav: ({ state }, hotkey: Account) => basketValue(state.economy, hotkey),
  get_validator_basket: ({ state }, hotkey: Account) =>
    holdings(state.economy, hotkey).map(({ netuid, alpha, realizable_tao }) => [
      netuid,
      alpha,
      realizable_tao,
    ]),
  get_root_basket_total_nav: ({ state }) =>
    fundsOf(state.economy).reduce((sum, hotkey) => sum + basketValue(state.economy, hotkey), 0n),
  // Nobody sets weights on root here: dividends stay as the alpha they came in.
  get_validator_weights: () => [],
  get_validator_basket_summary: ({ state }, hotkey: Account) => summary(state.economy, hotkey),
  get_all_validator_baskets: ({ state }) =>
    fundsOf(state.economy).map((hotkey) => summary(state.economy, hotkey)),
  get_root_basket_positions: (view, coldkey: Account) =>
    positionsOf(view, coldkey).map(({ hotkey, shares, taoRao }) => [hotkey, shares, taoRao]),
};

type Payout = { readonly hotkey: Account; readonly shares: bigint; readonly taoRao: bigint };

/** Shares a coldkey may redeem and what that would bring now, or undefined when there are none. */
function payout(economy: EconomyState, hotkey: Account, coldkey: Account): Payout | undefined {
  const issued = economy.hotkeys[hotkey]?.basket?.shares ?? 0n;
  const owed = owedShares(economy, hotkey, coldkey);
  const shares = owed < issued ? owed : issued;
  if (shares <= 0n) return undefined;
  return { hotkey, shares, taoRao: (basketValue(economy, hotkey) * shares) / issued };
}

function positionsOf({ state }: View, coldkey: Account): Payout[] {
  const hotkeys = state.economy.coldkeys[coldkey]?.stakingHotkeys ?? [];
  return hotkeys.flatMap((hotkey) => payout(state.economy, hotkey, coldkey) ?? []);
}

function fundsOf({ hotkeys }: EconomyState): Account[] {
  return Object.keys(hotkeys)
    .filter((hotkey) => (hotkeys[hotkey]?.basket?.shares ?? 0n) > 0n)
    .sort();
}

type Holding = {
  readonly netuid: number;
  readonly alpha: bigint;
  readonly spot_tao: bigint;
  readonly realizable_tao: bigint;
};

/** Root TAO first, then what is held of each subnet. */
function holdings(economy: EconomyState, hotkey: Account): Holding[] {
  const escrow = economy.parameters.basketEscrow;
  const cash = stakeOf(economy, hotkey, escrow, ROOT);
  const held = holdingsOf(economy, hotkey).map((netuid): Holding => {
    const subnet = economy.subnets[netuid] as Subnet;
    const alpha = stakeOf(economy, hotkey, escrow, netuid);
    const { taoAmount } = simSwapAlphaForTao({ ...subnet, feeRateU16: 0 }, alpha);
    const spot = mul64(alpha, poolPriceBits(subnet));
    return { netuid, alpha, spot_tao: spot, realizable_tao: taoAmount };
  });
  if (cash === 0n) return held;
  return [{ netuid: ROOT, alpha: cash, spot_tao: cash, realizable_tao: cash }, ...held];
}

function summary(economy: EconomyState, hotkey: Account): unknown {
  const basket = economy.hotkeys[hotkey]?.basket;
  const held = holdings(economy, hotkey);
  return {
    hotkey,
    nav_tao: basketValue(economy, hotkey),
    spot_nav_tao: held.reduce((sum, { spot_tao }) => sum + spot_tao, 0n),
    shares: basket?.shares ?? 0n,
    deposited_tao: basket?.depositedRao ?? 0n,
    redeemed_tao: basket?.redeemedRao ?? 0n,
    weights: [],
    holdings: held,
  };
}
