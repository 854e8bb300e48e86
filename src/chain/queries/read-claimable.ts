/** Root dividends owed to a coldkey under the rules of claims. Runtimes with baskets have none. */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ClaimableFacts, StakeFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { asCount, asList, asRao } from './shape.ts';

/** Chain rule: rates and thresholds are I96F32. */
const FRACTION_BITS = 32n;
const PALLET = 'SubtensorModule';

/**
 * What is owed on each of the coldkey's root positions, from `stakes` as `readStakes` returned them
 * at the same block. Undefined when this runtime pays root dividends in another way.
 */
export async function readClaimable(
  view: BlockView,
  stakes: readonly StakeFacts[],
): Promise<readonly ClaimableFacts[] | undefined> {
  if (!hasClaims(view)) return undefined;
  const roots = stakes.filter((stake) => stake.netuid === ROOT_NETUID);
  const rates = await view.readMany(
    PALLET,
    'RootClaimable',
    roots.map((stake) => [stake.hotkey]),
  );
  const owing = roots.flatMap((stake, index) =>
    asList(rates[index]).map((entry) => {
      const [netuid, rateBits] = asList(entry);
      return { stake, netuid: asCount(netuid), rateBits: asRao(rateBits) };
    }),
  );
  const [claimed, thresholds] = await Promise.all([
    view.readMany(
      PALLET,
      'RootClaimed',
      owing.map(({ stake, netuid }) => [netuid, stake.hotkey, stake.coldkey]),
    ),
    view.readMany(
      PALLET,
      'RootClaimableThreshold',
      owing.map(({ netuid }) => [netuid]),
    ),
  ]);
  return owing.flatMap(({ stake, netuid, rateBits }, index) => {
    const earned = (rateBits * stake.alphaRao) >> FRACTION_BITS;
    const alphaRao = earned - asRao(claimed[index]);
    if (alphaRao <= 0n) return [];
    const thresholdRao = asRao(thresholds[index]) >> FRACTION_BITS;
    return [{ coldkey: stake.coldkey, hotkey: stake.hotkey, netuid, alphaRao, thresholdRao }];
  });
}

/** Whether root dividends are claimed per subnet, and not held in baskets. */
export function hasClaims(view: BlockView): boolean {
  const { has } = view.runtime;
  return (
    has.storage(PALLET, 'RootClaimable') &&
    has.storage(PALLET, 'RootClaimed') &&
    !has.storage(PALLET, 'BasketShares')
  );
}
