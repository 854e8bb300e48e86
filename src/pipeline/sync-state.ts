/** What a coldkey holds at one block, in the form in which two blocks are compared. */

import type { StakeFacts } from '../chain/facts.ts';
import { readAccounts } from '../chain/queries/read-accounts.ts';
import { readShares } from '../chain/queries/read-hotkey-states.ts';
import { readStakes } from '../chain/queries/read-stakes.ts';
import type { BlockView } from '../chain/types.ts';
import type { SyncReader } from './sync-reader.ts';

export type Holdings = {
  readonly view: BlockView;
  readonly stakes: readonly StakeFacts[];
  /** Share of each of `stakes`; undefined where the runtime does not show them. */
  readonly shares: readonly string[] | undefined;
  /** Transactions the coldkey signed so far. */
  readonly nonce: number;
};

/** Share pools round down, and others' trades may move a stake by so many rao. */
const ROUNDING_RAO = 10n;

export async function readHoldings(
  reader: SyncReader,
  coldkey: string,
  number: number,
): Promise<Holdings> {
  const view = await reader.view(number);
  const [stakes, accounts] = await Promise.all([
    reader.read(() => readStakes(view, [coldkey])),
    reader.read(() => readAccounts(view, [coldkey])),
  ]);
  const shares = await reader.read(() => readShares(view, stakes));
  return { view, stakes, shares, nonce: accounts[0]?.nonce ?? 0 };
}

/** Whether shares can be compared: then rewards paid in between make no difference. */
export function comparesShares(a: Holdings, b: Holdings): boolean {
  return a.shares !== undefined && b.shares !== undefined;
}

/** Whether nothing was added, taken out or signed between the two, as far as can be told. */
export function isSame(a: Holdings, b: Holdings): boolean {
  if (a.nonce !== b.nonce || a.stakes.length !== b.stakes.length) return false;
  const byShares = comparesShares(a, b);
  return a.stakes.every((stake, index) => {
    const other = b.stakes[index] as StakeFacts;
    if (stake.netuid !== other.netuid || stake.hotkey !== other.hotkey) return false;
    if (byShares) return a.shares?.[index] === b.shares?.[index];
    const change = stake.alphaRao - other.alphaRao;
    return change <= ROUNDING_RAO && change >= -ROUNDING_RAO;
  });
}
