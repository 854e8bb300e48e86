/** A backtest as data and as lines: what came, beside what else would have, and the estimate's grade. */
import type { View } from '../../cli/spec.ts';
import { shortAddress } from '../../domain/address.ts';
import { alpha, alphaJson, displayRao, formatRao, tao, taoJson } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { aprHundredths, formatHundredths } from '../../domain/observed-yield.ts';
import { sparkline, thin } from '../../domain/sparkline.ts';
import { isoTime } from '../../domain/time.ts';
import type { Grade } from '../../ledger/replay/grade-estimate.ts';
import type { Replayed } from '../../ledger/replay/replay-stake.ts';
import type { BlockStamp } from '../../ledger/types.ts';

export type ToldReplay = {
  readonly replayed: Replayed;
  readonly others: readonly Replayed[];
  /** Undefined where the state of the first block is gone. */
  readonly grade: Grade | undefined;
};

const COURSE_LENGTH = 24;
const METHOD =
  "recorded states of the validator's share pool and of the pools at both ends; the stake itself moves neither";

export function replayData({ replayed, others, grade }: ToldReplay) {
  return {
    method: METHOD,
    replay: courseData(replayed),
    against: others.map(courseData),
    hold: { taoGain: taoJson(tao(0n)) },
    estimate: grade === undefined ? null : gradeData(replayed, grade),
  };
}

function courseData(replayed: Replayed) {
  const { place, from, to } = replayed;
  const inAlpha = (rao: bigint) => alphaJson(alpha(place.netuid, rao));
  return {
    hotkey: place.hotkey,
    netuid: place.netuid,
    from: stampData(from),
    to: stampData(to),
    blocks: to.number - from.number,
    amount: taoJson(tao(replayed.amountRao)),
    bought: inAlpha(replayed.boughtRao),
    held: inAlpha(replayed.endRao),
    alphaGain: inAlpha(replayed.gainRao),
    rootDividends: taoJson(tao(replayed.rootDividendsRao)),
    sold: taoJson(tao(replayed.soldRao)),
    taoGain: taoJson(tao(replayed.taoGainRao)),
    aprPercent: aprText(replayed) ?? null,
    course: replayed.course.map(({ block, alphaRao }) => ({
      block: block.number,
      alpha: inAlpha(alphaRao),
    })),
  };
}

/** Growth of the stake, root dividends with it, scaled to a year and not compounded. */
function aprText({ boughtRao, gainRao, rootDividendsRao, from, to }: Replayed): string | undefined {
  const apr = aprHundredths({
    gainRao: gainRao + rootDividendsRao,
    baseRao: boughtRao,
    windowBlocks: to.number - from.number,
  });
  return apr === undefined ? undefined : formatHundredths(apr);
}

export function stampData({ number, hash, timeMs }: BlockStamp) {
  return { number, hash, time: timeMs === undefined || timeMs === 0 ? null : isoTime(timeMs) };
}

function gradeData({ place }: Replayed, grade: Grade) {
  const { predicted } = grade;
  const inAlpha = (rao: bigint) => alphaJson(alpha(place.netuid, rao));
  const inTao = (rao: bigint) => taoJson(tao(rao));
  return {
    kind: 'estimate',
    method: grade.method,
    alphaGain: {
      expected: inAlpha(predicted.alphaGainRao),
      low: inAlpha(predicted.lowAlphaGainRao),
      high: inAlpha(predicted.highAlphaGainRao),
    },
    taoGain: {
      expected: inTao(predicted.taoGainRao),
      low: inTao(predicted.lowTaoGainRao),
      high: inTao(predicted.highTaoGainRao),
    },
    alphaErrorPercent: percentText(grade.alphaErrorPpm) ?? null,
    taoErrorPercent: percentText(grade.taoErrorPpm) ?? null,
    isAlphaInRange: grade.isAlphaInRange,
    isTaoInRange: grade.isTaoInRange,
  };
}

function percentText(ppm: bigint | undefined): string | undefined {
  if (ppm === undefined) return undefined;
  const size = (ppm < 0n ? -ppm : ppm).toString().padStart(5, '0');
  return `${ppm < 0n ? '-' : ''}${size.slice(0, -4)}.${size.slice(-4)}`;
}

export function renderReplay(told: ToldReplay): View {
  const { replayed, others, grade } = told;
  const { place, from, to } = replayed;
  const unit = place.netuid === ROOT_NETUID ? 'TAO' : 'alpha';
  const course = thin(replayed.course, COURSE_LENGTH).map(({ alphaRao }) => alphaRao);
  return [
    {
      kind: 'rows',
      rows: [
        [
          'Replay',
          `${formatRao(replayed.amountRao)} TAO on subnet ${place.netuid}, blocks ${from.number} to ${to.number}`,
        ],
        ['Validator', place.hotkey],
        ['Bought', `${displayRao(replayed.boughtRao)} ${unit}`],
        ['Earned', `${displayRao(replayed.gainRao)} ${unit}  ${sparkline(course)}`],
        ...(place.netuid === ROOT_NETUID
          ? [
              [
                'Root dividends',
                `${displayRao(replayed.rootDividendsRao)} TAO, sold at the end`,
              ] as const,
            ]
          : []),
        ['Sold at the end', `${displayRao(replayed.soldRao)} TAO`],
        ['Gain', `${displayRao(replayed.taoGainRao)} TAO after entry and exit`],
        ['APR', `${aprText(replayed) ?? 'none'} % in ${unit}, not compounded, over this span`],
        ...gradeRows(grade),
      ],
    },
    ...(others.length === 0 ? [] : [table([replayed, ...others])]),
    { kind: 'hint', text: `Method: ${METHOD}. Holding TAO gained nothing.` },
  ];
}

function gradeRows(grade: Grade | undefined): readonly (readonly [string, string])[] {
  if (grade === undefined) {
    return [['Estimate then', 'not graded: this node no longer has the state of the first block']];
  }
  const range = (isIn: boolean) => (isIn ? 'within' : 'outside');
  return [
    [
      'Estimate then',
      `stake off by ${percentText(grade.alphaErrorPpm) ?? 'all'} %, ${range(grade.isAlphaInRange)} its range`,
    ],
    [
      'Sold, estimated',
      `off by ${percentText(grade.taoErrorPpm) ?? 'all'} %, gain ${range(grade.isTaoInRange)} its range`,
    ],
  ];
}

function table(all: readonly Replayed[]): View[number] {
  return {
    kind: 'table',
    columns: [
      { header: 'Validator' },
      { header: 'Netuid', align: 'right' },
      { header: 'Earned', align: 'right' },
      { header: 'Sold (TAO)', align: 'right' },
      { header: 'Gain (TAO)', align: 'right' },
      { header: 'APR (%)', align: 'right' },
    ],
    rows: all.map((each) => [
      shortAddress(each.place.hotkey),
      each.place.netuid.toString(),
      displayRao(each.gainRao + each.rootDividendsRao),
      displayRao(each.soldRao),
      displayRao(each.taoGainRao),
      aprText(each) ?? '',
    ]),
  };
}
