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
  const all = await readRates(view, [...new Set(roots.map(({ hotkey }) => hotkey))]);
  const owing = roots.flatMap(({ coldkey, hotkey }) =>
    all.flatMap((rate) => (rate.hotkey === hotkey ? [{ ...rate, coldkey }] : [])),
  );
  const claimed = await view.readMany(
    PALLET,
    'RootClaimed',
    owing.map(({ netuid, hotkey, coldkey }) => [netuid, hotkey, coldkey]),
  );
  return {
    rates: all.filter(isOwed),
    claimed: owing.map(({ coldkey, hotkey, netuid }, index) => ({
      coldkey,
      hotkey,
      netuid,
      claimedRao: asRao(claimed[index]),
    })),
  };
}

/** Of hotkeys alone. Empty where the runtime has no claims per subnet. */
export async function readHotkeyRates(
  view: BlockView,
  hotkeys: readonly string[],
): Promise<readonly RootRateFacts[]> {
  return hasClaims(view) ? (await readRates(view, hotkeys)).filter(isOwed) : [];
}

async function readRates(
  view: BlockView,
  hotkeys: readonly string[],
): Promise<readonly RootRateFacts[]> {
  const maps = await view.readMany(
    PALLET,
    'RootClaimable',
    hotkeys.map((hotkey) => [hotkey]),
  );
  return hotkeys.flatMap((hotkey, index) =>
    asList(maps[index]).map((entry) => {
      const [netuid, rate] = asList(entry);
      const bits = typeof rate === 'object' && rate !== null ? fieldOf(rate, 'bits') : rate;
      return { hotkey, netuid: asCount(netuid), rateBits: asRao(bits) };
    }),
  );
}

function isOwed({ rateBits }: RootRateFacts): boolean {
  return rateBits >= 0n;
}
