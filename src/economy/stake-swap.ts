/**
 * Stake through the pool: TAO in for alpha, alpha out for TAO, with the fee to the block's author.
 * Each call is atomic: it simulates everything first and writes only when nothing can fail.
 */
import { recycleTao, transferTao } from './accounts.ts';
import { canUnlock, dropDecayedLock } from './locks.ts';
import { chainError, type Position, stakeAdded, stakeRemoved } from './outcome.ts';
import { MAX_PRICE, MIN_PRICE, type Swap, type SwapRequest, swapOnPool } from './pool.ts';
import { depositRegisters } from './share-pool.ts';
import { decreaseStake, increaseStake, stakeOf } from './stake-ledger.ts';
import type { Account, ChainError, EconomyEvent, EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';

export type SwapLeg = Position & {
  /** TAO for stakeInto, alpha for unstakeFrom; rao, gross. */
  readonly amountRao: bigint;
  /** Rao per alpha; absent: none. */
  readonly limitRaoPerAlpha?: bigint | undefined;
  readonly dropFees?: boolean;
  /** Who gets the pool fee; absent: it is burned. */
  readonly author?: Account | undefined;
  /** Who gets the TAO of a sale; the coldkey by default. */
  readonly beneficiary?: Account | undefined;
};

export type Settled = { readonly ok: true; readonly out: bigint };
export type Settlement = Settled | { readonly ok: false; readonly error: ChainError };

/** Simulates a swap on a subnet's pool with the parameters in force. */
export function simulateSwap(
  state: EconomyState,
  pool: Pick<Subnet, 'mechanism' | 'taoReserve' | 'alphaIn' | 'quoteWeight' | 'feeRateU16'>,
  request: Omit<SwapRequest, 'minimumReserveRao' | 'limitRaoPerAlpha'> & {
    readonly limitRaoPerAlpha?: bigint | undefined;
  },
): ReturnType<typeof swapOnPool> {
  return swapOnPool(pool, {
    ...request,
    limitRaoPerAlpha: request.limitRaoPerAlpha ?? (request.side === 'buy' ? MAX_PRICE : MIN_PRICE),
    minimumReserveRao: state.parameters.minimumReserveRao,
  });
}

/** Buys alpha with TAO that the coldkey is known to hold, and stakes it. */
export function stakeInto(state: EconomyState, events: EconomyEvent[], leg: SwapLeg): Settlement {
  const subnet = state.subnets[leg.netuid] as Subnet;
  const request = { side: 'buy', amountIn: leg.amountRao, ...swapOptions(leg) } as const;
  const result = simulateSwap(state, subnet, request);
  if (!result.ok) return refuse(result.error, 'Swap');
  const { swap } = result;
  if (swap.paidOut === 0n) return refuse('AmountTooLow');
  const pool = state.hotkeys[leg.hotkey]?.pools[leg.netuid];
  if (!depositRegisters(pool, swap.paidOut)) return refuse('InsufficientLiquidity');
  const consumed = swap.paidIn + swap.fee;
  transferTao(state, events, { from: leg.coldkey, to: subnet.account, amountRao: leg.amountRao });
  applyBuy(state, subnet, swap);
  increaseStake(state, leg, swap.paidOut);
  payTaoFee(state, events, subnet, { fee: swap.fee, author: leg.author });
  const refund = { from: subnet.account, to: leg.coldkey, amountRao: leg.amountRao - consumed };
  transferTao(state, events, refund);
  subnet.userFlow.sinceLastStep += swap.paidIn;
  events.push(stakeAdded(leg, leg.amountRao, swap.paidOut, swap.fee));
  return { ok: true, out: swap.paidOut };
}

/** Sells alpha of a position and pays the TAO out. The alpha must be there and unlocked. */
export function unstakeFrom(state: EconomyState, events: EconomyEvent[], leg: SwapLeg): Settlement {
  const subnet = state.subnets[leg.netuid] as Subnet;
  if (!canUnlock(state, leg.coldkey, leg.netuid, leg.amountRao)) return refuse('StakeUnavailable');
  if (leg.amountRao > stakeOf(state, leg.hotkey, leg.coldkey, leg.netuid)) {
    return refuse('NotEnoughStakeToWithdraw');
  }
  const request = { side: 'sell', amountIn: leg.amountRao, ...swapOptions(leg) } as const;
  const result = simulateSwap(state, subnet, request);
  if (!result.ok) return refuse(result.error, 'Swap');
  const { swap } = result;
  const authorSale = simulateAuthorSale(state, subnet, swap, leg.author);
  if (!authorSale.ok) return authorSale;
  const refund = leg.amountRao - swap.paidIn - swap.fee;
  decreaseStake(state, leg, leg.amountRao);
  applySell(state, subnet, swap);
  if (refund > 0n) increaseStake(state, leg, refund);
  const to = leg.beneficiary ?? leg.coldkey;
  transferTao(state, events, { from: subnet.account, to, amountRao: swap.paidOut });
  if (leg.author === undefined) subnet.alphaBurned += swap.fee;
  else {
    applySell(state, subnet, authorSale.swap);
    const amountRao = authorSale.swap.paidOut;
    transferTao(state, events, { from: subnet.account, to: leg.author, amountRao });
  }
  subnet.userFlow.sinceLastStep -= swap.paidOut + authorSale.swap.paidOut;
  dropDecayedLock(state, leg.coldkey, leg.netuid);
  events.push(stakeRemoved(leg, swap.paidOut, swap.paidIn, swap.fee));
  return { ok: true, out: swap.paidOut };
}

/** Books a buy on the pool's side. TotalStake counts the fee too, as on the chain. */
export function applyBuy(state: EconomyState, subnet: Subnet, swap: Swap): void {
  const consumed = swap.paidIn + swap.fee;
  if (subnet.mechanism === 1) subnet.alphaIn -= swap.paidOut;
  subnet.alphaOut += swap.paidOut;
  subnet.taoReserve += swap.paidIn;
  state.totalStake += consumed;
  subnet.volumeRao += consumed;
}

/** Books a sale on the pool's side. */
export function applySell(state: EconomyState, subnet: Subnet, swap: Swap): void {
  if (subnet.mechanism === 1) subnet.alphaIn += swap.paidIn;
  subnet.alphaOut -= swap.paidIn;
  subnet.taoReserve -= swap.paidOut;
  state.totalStake -= swap.paidOut;
  subnet.volumeRao += swap.paidOut;
}

function payTaoFee(
  state: EconomyState,
  events: EconomyEvent[],
  subnet: Subnet,
  payment: { readonly fee: bigint; readonly author: Account | undefined },
): void {
  const { fee, author } = payment;
  if (author === undefined) recycleTao(state, subnet.account, fee);
  else transferTao(state, events, { from: subnet.account, to: author, amountRao: fee });
}

type AuthorSale =
  | { readonly ok: true; readonly swap: Swap }
  | { readonly ok: false; readonly error: ChainError };

/** The fee's alpha is sold without fee on the pool as the main trade left it. */
function simulateAuthorSale(
  state: EconomyState,
  subnet: Subnet,
  main: Swap,
  author: Account | undefined,
): AuthorSale {
  if (author === undefined || main.fee === 0n) {
    return { ok: true, swap: { paidIn: 0n, fee: 0n, paidOut: 0n } };
  }
  const after = {
    mechanism: subnet.mechanism,
    taoReserve: subnet.taoReserve - main.paidOut,
    alphaIn: subnet.alphaIn + main.paidIn,
    quoteWeight: subnet.quoteWeight,
    feeRateU16: 0,
  };
  const result = simulateSwap(state, after, { side: 'sell', amountIn: main.fee, dropFees: true });
  return result.ok ? result : refuse(result.error, 'Swap');
}

function swapOptions(leg: SwapLeg): {
  limitRaoPerAlpha: bigint | undefined;
  dropFees: boolean;
} {
  return { limitRaoPerAlpha: leg.limitRaoPerAlpha, dropFees: leg.dropFees === true };
}

function refuse(
  name: string,
  pallet: ChainError['pallet'] = 'SubtensorModule',
): { readonly ok: false; readonly error: ChainError } {
  return { ok: false, error: chainError(name, pallet) };
}
