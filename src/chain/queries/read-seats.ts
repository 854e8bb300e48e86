/** Where one validator sits: its stake, permit, trust and last payout on each of its subnets. */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ObservedYield } from '../../domain/observed-yield.ts';
import type { BlockView } from '../types.ts';
import { readDividends } from './read-dividends.ts';
import { readSeen, seenOnSubnet } from './read-seen.ts';
import { asCount, asList, asRao } from './shape.ts';

const PALLET = 'SubtensorModule';

export type SeatFacts = {
  readonly netuid: number;
  /** All coldkeys together: rao of alpha, on root of TAO. */
  readonly stakeRao: bigint;
  readonly uid: number | undefined;
  readonly hasPermit: boolean;
  /** Parts of 65,535; undefined without a uid or an epoch. */
  readonly trustU16: number | undefined;
  readonly seen: ObservedYield;
};

/** In the order of `netuids`. */
export async function readSeatsOf(
  view: BlockView,
  hotkey: string,
  netuids: readonly number[],
): Promise<readonly SeatFacts[]> {
  const single = netuids.map((netuid) => [netuid] as const);
  const [dividends, stakes, uids, permits, trusts, tempos] = await Promise.all([
    readDividends(view),
    view.readMany(
      PALLET,
      'TotalHotkeyAlpha',
      netuids.map((netuid) => [hotkey, netuid]),
    ),
    view.readMany(
      PALLET,
      'Uids',
      netuids.map((netuid) => [netuid, hotkey]),
    ),
    view.readMany(PALLET, 'ValidatorPermit', single),
    view.readMany(PALLET, 'ValidatorTrust', single),
    view.readMany(PALLET, 'Tempo', single),
  ]);
  const onRoot = netuids.includes(ROOT_NETUID)
    ? await readSeen(view, ROOT_NETUID, dividends, 0)
    : undefined;
  return netuids.map((netuid, index) => {
    const found = uids[index];
    const uid = found === undefined ? undefined : asCount(found);
    const stakeRao = asRao(stakes[index]);
    const seenBy =
      netuid === ROOT_NETUID && onRoot !== undefined
        ? onRoot
        : seenOnSubnet(netuid, dividends, asCount(tempos[index]));
    return {
      netuid,
      stakeRao,
      uid,
      hasPermit: uid !== undefined && asList(permits[index])[uid] === true,
      trustU16: trustAt(asList(trusts[index]), uid),
      seen: seenBy(hotkey, stakeRao),
    };
  });
}

/** Before a subnet's first epoch all are zero: nobody's trust was measured. */
function trustAt(trusts: readonly unknown[], uid: number | undefined): number | undefined {
  if (uid === undefined || trusts.every((trust) => asCount(trust) === 0)) return undefined;
  return asCount(trusts[uid] ?? 0);
}
