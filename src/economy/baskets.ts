/**
 * Root dividends from spec 441 on: a fund per root validator, held as the escrow account's stake on
 * the hotkey. Dividends stay in it as the alpha they came in; claims redeem shares for root stake.
 */
import { transferTao } from './accounts.ts';
import { div32, mul32 } from './fixed.ts';
import { ROOT } from './parameters.ts';
import { MIN_PRICE, swapOnPool } from './pool.ts';
import { decreaseStake, hotkeyStake, increaseStake, stakeOf } from './stake-ledger.ts';
import { applySell, simulateSwap } from './stake-swap.ts';
import type { Account, Basket, EconomyEvent, EconomyState, Hotkey } from './state.ts';
import type { Subnet } from './subnet.ts';

/** Redemptions worth less are left in the fund, rao of TAO. */
const BASKET_CLAIM_THRESHOLD_RAO = 500_000n;

/** What a claim took out of one fund. */
export type Redemption = {
  readonly hotkey: Account;
  readonly shares: bigint;
  /** TAO restaked on root, rao. */
  readonly taoRao: bigint;
};

/**
 * Puts a root dividend into the fund and issues shares to the root stakers of the hotkey; rao
 * booked.
 */
export function depositIntoBasket(
  state: EconomyState,
  subnet: Subnet,
  hotkey: Account,
  alphaRao: bigint,
): bigint {
  const record = state.hotkeys[hotkey] as Hotkey;
  const escrow = escrowAt(state, hotkey, subnet.netuid);
  const stakers = rootStakers(state, hotkey);
  if (stakers === 0n && (record.basket?.shares ?? 0n) === 0n) {
    const owner = { hotkey, coldkey: record.owner, netuid: subnet.netuid };
    return increaseStake(state, owner, alphaRao) ? alphaRao : 0n;
  }
  const before = basketValue(state, hotkey);
  if (!increaseStake(state, escrow, alphaRao)) return 0n;
  if (stakers === 0n) return alphaRao;
  const added = basketValue(state, hotkey) - before;
  const escrowRoot = stakeOf(state, hotkey, escrow.coldkey, ROOT);
  const value = (added * stakers) / (stakers + escrowRoot);
  const basket = basketOf(record);
  const par = basket.shares === 0n || before === 0n;
  const shares = par ? value : (value * basket.shares) / before;
  basket.shares += shares;
  basket.rateBits += div32(shares, stakers);
  basket.depositedRao = (basket.depositedRao ?? 0n) + added;
  return alphaRao;
}

/** What selling the whole fund now would bring, each holding after its own impact; rao of TAO. */
export function basketValue(state: EconomyState, hotkey: Account): bigint {
  let value = stakeOf(state, hotkey, state.parameters.basketEscrow, ROOT);
  for (const netuid of holdingsOf(state, hotkey)) {
    const alpha = stakeOf(state, hotkey, state.parameters.basketEscrow, netuid);
    const result = swapOnPool(state.subnets[netuid] as Subnet, {
      side: 'sell',
      amountIn: alpha,
      limitRaoPerAlpha: MIN_PRICE,
      dropFees: true,
      minimumReserveRao: state.parameters.minimumReserveRao,
    });
    if (result.ok) value += result.swap.paidOut;
  }
  return value;
}

/** Shares a coldkey may redeem: ⌊rate × root stake⌋ − claimed; negative when it was paid ahead. */
export function owedShares(state: EconomyState, hotkey: Account, coldkey: Account): bigint {
  const basket = state.hotkeys[hotkey]?.basket;
  if (basket === undefined || coldkey === state.parameters.basketEscrow) return 0n;
  const stake = stakeOf(state, hotkey, coldkey, ROOT);
  return mul32(basket.rateBits, stake) - (basket.claimed[coldkey] ?? 0n);
}

/** Redeems what is owed: the same part of every holding is sold, the TAO becomes root stake. */
export function redeemBasket(
  state: EconomyState,
  events: EconomyEvent[],
  at: { readonly hotkey: Account; readonly coldkey: Account },
): Redemption | undefined {
  const { hotkey, coldkey } = at;
  const basket = state.hotkeys[hotkey]?.basket;
  const shares = owedShares(state, hotkey, coldkey);
  if (basket === undefined || shares <= 0n || basket.shares === 0n) return undefined;
  const worth = (basketValue(state, hotkey) * shares) / basket.shares;
  if (worth < BASKET_CLAIM_THRESHOLD_RAO) return undefined;
  const part = { shares, of: basket.shares };
  let taoRao = takeRootPart(state, hotkey, part);
  for (const netuid of holdingsOf(state, hotkey)) {
    taoRao += sellPart(state, events, escrowAt(state, hotkey, netuid), part);
  }
  basket.shares -= shares;
  basket.claimed[coldkey] = (basket.claimed[coldkey] ?? 0n) + shares;
  basket.redeemedRao = (basket.redeemedRao ?? 0n) + taoRao;
  const root = state.subnets[ROOT] as Subnet;
  root.taoReserve += taoRao;
  root.alphaOut += taoRao;
  state.totalStake += taoRao;
  increaseStake(state, { hotkey, coldkey, netuid: ROOT }, taoRao);
  return { hotkey, shares, taoRao };
}

type Part = { readonly shares: bigint; readonly of: bigint };
type EscrowPosition = {
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly netuid: number;
};

/** Root TAO of the fund leaves the escrow; it lies on root's account already. */
function takeRootPart(state: EconomyState, hotkey: Account, part: Part): bigint {
  const escrow = escrowAt(state, hotkey, ROOT);
  const held = stakeOf(state, hotkey, escrow.coldkey, ROOT);
  const taoRao = (held * part.shares) / part.of;
  if (taoRao === 0n || !decreaseStake(state, escrow, taoRao)) return 0n;
  const root = state.subnets[ROOT] as Subnet;
  root.taoReserve -= taoRao;
  root.alphaOut -= taoRao;
  state.totalStake -= taoRao;
  return taoRao;
}

/** Sells a part of one holding without fee; what the pool cannot take stays in the fund. */
function sellPart(
  state: EconomyState,
  events: EconomyEvent[],
  escrow: EscrowPosition,
  part: Part,
): bigint {
  const subnet = state.subnets[escrow.netuid] as Subnet;
  const held = stakeOf(state, escrow.hotkey, escrow.coldkey, escrow.netuid);
  const alphaRao = (held * part.shares) / part.of;
  if (alphaRao === 0n) return 0n;
  const result = simulateSwap(state, subnet, { side: 'sell', amountIn: alphaRao, dropFees: true });
  if (!result.ok || !decreaseStake(state, escrow, alphaRao)) return 0n;
  applySell(state, subnet, result.swap);
  const { paidOut } = result.swap;
  const to = (state.subnets[ROOT] as Subnet).account;
  transferTao(state, events, { from: subnet.account, to, amountRao: paidOut });
  subnet.rootSellTao += paidOut;
  subnet.protocolFlow.sinceLastStep -= paidOut;
  return paidOut;
}

/** The dynamic subnets whose alpha a fund holds, ascending. */
export function holdingsOf(state: EconomyState, hotkey: Account): number[] {
  const pools = state.hotkeys[hotkey]?.pools;
  return state.netuids.filter(
    (netuid) =>
      netuid !== ROOT && pools?.[netuid]?.shares[state.parameters.basketEscrow] !== undefined,
  );
}

function rootStakers(state: EconomyState, hotkey: Account): bigint {
  const escrow = stakeOf(state, hotkey, state.parameters.basketEscrow, ROOT);
  return hotkeyStake(state, hotkey, ROOT) - escrow;
}

function escrowAt(state: EconomyState, hotkey: Account, netuid: number): EscrowPosition {
  return { hotkey, coldkey: state.parameters.basketEscrow, netuid };
}

function basketOf(record: Hotkey): Basket {
  record.basket ??= { shares: 0n, rateBits: 0n, claimed: {} };
  return record.basket;
}
