/** `tao subnet show`: one subnet with its pool, its share of emission and its epoch. */

import type { SubnetFacts } from '../../chain/facts.ts';
import { readSubnetState, type SubnetState } from '../../chain/queries/read-subnet-state.ts';
import { readSubnet } from '../../chain/queries/read-subnets.ts';
import type { CommandBody, View } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { parseNetuid, ROOT_NETUID } from '../../domain/netuid.ts';
import { formatHundredths, shareHundredths } from '../../domain/observed-yield.ts';
import { formatTakePercent } from '../../domain/take.ts';
import { requireSubnet } from '../../pipeline/plan-stake.ts';

const ROOT_SHARE_UNIT = 2n ** 32n;
const WEIGHT_UNIT = 10n ** 18n;

export const subnetShow: CommandBody = {
  run: async (context, raw) => {
    const netuid = parseNetuid(raw.arguments.netuid?.[0] ?? '');
    const chain = await context.openChain();
    const view = await chain.at('best');
    const subnet = requireSubnet(await readSubnet(view, netuid), netuid);
    const state = await readSubnetState(view, netuid);
    return {
      data: {
        block: { number: view.number, hash: view.hash },
        ...subnetData(subnet, state, view.number),
      },
      view: (style) => renderSubnet(subnet, state, { block: view.number, ...style }),
    };
  },
};

function subnetData(subnet: SubnetFacts, state: SubnetState, block: number) {
  const { netuid } = subnet;
  const inAlpha = (rao: bigint) => alphaJson(alpha(netuid, rao));
  const inTao = (rao: bigint) => taoJson(tao(rao));
  return {
    netuid,
    name: subnet.name,
    symbol: subnet.symbol,
    ownerColdkey: subnet.ownerColdkey,
    ownerHotkey: subnet.ownerHotkey,
    registeredAtBlock: subnet.registeredAtBlock,
    price: inTao(subnet.priceRaoPerAlpha),
    emaPrice: inTao(subnet.emaPriceRaoPerAlpha),
    taoReserve: inTao(subnet.taoReserveRao),
    alphaReserve: inAlpha(subnet.alphaInRao),
    alphaOutstanding: inAlpha(subnet.alphaOutRao),
    volume: inTao(subnet.volumeRao),
    poolFeePercent: formatTakePercent(state.feeRateU16),
    taoWeightPercent: formatHundredths(shareHundredths(state.quoteWeight, WEIGHT_UNIT)),
    emission: {
      sharePercent: emissionShare(state),
      tao: inTao(state.taoEmissionRao),
      alphaToPool: inAlpha(subnet.alphaInEmissionRao),
      alphaToPeople: inAlpha(subnet.alphaOutEmissionRao),
    },
    rootSharePercent: rootShare(state),
    tempo: subnet.tempo,
    blocksSinceEpoch: subnet.blocksSinceLastStep,
    nextEpochBlock: state.nextEpochBlock,
    blocksToEpoch: Math.max(0, state.nextEpochBlock - block),
    pending: {
      miners: inAlpha(state.pendingRao.miners),
      validators: inAlpha(state.pendingRao.validators),
      root: inAlpha(state.pendingRao.root),
      owner: inAlpha(state.pendingRao.owner),
    },
    neurons: state.neurons,
    maxNeurons: state.maxNeurons,
    maxValidators: state.maxValidators,
    registrationCost: inTao(state.burnRao),
    isTokenEnabled: state.isTokenEnabled,
    isEmissionEnabled: state.isEmissionEnabled,
    isRegistrationAllowed: state.isRegistrationAllowed,
    isTransferAllowed: state.isTransferAllowed,
  };
}

function emissionShare({ taoEmissionRao, allTaoEmissionRao }: SubnetState): string {
  return formatHundredths(shareHundredths(taoEmissionRao, allTaoEmissionRao));
}

function rootShare({ rootShareBits }: SubnetState): string {
  return formatHundredths(shareHundredths(rootShareBits, ROOT_SHARE_UNIT));
}

function renderSubnet(
  subnet: SubnetFacts,
  state: SubnetState,
  style: { readonly block: number; readonly isTerminal: boolean },
): View {
  const isRoot = subnet.netuid === ROOT_NETUID;
  const amount = (rao: bigint, decimals: number) =>
    style.isTerminal ? displayRao(rao, decimals) : formatRao(rao);
  const closed = [
    state.isTokenEnabled ? undefined : 'its token has not started',
    state.isEmissionEnabled ? undefined : 'it gets no emission',
    state.isTransferAllowed ? undefined : 'stake cannot be transferred',
    state.isRegistrationAllowed ? undefined : 'registration is closed',
  ].filter((text) => text !== undefined);
  const market: readonly (readonly [string, string])[] = [
    ['Price', `${amount(subnet.priceRaoPerAlpha, 9)} TAO for one alpha`],
    ['Moving average', `${amount(subnet.emaPriceRaoPerAlpha, 9)} TAO`],
    [
      'Pool',
      `${amount(subnet.taoReserveRao, 3)} TAO, ${amount(subnet.alphaInRao, 3)} alpha, fee ${formatTakePercent(state.feeRateU16)} %`,
    ],
    ['Alpha outside', amount(subnet.alphaOutRao, 3)],
    ['Volume so far', `${amount(subnet.volumeRao, 3)} TAO`],
    [
      'Emission',
      `${emissionShare(state)} % of the TAO of the last block: ${amount(state.taoEmissionRao, 9)} TAO`,
    ],
    ["Root's share", `${rootShare(state)} % of dividends`],
  ];
  return [
    {
      kind: 'rows',
      rows: [
        ['Subnet', `${subnet.netuid} ${subnet.name} ${subnet.symbol}`],
        ['Owner', subnet.ownerColdkey],
        ...(isRoot
          ? [['Staked', `${amount(subnet.taoReserveRao, 3)} TAO, one to one`] as const]
          : market),
        [
          'Epoch',
          `every ${subnet.tempo} blocks; next at block ${state.nextEpochBlock}, in ${Math.max(0, state.nextEpochBlock - style.block)}`,
        ],
        [
          'Seats',
          `${state.neurons} of ${state.maxNeurons}, validators up to ${state.maxValidators}`,
        ],
        ['Registration', `${amount(state.burnRao, 9)} TAO`],
        ...(closed.length === 0 ? [] : [['Closed', closed.join('; ')] as const]),
      ],
    },
    {
      kind: 'hint',
      text: `tao delegate list --netuid ${subnet.netuid} shows its validators, tao subnet metagraph ${subnet.netuid} all of them.`,
    },
  ];
}
