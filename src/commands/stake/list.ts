/** `tao stake list`: positions at one block, with their value at spot. */
import { readStakes } from '../../chain/queries/read-stakes.ts';
import { readSubnets } from '../../chain/queries/read-subnets.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { valueAtPriceFloor } from '../../domain/price.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';
import { readValidatorNames } from '../../pipeline/validator-names.ts';

type Position = {
  readonly netuid: number;
  readonly subnet: string;
  readonly hotkey: string;
  readonly validator: string;
  readonly alphaRao: bigint;
  readonly priceRaoPerAlpha: bigint;
  readonly valueRao: bigint;
};

export const stakeList: CommandBody = {
  run: async (context, raw) => {
    const owner = await readAccountArgument(context, raw);
    const chain = await context.openChain();
    const view = await chain.at('best');
    const [stakes, subnets] = await Promise.all([
      readStakes(view, [owner.address]),
      readSubnets(view),
    ]);
    const names = await readValidatorNames(
      view,
      stakes.map((stake) => stake.hotkey),
    );
    const bySubnet = new Map(subnets.map((subnet) => [subnet.netuid, subnet]));
    const positions: readonly Position[] = stakes.map((stake) => {
      const subnet = bySubnet.get(stake.netuid);
      const priceRaoPerAlpha = subnet?.priceRaoPerAlpha ?? 0n;
      return {
        netuid: stake.netuid,
        subnet: subnet?.name ?? '',
        hotkey: stake.hotkey,
        validator: names.get(stake.hotkey) ?? '',
        alphaRao: stake.alphaRao,
        priceRaoPerAlpha,
        valueRao: valueAtPriceFloor(stake.alphaRao, priceRaoPerAlpha),
      };
    });
    const totalRao = positions.reduce((sum, position) => sum + position.valueRao, 0n);
    return {
      data: {
        address: owner.address,
        block: { number: view.number, hash: view.hash },
        positions: positions.map((position) => ({
          netuid: position.netuid,
          subnet: position.subnet,
          hotkey: position.hotkey,
          validator: position.validator,
          stake: alphaJson(alpha(position.netuid, position.alphaRao)),
          price: taoJson(tao(position.priceRaoPerAlpha)),
          value: taoJson(tao(position.valueRao)),
        })),
        totalValue: taoJson(tao(totalRao)),
      },
      view: (style) => renderPositions(positions, totalRao, style.isTerminal),
    };
  },
};

function renderPositions(
  positions: readonly Position[],
  totalRao: bigint,
  isTerminal: boolean,
): View {
  if (positions.length === 0) {
    return [
      { kind: 'hint', text: 'No stake yet. tao delegate list shows validators to stake with.' },
    ];
  }
  const amount = (rao: bigint) => (isTerminal ? displayRao(rao) : formatRao(rao));
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Netuid', align: 'right' },
        { header: 'Subnet' },
        { header: 'Validator' },
        { header: 'Hotkey', kind: 'address' },
        { header: 'Stake (alpha)', align: 'right' },
        { header: 'Price (TAO)', align: 'right' },
        { header: 'Value (TAO)', align: 'right' },
      ],
      rows: positions.map((position) => [
        position.netuid.toString(),
        position.subnet,
        position.validator,
        position.hotkey,
        amount(position.alphaRao),
        amount(position.priceRaoPerAlpha),
        amount(position.valueRao),
      ]),
    },
    ...(isTerminal
      ? ([{ kind: 'line', text: `Total value at spot: ${displayRao(totalRao)} TAO` }] as const)
      : []),
  ];
}
