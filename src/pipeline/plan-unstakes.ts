/**
 * Plans the unstake of one or many positions as one transaction: pure. What cannot leave is left
 * out and named; with claims in front, root dividends are paid before root stake goes.
 */
import { displayRao, tao, taoJson } from '../domain/amount.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import { combinePlans } from './combine-plans.ts';
import type { BatchMode, TxPlan } from './plan.ts';
import { planUnstake } from './plan-unstake.ts';
import { requireOnePrice } from './price-guard.ts';
import type { SelectedPosition } from './read-unstake-facts.ts';
import type { UnstakeSelection } from './unstake-selection.ts';

export type UnstakesRequest = {
  readonly selection: UnstakeSelection;
  readonly mode: BatchMode;
};

export type UnstakesFacts = {
  readonly positions: readonly SelectedPosition[];
  /** Claims of root dividends to make first. */
  readonly claims: readonly TxPlan[];
};

/** Value to be typed back where everything leaves. */
export const EVERYTHING = 'everything';

/** Reasons for which one of many positions stays where it is. */
const LEFT_OUT: readonly ErrorCode[] = [
  'AMOUNT_BELOW_MINIMUM',
  'POOL_TOO_SMALL',
  'STAKE_LOCKED',
  'SUBNET_NOT_STARTED',
  'SUBNET_UNKNOWN',
];

/**
 * POSITION_EMPTY when nothing is meant, USAGE_CONFLICT for one price limit of many subnets, what
 * `planUnstake` refuses for a single position, and for one of many only where its price limit
 * cannot hold: PRICE_LIMIT_*.
 */
export function planUnstakes(request: UnstakesRequest, facts: UnstakesFacts): TxPlan {
  const { selection } = request;
  const { positions, claims } = facts;
  const [first] = positions;
  if (first === undefined) throw nothingMeant(selection);
  requireOnePrice(
    selection.guard,
    positions.map((position) => position.request.netuid),
  );
  const isSingle = selection.netuid !== undefined && selection.hotkey !== undefined;
  const tried = positions.map((position) =>
    isSingle ? planned(position) : plannedOrLeft(position),
  );
  const plans = tried.flatMap(({ plan }) => (plan === undefined ? [] : [plan]));
  const left = tried.flatMap(({ leftBecause }) => (leftBecause === undefined ? [] : [leftBecause]));
  if (plans.length === 0) throw left[0] ?? nothingMeant(selection);
  const whole = wholeOf(request, plans);
  const combined = combinePlans([...claims, ...plans], {
    command: 'unstake',
    ...whole,
    mode: request.mode,
    totals: totalRows(plans),
    data: totalData(plans),
  });
  const isEverything = selection.netuid === undefined && selection.hotkey === undefined;
  return {
    ...combined,
    warnings: [
      ...(claims.length === 0 ? combined.warnings : withoutClaimAdvice(combined.warnings)),
      ...left.map((error) => `Left out: ${error.message}`),
    ],
    data: {
      ...combined.data,
      leftOut: left.map(({ code, message, data }) => ({ code, message, ...data })),
    },
    ...(isEverything ? { severe: { value: EVERYTHING, what: 'the word' } } : {}),
  };
}

type Tried = { readonly plan?: TxPlan; readonly leftBecause?: TaoError };

function planned({ request, facts }: SelectedPosition): Tried {
  return { plan: planUnstake(request, facts) };
}

function plannedOrLeft(position: SelectedPosition): Tried {
  try {
    return planned(position);
  } catch (error) {
    if (!(error instanceof TaoError)) throw error;
    if (LEFT_OUT.some((code) => isTaoError(error, code))) return { leftBecause: error };
    throw error;
  }
}

function wholeOf({ selection }: UnstakesRequest, plans: readonly TxPlan[]) {
  const count = plans.length === 1 ? 'one position' : `${plans.length} positions`;
  const { netuid, hotkey, toRoot } = selection;
  const of =
    netuid !== undefined ? ` of subnet ${netuid}` : hotkey === undefined ? '' : ' of one validator';
  const what = `Unstake ${count}${of}${toRoot ? ' to root' : ''}`;
  return { summary: what, question: `${what}?` };
}

/** Expected and least TAO of all of them, by the data of each plan. */
function sumsOf(plans: readonly TxPlan[]): {
  readonly expectedRao: bigint;
  readonly leastRao: bigint;
} {
  const sumOf = (name: 'expected' | 'least'): bigint =>
    plans.reduce((sum, { data }) => sum + raoOf(data[name]), 0n);
  return { expectedRao: sumOf('expected'), leastRao: sumOf('least') };
}

function raoOf(amount: unknown): bigint {
  const rao = (amount as { readonly rao?: unknown } | undefined)?.rao;
  return typeof rao === 'string' ? BigInt(rao) : 0n;
}

function totalRows(plans: readonly TxPlan[]): TxPlan['rows'] {
  const { expectedRao, leastRao } = sumsOf(plans);
  return [['In all', `about ${displayRao(expectedRao)} TAO, at least ${displayRao(leastRao)}`]];
}

function totalData(plans: readonly TxPlan[]): Readonly<Record<string, unknown>> {
  const { expectedRao, leastRao } = sumsOf(plans);
  return { expected: taoJson(tao(expectedRao)), least: taoJson(tao(leastRao)) };
}

/** They are claimed: what would be lost without it need not be said. */
function withoutClaimAdvice(warnings: readonly string[]): readonly string[] {
  return warnings.filter((text) => !text.includes('--claim-first'));
}

function nothingMeant({ netuid, hotkey, toRoot }: UnstakeSelection): TaoError {
  const who = hotkey === undefined ? '' : ` with ${hotkey}`;
  const place = `${who}${netuid === undefined ? '' : ` on subnet ${netuid}`}`;
  const isAllOnRoot = toRoot && (netuid === undefined || netuid === ROOT_NETUID);
  return new TaoError('POSITION_EMPTY', {
    message: `Couldn't unstake: you have no position${place}${isAllOnRoot ? ' that is not on root already' : ''}.`,
    hint: 'Run tao stake list to see the positions.',
    data: { netuid: netuid ?? null },
  });
}
