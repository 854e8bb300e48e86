/** Plans a change of a validator's take: pure. Lowering is free at any time; raising has to wait. */
import { shortAddress } from '../domain/address.ts';
import { BLOCKS_PER_DAY } from '../domain/lock-decay.ts';
import { formatTakePercent } from '../domain/take.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { TxPlan } from './plan.ts';
import { validatorLabel } from './plan-rows.ts';
import { hotkeyUnknown } from './plan-stake.ts';

export const TAKE_COMMAND = 'delegate.take.set';

export type TakeRequest = { readonly hotkey: string; readonly takeU16: number };

export type TakePlanFacts = {
  /** Who would sign. */
  readonly coldkey: string;
  readonly blockNumber: number;
  /** Undefined: the hotkey does not exist. */
  readonly owner: string | undefined;
  readonly hotkeyName: string;
  readonly currentU16: number;
  readonly minU16: number;
  readonly maxU16: number;
  /** Block of the last change of the take; 0: never. */
  readonly changedAtBlock: number;
  /** Blocks between a change and the next raise. */
  readonly waitBlocks: number;
};

/** HOTKEY_UNKNOWN, CHAIN_NOT_PERMITTED (not the owner), USAGE_INVALID (range, no change), CHAIN_RATE_LIMITED. */
export function planTake(request: TakeRequest, facts: TakePlanFacts): TxPlan {
  const { hotkey, takeU16 } = request;
  const { owner, currentU16, minU16, maxU16 } = facts;
  if (owner === undefined) throw hotkeyUnknown(hotkey);
  if (owner !== facts.coldkey) throw notOwner(hotkey, owner);
  if (takeU16 < minU16 || takeU16 > maxU16) throw outOfRange(takeU16, facts);
  if (takeU16 === currentU16) throw unchanged(takeU16);
  const isRaise = takeU16 > currentU16;
  if (isRaise) refuseTooSoon(facts);
  const percent = formatTakePercent(takeU16);
  return {
    command: TAKE_COMMAND,
    summary: `${isRaise ? 'Raise' : 'Lower'} the take of ${shortAddress(hotkey)} to ${percent} %`,
    question: `${isRaise ? 'Raise' : 'Lower'} the take to ${percent} %?`,
    call: {
      pallet: 'SubtensorModule',
      name: isRaise ? 'increase_take' : 'decrease_take',
      args: { hotkey, take: takeU16 },
    },
    rows: [
      ['Validator', validatorLabel(hotkey, facts.hotkeyName)],
      ['Take now', `${formatTakePercent(currentU16)} %`],
      ['Take then', { text: `${percent} %`, tone: 'strong' }],
    ],
    warnings: [
      `After this change the take cannot be raised for ${waitText(facts.waitBlocks)}.`,
      ...(isRaise ? ['Every delegator of this validator earns less from the next epoch on.'] : []),
    ],
    spendRao: 0n,
    touches: { netuids: [], hotkeys: [hotkey] },
    data: {
      hotkey,
      takeU16,
      takePercent: percent,
      previousU16: currentU16,
      previousPercent: formatTakePercent(currentU16),
    },
  };
}

/** Chain rule: a raise waits after every change, a lowering included. Pinned by plan-take.test.ts. */
function refuseTooSoon({ changedAtBlock, waitBlocks, blockNumber }: TakePlanFacts): void {
  const allowedAt = changedAtBlock + waitBlocks;
  if (changedAtBlock === 0 || blockNumber + 1 >= allowedAt) return;
  throw new TaoError('CHAIN_RATE_LIMITED', {
    message: `Couldn't raise the take: it was changed in block ${changedAtBlock}, and a raise has to wait ${waitText(waitBlocks)}.`,
    hint: `Try again from block ${allowedAt} on, which is in ${waitText(allowedAt - blockNumber)}.`,
    data: { changedAtBlock, allowedAtBlock: allowedAt },
  });
}

function notOwner(hotkey: string, owner: string): TaoError {
  return new TaoError('CHAIN_NOT_PERMITTED', {
    message: `Couldn't set the take of ${hotkey}: the hotkey belongs to ${owner}.`,
    hint: 'Sign with the wallet that owns the hotkey.',
    data: { hotkey, owner },
  });
}

function outOfRange(takeU16: number, { minU16, maxU16 }: TakePlanFacts): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't set a take of ${formatTakePercent(takeU16)} %: the chain allows ${formatTakePercent(minU16)} to ${formatTakePercent(maxU16)} %.`,
    hint: 'Give a take within that range.',
    data: { takeU16, minU16, maxU16 },
  });
}

function unchanged(takeU16: number): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't change the take: it is ${formatTakePercent(takeU16)} % already.`,
    hint: 'Nothing needs to be done.',
    data: { takeU16 },
  });
}

function waitText(blocks: number): string {
  const days = Math.round(blocks / BLOCKS_PER_DAY);
  return days < 2 ? `${blocks} blocks` : `${blocks} blocks (about ${days} days)`;
}
