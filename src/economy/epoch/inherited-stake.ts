/** Stake that counts for a hotkey once its parents and children are taken into account. */

const U64_ONE = 2n ** 64n - 1n;

/** A parent's stake and the u64 proportion of it lent to the child. */
export type ParentStake = { readonly proportion: bigint; readonly stake: bigint };

/**
 * Own stake without what is lent to children, plus what parents lend, in rao, floored. Proportions
 * are out of 2^64 − 1; children's adding up to more than all leave nothing.
 */
export function inheritedStakeFloor(
  own: bigint,
  childProportions: readonly bigint[],
  parents: readonly ParentStake[],
): bigint {
  const lent = childProportions.reduce((sum, proportion) => sum + proportion, 0n);
  const kept = lent > U64_ONE ? 0n : U64_ONE - lent;
  let scaled = own * kept;
  for (const parent of parents) scaled += parent.proportion * parent.stake;
  return scaled / U64_ONE;
}
