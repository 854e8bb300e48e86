/** Claiming root dividends: by call, or until spec 441 also a few coldkeys per block by lot. */

import { transferTao } from './accounts.ts';
import { atomically } from './atomically.ts';
import { redeemBasket } from './baskets.ts';
import { mul32 } from './fixed.ts';
import { requireU16 } from './invalid-input.ts';
import { failure, subtensorEvent, success } from './outcome.ts';
import { ROOT } from './parameters.ts';
import { owedRootDividend } from './root-dividends.ts';
import { claimedOn, increaseStake, stakeOf } from './stake-ledger.ts';
import { applySell, simulateSwap } from './stake-swap.ts';
import {
  type Account,
  type ChainError,
  type EconomyEvent,
  type EconomyState,
  ensureColdkey,
  type Hotkey,
  type Outcome,
  type RootClaimType,
} from './state.ts';
import type { Subnet } from './subnet.ts';

const MAX_SUBNETS_PER_CLAIM = 5;

export type ClaimRoot = { readonly coldkey: Account; readonly netuids: readonly number[] };

export type ClaimBasket = { readonly coldkey: Account; readonly hotkey: Account };

/** One payment: alpha claimed and, for a sale, the TAO it became; rao. */
export type RootPayment = {
  readonly hotkey: Account;
  readonly netuid: number;
  readonly alphaRao: bigint;
  readonly taoRao: bigint;
};

/**
 * Claims 1 to 5 subnets over all hotkeys; amounts under the threshold are skipped silently. Under
 * the rules of baskets the subnets are ignored and every fund is redeemed.
 */
export function claimRoot(
  state: EconomyState,
  call: ClaimRoot,
): Outcome<{ readonly payments: readonly RootPayment[] }> {
  if (state.parameters.rootRules === 'baskets') return claimBaskets(state, call.coldkey);
  const netuids = [...new Set(call.netuids)].sort((a, b) => a - b);
  if (netuids.length === 0 || netuids.length > MAX_SUBNETS_PER_CLAIM) {
    return failure('InvalidSubnetNumber');
  }
  return claimFor(state, call.coldkey, netuids);
}

/** Redeems what one fund owes; only under the rules of baskets. */
export function claimBasket(
  state: EconomyState,
  { coldkey, hotkey }: ClaimBasket,
): Outcome<{ readonly payments: readonly RootPayment[] }> {
  return redeemAll(state, coldkey, [hotkey]);
}

/** Sets how root dividends are paid; the coldkey joins the automatic claims. */
export function setRootClaimType(
  state: EconomyState,
  call: { readonly coldkey: Account; readonly type: RootClaimType },
): Outcome {
  const { coldkey, type } = call;
  if (type.kind === 'keep-subnets') {
    for (const netuid of type.netuids) requireU16('set the claim type', { netuid });
  }
  if (type.kind === 'keep-subnets' && type.netuids.length === 0) {
    return failure('InvalidSubnetNumber');
  }
  ensureColdkey(state, coldkey).rootClaimType = type;
  joinClaimers(state, coldkey);
  const root_claim_type =
    type.kind === 'keep-subnets' ? { kind: type.kind, netuids: type.netuids } : { kind: type.kind };
  return success([subtensorEvent('RootClaimTypeSet', { coldkey, root_claim_type })], {});
}

/** The automatic claims of a block: `rootClaimsPerBlock` coldkeys drawn from the parent's hash. */
export function claimAutomatically(state: EconomyState, events: EconomyEvent[]): void {
  const { rootClaimsPerBlock } = state.parameters;
  const count = state.rootClaimers.length;
  if (count === 0 || state.parameters.rootRules !== 'claims') return;
  const netuids = state.netuids.filter((netuid) => netuid !== ROOT);
  for (const index of claimIndices(state.parentHash, rootClaimsPerBlock, count)) {
    const outcome = claimFor(state, state.rootClaimers[index] as Account, netuids);
    if (outcome.ok && outcome.payments.length > 0) events.push(...outcome.events);
  }
}

/**
 * Indices into a list of `count` drawn from 32 bytes of `seed` hex, ascending and distinct: each is
 * the running sum, saturating at u64, of eight bytes modulo `count`.
 */
export function claimIndices(seed: string, draws: number, count: number): number[] {
  const bytes = seed.replace(/^0x/, '').padEnd(64, '0');
  const words = [0, 1, 2, 3].map((i) => BigInt(`0x${bytes.slice(i * 16, i * 16 + 16)}`));
  const drawn = new Set<number>();
  let last = words[0] as bigint;
  for (let i = 0; i < draws; i += 1) {
    const sum = last + (words[i % 4] as bigint);
    last = (sum > U64_LIMIT ? U64_LIMIT : sum) % BigInt(count);
    drawn.add(Number.parseInt(last.toString(), 10));
  }
  return [...drawn].sort((a, b) => a - b);
}

/**
 * Pays one (hotkey, netuid); nothing when too little is owed. An error must undo the whole call.
 */
export function payRootClaim(
  state: EconomyState,
  events: EconomyEvent[],
  at: { readonly hotkey: Account; readonly coldkey: Account; readonly netuid: number },
  keep: boolean,
): RootPayment | ChainError | undefined {
  const subnet = state.subnets[at.netuid];
  const record = state.hotkeys[at.hotkey];
  if (subnet === undefined || record === undefined) return undefined;
  const owed = owedRootDividend(state, at);
  if (owed === 0n || owed < subnet.rootClaimThreshold) return undefined;
  const paid = { hotkey: at.hotkey, netuid: at.netuid, alphaRao: owed };
  if (keep) {
    if (!increaseStake(state, at, owed)) return undefined;
    noteClaimed(record, at, owed);
    subnet.unclaimedRootAlpha -= owed;
    return { ...paid, taoRao: 0n };
  }
  const request = { side: 'sell', amountIn: owed, dropFees: true } as const;
  const result = simulateSwap(state, subnet, request);
  if (!result.ok) return { pallet: 'Swap', name: result.error };
  applySell(state, subnet, result.swap);
  subnet.unclaimedRootAlpha -= owed;
  noteClaimed(record, at, owed);
  restakeOnRoot(state, events, { ...at, subnet, taoRao: result.swap.paidOut });
  return { ...paid, taoRao: result.swap.paidOut };
}

const U64_LIMIT = 2n ** 64n - 1n;
const SLACK_RAO = 1_000n;

type Due = { readonly hotkey: Account; readonly netuid: number };

function claimFor(
  state: EconomyState,
  coldkey: Account,
  netuids: readonly number[],
): Outcome<{ readonly payments: readonly RootPayment[] }> {
  const due = duePayments(state, coldkey, netuids);
  const scope = {
    hotkeys: due.map(({ hotkey }) => hotkey),
    coldkeys: [coldkey],
    accounts: [],
    netuids: due.map(({ netuid }) => netuid),
  };
  return atomically(state, scope, () => {
    const events: EconomyEvent[] = [];
    const payments: RootPayment[] = [];
    const type = ensureColdkey(state, coldkey).rootClaimType;
    for (const { hotkey, netuid } of due) {
      const keep = keepsAlpha(type, netuid);
      const paid = payRootClaim(state, events, { hotkey, coldkey, netuid }, keep);
      if (paid === undefined) continue;
      if ('pallet' in paid) return { ok: false, error: paid } as const;
      payments.push(paid);
    }
    joinClaimers(state, coldkey);
    events.push(subtensorEvent('RootClaimed', { coldkey }));
    return success(events, { payments });
  });
}

/**
 * What may be paid, hotkeys in order of first stake. A little generous: earlier payments of the
 * same call can move later ones by a rao, and the payment itself decides.
 */
function duePayments(
  state: EconomyState,
  coldkey: Account,
  netuids: readonly number[],
): readonly Due[] {
  const due: Due[] = [];
  for (const hotkey of state.coldkeys[coldkey]?.stakingHotkeys ?? []) {
    const record = state.hotkeys[hotkey];
    const stake = stakeOf(state, hotkey, coldkey, ROOT);
    if (record === undefined || stake === 0n) continue;
    for (const netuid of netuids) {
      const rate = record.rootClaimRates[netuid];
      const subnet = state.subnets[netuid];
      if (rate === undefined || subnet === undefined) continue;
      const owed = mul32(rate, stake) - (record.rootClaimed[netuid]?.[coldkey] ?? 0n);
      if (owed + SLACK_RAO >= subnet.rootClaimThreshold) due.push({ hotkey, netuid });
    }
  }
  return due;
}

function claimBaskets(
  state: EconomyState,
  coldkey: Account,
): Outcome<{ readonly payments: readonly RootPayment[] }> {
  return redeemAll(state, coldkey, [...(state.coldkeys[coldkey]?.stakingHotkeys ?? [])]);
}

/** Payments name root (netuid 0) and the shares redeemed in place of alpha. */
function redeemAll(
  state: EconomyState,
  coldkey: Account,
  hotkeys: readonly Account[],
): Outcome<{ readonly payments: readonly RootPayment[] }> {
  const events: EconomyEvent[] = [];
  const payments: RootPayment[] = [];
  let tao = 0n;
  for (const hotkey of hotkeys) {
    const redeemed = redeemBasket(state, events, { hotkey, coldkey });
    if (redeemed === undefined) continue;
    tao += redeemed.taoRao;
    const { shares: alphaRao, taoRao } = redeemed;
    payments.push({ hotkey, netuid: ROOT, alphaRao, taoRao });
  }
  events.push(subtensorEvent('RootClaimed', { coldkey, tao }));
  return success(events, { payments });
}

function keepsAlpha(type: RootClaimType, netuid: number): boolean {
  return type.kind === 'keep' || (type.kind === 'keep-subnets' && type.netuids.includes(netuid));
}

function noteClaimed(
  record: Hotkey,
  at: { readonly coldkey: Account; readonly netuid: number },
  owed: bigint,
): void {
  const claimed = claimedOn(record, at.netuid);
  claimed[at.coldkey] = (claimed[at.coldkey] ?? 0n) + owed;
}

type Restake = {
  readonly hotkey: Account;
  readonly coldkey: Account;
  readonly subnet: Subnet;
  readonly taoRao: bigint;
};

/** The TAO moves from the subnet's account to root's and becomes root stake on the same hotkey. */
function restakeOnRoot(state: EconomyState, events: EconomyEvent[], restake: Restake): void {
  const { hotkey, coldkey, subnet, taoRao } = restake;
  const root = state.subnets[ROOT] as Subnet;
  transferTao(state, events, { from: subnet.account, to: root.account, amountRao: taoRao });
  root.taoReserve += taoRao;
  root.alphaOut += taoRao;
  state.totalStake += taoRao;
  subnet.rootSellTao += taoRao;
  subnet.protocolFlow.sinceLastStep -= taoRao;
  increaseStake(state, { hotkey, coldkey, netuid: ROOT }, taoRao);
}

function joinClaimers(state: EconomyState, coldkey: Account): void {
  if (!state.rootClaimers.includes(coldkey)) state.rootClaimers.push(coldkey);
}
