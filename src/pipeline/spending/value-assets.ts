/** What assets are worth in TAO at one block, for the spending policy. Rounds up, never down. */
import { readAccounts } from '../../chain/queries/read-accounts.ts';
import { readPrices } from '../../chain/queries/read-prices.ts';
import { readStakes } from '../../chain/queries/read-stakes.ts';
import type { BlockView } from '../../chain/types.ts';
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { Owner, ValuedAsset, ValueRaoOf } from '../../signing/policy/types.ts';

/** Looks up everything that valuing these assets takes. NETWORK_ codes. */
export type AssetValuer = (assets: readonly ValuedAsset[]) => Promise<ValueRaoOf>;

/** Without a network nothing but TAO itself has a value. */
export const valueNothing: AssetValuer = () => Promise.resolve(() => undefined);

/** At the spot prices, positions and balances of one block; only what is needed is read. */
export function createChainValuer(view: BlockView, signer: string): AssetValuer {
  const addressOf = (owner: Owner): string => (owner.kind === 'signer' ? signer : owner.address);
  const ownersOf = (assets: readonly ValuedAsset[], kinds: readonly string[]): string[] => [
    ...new Set(
      assets.flatMap((asset) =>
        'owner' in asset && kinds.includes(asset.kind) ? [addressOf(asset.owner)] : [],
      ),
    ),
  ];
  return async (assets) => {
    const stakers = ownersOf(assets, ['position', 'hotkey-positions']);
    const holders = ownersOf(assets, ['free-balance']);
    const isPriced = assets.some((asset) => asset.kind !== 'free-balance');
    const [prices, stakes, accounts] = await Promise.all([
      isPriced ? readPrices(view) : new Map<number, bigint>(),
      readStakes(view, stakers),
      holders.length === 0 ? [] : readAccounts(view, holders),
    ]);
    const valueAt = (netuid: number, alphaRao: bigint): bigint | undefined => {
      const price = netuid === ROOT_NETUID ? RAO_PER_UNIT : prices.get(netuid);
      return price === undefined ? undefined : valueCeil(alphaRao, price);
    };
    return (asset) => {
      if (asset.kind === 'alpha') return valueAt(asset.netuid, asset.amountRao);
      const owner = addressOf(asset.owner);
      if (asset.kind === 'free-balance') {
        return accounts.find(({ address }) => address === owner)?.freeRao;
      }
      const held = stakes.filter(
        (stake) =>
          stake.coldkey === owner &&
          stake.hotkey === asset.hotkey &&
          (asset.kind === 'hotkey-positions' || stake.netuid === asset.netuid),
      );
      return held.reduce<bigint | undefined>((sum, { netuid, alphaRao }) => {
        const value = valueAt(netuid, alphaRao);
        return sum === undefined || value === undefined ? undefined : sum + value;
      }, 0n);
    };
  };
}

/** TAO value in rao, rounded up. */
function valueCeil(alphaRao: bigint, priceRaoPerAlpha: bigint): bigint {
  return (alphaRao * priceRaoPerAlpha + RAO_PER_UNIT - 1n) / RAO_PER_UNIT;
}
