/** An estimate as data and as lines: always with its range, method and assumptions. Pure. */
import type { View } from '../../cli/spec.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { formatTakePercent } from '../../domain/take.ts';
import type { Distribution } from '../../ledger/estimate/distribution.ts';
import type {
  Estimate,
  EstimateFigures,
  EstimateRate,
} from '../../ledger/estimate/estimate-types.ts';
import { percentPerDay, type Volatility } from '../../ledger/estimate/volatility.ts';

/** Decimals of a percentage in an estimate: more would pretend to know. */
const RATE_DECIMALS = 2;

/** Random runs of the stake, with what they rest on. */
export type RandomRuns = {
  readonly distribution: Distribution;
  readonly seed: number;
  readonly volatility: Volatility;
};

/** An estimate with what it is compared with. */
export type ToldEstimate = {
  readonly estimate: Estimate;
  /** The same TAO on root; undefined where that is what was asked. */
  readonly root: Estimate | undefined;
  readonly randomRuns: RandomRuns | undefined;
  /** Of a position that is there: nothing is bought. */
  readonly isHeld: boolean;
};

/** JSON-safe; every figure carries `low` and `high`. */
export function estimateData({ estimate, root, randomRuns, isHeld }: ToldEstimate) {
  const { netuid } = estimate;
  const figures = (f: EstimateFigures) => ({
    alpha: alphaJson(alpha(netuid, f.alphaRao)),
    alphaGain: alphaJson(alpha(netuid, f.alphaGainRao)),
    tao: taoJson(tao(f.taoRao)),
    taoGain: taoJson(tao(f.taoGainRao)),
  });
  return {
    kind: estimate.kind,
    method: estimate.method,
    assumptions: estimate.assumptions,
    netuid,
    hotkey: estimate.hotkey,
    takePercent: formatTakePercent(estimate.takeU16),
    window: estimate.window,
    amount: taoJson(tao(estimate.amountRao)),
    entry: {
      alpha: alphaJson(alpha(netuid, estimate.entry.alphaRao)),
      fee: taoJson(tao(estimate.entry.feeRao)),
      impact: taoJson(tao(estimate.entry.impactRao)),
      price: taoJson(tao(estimate.entry.spotRaoPerAlpha)),
    },
    exit: {
      tao: taoJson(tao(estimate.exit.taoRao)),
      fee: alphaJson(alpha(netuid, estimate.exit.feeAlphaRao)),
      impact: taoJson(tao(estimate.exit.impactRao)),
      price: taoJson(tao(estimate.exit.spotRaoPerAlpha)),
    },
    expected: figures(estimate.expected),
    low: figures(estimate.low),
    high: figures(estimate.high),
    scenarios: estimate.scenarios.map((scenario) => ({
      name: scenario.name,
      meaning: scenario.meaning,
      ...figures(scenario),
    })),
    rates: Object.values(estimate.rates).map(rateData),
    breakEven: estimate.breakEven ?? null,
    isPosition: isHeld,
    alternatives: {
      hold: { taoGain: taoJson(tao(0n)) },
      root: root === undefined ? null : rootData(root),
    },
    randomRuns: randomRuns === undefined ? null : runsData(netuid, randomRuns),
  };
}

function rootData({ hotkey, takeU16, expected, low, high }: Estimate) {
  const gain = (figures: EstimateFigures) => taoJson(tao(figures.taoGainRao));
  return {
    hotkey,
    takePercent: formatTakePercent(takeU16),
    taoGain: { expected: gain(expected), low: gain(low), high: gain(high) },
  };
}

function runsData(netuid: number, { distribution, seed, volatility }: RandomRuns) {
  return {
    runs: distribution.runs,
    seed,
    volatility: {
      percentPerDay: percentPerDay(volatility).toFixed(RATE_DECIMALS),
      source: volatility.source,
      intervals: volatility.intervals,
      fromBlock: volatility.fromBlock ?? null,
      toBlock: volatility.toBlock ?? null,
    },
    quantiles: distribution.quantiles.map(({ percent, alphaGainRao, taoGainRao }) => ({
      percent,
      alphaGain: alphaJson(alpha(netuid, alphaGainRao)),
      taoGain: taoJson(tao(taoGainRao)),
    })),
    meanTaoGain: taoJson(tao(distribution.meanTaoGainRao)),
    losses: distribution.losses,
  };
}

function rateData(rate: EstimateRate) {
  return {
    label: rate.label,
    unit: rate.unit,
    compounding: rate.compounding,
    windowDays: rate.windowDays,
    expectedPercent: rate.expectedPercent.toFixed(RATE_DECIMALS),
    lowPercent: rate.lowPercent.toFixed(RATE_DECIMALS),
    highPercent: rate.highPercent.toFixed(RATE_DECIMALS),
  };
}

export function renderEstimate({ estimate, root, randomRuns, isHeld }: ToldEstimate): View {
  const { netuid, window, expected, low, high, entry, rates } = estimate;
  const isRoot = netuid === ROOT_NETUID;
  const unit = isRoot ? 'TAO' : 'alpha';
  const span = (of: (f: EstimateFigures) => bigint, name: string) =>
    `about ${displayRao(of(expected))} ${name} (${displayRao(of(low))} to ${displayRao(of(high))})`;
  const rate = (r: EstimateRate) =>
    `${r.expectedPercent.toFixed(RATE_DECIMALS)} % (${r.lowPercent.toFixed(RATE_DECIMALS)} to ${r.highPercent.toFixed(RATE_DECIMALS)})`;
  return [
    {
      kind: 'rows',
      rows: [
        [
          'Estimate',
          isHeld
            ? `the position on subnet ${netuid}, worth ${formatRao(estimate.amountRao)} TAO sold now, over ${window.days} days`
            : `${formatRao(estimate.amountRao)} TAO for ${window.days} days, subnet ${netuid}`,
        ],
        ['Validator', `${estimate.hotkey}, take ${formatTakePercent(estimate.takeU16)} %`],
        [isHeld ? 'Holds' : 'Enters as', `${displayRao(entry.alphaRao)} ${unit}`],
        ['Earns', span((f) => f.alphaGainRao, unit)],
        ['Sold at the end', span((f) => f.taoRao, 'TAO')],
        ['Gain after entry and exit', span((f) => f.taoGainRao, 'TAO')],
        ['If the price stays', flatGain(estimate)],
        [`APR in ${unit}`, `${rate(rates.alphaApr)}, not compounded`],
        ['APR in TAO', `${rate(rates.taoApr)}, not compounded, net of entry and exit`],
        [
          'Break-even',
          estimate.breakEven === undefined
            ? 'not within ten years at a flat price'
            : `after ${estimate.breakEven.days.toFixed(1)} days at a flat price`,
        ],
        ...(root === undefined
          ? []
          : [
              [
                'Root instead',
                `${taoSpan(root)} with ${root.hotkey}; holding TAO gains nothing`,
              ] as const,
            ]),
        ...(randomRuns === undefined ? [] : runRows(randomRuns)),
        [
          'Method',
          `${estimate.method}, from block ${window.fromBlock} over ${window.blocks} blocks`,
        ],
      ],
    },
    ...estimate.assumptions.map((text) => ({ kind: 'hint', text: `Assumes: ${text}` }) as const),
    {
      kind: 'hint',
      text: 'An estimate, not a promise. The range is the span of its scenarios; --json has each.',
    },
  ];
}

/** The expected figure lets the chain's own purchases raise the price: this one does not. */
function flatGain({ scenarios }: Estimate): string {
  const flat = scenarios.find(({ name }) => name === 'price-flat');
  return `about ${displayRao(flat?.taoGainRao ?? 0n)} TAO`;
}

function taoSpan({ expected, low, high }: Estimate): string {
  const text = (figures: EstimateFigures) => displayRao(figures.taoGainRao);
  return `about ${text(expected)} TAO (${text(low)} to ${text(high)})`;
}

function runRows({ distribution, seed, volatility }: RandomRuns) {
  const of = (percent: number): string => {
    const found = distribution.quantiles.find((each) => each.percent === percent);
    return displayRao(found?.taoGainRao ?? 0n);
  };
  const moved = `${percentPerDay(volatility).toFixed(RATE_DECIMALS)} % a day`;
  const basis =
    volatility.source === 'given'
      ? `${moved}, as given`
      : `${moved}, recorded in blocks ${volatility.fromBlock} to ${volatility.toBlock}`;
  return [
    ['Random runs', `${distribution.runs}, seed ${seed}; the price moves ${basis}`],
    ['Nine of ten gain', `${of(5)} to ${of(95)} TAO, half of them ${of(50)} or less`],
    ['Runs with a loss', `${distribution.losses} of ${distribution.runs}`],
  ] as const;
}
