/** `tao subnet list`: the market at one block. */
import type { SubnetFacts } from '../../chain/facts.ts';
import { readTaoEmissions } from '../../chain/queries/read-subnet-state.ts';
import { readSubnets } from '../../chain/queries/read-subnets.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { formatHundredths, shareHundredths } from '../../domain/observed-yield.ts';

export const subnetList: CommandBody = {
  run: async (context) => {
    const chain = await context.openChain();
    const view = await chain.at('best');
    const [subnets, emissions] = await Promise.all([readSubnets(view), readTaoEmissions(view)]);
    const allRao = [...emissions.values()].reduce((sum, each) => sum + each, 0n);
    const shareOf = (netuid: number) =>
      formatHundredths(shareHundredths(emissions.get(netuid) ?? 0n, allRao));
    return {
      data: {
        block: { number: view.number, hash: view.hash },
        subnets: subnets.map((subnet) => ({
          netuid: subnet.netuid,
          name: subnet.name,
          symbol: subnet.symbol,
          price: taoJson(tao(subnet.priceRaoPerAlpha)),
          emaPrice: taoJson(tao(subnet.emaPriceRaoPerAlpha)),
          taoReserve: taoJson(tao(subnet.taoReserveRao)),
          alphaReserve: alphaJson(alpha(subnet.netuid, subnet.alphaInRao)),
          alphaOutstanding: alphaJson(alpha(subnet.netuid, subnet.alphaOutRao)),
          volume: taoJson(tao(subnet.volumeRao)),
          emissionSharePercent: shareOf(subnet.netuid),
          tempo: subnet.tempo,
          blocksSinceEpoch: subnet.blocksSinceLastStep,
        })),
      },
      view: (style) => renderSubnets(subnets, shareOf, style.isTerminal),
    };
  },
};

function renderSubnets(
  subnets: readonly SubnetFacts[],
  shareOf: (netuid: number) => string,
  isTerminal: boolean,
): View {
  const amount = (rao: bigint, decimals: number) =>
    isTerminal ? displayRao(rao, decimals) : formatRao(rao);
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Netuid', align: 'right' },
        { header: 'Name' },
        { header: 'Sym' },
        { header: 'Price (TAO)', align: 'right' },
        { header: 'EMA (TAO)', align: 'right' },
        { header: 'Pool TAO', align: 'right' },
        { header: 'Pool alpha', align: 'right' },
        { header: 'Emission (%)', align: 'right' },
        { header: 'Epoch', align: 'right' },
      ],
      rows: subnets.map((subnet) => [
        subnet.netuid.toString(),
        subnet.name,
        subnet.symbol,
        amount(subnet.priceRaoPerAlpha, 6),
        amount(subnet.emaPriceRaoPerAlpha, 6),
        amount(subnet.taoReserveRao, 0),
        amount(subnet.alphaInRao, 0),
        shareOf(subnet.netuid),
        `${subnet.blocksSinceLastStep}/${subnet.tempo}`,
      ]),
    },
  ];
}
