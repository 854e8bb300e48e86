/** Conviction locks of a coldkey, rolled forward to the block by the runtime itself. */
import type { LockFacts, LockRateFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { asAddress, asCount, asFlag, asRao, fieldOf, rao } from './shape.ts';

const PALLET = 'SubtensorModule';
const API = 'StakeInfoRuntimeApi';
const CURRENT = 'get_coldkey_lock';
/** Bit 0 of an account's flags: it takes locked alpha that others send. */
const ACCEPTS_LOCKED = 1n;

/** Whether this runtime has conviction locks that can be read. */
function hasLocks(view: BlockView): boolean {
  return view.runtime.has.storage(PALLET, 'Lock') && view.runtime.has.api(API, CURRENT);
}

/** Every lock of the coldkey, by netuid; decayed ones are left out. None where there are no locks. */
export async function readLocks(view: BlockView, coldkey: string): Promise<readonly LockFacts[]> {
  if (!hasLocks(view)) return [];
  const entries = await view.entries(PALLET, 'Lock', coldkey);
  const keys = entries.map((entry) => ({
    netuid: asCount(entry.keys[1]),
    hotkey: asAddress(entry.keys[2]),
  }));
  const pairs = keys.map(({ netuid }) => [coldkey, netuid]);
  const [states, decaying] = await Promise.all([
    view.callApiMany(API, CURRENT, pairs),
    view.readMany(PALLET, 'DecayingLock', pairs),
  ]);
  return keys
    .flatMap(({ netuid, hotkey }, index) => {
      const state = states[index];
      if (state === undefined) return [];
      const lock: LockFacts = {
        netuid,
        hotkey,
        lockedRao: rao(state, 'locked_mass'),
        convictionBits: bitsOf(fieldOf(state, 'conviction')),
        isPerpetual: isPerpetual(decaying[index]),
      };
      return [lock];
    })
    .sort((a, b) => a.netuid - b.netuid);
}

/** Whether a lock of the coldkey on the subnet keeps from decaying. */
export async function readPerpetual(
  view: BlockView,
  coldkey: string,
  netuid: number,
): Promise<boolean> {
  if (!view.runtime.has.storage(PALLET, 'DecayingLock')) return false;
  return isPerpetual(await view.read(PALLET, 'DecayingLock', coldkey, netuid));
}

/** Chain rule: without an entry a lock decays. */
function isPerpetual(decaying: unknown): boolean {
  return decaying !== undefined && !asFlag(decaying);
}

/** The rates in force; both are storage that the chain's root may change. */
export async function readLockRates(view: BlockView): Promise<LockRateFacts> {
  const [unlock, maturity] = await Promise.all([
    view.read(PALLET, 'UnlockRate'),
    view.read(PALLET, 'MaturityRate'),
  ]);
  return { unlockBlocks: asCount(unlock), maturityBlocks: asCount(maturity) };
}

/** Whether a coldkey takes stake that a lock holds. The chain's default is to reject it. */
export async function readAcceptsLocked(view: BlockView, coldkey: string): Promise<boolean> {
  if (!view.runtime.has.storage(PALLET, 'AccountFlags')) return false;
  const flags = asRao(await view.read(PALLET, 'AccountFlags', coldkey));
  return (flags & ACCEPTS_LOCKED) === ACCEPTS_LOCKED;
}

/** A fixed-point number is a struct of its bits, or the bits themselves. */
function bitsOf(value: unknown): bigint {
  return typeof value === 'bigint' ? value : asRao(fieldOf(value, 'bits'));
}
