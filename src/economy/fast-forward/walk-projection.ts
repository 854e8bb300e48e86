/** Moves a projection through windows of blocks: what subnets share first, then each on its own. */

import { planEmission } from './estimate-emission.ts';
import { refreshEpoch } from './estimate-epoch.ts';
import { payEstimate } from './estimate-payout.ts';
import { advancePool } from './estimate-pool.ts';
import type { Projection, SubnetProjection } from './projection-types.ts';

const MAX_BLOCKS_WITHOUT_EPOCH = 50_400;

/** Fixes the TAO per block and the epochs of the next `blocks` blocks, for every subnet. */
export function planWindow(projection: Projection, blocks: number): void {
  planEmission(projection);
  const { subnets, rules, block } = projection;
  for (const subnet of subnets) subnet.due.length = 0;
  for (let at = block + 1; at <= block + blocks; at += 1) {
    let fired = 0;
    for (const subnet of subnets) {
      if (subnet.nextEpoch > at || fired >= rules.maxEpochsPerBlock) continue;
      fired += 1;
      subnet.due.push(at);
      subnet.nextEpoch = at + Math.min(subnet.tempo, MAX_BLOCKS_WITHOUT_EPOCH + 1);
    }
  }
}

/** Moves the given subnets of a planned window; every subnet must be moved once, anywhere. */
export function walkWindow(
  projection: Projection,
  subnets: readonly SubnetProjection[],
  blocks: number,
): void {
  const { block } = projection;
  for (const subnet of subnets) {
    let at = block;
    for (const due of subnet.due) {
      advancePool(projection, subnet, due - at, due);
      refreshEpoch(projection, subnet, due);
      payEstimate(projection, subnet);
      subnet.epochsPaid += 1;
      at = due;
    }
    advancePool(projection, subnet, block + blocks - at, block + blocks);
  }
}
