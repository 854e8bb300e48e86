/** What a subnet's owner may do to its schedule: set the tempo, pull an epoch forward. */
import { requireU16 } from './invalid-input.ts';
import { failure, subtensorEvent, success } from './outcome.ts';
import { blocksUntilAutoEpoch } from './schedule.ts';
import type { Account, EconomyState, Outcome } from './state.ts';

const MIN_TEMPO = 360;
const MAX_TEMPO = 50_400;
/** Blocks between the call and the epoch it asks for. */
const TRIGGER_DELAY_BLOCKS = 10;

type OwnerCall = { readonly coldkey: Account; readonly netuid: number };

/** Sets the blocks per epoch, 360 to 50,400; the next epoch counts from the last one. */
export function setTempo(
  state: EconomyState,
  call: OwnerCall & { readonly tempo: number },
): Outcome {
  const { netuid, tempo } = call;
  requireU16('set the tempo', { tempo });
  const subnet = state.subnets[netuid];
  if (subnet === undefined) return failure('SubnetNotExists');
  if (subnet.owner !== call.coldkey) return failure('NotSubnetOwner');
  if (tempo < MIN_TEMPO || tempo > MAX_TEMPO) return failure('TempoOutOfBounds');
  subnet.tempo = tempo;
  return success([subtensorEvent('TempoSet', { netuid, tempo })], {});
}

/** Asks for an epoch ten blocks from now; not with commit-reveal, not when one is near anyway. */
export function triggerEpoch(
  state: EconomyState,
  call: OwnerCall,
): Outcome<{ readonly firesAt: number }> {
  const { netuid, coldkey } = call;
  const subnet = state.subnets[netuid];
  if (subnet === undefined) return failure('SubnetNotExists');
  if (subnet.owner !== coldkey) return failure('NotSubnetOwner');
  if (subnet.commitReveal) return failure('DynamicTempoBlockedByCommitReveal');
  if (subnet.pendingEpochAt > 0) return failure('EpochTriggerAlreadyPending');
  const wait = blocksUntilAutoEpoch(subnet, state.block);
  if (wait !== null && wait <= TRIGGER_DELAY_BLOCKS) return failure('AutoEpochAlreadyImminent');
  const firesAt = state.block + TRIGGER_DELAY_BLOCKS;
  subnet.pendingEpochAt = firesAt;
  const fields = { netuid, by: coldkey, fires_at: BigInt(firesAt) };
  return success([subtensorEvent('EpochTriggered', fields)], { firesAt });
}
