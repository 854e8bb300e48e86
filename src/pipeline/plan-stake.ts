/** Plans a stake: pure. Everything the chain would refuse is refused here first, with the fix. */
import type { AccountFacts, SubnetFacts } from '../chain/facts.ts';
import type { PriceOptions } from '../cli/option-groups.ts';
import { shortAddress } from '../domain/address.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { leastRow, priceData, priceRows, subnetLabel, validatorLabel } from './plan-rows.ts';
import { type GuardedQuote, guardPrice } from './price-guard.ts';

export type StakeRequest = {
  readonly hotkey: string;
  readonly netuid: number;
  readonly amountRao: bigint;
  readonly guard: PriceOptions;
};

/** What the chain said at one block. */
export type StakePlanFacts = {
  readonly account: AccountFacts;
  /** Undefined: no such subnet. */
  readonly subnet: SubnetFacts | undefined;
  readonly isTokenEnabled: boolean;
  /** Coldkey that owns the hotkey; undefined: no such hotkey. */
  readonly hotkeyOwner: string | undefined;
  readonly hotkeyName: string;
  /** Undefined: the pool cannot serve the amount. */
  readonly quote: GuardedQuote | undefined;
  readonly minimumRao: bigint;
};

/** SUBNET_UNKNOWN, SUBNET_NOT_STARTED, HOTKEY_UNKNOWN, AMOUNT_BELOW_MINIMUM, BALANCE_TOO_LOW, POOL_TOO_SMALL, PRICE_LIMIT_*. */
export function planStake(request: StakeRequest, facts: StakePlanFacts): TxPlan {
  const { netuid, hotkey, amountRao } = request;
  const subnet = requireSubnet(facts.subnet, netuid);
  if (facts.hotkeyOwner === undefined) throw hotkeyUnknown(hotkey);
  if (!facts.isTokenEnabled) throw subnetNotStarted(netuid);
  if (amountRao > facts.account.freeRao) throw balanceTooLow(amountRao, facts.account);
  const isRoot = netuid === ROOT_NETUID;
  const quote = facts.quote;
  const feeRao = quote?.feeRao ?? 0n;
  if (amountRao - feeRao < facts.minimumRao) throw belowMinimum(amountRao, facts.minimumRao);
  if (quote === undefined || quote.amountOutRao === 0n) throw poolTooSmall(amountRao, netuid);

  const amountText = `${formatRao(amountRao)} TAO`;
  const common = {
    command: 'stake.add',
    summary: `Stake ${amountText} with ${shortAddress(hotkey)} in subnet ${netuid}`,
    question: `Stake ${amountText}?`,
    spendRao: amountRao,
    touches: { netuids: [netuid], hotkeys: [hotkey] },
  };
  const target = [
    ['Stake', { text: amountText, tone: 'strong' }],
    ['With', validatorLabel(hotkey, facts.hotkeyName)],
    ['On', subnetLabel(subnet)],
  ] as const;
  const data = { amount: taoJson(tao(amountRao)), hotkey, netuid };
  if (isRoot) {
    return {
      ...common,
      call: stakeCall('add_stake', { hotkey, netuid, amount_staked: amountRao }),
      rows: [...target, ['You receive', `${amountText} of root stake, one to one`]],
      warnings: [],
      brief: `${amountText} of root stake`,
      data: {
        ...data,
        expected: alphaJson(alpha(netuid, amountRao)),
        least: alphaJson(alpha(netuid, amountRao)),
      },
    };
  }
  const price = guardPrice(quote, request.guard);
  return {
    ...common,
    call: stakeCall('add_stake_limit', {
      hotkey,
      netuid,
      amount_staked: amountRao,
      limit_price: price.limitRaoPerAlpha,
      allow_partial: request.guard.partial,
    }),
    rows: [
      ...target,
      ['You receive', `about ${displayRao(quote.amountOutRao)} alpha`],
      leastRow(`${displayRao(price.leastOutRao)} alpha`, request.guard),
      ...priceRows(quote, price),
    ],
    warnings: partialWarning(request.guard),
    brief: `about ${displayRao(quote.amountOutRao)} alpha, at least ${displayRao(price.leastOutRao)}`,
    limit: { netuid, side: 'buy', raoPerAlpha: price.limitRaoPerAlpha },
    data: {
      ...data,
      expected: alphaJson(alpha(netuid, quote.amountOutRao)),
      least: alphaJson(alpha(netuid, price.leastOutRao)),
      poolFee: taoJson(tao(quote.feeRao)),
      ...priceData(quote, price),
    },
  };
}

function stakeCall(name: string, args: Readonly<Record<string, unknown>>): TxPlan['call'] {
  return { pallet: 'SubtensorModule', name, args };
}

function partialWarning(guard: PriceOptions): readonly string[] {
  return guard.partial
    ? ['With --partial the chain may stake less; the rest stays in the free balance.']
    : [];
}

/** The subnet, or SUBNET_UNKNOWN. */
export function requireSubnet(subnet: SubnetFacts | undefined, netuid: number): SubnetFacts {
  if (subnet !== undefined) return subnet;
  throw subnetUnknown(netuid);
}

/** SUBNET_UNKNOWN. */
export function subnetUnknown(netuid: number): TaoError {
  return new TaoError('SUBNET_UNKNOWN', {
    message: `Couldn't find subnet ${netuid} on this chain.`,
    hint: 'Run tao subnet list to see the subnets.',
    data: { netuid },
  });
}

/** HOTKEY_UNKNOWN for an address no coldkey owns as a hotkey. */
export function hotkeyUnknown(hotkey: string): TaoError {
  return new TaoError('HOTKEY_UNKNOWN', {
    message: `Couldn't find the hotkey ${hotkey} on this chain: nobody has registered it.`,
    hint: 'Run tao delegate list to see the validators.',
    data: { hotkey },
  });
}

/** SUBNET_NOT_STARTED. */
export function subnetNotStarted(netuid: number): TaoError {
  return new TaoError('SUBNET_NOT_STARTED', {
    message: `Couldn't trade on subnet ${netuid}: its token is not enabled.`,
    hint: 'Wait until the subnet owner starts it, or choose another with tao subnet list.',
    data: { netuid },
  });
}

function balanceTooLow(amountRao: bigint, account: AccountFacts): TaoError {
  return new TaoError('BALANCE_TOO_LOW', {
    message: `Couldn't stake ${formatRao(amountRao)} TAO: ${account.address} has ${formatRao(account.freeRao)} TAO free.`,
    hint: 'Stake less, or move TAO to this account first.',
    data: { amountRao: amountRao.toString(), freeRao: account.freeRao.toString() },
  });
}

/** AMOUNT_BELOW_MINIMUM. */
export function belowMinimum(amountRao: bigint, minimumRao: bigint): TaoError {
  return new TaoError('AMOUNT_BELOW_MINIMUM', {
    message: `Couldn't use ${formatRao(amountRao)} TAO: the chain takes at least ${formatRao(minimumRao)} TAO plus the pool's fee.`,
    hint: `Use at least ${formatRao(minimumRao + minimumRao / 100n)} TAO.`,
    data: { amountRao: amountRao.toString(), minimumRao: minimumRao.toString() },
  });
}

/** AMOUNT_BELOW_MINIMUM of stake that leaves, told in its own unit. `valueRao`: the TAO it brings. */
export function alphaBelowMinimum(
  leaving: { readonly netuid: number; readonly amountRao: bigint; readonly valueRao: bigint },
  minimumRao: bigint,
): TaoError {
  const { netuid, amountRao, valueRao } = leaving;
  if (netuid === ROOT_NETUID) return belowMinimum(amountRao, minimumRao);
  const leastRao =
    valueRao === 0n ? undefined : (amountRao * minimumRao * 101n) / (valueRao * 100n);
  return new TaoError('AMOUNT_BELOW_MINIMUM', {
    message: `Couldn't use ${formatRao(amountRao)} alpha: it brings ${formatRao(valueRao)} TAO, and the chain takes at least what brings ${formatRao(minimumRao)}.`,
    hint: leastRao === undefined ? 'Use more.' : `Use at least ${formatRao(leastRao + 1n)} alpha.`,
    data: {
      amountRao: amountRao.toString(),
      valueRao: valueRao.toString(),
      minimumRao: minimumRao.toString(),
    },
  });
}

/** POOL_TOO_SMALL. */
export function poolTooSmall(amountRao: bigint, netuid: number): TaoError {
  return new TaoError('POOL_TOO_SMALL', {
    message: `Couldn't trade ${formatRao(amountRao)} on subnet ${netuid}: its pool cannot serve that.`,
    hint: `Use a smaller amount; tao subnet show ${netuid} shows the pool.`,
    data: { amountRao: amountRao.toString(), netuid },
  });
}
