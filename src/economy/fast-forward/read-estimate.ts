/** Reads a walked projection: figures by subnet, hotkey and watched position. */
import { toDouble } from '../fixed.ts';
import { ROOT } from '../parameters.ts';
import { hotkeyStake, stakeOf } from '../stake-ledger.ts';
import type { EconomyState } from '../state.ts';
import { estimateIssuance } from './estimate-emission.ts';
import { estimatePrice } from './estimate-pool.ts';
import type {
  FastForwardEstimate,
  PositionEstimate,
  SubnetEstimate,
  WatchedPosition,
} from './estimate-types.ts';
import {
  BOARD_WIDTH,
  BURNED,
  EMA_PRICE,
  type Projection,
  type StakeEstimate,
  type SubnetProjection,
} from './projection-types.ts';

/** The estimate at the projection's block; `state` is the one it started from. */
export function readEstimate(
  state: EconomyState,
  projection: Projection,
  watch: readonly WatchedPosition[],
): FastForwardEstimate {
  return {
    kind: 'estimate',
    method: 'fast-forward',
    unit: 'rao',
    fromBlock: projection.startBlock,
    toBlock: projection.block,
    taoIssuanceRaoEstimate: estimateIssuance(projection),
    rootTaoRaoEstimate: projection.rootTao,
    subnets: projection.subnets.map((subnet) => subnetEstimate(projection, subnet)),
    positions: watch.map((position) => positionEstimate(state, projection, position)),
  };
}

function subnetEstimate({ board }: Projection, subnet: SubnetProjection): SubnetEstimate {
  const { row, netuid, pool, stake } = subnet;
  return {
    netuid,
    taoReserveRaoEstimate: pool.tao,
    alphaInRaoEstimate: pool.alpha,
    alphaOutRaoEstimate: pool.alphaOut,
    priceEstimate: estimatePrice(pool),
    emaPriceEstimate: board[row * BOARD_WIDTH + EMA_PRICE] as number,
    minerBurnedEstimate: board[row * BOARD_WIDTH + BURNED] as number,
    epochs: subnet.epochsPaid,
    epochsRun: subnet.epochsRun,
    hotkeys: stake.hotkeys.map((hotkey, place) => ({
      hotkey,
      alphaRaoEstimate: stake.value[place] as number,
      growthEstimate: growthAt(stake, place),
      rootRateEstimate: stake.rate[place] as number,
    })),
  };
}

/** Shares began at one rao each. */
function growthAt({ value, shares }: StakeEstimate, place: number): number {
  const all = shares[place] as number;
  return all > 0 ? (value[place] as number) / all : 1;
}

function positionEstimate(
  state: EconomyState,
  projection: Projection,
  position: WatchedPosition,
): PositionEstimate {
  const { hotkey, coldkey, netuid } = position;
  const before = toDouble(stakeOf(state, hotkey, coldkey, netuid), 0);
  const subnet = projection.subnets.find((one) => one.netuid === netuid);
  if (netuid === ROOT) {
    const at = projection.rootHotkeys.indexOf(hotkey);
    const all = toDouble(hotkeyStake(state, hotkey, ROOT), 0);
    const grown = at < 0 || all === 0 ? 1 : (projection.rootStake[at] as number) / all;
    return { ...position, stakeRaoEstimate: before * grown };
  }
  if (subnet === undefined) return { ...position, stakeRaoEstimate: 0 };
  const { stake } = subnet;
  const place = stake.hotkeys.indexOf(hotkey);
  let shares = before;
  stake.slotColdkey.forEach((one, slot) => {
    if (one === coldkey && stake.slotPlace[slot] === place) {
      shares += stake.slotShares[slot] as number;
    }
  });
  return { ...position, stakeRaoEstimate: shares * growthAt(stake, place) };
}
