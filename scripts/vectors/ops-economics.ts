/** All operations of the economics vectors, over the functions the product uses. */
import { emissionOps } from './ops-emission.ts';
import { epochOps } from './ops-epoch.ts';
import { payoutOps } from './ops-payout.ts';
import { poolOps } from './ops-pool.ts';
import { stakeOps } from './ops-stake.ts';
import type { Ops } from './vector-op.ts';

/** By operation name. The state machine's own form of an operation wins over a general one. */
export const economicsOps: Ops = {
  ...epochOps,
  ...emissionOps,
  ...poolOps,
  ...stakeOps,
  ...payoutOps,
};
