/** Root claim rates of hotkeys, and what of them coldkeys were paid already. */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { StakeFacts } from '../facts.ts';
import type { BlockView } from '../types.ts';
import { hasClaims } from './read-claimable.ts';
import { asCount, asList, asRao, fieldOf } from './shape.ts';

const PALLET = 'SubtensorModule';

export type RootRateFacts = {
  readonly hotkey: string;
  readonly netuid: number;
  /** Alpha of `netuid` per rao of root stake since ever, I96F32 bits. */
  readonly rateBits: bigint;
};

export type RootClaimedFacts = {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly netuid: number;
  /** Rao of alpha, paid or offset. */
  readonly claimedRao: bigint;
};

/** Of the root positions among `stakes`. Empty lists where the runtime has no claims per subnet. */
export async function readRootRates(
  view: BlockView,
  stakes: readonly StakeFacts[],
): Promise<{
  readonly rates: readonly RootRateFacts[];
  readonly claimed: readonly RootClaimedFacts[];
}> {
  if (!hasClaims(view)) return { rates: [], claimed: [] };
  const roots = stakes.filter((stake) => stake.netuid === ROOT_NETUID);
  const hotkeys = [...new Set(roots.map(({ hotkey }) => hotkey))];
  const maps = await view.readMany(
    PALLET,
    'RootClaimable',
    hotkeys.map((hotkey) => [hotkey]),
  );
  const rates = hotkeys.flatMap((hotkey, index) =>
    asList(maps[index]).map((entry) => {
      const [netuid, rate] = asList(entry);
      const bits = typeof rate === 'object' && rate !== null ? fieldOf(rate, 'bits') : rate;
      return { hotkey, netuid: asCount(netuid), rateBits: asRao(bits) };
    }),
  );
  const owing = roots.flatMap(({ coldkey, hotkey }) =>
    rates.flatMap((rate) => (rate.hotkey === hotkey ? [{ ...rate, coldkey }] : [])),
  );
  const claimed = await view.readMany(
    PALLET,
    'RootClaimed',
    owing.map(({ netuid, hotkey, coldkey }) => [netuid, hotkey, coldkey]),
  );
  return {
    rates: rates.filter(({ rateBits }) => rateBits >= 0n),
    claimed: owing.map(({ coldkey, hotkey, netuid }, index) => ({
      coldkey,
      hotkey,
      netuid,
      claimedRao: asRao(claimed[index]),
    })),
  };
}
