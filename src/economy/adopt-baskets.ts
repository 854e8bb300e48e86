/** The step from claims to baskets, made once: what every root staker is owed moves into a fund. */
import { basketValue } from './baskets.ts';
import { ROOT } from './parameters.ts';
import { owedRootDividend } from './root-dividends.ts';
import { increaseStake } from './stake-ledger.ts';
import type { Account, EconomyState, Hotkey } from './state.ts';

/**
 * Puts the state under the rules of baskets, with `escrow` as the account that holds them. Owed
 * alpha becomes the escrow's stake, each staker's shares their part of its value.
 */
export function adoptBaskets(state: EconomyState, escrow: Account): void {
  const { parameters } = state;
  parameters.rootRules = 'baskets';
  parameters.basketEscrow = escrow;
  for (const [hotkey, record] of Object.entries(state.hotkeys)) moveOwed(state, hotkey, record);
  for (const netuid of state.netuids) {
    const subnet = state.subnets[netuid];
    // What was accrued and never became anybody's stays out, as rounding does.
    if (subnet === undefined) continue;
    subnet.unassignedAlpha += subnet.unclaimedRootAlpha;
    subnet.unclaimedRootAlpha = 0n;
  }
  for (const coldkey of Object.values(state.coldkeys)) coldkey.rootClaimType = { kind: 'swap' };
  state.rootClaimers = [];
}

function moveOwed(state: EconomyState, hotkey: Account, record: Hotkey): void {
  const stakers = Object.keys(record.pools[ROOT]?.shares ?? {});
  const owedRao = new Map<Account, Map<number, bigint>>();
  const totals = new Map<number, bigint>();
  for (const coldkey of stakers) {
    const mine = new Map<number, bigint>();
    for (const netuid of state.netuids) {
      const alphaRao = owedRootDividend(state, { hotkey, coldkey, netuid });
      if (alphaRao === 0n) continue;
      mine.set(netuid, alphaRao);
      totals.set(netuid, (totals.get(netuid) ?? 0n) + alphaRao);
    }
    if (mine.size > 0) owedRao.set(coldkey, mine);
  }
  record.rootClaimRates = {};
  record.rootClaimed = {};
  if (totals.size === 0) return;
  const valuePerNetuid = new Map<number, bigint>();
  let value = 0n;
  for (const [netuid, alphaRao] of totals) {
    const subnet = state.subnets[netuid];
    const at = { hotkey, coldkey: state.parameters.basketEscrow, netuid };
    if (subnet === undefined || !increaseStake(state, at, alphaRao)) continue;
    subnet.unclaimedRootAlpha -= alphaRao;
    const after = basketValue(state, hotkey);
    valuePerNetuid.set(netuid, after - value);
    value = after;
  }
  record.basket = { shares: 0n, rateBits: 0n, claimed: {}, depositedRao: value };
  for (const [coldkey, mine] of owedRao) {
    let shares = 0n;
    for (const [netuid, alphaRao] of mine) {
      shares += ((valuePerNetuid.get(netuid) ?? 0n) * alphaRao) / (totals.get(netuid) ?? 1n);
    }
    // A watermark below zero is what is owed beyond the rate.
    record.basket.claimed[coldkey] = -shares;
    record.basket.shares += shares;
  }
}
