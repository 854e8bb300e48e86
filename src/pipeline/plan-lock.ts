/**
 * Plans conviction locks: pure. A lock holds alpha of one subnet in favour of one hotkey; it decays
 * slowly, or never while it is perpetual, and nothing can end it at once. The plan shows its
 * course.
 */
import type { LockFacts, LockRateFacts, SubnetFacts } from '../chain/facts.ts';
import type { Call } from '../chain/types.ts';
import { shortAddress } from '../domain/address.ts';
import { alpha, alphaJson, formatRao } from '../domain/amount.ts';
import { BLOCKS_PER_DAY } from '../domain/lock-decay.ts';
import { TaoError } from '../errors/tao-error.ts';
import { courseData, courseRows, type LockOutlook } from './lock-course.ts';
import type { TxPlan } from './plan.ts';
import { subnetLabel, validatorLabel } from './plan-rows.ts';
import { hotkeyUnknown, requireSubnet } from './plan-stake.ts';
import type { HotkeyFacts } from './relocation.ts';

export const LOCK_ADD_COMMAND = 'stake.lock.add';
export const LOCK_MOVE_COMMAND = 'stake.lock.move';
export const LOCK_PERPETUAL_COMMAND = 'stake.lock.perpetual';

/** What the chain said at one block. */
export type LockPlanFacts = {
  readonly subnet: SubnetFacts | undefined;
  /** The coldkey's lock on the subnet; undefined: none. */
  readonly lock: LockFacts | undefined;
  /** Whether a lock of the coldkey there does not decay, also one that is yet to be made. */
  readonly isPerpetual: boolean;
  readonly rates: LockRateFacts;
  /** All alpha of the coldkey on the subnet, whatever the hotkey. */
  readonly totalRao: bigint;
  /** The hotkey of the request, and the one the lock speaks for. */
  readonly hotkey: HotkeyFacts;
  readonly lockHotkey: HotkeyFacts;
};

export type LockAddRequest = {
  readonly netuid: number;
  readonly hotkey: string;
  /** `all`: everything on the subnet that is not locked. */
  readonly amountRao: bigint | 'all';
};

/** SUBNET_UNKNOWN, HOTKEY_UNKNOWN, LOCK_MISMATCH, POSITION_EMPTY, STAKE_TOO_LOW. */
export function planLockAdd(request: LockAddRequest, facts: LockPlanFacts): TxPlan {
  const { netuid, hotkey } = request;
  const subnet = requireSubnet(facts.subnet, netuid);
  if (facts.hotkey.owner === undefined) throw hotkeyUnknown(hotkey);
  if (facts.lock !== undefined && facts.lock.hotkey !== hotkey) throw otherHotkey(facts.lock);
  const heldRao = facts.lock?.lockedRao ?? 0n;
  const freeRao = facts.totalRao > heldRao ? facts.totalRao - heldRao : 0n;
  const amountRao = request.amountRao === 'all' ? freeRao : request.amountRao;
  if (facts.totalRao === 0n || amountRao === 0n) throw nothingToLock(netuid, facts.totalRao);
  if (amountRao > freeRao) throw tooLittle(amountRao, freeRao, netuid);
  const after = outlookOf(subnet, {
    netuid,
    hotkey,
    lockedRao: heldRao + amountRao,
    convictionBits: facts.lock?.convictionBits ?? 0n,
    isPerpetual: facts.isPerpetual,
  });
  const amountText = `${formatRao(amountRao)} alpha`;
  return {
    ...lockPlan(LOCK_ADD_COMMAND, netuid, [hotkey]),
    summary: `Lock ${amountText} of subnet ${netuid} for ${shortAddress(hotkey)}`,
    question: `Lock ${amountText}?`,
    call: lockCall('lock_stake', { hotkey, netuid, amount: amountRao }),
    rows: [
      ['Lock', { text: amountText, tone: 'strong' }],
      ['For', validatorLabel(hotkey, facts.hotkey.name)],
      ['On', subnetLabel(subnet)],
      ['Locked then', `${formatRao(after.lockedRao)} alpha of ${formatRao(facts.totalRao)}`],
      ['Decay', decayText(facts.isPerpetual, facts.rates)],
      ...courseRows(after, facts.rates),
    ],
    warnings: ['Nothing ends a lock at once: what is locked cannot be unstaked or swapped.'],
    data: {
      amount: alphaJson(alpha(netuid, amountRao)),
      hotkey,
      netuid,
      lockedAfter: alphaJson(alpha(netuid, after.lockedRao)),
      isPerpetual: facts.isPerpetual,
      course: courseData(after, facts.rates),
    },
  };
}

export type LockMoveRequest = { readonly netuid: number; readonly hotkey: string };

/** SUBNET_UNKNOWN, LOCK_UNKNOWN, HOTKEY_UNKNOWN, USAGE_INVALID (the same hotkey). */
export function planLockMove(request: LockMoveRequest, facts: LockPlanFacts): TxPlan {
  const { netuid, hotkey } = request;
  const subnet = requireSubnet(facts.subnet, netuid);
  const lock = requireLock(facts.lock, netuid);
  if (facts.hotkey.owner === undefined) throw hotkeyUnknown(hotkey);
  if (lock.hotkey === hotkey) throw sameHotkey(hotkey);
  const restarts = facts.hotkey.owner !== facts.lockHotkey.owner;
  const after = outlookOf(subnet, {
    ...lock,
    hotkey,
    convictionBits: restarts ? 0n : lock.convictionBits,
  });
  return {
    ...lockPlan(LOCK_MOVE_COMMAND, netuid, [lock.hotkey, hotkey]),
    summary: `Move the lock on subnet ${netuid} from ${shortAddress(lock.hotkey)} to ${shortAddress(hotkey)}`,
    question: 'Move the lock?',
    call: lockCall('move_lock', { destination_hotkey: hotkey, netuid }),
    rows: [
      ['Locked', { text: `${formatRao(lock.lockedRao)} alpha`, tone: 'strong' }],
      ['On', subnetLabel(subnet)],
      ['From', validatorLabel(lock.hotkey, facts.lockHotkey.name)],
      ['To', validatorLabel(hotkey, facts.hotkey.name)],
      ['Decay', decayText(lock.isPerpetual, facts.rates)],
      ...courseRows(after, facts.rates),
    ],
    warnings: restarts
      ? ['The two hotkeys have different owners: conviction starts again from nothing.']
      : [],
    data: {
      netuid,
      fromHotkey: lock.hotkey,
      toHotkey: hotkey,
      locked: alphaJson(alpha(netuid, lock.lockedRao)),
      convictionRestarts: restarts,
      course: courseData(after, facts.rates),
    },
  };
}

export type LockPerpetualRequest = { readonly netuid: number; readonly isPerpetual: boolean };

/** SUBNET_UNKNOWN, USAGE_INVALID (it is like that already). */
export function planLockPerpetual(request: LockPerpetualRequest, facts: LockPlanFacts): TxPlan {
  const { netuid, isPerpetual } = request;
  const subnet = requireSubnet(facts.subnet, netuid);
  if (facts.isPerpetual === isPerpetual) throw alreadySo(request);
  const { lock, rates } = facts;
  const after = lock === undefined ? undefined : outlookOf(subnet, { ...lock, isPerpetual });
  return {
    ...lockPlan(LOCK_PERPETUAL_COMMAND, netuid, lock === undefined ? [] : [lock.hotkey]),
    summary: `${isPerpetual ? 'Stop' : 'Start'} the decay of the lock on subnet ${netuid}`,
    question: isPerpetual ? 'Make the lock perpetual?' : 'Let the lock decay?',
    call: lockCall('set_perpetual_lock', { netuid, enabled: isPerpetual }),
    rows: [
      ['Lock', { text: isPerpetual ? 'perpetual' : 'decaying', tone: 'strong' }],
      ['On', subnetLabel(subnet)],
      ...(lock === undefined
        ? []
        : [
            ['Locked', `${formatRao(lock.lockedRao)} alpha`] as const,
            ['For', validatorLabel(lock.hotkey, facts.lockHotkey.name)] as const,
          ]),
      ['Decay', decayText(isPerpetual, rates)],
      ...(after === undefined ? [] : courseRows(after, rates)),
    ],
    warnings: [
      ...(lock === undefined ? ['There is no lock there yet; it holds for one made later.'] : []),
      ...(isPerpetual ? ['A perpetual lock frees nothing until it is switched off again.'] : []),
    ],
    data: {
      netuid,
      isPerpetual,
      locked: lock === undefined ? null : alphaJson(alpha(netuid, lock.lockedRao)),
      course: after === undefined ? [] : courseData(after, rates),
    },
  };
}

/** `half is free after 90 days`, or that it does not decay. */
export function decayText(isPerpetual: boolean, { unlockBlocks }: LockRateFacts): string {
  if (isPerpetual) return 'none: the lock is perpetual';
  const halfDays = Math.round((unlockBlocks * Math.LN2) / BLOCKS_PER_DAY);
  return `half of it is free after ${halfDays} days`;
}

function lockPlan(command: string, netuid: number, hotkeys: readonly string[]) {
  return { command, spendRao: 0n, touches: { netuids: [netuid], hotkeys } };
}

function lockCall(name: string, args: Readonly<Record<string, unknown>>): Call {
  return { pallet: 'SubtensorModule', name, args };
}

function outlookOf(subnet: SubnetFacts, lock: LockFacts): LockOutlook {
  return { ...lock, isOwnerLock: lock.hotkey === subnet.ownerHotkey };
}

function requireLock(lock: LockFacts | undefined, netuid: number): LockFacts {
  if (lock !== undefined) return lock;
  throw new TaoError('LOCK_UNKNOWN', {
    message: `Couldn't move the lock: there is none on subnet ${netuid}.`,
    hint: 'Run tao stake lock list to see the locks.',
    data: { netuid },
  });
}

function otherHotkey({ netuid, hotkey }: LockFacts): TaoError {
  return new TaoError('LOCK_MISMATCH', {
    message: `Couldn't lock: the lock on subnet ${netuid} speaks for ${hotkey}, and there is one a subnet.`,
    hint: 'Name that hotkey, or run tao stake lock move first.',
    data: { netuid, hotkey },
  });
}

function nothingToLock(netuid: number, totalRao: bigint): TaoError {
  const what = totalRao === 0n ? 'nothing is staked there' : 'all of it is locked already';
  return new TaoError('POSITION_EMPTY', {
    message: `Couldn't lock stake on subnet ${netuid}: ${what}.`,
    hint: 'Run tao stake list to see the positions.',
    data: { netuid },
  });
}

function tooLittle(amountRao: bigint, freeRao: bigint, netuid: number): TaoError {
  return new TaoError('STAKE_TOO_LOW', {
    message: `Couldn't lock ${formatRao(amountRao)} alpha: ${formatRao(freeRao)} alpha of subnet ${netuid} is not locked yet.`,
    hint: 'Use --all for all of it, or a smaller --amount.',
    data: { amountRao: amountRao.toString(), freeRao: freeRao.toString(), netuid },
  });
}

function sameHotkey(hotkey: string): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't move the lock: it speaks for ${hotkey} already.`,
    hint: 'Name another hotkey after --to.',
    data: { hotkey },
  });
}

function alreadySo({ netuid, isPerpetual }: LockPerpetualRequest): TaoError {
  const now = isPerpetual ? 'perpetual' : 'decaying';
  return new TaoError('USAGE_INVALID', {
    message: `Nothing to change: locks on subnet ${netuid} are ${now} already.`,
    hint: `tao stake lock perpetual ${isPerpetual ? 'off' : 'on'} --netuid ${netuid} does the opposite.`,
    data: { netuid, isPerpetual },
  });
}
