/** What selling a position now would bring, after impact and fee, simulated by the node. */
import { quoteSell } from '../../chain/queries/quote-swap.ts';
import type { BlockView } from '../../chain/types.ts';
import { isTaoError } from '../../errors/tao-error.ts';

type Held = { readonly hotkey: string; readonly netuid: number; readonly alphaRao: bigint };

export type ExitValues = {
  /** Selling this position alone, rao of TAO; undefined: the pool gives nothing for it. */
  readonly of: (position: Pick<Held, 'hotkey' | 'netuid'>) => bigint | undefined;
  /** Selling everything, each subnet in one trade. */
  readonly totalRao: bigint;
};

export async function readExitValues(
  view: BlockView,
  positions: readonly Held[],
): Promise<ExitValues> {
  const held = positions.filter(({ alphaRao }) => alphaRao > 0n);
  const single = await Promise.all(
    held.map(async (position) => [keyOf(position), await sell(view, position)] as const),
  );
  const bySubnet = new Map<number, Held[]>();
  for (const position of held) {
    bySubnet.set(position.netuid, [...(bySubnet.get(position.netuid) ?? []), position]);
  }
  const values = new Map(single);
  const totals = await Promise.all(
    [...bySubnet.values()].map(async (group) => {
      const [first] = group as [Held];
      if (group.length === 1) return values.get(keyOf(first)) ?? 0n;
      const alphaRao = group.reduce((sum, position) => sum + position.alphaRao, 0n);
      return (await sell(view, { ...first, alphaRao })) ?? 0n;
    }),
  );
  return {
    of: (position) => values.get(keyOf(position)),
    totalRao: totals.reduce((sum, rao) => sum + rao, 0n),
  };
}

function keyOf({ hotkey, netuid }: Pick<Held, 'hotkey' | 'netuid'>): string {
  return `${hotkey}/${netuid}`;
}

async function sell(view: BlockView, { netuid, alphaRao }: Held): Promise<bigint | undefined> {
  try {
    return (await quoteSell(view, netuid, alphaRao)).amountOutRao;
  } catch (error) {
    if (isTaoError(error, 'CHAIN_LIQUIDITY')) return undefined;
    throw error;
  }
}
