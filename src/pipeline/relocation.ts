/**
 * What moving, swapping and transferring stake share: from where to where, the facts of one block,
 * and the refusals the chain would answer with. Pure.
 */
import type { MoveQuoteFacts, SubnetFacts } from '../chain/facts.ts';
import type { Call } from '../chain/types.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import type { Text } from '../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { type Ratio, shareFloor, valueAtPriceFloor } from '../domain/price.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { formatPercent } from './plan-rows.ts';
import { alphaBelowMinimum, hotkeyUnknown, poolTooSmall, requireSubnet } from './plan-stake.ts';
import { type GuardedSwap, guardSwap, swapImpactMillionths } from './swap-guard.ts';

export type StakePlace = { readonly hotkey: string; readonly netuid: number };

/** `all`: the whole position; or a share of it. Alpha of the origin, TAO on root; rao. */
export type RelocatedAmount = bigint | 'all' | { readonly shareOfPosition: Ratio };

export type RelocationRequest = {
  readonly from: StakePlace;
  readonly to: StakePlace;
  readonly amountRao: RelocatedAmount;
  readonly guard: PriceOptions;
};

export type HotkeyFacts = {
  /** Undefined: the chain does not know the hotkey. */
  readonly owner: string | undefined;
  readonly name: string;
};

/** What the chain said at one block. */
export type RelocationFacts = {
  /** Undefined: no such subnet. */
  readonly origin: SubnetFacts | undefined;
  readonly destination: SubnetFacts | undefined;
  /** Subnets among the two whose token is off. */
  readonly disabledNetuids: readonly number[];
  readonly fromHotkey: HotkeyFacts;
  readonly toHotkey: HotkeyFacts;
  /** Whether the hotkey that holds the stake afterwards is registered there, and so can earn. */
  readonly isRegisteredThere: boolean;
  readonly stakeRao: bigint;
  /** What the coldkey holds already where the stake arrives. */
  readonly heldThereRao: bigint;
  /** What of the coldkey's stake on the origin no lock holds; undefined without locks. */
  readonly unlockedRao: bigint | undefined;
  readonly minimumRao: bigint;
  /** Between subnets only; undefined: a pool cannot serve the amount. */
  readonly quote: MoveQuoteFacts | undefined;
  /** Root dividends owed on the position, in TAO at spot. */
  readonly unclaimedRao: bigint;
};

/** What a relocation is after its checks. */
export type Relocation = {
  readonly origin: SubnetFacts;
  readonly destination: SubnetFacts;
  readonly amountRao: bigint;
  readonly isAll: boolean;
  /** `5 alpha`, on root `5 TAO`. */
  readonly amountText: string;
  /** Set between subnets. */
  readonly swap: (GuardedSwap & { readonly quote: MoveQuoteFacts }) | undefined;
};

/** The verb as the messages say it: `move`, `swap`, `transfer`. */
export type RelocationVerb = 'move' | 'swap' | 'transfer';

/**
 * The relocation, or what the chain would refuse: SUBNET_UNKNOWN, HOTKEY_UNKNOWN,
 * SUBNET_NOT_STARTED, POSITION_EMPTY, STAKE_TOO_LOW, STAKE_LOCKED (between subnets),
 * AMOUNT_BELOW_MINIMUM, POOL_TOO_SMALL, PRICE_LIMIT_*.
 */
export function requireRelocation(
  verb: RelocationVerb,
  request: RelocationRequest,
  facts: RelocationFacts,
): Relocation {
  const { from, to } = request;
  const origin = requireSubnet(facts.origin, from.netuid);
  const destination = requireSubnet(facts.destination, to.netuid);
  if (facts.toHotkey.owner === undefined) throw hotkeyUnknown(to.hotkey);
  const [disabled] = facts.disabledNetuids;
  if (disabled !== undefined) throw tokenDisabled(verb, disabled);
  const amountRao = resolveRelocated(verb, request, facts.stakeRao);
  const common = {
    origin,
    destination,
    amountRao,
    isAll: amountRao === facts.stakeRao,
    amountText: `${formatRao(amountRao)} ${unitOf(from.netuid)}`,
  };
  if (from.netuid === to.netuid) {
    const valueRao = valueAtPriceFloor(amountRao, origin.priceRaoPerAlpha);
    if (valueRao < facts.minimumRao) {
      throw alphaBelowMinimum({ netuid: from.netuid, amountRao, valueRao }, facts.minimumRao);
    }
    return { ...common, swap: undefined };
  }
  if (facts.unlockedRao !== undefined && amountRao > facts.unlockedRao) {
    throw stakeLocked(verb, { amountRao, unlockedRao: facts.unlockedRao, netuid: from.netuid });
  }
  const { quote } = facts;
  if (quote === undefined || quote.amountOutRao === 0n || quote.spotRatio === 0n) {
    throw poolTooSmall(amountRao, from.netuid);
  }
  const taoRao = quote.sale.amountOutRao;
  // Chain rule: on the way between subnets the TAO must be more than the minimum, not equal to it.
  if (taoRao <= facts.minimumRao) {
    const brings = { netuid: from.netuid, amountRao, valueRao: taoRao };
    throw alphaBelowMinimum(brings, facts.minimumRao);
  }
  return { ...common, swap: { ...guardSwap(quote, request.guard), quote } };
}

/** The alpha that will leave: the amount, or all that is there. POSITION_EMPTY, STAKE_TOO_LOW. */
export function resolveRelocated(
  verb: RelocationVerb,
  request: Pick<RelocationRequest, 'from' | 'amountRao'>,
  stakeRao: bigint,
): bigint {
  const { from, amountRao } = request;
  if (stakeRao === 0n) {
    throw new TaoError('POSITION_EMPTY', {
      message: `Couldn't ${verb} stake: nothing is staked with ${from.hotkey} on subnet ${from.netuid}.`,
      hint: 'Run tao stake list to see the positions.',
      data: { hotkey: from.hotkey, netuid: from.netuid },
    });
  }
  if (amountRao === 'all') return stakeRao;
  if (typeof amountRao === 'object') return shareFloor(stakeRao, amountRao.shareOfPosition);
  if (amountRao <= stakeRao) return amountRao;
  throw new TaoError('STAKE_TOO_LOW', {
    message: `Couldn't ${verb} ${formatRao(amountRao)} ${unitOf(from.netuid)}: the position holds ${formatRao(stakeRao)}.`,
    hint: 'Use --all for the whole position, or a smaller --amount.',
    data: { amountRao: amountRao.toString(), stakeRao: stakeRao.toString() },
  });
}

/** `alpha`, on root `TAO`. */
export function unitOf(netuid: number): 'alpha' | 'TAO' {
  return netuid === ROOT_NETUID ? 'TAO' : 'alpha';
}

/** `swap_stake_limit`, the one call between subnets that carries a limit. */
export function swapCall(hotkey: string, relocation: Relocation, guard: PriceOptions): Call {
  const { origin, destination, amountRao, swap } = relocation;
  return {
    pallet: 'SubtensorModule',
    name: 'swap_stake_limit',
    args: {
      hotkey,
      origin_netuid: origin.netuid,
      destination_netuid: destination.netuid,
      alpha_amount: amountRao,
      limit_price: swap?.limitRatio ?? 0n,
      allow_partial: guard.partial,
    },
  };
}

/** The limit that a plan of this carries; none within one subnet. */
export function rateLimitOf({ swap, origin, destination }: Relocation): Pick<TxPlan, 'rateLimit'> {
  if (swap === undefined) return {};
  const { limitRatio } = swap;
  return { rateLimit: { fromNetuid: origin.netuid, toNetuid: destination.netuid, limitRatio } };
}

/** What comes out, what at least, at which ratio, and what it costs. Empty within one subnet. */
export function swapRows({ swap, origin, destination }: Relocation, receive: string): Rows {
  if (swap === undefined) return [];
  const { quote } = swap;
  const unit = unitOf(destination.netuid);
  const feeUnit = unitOf(origin.netuid);
  return [
    [receive, `about ${displayRao(quote.amountOutRao)} ${unit}`],
    ['At least', `${displayRao(swap.leastOutRao)} ${unit}, or the chain refuses`],
    [
      'Rate',
      `${formatRao(quote.spotRatio)} for one ${feeUnit}, limit ${formatRao(swap.limitRatio)}`,
    ],
    ['Impact', `${formatPercent(swapImpactMillionths(quote))} worse than that rate, on average`],
    ['Pool fee', `${displayRao(quote.feeRao, 9, 'up')} ${feeUnit}`],
  ];
}

type Rows = readonly (readonly [label: string, value: Text])[];

/** The swap for machines; within one subnet what arrives is what left. */
export function swapData({ swap, origin, destination, amountRao }: Relocation) {
  const there = (rao: bigint) => alphaJson(alpha(destination.netuid, rao));
  if (swap === undefined) return { expected: there(amountRao), least: there(amountRao) };
  const { quote } = swap;
  return {
    expected: there(quote.amountOutRao),
    least: there(swap.leastOutRao),
    poolFee: alphaJson(alpha(origin.netuid, quote.feeRao)),
    spotRatio: quote.spotRatio.toString(),
    limitRatio: swap.limitRatio.toString(),
    impactPercent: formatPercent(swapImpactMillionths(quote)).replace(' %', ''),
    quoteSource: quote.source,
  };
}

/** What to know before: dividends that are lost, a validator that earns nothing, a partial fill. */
export function relocationWarnings(
  { from, to, guard }: RelocationRequest,
  facts: RelocationFacts,
): readonly string[] {
  const warnings: string[] = [];
  if (facts.unclaimedRao > 0n) {
    warnings.push(
      `About ${displayRao(facts.unclaimedRao)} TAO of root dividends is unclaimed; root stake that leaves forfeits part of it.`,
    );
  }
  if (!facts.isRegisteredThere) {
    warnings.push(
      `The hotkey is not registered on subnet ${to.netuid}: stake with it earns nothing there.`,
    );
  }
  if (guard.partial && from.netuid !== to.netuid) {
    warnings.push(
      `With --partial the chain may swap less; the rest stays on subnet ${from.netuid}.`,
    );
  }
  return warnings;
}

function tokenDisabled(verb: RelocationVerb, netuid: number): TaoError {
  return new TaoError('SUBNET_NOT_STARTED', {
    message: `Couldn't ${verb} stake: the token of subnet ${netuid} is not enabled.`,
    hint: 'Wait until the subnet owner starts it, or choose another with tao subnet list.',
    data: { netuid },
  });
}

/** STAKE_LOCKED, with what is free to go. */
function stakeLocked(
  verb: RelocationVerb,
  facts: { readonly amountRao: bigint; readonly unlockedRao: bigint; readonly netuid: number },
): TaoError {
  const { amountRao, unlockedRao, netuid } = facts;
  return new TaoError('STAKE_LOCKED', {
    message: `Couldn't ${verb} ${formatRao(amountRao)} alpha: a lock leaves ${formatRao(unlockedRao)} alpha of subnet ${netuid} free to go.`,
    hint: `Use --amount ${formatRao(unlockedRao)} or less; tao stake lock list shows when more is free.`,
    data: { amountRao: amountRao.toString(), unlockedRao: unlockedRao.toString(), netuid },
  });
}
