/** Who counts: normalised stake, permits in force, active stake, and the permits to store. */
import type { EpochInput } from './epoch-types.ts';
import { divide, normalize } from './q32.ts';
import type { EpochWorkspace } from './workspace.ts';

/**
 * Marks the `k` largest non-zero values among the first `count`; of equal values the later win.
 * `selected` becomes 1 or 0, `order` is scratch of the same length.
 */
export function selectTop(
  values: Float64Array,
  count: number,
  k: number,
  { selected, order }: { selected: Uint8Array; order: Float64Array },
): void {
  let positive = 0;
  for (let uid = 0; uid < count; uid += 1) {
    const value = values[uid] as number;
    selected[uid] = 0;
    if (value > 0) {
      order[positive] = value;
      positive += 1;
    }
  }
  if (k <= 0) return;
  const sorted = order.subarray(0, positive).sort();
  const bar = positive > k ? (sorted[positive - k] as number) : 0;
  let above = 0;
  for (let index = positive - 1; index >= 0 && (sorted[index] as number) > bar; index -= 1) {
    above += 1;
  }
  let seats = k - above;
  for (let uid = count - 1; uid >= 0; uid -= 1) {
    const value = values[uid] as number;
    if (value > bar) selected[uid] = 1;
    else if (value === bar && value > 0 && seats > 0) {
      selected[uid] = 1;
      seats -= 1;
    }
  }
}

/** Fills stake, active stake, permits in force and new permits of the workspace. */
export function weighStake(input: EpochInput, workspace: EpochWorkspace): void {
  const { uids, block, activityCutoffBlocks, stakeThreshold, ownerUid } = input;
  const { stake, activeStake, active, permits, newPermits, order } = workspace.byUid;
  let sum = 0;
  for (let uid = 0; uid < uids; uid += 1) {
    const weight = input.stakeWeights[uid] as number;
    if (weight >= stakeThreshold) sum += weight;
  }
  for (let uid = 0; uid < uids; uid += 1) {
    const weight = input.stakeWeights[uid] as number;
    const counted = weight >= stakeThreshold && sum > 0;
    stake[uid] = counted ? divide(weight, sum) : 0;
    permits[uid] = input.permits[uid] === 0 && uid !== ownerUid ? 0 : 1;
    active[uid] = (input.lastUpdate[uid] as number) + activityCutoffBlocks < block ? 0 : 1;
    activeStake[uid] = permits[uid] === 1 && active[uid] === 1 ? (stake[uid] as number) : 0;
  }
  normalize(activeStake, uids);
  const { maxAllowedValidators } = input.settings;
  selectTop(stake, uids, maxAllowedValidators, { selected: newPermits, order });
  if (ownerUid !== null) newPermits[ownerUid] = 1;
}
