/** `tao rewards show`: looks once, records what it saw, and replays the facts. */
import type { CommandBody, View } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { readRewards } from '../../ledger/rewards/compute-rewards.ts';
import type { PositionRewards } from '../../ledger/types.ts';
import { observe } from '../../pipeline/observe.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';

const METHOD =
  'alpha held at observed blocks, less recorded stake and unstake; each gain at the spot price of the later observation';

export const rewardsShow: CommandBody = {
  run: async (context, raw) => {
    const owner = await readAccountArgument(context, raw);
    const chain = await context.openChain();
    const ledger = await context.openLedger(chain.genesisHash);
    const view = await chain.at('best');
    await observe({ view, ledger, coldkeys: [owner.address], source: 'observed' });
    const positions = readRewards(ledger, { coldkeys: [owner.address] });
    return {
      data: {
        address: owner.address,
        block: { number: view.number, hash: view.hash },
        method: METHOD,
        positions: positions.map(positionData),
        unclaimed: positions.flatMap(unclaimedData),
        unexplained: positions.flatMap(unexplainedData),
      },
      warnings: positions.flatMap(warningsOf),
      view: (style) => renderRewards(positions, style.isTerminal),
    };
  },
};

function positionData(position: PositionRewards) {
  const { netuid, tao: figures } = position;
  const inTao = (rao: bigint | undefined) => (rao === undefined ? null : taoJson(tao(rao)));
  return {
    netuid,
    hotkey: position.hotkey,
    sinceBlock: position.opened.block.number,
    untilBlock: position.end.number,
    isComplete: position.opened.kind === 'opened',
    stake: alphaJson(alpha(netuid, position.alphaNowRao)),
    added: alphaJson(alpha(netuid, position.alphaAddedRao)),
    removed: alphaJson(alpha(netuid, position.alphaRemovedRao)),
    earned: alphaJson(alpha(netuid, position.emissionAlphaRao)),
    earnedValue: inTao(figures?.emissionRao),
    priceGain: inTao(figures?.priceRao),
    tradeCost: inTao(figures?.tradeCostRao),
    paid: taoJson(tao(position.paidRao)),
    returned: taoJson(tao(position.receivedRao)),
    value: inTao(figures?.valueNowRao),
    result: inTao(figures?.resultRao),
    inexact: position.inexact,
  };
}

function unclaimedData(position: PositionRewards) {
  return position.claimable.map((claim) => ({
    hotkey: position.hotkey,
    owed: alphaJson(alpha(claim.netuid, claim.alphaRao)),
    value: claim.taoRao === undefined ? null : taoJson(tao(claim.taoRao)),
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

function warningsOf(position: PositionRewards): readonly string[] {
  return position.unexplained.map(
    (change) =>
      `Unexplained on subnet ${position.netuid}: ${formatRao(change.alphaRao)} alpha between blocks ${change.from.number} and ${change.to.number}; it is in no figure.`,
  );
}

function renderRewards(positions: readonly PositionRewards[], isTerminal: boolean): View {
  if (positions.length === 0) {
    return [{ kind: 'hint', text: 'No position seen yet. tao stake add opens one.' }];
  }
  const amount = (rao: bigint | undefined) =>
    rao === undefined ? '' : isTerminal ? displayRao(rao) : formatRao(rao);
  const unclaimedRao = positions
    .flatMap((position) => position.claimable)
    .reduce((sum, claim) => sum + (claim.taoRao ?? 0n), 0n);
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Netuid', align: 'right' },
        { header: 'Hotkey', kind: 'address' },
        { header: 'Since', align: 'right' },
        { header: 'Stake (alpha)', align: 'right' },
        { header: 'Earned (alpha)', align: 'right' },
        { header: 'Earned (TAO)', align: 'right' },
        { header: 'Price gain (TAO)', align: 'right' },
        { header: 'Paid (TAO)', align: 'right' },
        { header: 'Returned (TAO)', align: 'right' },
        { header: 'Value (TAO)', align: 'right' },
      ],
      rows: positions.map((position) => [
        position.netuid.toString(),
        position.hotkey,
        `${position.opened.kind === 'opened' ? '' : '≥'}${position.opened.block.number}`,
        amount(position.alphaNowRao),
        { text: amount(position.emissionAlphaRao), tone: 'good' },
        amount(position.tao?.emissionRao),
        amount(position.tao?.priceRao),
        amount(position.paidRao),
        amount(position.receivedRao),
        amount(position.tao?.valueNowRao),
      ]),
    },
    ...(unclaimedRao > 0n && isTerminal
      ? ([
          {
            kind: 'line',
            text: `Unclaimed root dividends: about ${displayRao(unclaimedRao)} TAO at spot`,
          },
        ] as const)
      : []),
    ...(positions.some((position) => position.netuid === ROOT_NETUID)
      ? ([
          {
            kind: 'hint',
            text: 'On root, alpha is TAO. ≥ marks positions that were there before the first look.',
          },
        ] as const)
      : []),
  ];
}
