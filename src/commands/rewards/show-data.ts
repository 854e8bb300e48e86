/** What `tao rewards show` says, for machines, and its warnings. Pure. */
import { alpha, alphaJson, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { isoTime } from '../../domain/time.ts';
import type { PositionSummary, WindowRewards } from '../../ledger/rewards/summarize-rewards.ts';
import { TAKE_METHOD, type TakePaid } from '../../ledger/rewards/take-paid.ts';
import type { BlockStamp, PositionRewards } from '../../ledger/types.ts';
import type { Shown } from './show.ts';
import { totalsOf } from './show-totals.ts';

export const METHOD =
  'alpha held at observed blocks, less recorded stake and unstake; each gain at the spot price of the later observation';
const EXIT_METHOD = 'a sale of the whole position, simulated by the node at the block named';

export const inTao = (rao: bigint | undefined) => (rao === undefined ? null : taoJson(tao(rao)));

export function showData(shown: Shown): Readonly<Record<string, unknown>> {
  const { positions } = shown.summary;
  const rewards = positions.map((position) => position.rewards);
  return {
    address: shown.address,
    block: { number: shown.block.number, hash: shown.block.hash },
    time: isoTime(shown.block.timeMs),
    method: METHOD,
    basisMethod: shown.method,
    takeMethod: TAKE_METHOD,
    exitMethod: EXIT_METHOD,
    positions: positions.map((position) => positionData(position, shown)),
    totals: totalsData(shown),
    unclaimed: rewards.flatMap(unclaimedData),
    unexplained: rewards.flatMap(unexplainedData),
  };
}

function positionData(position: PositionSummary, shown: Shown): Readonly<Record<string, unknown>> {
  const { rewards, basis, reconciliation } = position;
  const { netuid, tao: figures } = rewards;
  const inAlpha = (rao: bigint) => alphaJson(alpha(netuid, rao));
  return {
    netuid,
    hotkey: rewards.hotkey,
    sinceBlock: rewards.opened.block.number,
    untilBlock: rewards.end.number,
    isComplete: rewards.opened.kind === 'opened',
    stake: inAlpha(rewards.alphaNowRao),
    added: inAlpha(rewards.alphaAddedRao),
    removed: inAlpha(rewards.alphaRemovedRao),
    earned: inAlpha(rewards.emissionAlphaRao),
    earnedValue: inTao(figures?.emissionRao),
    priceGain: inTao(figures?.priceRao),
    tradeCost: inTao(figures?.tradeCostRao),
    paid: taoJson(tao(rewards.paidRao)),
    returned: taoJson(tao(rewards.receivedRao)),
    value: inTao(figures?.valueNowRao),
    result: inTao(figures?.resultRao),
    takePaid: takeData(position.takePaid, netuid),
    entryCost: inTao(basis?.costRao),
    exitValue: inTao(shown.exits.of(rewards)),
    realised: inTao(basis?.realisedRao),
    unrealised: inTao(basis?.unrealisedRao),
    carried: inTao(basis?.carriedRao),
    windows: position.windows.map((window) => windowData(window, netuid)),
    reconciliation: {
      block: blockData(reconciliation.block),
      expected: inAlpha(reconciliation.expectedAlphaRao),
      chain: inAlpha(reconciliation.chainAlphaRao),
      unexplained: inAlpha(reconciliation.unexplainedAlphaRao),
    },
    inexact: rewards.inexact,
  };
}

function windowData(window: WindowRewards, netuid: number): Readonly<Record<string, unknown>> {
  return {
    name: window.name,
    from: blockData(window.from),
    to: blockData(window.to),
    isWhole: window.isWhole,
    earned: alphaJson(alpha(netuid, window.earnedAlphaRao)),
    earnedValue: inTao(window.earnedRao),
    priceGain: inTao(window.priceGainRao),
    takePaid: takeData(window.takePaid, netuid),
  };
}

function takeData(paid: TakePaid | undefined, netuid: number) {
  if (paid === undefined) return null;
  return { alpha: alphaJson(alpha(netuid, paid.alphaRao)), value: taoJson(tao(paid.taoRao)) };
}

function blockData(block: BlockStamp) {
  return {
    number: block.number,
    // A genesis block has no time of its own.
    time: block.timeMs === undefined || block.timeMs === 0 ? null : isoTime(block.timeMs),
  };
}

function totalsData(shown: Shown): Readonly<Record<string, unknown>> {
  const totals = totalsOf(shown);
  return {
    earnedValue: inTao(totals.earnedRao),
    priceGain: inTao(totals.priceGainRao),
    tradeCost: inTao(totals.tradeCostRao),
    takePaid: inTao(totals.takeRao),
    paid: inTao(totals.paidRao),
    returned: inTao(totals.receivedRao),
    entryCost: inTao(totals.costRao),
    value: inTao(totals.valueRao),
    exitValue: inTao(totals.exitRao),
    realised: inTao(totals.realisedRao),
    unrealised: inTao(totals.unrealisedRao),
    result: inTao(totals.resultRao),
    unclaimed: inTao(totals.unclaimedRao),
    windows: totals.windows.map(({ name, earnedRao }) => ({ name, earnedValue: inTao(earnedRao) })),
    unpriced: totals.unpriced,
  };
}

function unclaimedData(position: PositionRewards) {
  return position.claimable.map((claim) => ({
    hotkey: position.hotkey,
    owed: alphaJson(alpha(claim.netuid, claim.alphaRao)),
    value: inTao(claim.taoRao),
  }));
}

function unexplainedData(position: PositionRewards) {
  return position.unexplained.map((change) => ({
    netuid: position.netuid,
    hotkey: position.hotkey,
    fromBlock: change.from.number,
    toBlock: change.to.number,
    alpha: alphaJson(alpha(position.netuid, change.alphaRao)),
    reason: change.reason,
  }));
}

export function warningsOf({ summary }: Pick<Shown, 'summary'>): readonly string[] {
  return summary.positions.flatMap(({ rewards }) =>
    rewards.unexplained.map(
      (change) =>
        `Unexplained on subnet ${rewards.netuid}: ${formatRao(change.alphaRao)} alpha between blocks ${change.from.number} and ${change.to.number}; it is in no figure.`,
    ),
  );
}
