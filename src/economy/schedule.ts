/** When a subnet's epoch is due: by tempo, by the owner's trigger, or after far too long. */
import type { Subnet } from './subnet.ts';

/** A subnet that ran no epoch for longer than this is due whatever its tempo. */
const MAX_BLOCKS_WITHOUT_EPOCH = 50_400;

export type Schedule = Pick<
  Subnet,
  'tempo' | 'pendingEpochAt' | 'blocksSinceLastStep' | 'lastEpochBlock'
>;

/** Whether the epoch is due at `block`; a tempo of zero never is. */
export function isEpochDue(schedule: Schedule, block: number): boolean {
  if (schedule.tempo === 0) return false;
  if (schedule.pendingEpochAt > 0 && block >= schedule.pendingEpochAt) return true;
  if (schedule.blocksSinceLastStep > MAX_BLOCKS_WITHOUT_EPOCH) return true;
  return block - schedule.lastEpochBlock >= schedule.tempo;
}

/** Blocks until the tempo alone makes it due; null when it never does. */
export function blocksUntilAutoEpoch(
  schedule: Pick<Schedule, 'tempo' | 'lastEpochBlock'>,
  block: number,
): number | null {
  if (schedule.tempo === 0) return null;
  return Math.max(0, schedule.lastEpochBlock + schedule.tempo - block);
}

/**
 * Of the due subnets, in order, those within the cap run and the others wait for the next block.
 */
export function capEpochs<T>(due: readonly T[], cap: number): { run: T[]; deferred: T[] } {
  return { run: due.slice(0, cap), deferred: due.slice(cap) };
}
