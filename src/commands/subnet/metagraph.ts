/** `tao subnet metagraph`: everyone registered on a subnet, and what the last epoch gave them. */
import { type NeuronFacts, readMetagraph } from '../../chain/queries/read-metagraph.ts';
import { readSubnet } from '../../chain/queries/read-subnets.ts';
import { optionText, parseWholeOption } from '../../cli/option-groups.ts';
import type { CommandBody, View, ViewStyle } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { parseNetuid } from '../../domain/netuid.ts';
import { requireSubnet } from '../../pipeline/plan-stake.ts';
import { MAX_NEURONS, type NeuronOrder } from './specs-metagraph.ts';

const U16_MAX = 65_535;
const FRACTION_DECIMALS = 4;

/** What each order sorts by, largest first; uids ascend. */
const figures: Readonly<Record<NeuronOrder, (neuron: NeuronFacts) => bigint>> = {
  uid: ({ uid }) => -BigInt(uid),
  stake: ({ stakeRao }) => stakeRao,
  trust: ({ validatorTrustU16 }) => BigInt(validatorTrustU16),
  consensus: ({ consensusU16 }) => BigInt(consensusU16),
  incentive: ({ incentiveU16 }) => BigInt(incentiveU16),
  dividends: ({ dividendsU16 }) => BigInt(dividendsU16),
  emission: ({ emissionRao }) => emissionRao,
  updated: ({ lastUpdateBlock }) => BigInt(lastUpdateBlock),
};

export const subnetMetagraph: CommandBody = {
  run: async (context, raw) => {
    const netuid = parseNetuid(raw.arguments.netuid?.[0] ?? '');
    const order = (optionText(raw, 'sort') ?? 'uid') as NeuronOrder;
    const limit = parseWholeOption(raw, 'limit', MAX_NEURONS) ?? MAX_NEURONS;
    const chain = await context.openChain();
    const view = await chain.at('best');
    const subnet = requireSubnet(await readSubnet(view, netuid), netuid);
    const all = await readMetagraph(view, netuid);
    const neurons = sortNeurons(all, order).slice(0, limit);
    return {
      data: {
        block: { number: view.number, hash: view.hash },
        netuid,
        name: subnet.name,
        registered: all.length,
        neurons: neurons.map((neuron) => neuronData(neuron, netuid)),
      },
      view: (style) => renderNeurons(neurons, { ...style, block: view.number, all: all.length }),
    };
  },
};

/** Largest first, the lower uid on a tie. Pure. */
export function sortNeurons(
  neurons: readonly NeuronFacts[],
  order: NeuronOrder,
): readonly NeuronFacts[] {
  const figure = figures[order];
  return [...neurons].sort((a, b) => {
    const difference = figure(b) - figure(a);
    return difference === 0n ? a.uid - b.uid : difference > 0n ? 1 : -1;
  });
}

function neuronData(neuron: NeuronFacts, netuid: number) {
  const { alphaRao, rootRao, stakeRao, emissionRao, ...rest } = neuron;
  return {
    ...rest,
    coldkey: neuron.coldkey ?? null,
    trustU16: neuron.trustU16 ?? null,
    stakeWeight: alphaJson(alpha(netuid, stakeRao)),
    alphaStake: alphaJson(alpha(netuid, alphaRao)),
    rootStake: taoJson(tao(rootRao)),
    emission: alphaJson(alpha(netuid, emissionRao)),
  };
}

type Facts = ViewStyle & { readonly block: number; readonly all: number };

function renderNeurons(neurons: readonly NeuronFacts[], { isTerminal, block, all }: Facts): View {
  const amount = (rao: bigint, decimals: number) =>
    isTerminal ? displayRao(rao, decimals) : formatRao(rao);
  const right = (header: string) => ({ header, align: 'right' as const });
  const table: View = [
    {
      kind: 'table',
      columns: [
        { ...right('Uid'), isKey: true },
        { header: 'Hotkey', kind: 'address', isKey: true },
        { header: 'Name' },
        right('Stake weight'),
        right('Trust'),
        right('Consensus'),
        right('Incentive'),
        right('Dividends'),
        right('Emission'),
        right(isTerminal ? 'Blocks ago' : 'Updated'),
        { header: 'Permit' },
      ],
      rows: neurons.map((neuron) => [
        neuron.uid.toString(),
        neuron.hotkey,
        neuron.name,
        amount(neuron.stakeRao, 2),
        fraction(neuron.validatorTrustU16),
        fraction(neuron.consensusU16),
        fraction(neuron.incentiveU16),
        fraction(neuron.dividendsU16),
        amount(neuron.emissionRao, 4),
        (isTerminal ? block - neuron.lastUpdateBlock : neuron.lastUpdateBlock).toString(),
        neuron.hasPermit ? 'yes' : 'no',
      ]),
    },
  ];
  if (neurons.length === all) return table;
  return [
    ...table,
    { kind: 'hint', text: `${neurons.length} of ${all} hotkeys. All: --limit ${all}` },
  ];
}

function fraction(u16: number): string {
  return (u16 / U16_MAX).toFixed(FRACTION_DECIMALS);
}
