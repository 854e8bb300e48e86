/** Plans an unstake: pure. Locked stake, dust left behind and unclaimed dividends are said before. */
import type { QuoteFacts, SubnetFacts } from '../chain/facts.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import { shortAddress } from '../domain/address.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { priceData, priceRows, subnetLabel, validatorLabel } from './plan-rows.ts';
import { belowMinimum, poolTooSmall, requireSubnet } from './plan-stake.ts';
import { guardPrice } from './price-guard.ts';

export type UnstakeRequest = {
  readonly hotkey: string;
  readonly netuid: number;
  /** `all`: the whole position. Amounts are alpha of the subnet, TAO on root. */
  readonly amountRao: bigint | 'all';
  readonly guard: PriceOptions;
};

export type UnstakePlanFacts = {
  readonly subnet: SubnetFacts | undefined;
  readonly hotkeyName: string;
  /** What the position holds. */
  readonly stakeRao: bigint;
  /** What of the coldkey's stake on the subnet no lock holds; undefined when the chain has no locks. */
  readonly unlockedRao: bigint | undefined;
  /** Quote of selling the amount that leaves; undefined: the pool cannot serve it. */
  readonly quote: QuoteFacts | undefined;
  readonly minimumRao: bigint;
  /** A leftover worth less than this is sold too; 0 when the chain has the rule off. */
  readonly nominatorMinimumRao: bigint;
  /** Root dividends owed on this position, in TAO at spot; lost in part when root is unstaked first. */
  readonly unclaimedRao: bigint;
};

/** The alpha that will leave: the amount, or all that is there. POSITION_EMPTY, STAKE_TOO_LOW. */
export function resolveUnstakeAmount(request: UnstakeRequest, stakeRao: bigint): bigint {
  const unit = request.netuid === ROOT_NETUID ? 'TAO' : 'alpha';
  if (stakeRao === 0n) {
    throw new TaoError('POSITION_EMPTY', {
      message: `Couldn't unstake: nothing is staked with ${request.hotkey} on subnet ${request.netuid}.`,
      hint: 'Run tao stake list to see the positions.',
      data: { hotkey: request.hotkey, netuid: request.netuid },
    });
  }
  if (request.amountRao === 'all') return stakeRao;
  if (request.amountRao <= stakeRao) return request.amountRao;
  throw new TaoError('STAKE_TOO_LOW', {
    message: `Couldn't unstake ${formatRao(request.amountRao)} ${unit}: the position holds ${formatRao(stakeRao)}.`,
    hint: 'Use --all for the whole position, or a smaller --amount.',
    data: { amountRao: request.amountRao.toString(), stakeRao: stakeRao.toString() },
  });
}

/** SUBNET_UNKNOWN, POSITION_EMPTY, STAKE_TOO_LOW, STAKE_LOCKED, AMOUNT_BELOW_MINIMUM, POOL_TOO_SMALL, PRICE_LIMIT_*. */
export function planUnstake(request: UnstakeRequest, facts: UnstakePlanFacts): TxPlan {
  const { netuid, hotkey } = request;
  const subnet = requireSubnet(facts.subnet, netuid);
  const amountRao = resolveUnstakeAmount(request, facts.stakeRao);
  const isAll = amountRao === facts.stakeRao;
  const isRoot = netuid === ROOT_NETUID;
  if (facts.unlockedRao !== undefined && amountRao > facts.unlockedRao) {
    throw stakeLocked(amountRao, facts.unlockedRao, netuid);
  }
  const quote = facts.quote;
  if (quote === undefined || quote.amountOutRao === 0n) throw poolTooSmall(amountRao, netuid);
  if (!isAll && quote.amountOutRao < facts.minimumRao) {
    throw belowMinimum(quote.amountOutRao, facts.minimumRao);
  }

  const unit = isRoot ? 'TAO' : 'alpha';
  const amountText = `${formatRao(amountRao)} ${unit}`;
  const common = {
    command: 'unstake',
    summary: `Unstake ${amountText} from ${shortAddress(hotkey)} in subnet ${netuid}`,
    question: `Unstake ${amountText}?`,
    spendRao: 0n,
    touches: { netuids: [netuid], hotkeys: [hotkey] },
  };
  const target = [
    ['Unstake', { text: isAll ? `${amountText}, the whole position` : amountText, tone: 'strong' }],
    ['From', validatorLabel(hotkey, facts.hotkeyName)],
    ['On', subnetLabel(subnet)],
  ] as const;
  const data = { amount: alphaJson(alpha(netuid, amountRao)), hotkey, netuid, all: isAll };
  if (isRoot) {
    return {
      ...common,
      call: rootCall(hotkey, amountRao, isAll),
      rows: [...target, ['You receive', `${amountText}, one to one`]],
      warnings: [...claimWarning(facts), ...dustWarning(request, facts, amountRao)],
      data: { ...data, expected: taoJson(tao(amountRao)) },
    };
  }
  const price = guardPrice(quote, request.guard);
  return {
    ...common,
    call: poolCall({ request, amountRao, isAll, limit: price.limitRaoPerAlpha }),
    rows: [
      ...target,
      ['You receive', `about ${displayRao(quote.amountOutRao)} TAO`],
      ['At least', `${displayRao(price.leastOutRao)} TAO, or the chain refuses`],
      ...priceRows(quote, price),
    ],
    warnings: dustWarning(request, facts, amountRao),
    data: {
      ...data,
      expected: taoJson(tao(quote.amountOutRao)),
      least: taoJson(tao(price.leastOutRao)),
      poolFee: alphaJson(alpha(netuid, quote.feeRao)),
      ...priceData(quote, price),
    },
  };
}

function rootCall(hotkey: string, amountRao: bigint, isAll: boolean): TxPlan['call'] {
  return isAll
    ? stakeCall('remove_stake_full_limit', { hotkey, netuid: ROOT_NETUID, limit_price: undefined })
    : stakeCall('remove_stake', { hotkey, netuid: ROOT_NETUID, amount_unstaked: amountRao });
}

function poolCall(trade: {
  readonly request: UnstakeRequest;
  readonly amountRao: bigint;
  readonly isAll: boolean;
  readonly limit: bigint;
}): TxPlan['call'] {
  const { hotkey, netuid, guard } = trade.request;
  // A partial fill of "all" needs an amount; the full exit is all or nothing.
  if (trade.isAll && !guard.partial) {
    return stakeCall('remove_stake_full_limit', { hotkey, netuid, limit_price: trade.limit });
  }
  return stakeCall('remove_stake_limit', {
    hotkey,
    netuid,
    amount_unstaked: trade.amountRao,
    limit_price: trade.limit,
    allow_partial: guard.partial,
  });
}

function stakeCall(name: string, args: Readonly<Record<string, unknown>>): TxPlan['call'] {
  return { pallet: 'SubtensorModule', name, args };
}

function dustWarning(
  request: UnstakeRequest,
  facts: UnstakePlanFacts,
  amountRao: bigint,
): readonly string[] {
  const leftRao = facts.stakeRao - amountRao;
  if (leftRao === 0n || facts.nominatorMinimumRao === 0n) return [];
  const price =
    request.netuid === ROOT_NETUID ? 1_000_000_000n : (facts.quote?.spotRaoPerAlpha ?? 0n);
  if (valueAtPriceFloor(leftRao, price) >= facts.nominatorMinimumRao) return [];
  return [
    `What stays, ${formatRao(leftRao)}, is worth less than ${formatRao(facts.nominatorMinimumRao)} TAO: the chain sells it too, at any price.`,
  ];
}

function claimWarning(facts: UnstakePlanFacts): readonly string[] {
  if (facts.unclaimedRao === 0n) return [];
  return [
    `About ${displayRao(facts.unclaimedRao)} TAO of root dividends is unclaimed; unstaking root first forfeits part of it.`,
  ];
}

function stakeLocked(amountRao: bigint, unlockedRao: bigint, netuid: number): TaoError {
  return new TaoError('STAKE_LOCKED', {
    message: `Couldn't unstake ${formatRao(amountRao)} alpha: a lock leaves ${formatRao(unlockedRao)} alpha of subnet ${netuid} free to go.`,
    hint: `Use --amount ${formatRao(unlockedRao)} or less, or wait until the lock has decayed.`,
    data: { amountRao: amountRao.toString(), unlockedRao: unlockedRao.toString(), netuid },
  });
}
