/**
 * Makes one plan of several: one transaction, one nonce, one fee, one consent. All items or none,
 * or with `best-effort` each on its own. Pure.
 */
import type { Text } from '../cli/spec.ts';
import { displayRao, tao, taoJson } from '../domain/amount.ts';
import type { BatchMode, TxPlan } from './plan.ts';

export type Combination = {
  readonly command: string;
  /** What the journal keeps of the whole: `Stake 7 TAO on 3 positions`. */
  readonly summary: string;
  readonly question: string;
  readonly mode: BatchMode;
  /** Rows about the whole, below the items: totals. */
  readonly totals?: TxPlan['rows'];
  /** Fields about the whole, beside `items` in the plan's data. */
  readonly data?: Readonly<Record<string, unknown>>;
};

/** Up to this many items are shown with all their rows; more take one row each. */
export const MAX_DETAILED_ITEMS = 4;

/** Label of the row that says how the items belong together; a batch that is split says it otherwise. */
export const TOGETHER = 'Together';

const CALL_NAMES = { atomic: 'batch_all', 'best-effort': 'force_batch' } as const;

/**
 * One plan stays itself. Several become one `Utility.batch_all`, or `Utility.force_batch` where
 * each item stands alone. A plan that is a batch already gives its items: the chain takes no batch
 * inside a batch. No plan at all is a defect of the caller.
 */
export function combinePlans(plans: readonly TxPlan[], combination: Combination): TxPlan {
  const items = plans.flatMap((plan) => plan.batch?.items ?? [plan]);
  const [first] = items;
  if (first === undefined) throw new TypeError('A batch of no plans.');
  if (items.length === 1) return first;
  const { command, summary, question, mode, totals, data } = combination;
  const spendRao = sumOf(items, (item) => item.spendRao);
  const depositRao = sumOf(items, (item) => item.signerDepositRao ?? 0n);
  const severe = combineSevere(items);
  return {
    command,
    summary,
    question,
    call: {
      pallet: 'Utility',
      name: CALL_NAMES[mode],
      args: { calls: items.map((item) => item.call) },
    },
    rows: [
      ...items.flatMap(items.length > MAX_DETAILED_ITEMS ? compactRow : detailedRows),
      ...(spendRao === 0n
        ? []
        : [['Spends', `${displayRao(spendRao, 9, 'up')} TAO in all`] as const]),
      ...(totals ?? []),
      [TOGETHER, modeText(mode)],
    ],
    warnings: combineWarnings(items),
    spendRao,
    ...(depositRao === 0n ? {} : { signerDepositRao: depositRao }),
    touches: {
      netuids: [...new Set(items.flatMap((item) => item.touches.netuids))],
      hotkeys: [...new Set(items.flatMap((item) => item.touches.hotkeys))],
    },
    data: {
      ...data,
      mode,
      spends: taoJson(tao(spendRao)),
      items: items.map(({ summary, call, data }) => ({
        summary,
        call: `${call.pallet}.${call.name}`,
        ...data,
      })),
    },
    ...(severe === undefined ? {} : { severe }),
    batch: { mode, items },
  };
}

function modeText(mode: BatchMode): string {
  return mode === 'atomic'
    ? 'one transaction: all of it or nothing'
    : 'one transaction: each item on its own; what the chain refuses is left out';
}

type Row = readonly [label: string, value: Text];

/** The item's first row is its amount, which the summary says. */
function detailedRows(item: TxPlan, index: number): readonly Row[] {
  const [, ...rows] = item.rows;
  return [
    [`Item ${index + 1}`, { text: item.summary, tone: 'strong' }],
    ...rows.map(([label, value]): Row => [`  ${label}`, value]),
  ];
}

function compactRow({ summary, brief }: TxPlan, index: number): readonly Row[] {
  return [[`Item ${index + 1}`, brief === undefined ? summary : `${summary}: ${brief}`]];
}

/** A warning that several items share is said once. */
function combineWarnings(items: readonly TxPlan[]): readonly string[] {
  const numbersByText = new Map<string, number[]>();
  for (const [index, item] of items.entries()) {
    for (const text of item.warnings) {
      numbersByText.set(text, [...(numbersByText.get(text) ?? []), index + 1]);
    }
  }
  return [...numbersByText].map(([text, numbers]) => {
    const isOfAll = numbers.length === items.length;
    return isOfAll ? text : `Item ${numbers.join(', ')}: ${text}`;
  });
}

/** Items that want the same value typed back want it once; of different ones the count is typed. */
function combineSevere(items: readonly TxPlan[]): TxPlan['severe'] {
  const found = items.flatMap(({ severe }) => (severe === undefined ? [] : [severe]));
  const [first] = found;
  if (first === undefined || found.every(({ value }) => value === first.value)) return first;
  const what = [...new Set(found.map((severe) => severe.what))].join(', ');
  return { value: String(items.length), what: `number of items (${what})` };
}

function sumOf(items: readonly TxPlan[], amountOf: (item: TxPlan) => bigint): bigint {
  return items.reduce((sum, item) => sum + amountOf(item), 0n);
}
