/**
 * Plans giving stake to another coldkey: pure. It is gone for good, so a receiver that is new here
 * is typed back. The chain's own transfer to another subnet has no limit; here a limited swap goes
 * first.
 */
import type { Call } from '../chain/types.ts';
import type { Text } from '../cli/spec.ts';
import { shortAddress } from '../domain/address.ts';
import { alpha, alphaJson, displayRao, formatRao } from '../domain/amount.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { together } from './plan-move.ts';
import { subnetLabel, validatorLabel } from './plan-rows.ts';
import { belowMinimum } from './plan-stake.ts';
import { endOf, FAMILIARITY_TEXT, type Familiarity } from './plan-transfer.ts';
import {
  type Relocation,
  type RelocationFacts,
  type RelocationRequest,
  rateLimitOf,
  relocationWarnings,
  requireRelocation,
  swapCall,
  swapData,
  swapRows,
  unitOf,
} from './relocation.ts';
import type { NamedAddress } from './resolve-address.ts';

export const TRANSFER_STAKE_COMMAND = 'stake.transfer';

export type TransferStakeRequest = RelocationRequest & {
  readonly receiver: NamedAddress;
  /** `--confirm` was given: then it has to be right, also for an address that is known. */
  readonly hasConfirm: boolean;
};

export type TransferStakeFacts = RelocationFacts & {
  readonly sender: string;
  /** Subnets among the two whose owner has switched transfers off. */
  readonly closedNetuids: readonly number[];
  /** Whether the receiver takes stake that a lock holds. */
  readonly acceptsLocked: boolean;
  /** The hotkeys that the locks on the origin subnet speak for; undefined: no lock. */
  readonly ownLockHotkey: string | undefined;
  readonly theirLockHotkey: string | undefined;
  readonly familiarity: Familiarity;
};

/** USAGE_INVALID (to itself), USAGE_CONFLICT, TRANSFER_DISALLOWED, and what `requireRelocation` refuses. */
export function planTransferStake(
  request: TransferStakeRequest,
  facts: TransferStakeFacts,
): TxPlan {
  const { from, to, receiver } = request;
  requireGift(request, facts.sender);
  const relocation = requireRelocation('transfer', request, facts);
  const [closed] = facts.closedNetuids;
  if (closed !== undefined) throw transfersOff(closed);
  const given = giftOf(request, relocation, facts);
  const { origin, destination, amountText, isAll, swap } = relocation;
  const isNew = facts.familiarity === 'none';
  const gift = transferCall(request, given.giftRao);
  const plan: TxPlan = {
    command: TRANSFER_STAKE_COMMAND,
    summary: `Give ${amountText} of subnet ${from.netuid} with ${shortAddress(from.hotkey)} to ${shortAddress(receiver.address)}${swap === undefined ? '' : ` on subnet ${to.netuid}`}`,
    question: `Give ${amountText} away?`,
    call: swap === undefined ? gift : swapCall(from.hotkey, relocation, request.guard),
    rows: [
      ['Give', { text: isAll ? `${amountText}, the whole position` : amountText, tone: 'strong' }],
      ['Of', subnetLabel(origin)],
      ['With', validatorLabel(from.hotkey, facts.fromHotkey.name)],
      ['To', labelOf(receiver)],
      ['Known as', isNew ? { text: FAMILIARITY_TEXT.none, tone: 'warn' } : knownAs(facts)],
      ...given.rows(swap === undefined ? [] : [['On', subnetLabel(destination)]]),
    ],
    warnings: [...given.warnings, ...relocationWarnings(request, facts)],
    spendRao: 0n,
    ...rateLimitOf(relocation),
    touches: { netuids: [...new Set([from.netuid, to.netuid])], hotkeys: [from.hotkey] },
    data: {
      amount: alphaJson(alpha(from.netuid, relocation.amountRao)),
      to: receiver.address,
      hotkey: from.hotkey,
      fromNetuid: from.netuid,
      toNetuid: to.netuid,
      all: isAll,
      isNewDestination: isNew,
      ...swapData(relocation),
      expected: alphaJson(alpha(to.netuid, given.giftRao)),
    },
    ...(isNew || request.hasConfirm ? { severe: endOf(receiver.address) } : {}),
  };
  return swap === undefined ? plan : together(plan, [gift]);
}

/**
 * What is known without the chain. USAGE_INVALID for a gift to oneself; USAGE_CONFLICT for
 * `--partial` where a swap goes first.
 */
export function requireGift(
  { from, to, receiver, guard }: Pick<TransferStakeRequest, 'from' | 'to' | 'receiver' | 'guard'>,
  sender: string,
): void {
  if (receiver.address === sender) throw toItself(receiver);
  if (guard.partial && from.netuid !== to.netuid) throw partialGift();
}

type Rows = readonly (readonly [label: string, value: Text])[];

type Gift = {
  /** What the transfer names, in rao of the destination's alpha. */
  readonly giftRao: bigint;
  readonly rows: (where: Rows) => Rows;
  readonly warnings: readonly string[];
};

function giftOf(
  request: TransferStakeRequest,
  relocation: Relocation,
  facts: TransferStakeFacts,
): Gift {
  const { amountRao, swap } = relocation;
  if (swap === undefined) {
    const warnings = lockedWarning(request, amountRao, facts);
    const text = `${relocation.amountText}: nothing is traded, there is no pool fee`;
    return { giftRao: amountRao, rows: () => [['They receive', text]], warnings };
  }
  const leastValueRao = valueAtPriceFloor(
    swap.leastOutRao,
    relocation.destination.priceRaoPerAlpha,
  );
  if (leastValueRao < facts.minimumRao) throw belowMinimum(leastValueRao, facts.minimumRao);
  const unit = unitOf(request.to.netuid);
  // Chain rule: a transfer gives at most what is there, so with nothing there before it is safe to
  // name all that is expected. Otherwise it could reach into stake that was not meant.
  if (facts.heldThereRao === 0n) {
    const rows = (where: Rows) => [...where, ...swapRows(relocation, 'They receive')];
    return { giftRao: swap.quote.amountOutRao, rows, warnings: [] };
  }
  return {
    giftRao: swap.leastOutRao,
    rows: (where) => [
      ...where,
      ['They receive', `${displayRao(swap.leastOutRao)} ${unit}`],
      // Expected and least are this one amount.
      ...swapRows(relocation, '').slice(2),
    ],
    warnings: [
      `You hold stake there already: what comes out over ${formatRao(swap.leastOutRao)} ${unit} stays with you.`,
    ],
  };
}

/** STAKE_LOCKED where the locked part cannot travel along; else what to know about it. */
function lockedWarning(
  { from, receiver }: TransferStakeRequest,
  amountRao: bigint,
  facts: TransferStakeFacts,
): readonly string[] {
  const { unlockedRao, acceptsLocked, ownLockHotkey, theirLockHotkey } = facts;
  if (unlockedRao === undefined || amountRao <= unlockedRao) return [];
  const data = {
    amountRao: amountRao.toString(),
    unlockedRao: unlockedRao.toString(),
    netuid: from.netuid,
  };
  const message = `Couldn't transfer ${formatRao(amountRao)} alpha: a lock leaves ${formatRao(unlockedRao)} alpha of subnet ${from.netuid} free to go,`;
  if (!acceptsLocked) {
    throw new TaoError('STAKE_LOCKED', {
      message: `${message} and ${receiver.address} does not accept locked stake.`,
      hint: `Use --amount ${formatRao(unlockedRao)} or less; tao stake lock list shows when more is free.`,
      data,
    });
  }
  if (theirLockHotkey !== undefined && theirLockHotkey !== ownLockHotkey) {
    throw new TaoError('STAKE_LOCKED', {
      message: `${message} and the receiver's own lock there speaks for another hotkey.`,
      hint: `Use --amount ${formatRao(unlockedRao)} or less.`,
      data,
    });
  }
  return [`${formatRao(amountRao - unlockedRao)} alpha of it is locked, and stays locked there.`];
}

/** Within the destination subnet: a swap before it has brought the stake there. */
function transferCall({ from, to, receiver }: TransferStakeRequest, giftRao: bigint): Call {
  return {
    pallet: 'SubtensorModule',
    name: 'transfer_stake',
    args: {
      destination_coldkey: receiver.address,
      hotkey: from.hotkey,
      origin_netuid: to.netuid,
      destination_netuid: to.netuid,
      alpha_amount: giftRao,
    },
  };
}

function labelOf({ name, address }: NamedAddress): string {
  return name === address ? address : `${name} (${address})`;
}

function knownAs({ familiarity }: TransferStakeFacts): string {
  return FAMILIARITY_TEXT[familiarity];
}

function toItself(receiver: NamedAddress): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't give stake to ${receiver.address}: it is the account that holds it.`,
    hint: 'Name another account after --to; tao stake move changes the validator.',
    data: { to: receiver.address },
  });
}

function transfersOff(netuid: number): TaoError {
  return new TaoError('TRANSFER_DISALLOWED', {
    message: `Couldn't transfer stake of subnet ${netuid}: its owner has switched transfers off.`,
    hint: 'Unstake it and send the TAO with tao wallet transfer.',
    data: { netuid },
  });
}

function partialGift(): TaoError {
  return new TaoError('USAGE_CONFLICT', {
    message: "Couldn't use --partial here: what the receiver gets has to be known.",
    hint: 'Leave --partial out, or run tao stake swap first.',
  });
}
