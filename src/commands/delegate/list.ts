/** `tao delegate list`: validators at one block. */
import type { DelegateFacts } from '../../chain/facts.ts';
import { readDelegates } from '../../chain/queries/read-delegates.ts';
import { readSubnet } from '../../chain/queries/read-subnets.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao } from '../../domain/amount.ts';
import { parseNetuid, ROOT_NETUID } from '../../domain/netuid.ts';
import { formatTakePercent } from '../../domain/take.ts';
import { requireSubnet } from '../../pipeline/plan-stake.ts';

export const delegateList: CommandBody = {
  run: async (context, raw) => {
    const netuidText = optionText(raw, 'netuid');
    const netuid = netuidText === undefined ? undefined : parseNetuid(netuidText);
    const chain = await context.openChain();
    const view = await chain.at('best');
    const [all, subnet] = await Promise.all([
      readDelegates(view),
      netuid === undefined ? undefined : readSubnet(view, netuid),
    ]);
    if (netuid !== undefined) requireSubnet(subnet, netuid);
    const stakeNetuid = netuid ?? ROOT_NETUID;
    const stakeOf = (delegate: DelegateFacts) => delegate.stakeRaoByNetuid.get(stakeNetuid) ?? 0n;
    const delegates = all
      .filter((delegate) => netuid === undefined || isOn(delegate, netuid))
      .sort((a, b) => {
        const [stakeA, stakeB] = [stakeOf(a), stakeOf(b)];
        if (stakeA !== stakeB) return stakeA > stakeB ? -1 : 1;
        return a.hotkey < b.hotkey ? -1 : 1;
      });
    return {
      data: {
        block: { number: view.number, hash: view.hash },
        netuid: stakeNetuid,
        delegates: delegates.map((delegate) => ({
          hotkey: delegate.hotkey,
          name: delegate.name,
          owner: delegate.owner,
          takePercent: formatTakePercent(delegate.takeU16),
          takeU16: delegate.takeU16,
          stake: alphaJson(alpha(stakeNetuid, stakeOf(delegate))),
          permits: delegate.validatorPermits,
        })),
      },
      view: (style) =>
        renderDelegates({ delegates, stakeOf, stakeNetuid, isTerminal: style.isTerminal }),
    };
  },
};

function isOn(delegate: DelegateFacts, netuid: number): boolean {
  return (
    delegate.validatorPermits.includes(netuid) || (delegate.stakeRaoByNetuid.get(netuid) ?? 0n) > 0n
  );
}

function renderDelegates(list: {
  readonly delegates: readonly DelegateFacts[];
  readonly stakeOf: (delegate: DelegateFacts) => bigint;
  readonly stakeNetuid: number;
  readonly isTerminal: boolean;
}): View {
  if (list.delegates.length === 0) {
    return [{ kind: 'hint', text: 'No validator there. tao subnet list shows the subnets.' }];
  }
  const unit = list.stakeNetuid === ROOT_NETUID ? 'TAO on root' : `alpha of ${list.stakeNetuid}`;
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Name' },
        { header: 'Hotkey', kind: 'address' },
        { header: 'Take (%)', align: 'right' },
        { header: `Stake (${unit})`, align: 'right' },
        { header: 'Validates' },
      ],
      rows: list.delegates.map((delegate) => [
        delegate.name,
        delegate.hotkey,
        formatTakePercent(delegate.takeU16),
        list.isTerminal ? displayRao(list.stakeOf(delegate), 3) : formatRao(list.stakeOf(delegate)),
        delegate.validatorPermits.join(' '),
      ]),
    },
  ];
}
