/** The operations that have a transcript. */

import type { Operation } from './operation.ts';
import { delegating } from './operations-delegate.ts';
import { moving } from './operations-move.ts';
import { staking } from './operations-stake.ts';
import { unstaking } from './operations-unstake.ts';

export const operations: readonly Operation[] = [
  ...staking,
  ...moving,
  ...unstaking,
  ...delegating,
];
