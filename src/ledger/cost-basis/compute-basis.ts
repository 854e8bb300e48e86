/** What positions cost, what was realised, and what is not yet: a replay of steps. Pure. */
import { createLotBook, type LotBook } from './lot-book.ts';
import type { BasisMethod, BasisStep, Disposal, Lot, PositionBasis, PositionKey } from './types.ts';

export type CostBasis = {
  readonly method: BasisMethod;
  readonly positions: readonly PositionBasis[];
  /** Every part of a lot that left, in the order it left. */
  readonly disposals: readonly Disposal[];
};

/** Value of a position now, rao of TAO; undefined leaves the position out: it has no price. */
export type ValueOf = (position: PositionKey) => bigint | undefined;

type Account = PositionKey & {
  readonly book: LotBook;
  realisedRao: bigint;
  carriedRao: bigint;
};

/**
 * From `listSteps`, in order. For every position, to the rao: result = earned + unexplained +
 * realised + unrealised + carried,
 * with the figures of `computeRewards` over the same facts.
 */
export function computeBasis(
  steps: readonly BasisStep[],
  method: BasisMethod,
  valueNow: ValueOf,
): CostBasis {
  const accounts = new Map<string, Account>();
  const disposals: Disposal[] = [];
  const accountOf = (key: PositionKey): Account => {
    const name = nameOf(key);
    const known = accounts.get(name);
    if (known !== undefined) return known;
    const { coldkey, hotkey, netuid } = key;
    const book = createLotBook(method);
    const created = { coldkey, hotkey, netuid, book, realisedRao: 0n, carriedRao: 0n };
    accounts.set(name, created);
    return created;
  };
  for (const step of steps) applyStep(step, { accountOf, disposals });
  const positions = [...accounts.values()].flatMap((account) => {
    const valueRao = valueNow(account);
    return valueRao === undefined ? [] : [summarize(account, method, valueRao)];
  });
  return { method, positions, disposals };
}

type Books = {
  readonly accountOf: (key: PositionKey) => Account;
  readonly disposals: Disposal[];
};

function applyStep(step: BasisStep, { accountOf, disposals }: Books): void {
  const account = accountOf(step);
  const { block, alphaRao } = step;
  if (step.kind === 'in') {
    const { origin, costRao } = step;
    account.book.add({ acquired: block, origin, alphaRao, costRao });
    return;
  }
  const lots = account.book.take(alphaRao, block);
  if (step.kind === 'move') {
    const target = accountOf(step.to);
    const costRao = sumCost(lots);
    for (const lot of lots) target.book.add(lot);
    account.carriedRao += step.taoRao - costRao;
    target.carriedRao += costRao - step.taoRao;
    return;
  }
  for (const disposal of disposalsOf(step, lots)) {
    account.realisedRao += disposal.gainRao;
    disposals.push(disposal);
  }
}

/** Proceeds go to lots by their alpha, rounded down; the last one takes the rest. */
function disposalsOf(step: BasisStep & { kind: 'out' }, lots: readonly Lot[]): readonly Disposal[] {
  let left = step.proceedsRao;
  return lots.map((lot, index) => {
    const isLast = index === lots.length - 1;
    const proceedsRao = isLast ? left : (step.proceedsRao * lot.alphaRao) / step.alphaRao;
    left -= proceedsRao;
    return {
      coldkey: step.coldkey,
      hotkey: step.hotkey,
      netuid: step.netuid,
      exit: step.exit,
      disposed: step.block,
      acquired: lot.acquired,
      origin: lot.origin,
      alphaRao: lot.alphaRao,
      costRao: lot.costRao,
      proceedsRao,
      gainRao: proceedsRao - lot.costRao,
    };
  });
}

function summarize(account: Account, method: BasisMethod, valueRao: bigint): PositionBasis {
  const { coldkey, hotkey, netuid, book, realisedRao, carriedRao } = account;
  const lots = book.lots();
  const costRao = sumCost(lots);
  return {
    coldkey,
    hotkey,
    netuid,
    method,
    alphaRao: lots.reduce((sum, lot) => sum + lot.alphaRao, 0n),
    costRao,
    valueRao,
    realisedRao,
    unrealisedRao: valueRao - costRao,
    carriedRao,
    lots,
  };
}

function sumCost(lots: readonly Lot[]): bigint {
  return lots.reduce((sum, lot) => sum + lot.costRao, 0n);
}

/** One text a position. */
export function nameOf({ coldkey, hotkey, netuid }: PositionKey): string {
  return `${coldkey}/${hotkey}/${netuid}`;
}
