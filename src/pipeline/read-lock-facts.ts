/** Gathers what the plan of a lock needs to know, from one block. */
import { readLockRates, readLocks, readPerpetual } from '../chain/queries/read-locks.ts';
import { readStakes } from '../chain/queries/read-stakes.ts';
import { readSubnet } from '../chain/queries/read-subnets.ts';
import type { BlockView } from '../chain/types.ts';
import type { LockPlanFacts } from './plan-lock.ts';
import { readValidator } from './read-plan-facts.ts';
import type { HotkeyFacts } from './relocation.ts';

const NOBODY: HotkeyFacts = { owner: undefined, name: '' };

/** `hotkey`: the one the request names, if it names one. */
export async function readLockPlanFacts(
  view: BlockView,
  coldkey: string,
  request: { readonly netuid: number; readonly hotkey?: string },
): Promise<LockPlanFacts> {
  const { netuid, hotkey } = request;
  const [subnet, locks, isPerpetual, rates, stakes, named] = await Promise.all([
    readSubnet(view, netuid),
    readLocks(view, coldkey),
    readPerpetual(view, coldkey, netuid),
    readLockRates(view),
    readStakes(view, [coldkey]),
    hotkey === undefined ? NOBODY : readValidator(view, hotkey),
  ]);
  const lock = locks.find((one) => one.netuid === netuid);
  return {
    subnet,
    lock,
    isPerpetual,
    rates,
    totalRao: stakes
      .filter((stake) => stake.netuid === netuid)
      .reduce((sum, { alphaRao }) => sum + alphaRao, 0n),
    hotkey: named,
    lockHotkey: lock === undefined ? NOBODY : await readValidator(view, lock.hotkey),
  };
}
