/** `tao rewards compound`: when claiming and restaking pays. Advice with its formula and sources. */
import type { CommandBody, View } from '../../cli/spec.ts';
import { displayRao, tao, taoJson } from '../../domain/amount.ts';
import {
  BLOCKS_PER_DAY,
  bestInterval,
  INTERVAL_METHOD,
  yearlyGain,
} from '../../ledger/rewards/claim-interval.ts';
import { type CompoundFacts, readCompoundFacts } from '../../pipeline/plan-claim-compound.ts';
import { readAccountArgument } from '../../pipeline/resolve-address.ts';

const SOURCES = [
  'fee: the runtime, asked for a claim of one subnet',
  "earned per block: what each subnet's last tempo paid the validator's root stakers after take, the position's share of it, at spot",
  'stake, thresholds and the lot of automatic claims: storage, at the block named',
];

type Advice = CompoundFacts['positions'][number] & {
  readonly intervalBlocks: bigint | undefined;
  readonly gainPerYearRao: bigint;
  readonly earnedPerDayRao: bigint;
};

export const rewardsCompound: CommandBody = {
  run: async (context, raw) => {
    const owner = await readAccountArgument(context, raw);
    const chain = await context.openChain();
    const view = await chain.at('best');
    const facts = await readCompoundFacts(chain, view, owner.address);
    const advice = facts.positions.map((position) => advise(position, facts.feeRao));
    return {
      data: {
        address: owner.address,
        block: { number: view.number, hash: view.hash },
        method: INTERVAL_METHOD,
        sources: SOURCES,
        rules: facts.rules,
        fee: taoJson(tao(facts.feeRao)),
        positions: advice.map(adviceData),
        automatic:
          facts.automaticBlocks === undefined ? null : { everyBlocks: facts.automaticBlocks },
      },
      view: (style) => renderAdvice(advice, facts, style.isTerminal),
    };
  },
};

function advise(position: CompoundFacts['positions'][number], feeRao: bigint): Advice {
  const { earned } = position;
  const intervalBlocks = bestInterval({ ...position, feeRao });
  return {
    ...position,
    intervalBlocks,
    gainPerYearRao:
      intervalBlocks === undefined ? 0n : yearlyGain({ ...position, feeRao }, intervalBlocks),
    earnedPerDayRao: (earned.numeratorRao * BLOCKS_PER_DAY) / earned.denominator,
  };
}

function adviceData(advice: Advice): Readonly<Record<string, unknown>> {
  return {
    hotkey: advice.hotkey,
    validator: advice.name,
    stake: taoJson(tao(advice.stakeRao)),
    earnedPerDay: taoJson(tao(advice.earnedPerDayRao)),
    intervalBlocks: wholeBlocks(advice.intervalBlocks),
    thresholdBlocks: wholeBlocks(advice.thresholdBlocks),
    gainPerYear: taoJson(tao(advice.gainPerYearRao)),
  };
}

function wholeBlocks(blocks: bigint | undefined): number | null {
  return blocks === undefined ? null : Number.parseInt(blocks.toString(), 10);
}

function renderAdvice(advice: readonly Advice[], facts: CompoundFacts, isTerminal: boolean): View {
  if (advice.length === 0) {
    return [
      {
        kind: 'line',
        text: 'No root position: alpha stake grows by itself, with nothing to claim.',
      },
    ];
  }
  const amount = (rao: bigint) => displayRao(rao, isTerminal ? 6 : 9);
  return [
    {
      kind: 'table',
      columns: [
        { header: 'Hotkey', kind: 'address' },
        { header: 'Root stake (TAO)', align: 'right' },
        { header: 'Earned a day (TAO)', align: 'right' },
        { header: 'Claim every (blocks)', align: 'right' },
        { header: 'Gain a year (TAO)', align: 'right' },
      ],
      rows: advice.map((one) => [
        one.hotkey,
        amount(one.stakeRao),
        amount(one.earnedPerDayRao),
        one.intervalBlocks?.toString() ?? '',
        amount(one.gainPerYearRao),
      ]),
    },
    { kind: 'hint', text: `${INTERVAL_METHOD}; fee ${displayRao(facts.feeRao, 9, 'up')} TAO.` },
    { kind: 'hint', text: 'Estimates from the last tempo alone; 7,200 blocks are a day.' },
    ...(facts.automaticBlocks === undefined
      ? []
      : [
          {
            kind: 'hint',
            text: `The chain claims by itself about every ${facts.automaticBlocks} blocks, free of fees.`,
          } as const,
        ]),
  ];
}
