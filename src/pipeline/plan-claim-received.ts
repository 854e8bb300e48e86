/**
 * What a claim paid. Its event names no amounts, so positions are compared with those of the block
 * before: an epoch that fell into the same block is in the difference too.
 */
import { readStakes } from '../chain/queries/read-stakes.ts';
import type { Chain } from '../chain/types.ts';
import type { TxRecord } from '../ledger/types.ts';

export type ClaimReceipt = {
  readonly hotkey: string;
  readonly netuid: number;
  /** Rao of alpha; on root, of TAO. */
  readonly alphaRao: bigint;
};

/** Undefined when the transaction is in no block yet, or the node no longer has both states. */
export async function readClaimReceived(
  chain: Chain,
  coldkey: string,
  record: TxRecord,
): Promise<readonly ClaimReceipt[] | undefined> {
  const { blockNumber, blockHash } = record.outcome ?? {};
  if (blockNumber === undefined || blockHash === undefined || blockNumber === 0) return undefined;
  try {
    const [before, after] = await Promise.all([
      chain.at(blockNumber - 1).then((view) => readStakes(view, [coldkey])),
      chain.at(blockHash).then((view) => readStakes(view, [coldkey])),
    ]);
    return after.flatMap(({ hotkey, netuid, alphaRao }) => {
      const held = before.find((stake) => stake.hotkey === hotkey && stake.netuid === netuid);
      const grownRao = alphaRao - (held?.alphaRao ?? 0n);
      return grownRao > 0n ? [{ hotkey, netuid, alphaRao: grownRao }] : [];
    });
  } catch {
    // The claim is done and recorded; how much it brought shows in tao rewards show.
    return undefined;
  }
}
