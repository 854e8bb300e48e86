/** Plans an unstake: pure. Locked stake, dust left behind and unclaimed dividends are said before. */
import type { SubnetFacts } from '../chain/facts.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import { shortAddress } from '../domain/address.ts';
import {
  alpha,
  alphaJson,
  displayRao,
  formatRao,
  RAO_PER_UNIT,
  tao,
  taoJson,
} from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { leastRow, priceData, priceRows, subnetLabel, validatorLabel } from './plan-rows.ts';
import { alphaBelowMinimum, poolTooSmall, requireSubnet, subnetNotStarted } from './plan-stake.ts';
import { type GuardedPrice, type GuardedQuote, guardPrice } from './price-guard.ts';

export type UnstakeRequest = {
  readonly hotkey: string;
  readonly netuid: number;
  /** `all`: the whole position. Amounts are alpha of the subnet, TAO on root. */
  readonly amountRao: bigint | 'all';
  /** The TAO goes to root stake with the same validator, and not to the free balance. */
  readonly toRoot: boolean;
  readonly guard: PriceOptions;
};

export type UnstakePlanFacts = {
  readonly subnet: SubnetFacts | undefined;
  readonly isTokenEnabled: boolean;
  readonly hotkeyName: string;
  /** Whether the coldkey owns the hotkey: what is left with an own hotkey is never swept. */
  readonly isOwnHotkey: boolean;
  /** What the position holds. */
  readonly stakeRao: bigint;
  /** What of the coldkey's stake on the subnet no lock holds; undefined when the chain has no locks. */
  readonly unlockedRao: bigint | undefined;
  /** Quote of selling the amount that leaves; undefined: the pool cannot serve it. */
  readonly quote: GuardedQuote | undefined;
  readonly minimumRao: bigint;
  /** A leftover worth less than this is sold too; 0 when the chain has the rule off. */
  readonly nominatorMinimumRao: bigint;
  /** Root dividends owed on this position, in TAO at spot; lost in part when root is unstaked first. */
  readonly unclaimedRao: bigint;
};

/** What a position can give: POSITION_EMPTY, STAKE_TOO_LOW, STAKE_LOCKED. */
export function resolveUnstakeAmount(
  request: Pick<UnstakeRequest, 'hotkey' | 'netuid' | 'amountRao'>,
  held: Pick<UnstakePlanFacts, 'stakeRao' | 'unlockedRao'>,
): bigint {
  const { netuid, hotkey } = request;
  const { stakeRao, unlockedRao = stakeRao } = held;
  if (stakeRao === 0n) {
    throw new TaoError('POSITION_EMPTY', {
      message: `Couldn't unstake: nothing is staked with ${hotkey} on subnet ${netuid}.`,
      hint: 'Run tao stake list to see the positions.',
      data: { hotkey, netuid },
    });
  }
  const isAll = request.amountRao === 'all';
  const amountRao = request.amountRao === 'all' ? stakeRao : request.amountRao;
  if (amountRao > stakeRao) throw stakeTooLow(amountRao, stakeRao, netuid);
  if (amountRao <= unlockedRao) return amountRao;
  if (isAll && unlockedRao > 0n) return unlockedRao;
  throw stakeLocked(amountRao, unlockedRao, netuid);
}

/**
 * SUBNET_UNKNOWN, SUBNET_NOT_STARTED (to root), POSITION_EMPTY, STAKE_TOO_LOW, STAKE_LOCKED,
 * AMOUNT_BELOW_MINIMUM, POOL_TOO_SMALL, PRICE_LIMIT_*; USAGE_INVALID from root to root.
 */
export function planUnstake(request: UnstakeRequest, facts: UnstakePlanFacts): TxPlan {
  const { netuid, hotkey, toRoot } = request;
  const subnet = requireSubnet(facts.subnet, netuid);
  refuseRootToRoot(request);
  const amountRao = resolveUnstakeAmount(request, facts);
  if (toRoot && !facts.isTokenEnabled) throw subnetNotStarted(netuid);
  const quote = requireQuote(facts, amountRao, request);
  const price = netuid === ROOT_NETUID ? undefined : guardPrice(quote, request.guard);
  const isAll = amountRao === facts.stakeRao;
  const amountText = `${formatRao(amountRao)} ${unitOf(netuid)}`;
  const least = price === undefined ? amountRao : price.leastOutRao;
  const unit = toRoot ? 'TAO of root stake' : 'TAO';
  const call = { request, amountRao, isAll, limitRaoPerAlpha: price?.limitRaoPerAlpha };
  return {
    command: 'unstake',
    summary: `Unstake ${amountText} from ${shortAddress(hotkey)} in subnet ${netuid}${toRoot ? ' to root' : ''}`,
    question: `Unstake ${amountText}?`,
    call: toRoot ? swapToRootCall(call) : removeCall(call),
    rows: [
      [
        'Unstake',
        { text: isAll ? `${amountText}, the whole position` : amountText, tone: 'strong' },
      ],
      ['From', validatorLabel(hotkey, facts.hotkeyName)],
      ['On', subnetLabel(subnet)],
      ...(price === undefined
        ? [['You receive', `${amountText}, one to one`] as const]
        : [
            ['You receive', `about ${displayRao(quote.amountOutRao)} ${unit}`] as const,
            leastRow(`${displayRao(least)} ${unit}`, request.guard),
            ...priceRows(quote, price),
          ]),
    ],
    warnings: warningsOf(request, facts, amountRao),
    spendRao: 0n,
    touches: { netuids: toRoot ? [netuid, ROOT_NETUID] : [netuid], hotkeys: [hotkey] },
    brief: briefOf(quote, price, unit),
    ...(price === undefined
      ? {}
      : { limit: { netuid, side: 'sell', raoPerAlpha: price.limitRaoPerAlpha } as const }),
    data: {
      amount: alphaJson(alpha(netuid, amountRao)),
      hotkey,
      netuid,
      all: isAll,
      toRoot,
      expected: taoJson(tao(quote.amountOutRao)),
      least: taoJson(tao(least)),
      ...(price === undefined
        ? {}
        : { poolFee: alphaJson(alpha(netuid, quote.feeRao)), ...priceData(quote, price) }),
    },
  };
}

function unitOf(netuid: number): string {
  return netuid === ROOT_NETUID ? 'TAO' : 'alpha';
}

function briefOf(quote: GuardedQuote, price: GuardedPrice | undefined, unit: string): string {
  if (price === undefined) return `${displayRao(quote.amountOutRao)} ${unit}, one to one`;
  return `about ${displayRao(quote.amountOutRao)} ${unit}, at least ${displayRao(price.leastOutRao)}`;
}

/**
 * Chain rule: leaving a position whole is exempt from the minimum, unless it goes to root; and what
 * goes to root must bring more than the minimum, not as much.
 */
function requireQuote(
  { quote, stakeRao, minimumRao }: UnstakePlanFacts,
  amountRao: bigint,
  { netuid, toRoot }: UnstakeRequest,
): GuardedQuote {
  if (quote === undefined || quote.amountOutRao === 0n) throw poolTooSmall(amountRao, netuid);
  const outRao = quote.amountOutRao;
  if (toRoot ? outRao > minimumRao : amountRao === stakeRao || outRao >= minimumRao) return quote;
  throw alphaBelowMinimum({ netuid, amountRao, valueRao: outRao }, minimumRao);
}

type Leaving = {
  readonly request: UnstakeRequest;
  readonly amountRao: bigint;
  readonly isAll: boolean;
  /** Undefined on root. */
  readonly limitRaoPerAlpha: bigint | undefined;
};

function removeCall({ request, amountRao, isAll, limitRaoPerAlpha }: Leaving): TxPlan['call'] {
  const { hotkey, netuid, guard } = request;
  // A partial fill of "all" needs an amount; the full exit is all or nothing.
  if (isAll && (limitRaoPerAlpha === undefined || !guard.partial)) {
    return stakeCall('remove_stake_full_limit', { hotkey, netuid, limit_price: limitRaoPerAlpha });
  }
  if (limitRaoPerAlpha === undefined) {
    return stakeCall('remove_stake', { hotkey, netuid, amount_unstaked: amountRao });
  }
  return stakeCall('remove_stake_limit', {
    hotkey,
    netuid,
    amount_unstaked: amountRao,
    limit_price: limitRaoPerAlpha,
    allow_partial: guard.partial,
  });
}

/** Chain rule: with root as destination the limit is a price in rao of TAO per alpha, as for a sale. */
function swapToRootCall({ request, amountRao, limitRaoPerAlpha }: Leaving): TxPlan['call'] {
  const { hotkey, netuid, guard } = request;
  return stakeCall('swap_stake_limit', {
    hotkey,
    origin_netuid: netuid,
    destination_netuid: ROOT_NETUID,
    alpha_amount: amountRao,
    limit_price: limitRaoPerAlpha ?? 0n,
    allow_partial: guard.partial,
  });
}

function stakeCall(name: string, args: Readonly<Record<string, unknown>>): TxPlan['call'] {
  return { pallet: 'SubtensorModule', name, args };
}

function warningsOf(
  request: UnstakeRequest,
  facts: UnstakePlanFacts,
  amountRao: bigint,
): readonly string[] {
  const { netuid, guard } = request;
  const lockedRao = request.amountRao === 'all' ? facts.stakeRao - amountRao : 0n;
  return [
    ...(lockedRao > 0n
      ? [
          `A lock holds ${formatRao(lockedRao)} alpha of this position on subnet ${netuid}: that part stays.`,
        ]
      : []),
    ...claimWarning(request, facts),
    ...dustWarning(request, facts, amountRao),
    ...(guard.partial && netuid !== ROOT_NETUID
      ? ['With --partial the chain may sell less; the rest stays staked.']
      : []),
  ];
}

/** Chain rule: what a nominator leaves behind under the minimum is sold in the same call, unlimited. */
function dustWarning(
  { netuid, toRoot }: UnstakeRequest,
  facts: UnstakePlanFacts,
  amountRao: bigint,
): readonly string[] {
  const leftRao = facts.stakeRao - amountRao;
  const minimumRao = facts.nominatorMinimumRao;
  if (leftRao === 0n || toRoot) return [];
  const price = netuid === ROOT_NETUID ? RAO_PER_UNIT : (facts.quote?.spotRaoPerAlpha ?? 0n);
  const worthRao = valueAtPriceFloor(leftRao, price);
  const left = `What stays, ${formatRao(leftRao)} ${unitOf(netuid)}`;
  if (worthRao < minimumRao && !facts.isOwnHotkey) {
    return [
      `${left}, is worth less than ${formatRao(minimumRao)} TAO: the chain sells it too, at any price.`,
    ];
  }
  return worthRao < facts.minimumRao
    ? [
        `${left}, is worth less than the ${formatRao(facts.minimumRao)} TAO that can be sold alone: only --all takes it out later.`,
      ]
    : [];
}

function claimWarning({ netuid }: UnstakeRequest, facts: UnstakePlanFacts): readonly string[] {
  if (facts.unclaimedRao === 0n || netuid !== ROOT_NETUID) return [];
  return [
    `About ${displayRao(facts.unclaimedRao)} TAO of root dividends is unclaimed; unstaking root first forfeits part of it. --claim-first claims in the same transaction.`,
  ];
}

function stakeTooLow(amountRao: bigint, stakeRao: bigint, netuid: number): TaoError {
  return new TaoError('STAKE_TOO_LOW', {
    message: `Couldn't unstake ${formatRao(amountRao)} ${unitOf(netuid)}: the position holds ${formatRao(stakeRao)}.`,
    hint: 'Use --all for the whole position, or a smaller --amount.',
    data: { amountRao: amountRao.toString(), stakeRao: stakeRao.toString() },
  });
}

function stakeLocked(amountRao: bigint, unlockedRao: bigint, netuid: number): TaoError {
  return new TaoError('STAKE_LOCKED', {
    message: `Couldn't unstake ${formatRao(amountRao)} alpha: a lock leaves ${formatRao(unlockedRao)} alpha of subnet ${netuid} free to go.`,
    hint:
      unlockedRao === 0n
        ? 'Wait until the lock has decayed; tao stake list shows the positions.'
        : `Use --amount ${formatRao(unlockedRao)} or less, or wait until the lock has decayed.`,
    data: { amountRao: amountRao.toString(), unlockedRao: unlockedRao.toString(), netuid },
  });
}

/** USAGE_INVALID from root to root: known without the chain. `netuid` undefined: on every subnet. */
export function refuseRootToRoot({
  netuid,
  toRoot,
}: {
  readonly netuid: number | undefined;
  readonly toRoot: boolean;
}): void {
  if (toRoot && netuid === ROOT_NETUID) throw isOnRoot();
}

function isOnRoot(): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: "Couldn't unstake to root: the position is on root already.",
    hint: 'Name another subnet with --netuid, or leave out --to-root.',
  });
}
