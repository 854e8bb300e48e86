/**
 * Everything `tao rewards show` says about a coldkey, from facts alone: what each position earned
 * since it was opened and over windows, what it cost, and whether flows explain the balance. Pure.
 */
import { type CostBasis, computeBasis, nameOf } from '../cost-basis/compute-basis.ts';
import { listSteps } from '../cost-basis/list-steps.ts';
import type { BasisMethod, BasisStep, PositionBasis } from '../cost-basis/types.ts';
import type { BlockStamp, PositionRewards } from '../types.ts';
import { computeRewards } from './compute-rewards.ts';
import type { RewardFacts } from './evidence.ts';
import { type TakePaid, type TakeSample, takePaid } from './take-paid.ts';

export type WindowRequest = {
  readonly name: string;
  /** Begins so long before the newest look. */
  readonly lengthMs: number;
};

/** What a position earned in one window, by the samples that bound it. */
export type WindowRewards = {
  readonly name: string;
  readonly from: BlockStamp;
  readonly to: BlockStamp;
  /** false: the ledger knows of nothing as early as the window begins, and the position was there. */
  readonly isWhole: boolean;
  readonly earnedAlphaRao: bigint;
  /** At the price of each look; undefined without a price. */
  readonly earnedRao: bigint | undefined;
  readonly priceGainRao: bigint | undefined;
  readonly takePaid: TakePaid | undefined;
};

/** The ledger's account of a position against the chain's balance at the last sample. */
export type Reconciliation = {
  readonly block: BlockStamp;
  /** `start` + added − removed + earned: what should be there. */
  readonly expectedAlphaRao: bigint;
  readonly chainAlphaRao: bigint;
  /** What is there, less what should be. */
  readonly unexplainedAlphaRao: bigint;
};

export type PositionSummary = {
  readonly rewards: PositionRewards;
  readonly windows: readonly WindowRewards[];
  readonly takePaid: TakePaid | undefined;
  /** Undefined where no price is known. */
  readonly basis: PositionBasis | undefined;
  readonly reconciliation: Reconciliation;
};

export type RewardsSummary = {
  readonly positions: readonly PositionSummary[];
  readonly costBasis: CostBasis;
  readonly steps: readonly BasisStep[];
};

export function summarizeRewards(known: {
  readonly facts: RewardFacts;
  /** Where the facts are of others too, from whom its stake came or to whom it went: of this one. */
  readonly coldkey?: string;
  readonly method: BasisMethod;
  readonly windows: readonly WindowRequest[];
  /** Time of the newest look, ms since 1970. */
  readonly nowMs: number;
}): RewardsSummary {
  const { coldkey, method, windows, nowMs } = known;
  const isOwn = (one: { readonly coldkey: string }): boolean =>
    coldkey === undefined || one.coldkey === coldkey;
  const facts = coldkey === undefined ? known.facts : factsOf(known.facts, isOwn);
  const all = computeRewards(facts);
  const values = new Map(all.map((rewards) => [nameOf(rewards), rewards.tao?.valueNowRao]));
  const everybodys = listSteps(known.facts);
  const basis = computeBasis(everybodys, method, (key) => values.get(nameOf(key)));
  const costBasis = { ...basis, disposals: basis.disposals.filter(isOwn) };
  const steps = everybodys.filter(
    (step) => isOwn(step) || (step.kind === 'move' && isOwn(step.to)),
  );
  const bases = new Map(costBasis.positions.map((basis) => [nameOf(basis), basis]));
  const takes = groupTakes(facts.hotkeys ?? []);
  const earned = groupSteps(steps);
  const inWindows = windows.map((window) => {
    const fromMs = nowMs - window.lengthMs;
    const found = computeRewards(facts, { fromMs });
    const byName = new Map(found.map((rewards) => [nameOf(rewards), rewards]));
    return { window, fromMs, byName };
  });
  const positions = all.map((rewards): PositionSummary => {
    const name = nameOf(rewards);
    const own = {
      earned: earned.get(name) ?? [],
      takes: takes.get(`${rewards.hotkey}/${rewards.netuid}`) ?? [],
    };
    const paidIn = (from: BlockStamp, to: BlockStamp) =>
      takePaid(own, { after: from.number, upTo: to.number });
    return {
      rewards,
      windows: inWindows.flatMap(({ window, fromMs, byName }) => {
        const part = byName.get(name);
        return part === undefined
          ? []
          : [{ ...windowOf(window.name, part, fromMs), takePaid: paidIn(part.start, part.end) }];
      }),
      takePaid: takePaid(own, { after: -1, upTo: rewards.end.number }),
      basis: bases.get(name),
      reconciliation: reconcile(rewards),
    };
  });
  return { positions, costBasis, steps };
}

function factsOf(
  facts: RewardFacts,
  isOwn: (one: { readonly coldkey: string }) => boolean,
): RewardFacts {
  return {
    ...facts,
    positions: facts.positions.filter(isOwn),
    claimable: facts.claimable.filter(isOwn),
    flows: facts.flows.filter(isOwn),
    complete: facts.complete.filter(isOwn),
  };
}

function windowOf(
  name: string,
  part: PositionRewards,
  fromMs: number,
): Omit<WindowRewards, 'takePaid'> {
  const { timeMs } = part.start;
  // A genesis block has no time of its own, and says zero.
  const reachesBack = timeMs !== undefined && timeMs > 0 && timeMs <= fromMs;
  return {
    name,
    from: part.start,
    to: part.end,
    isWhole: reachesBack || part.alphaStartRao === 0n,
    earnedAlphaRao: part.emissionAlphaRao,
    earnedRao: part.tao?.emissionRao,
    priceGainRao: part.tao?.priceRao,
  };
}

function reconcile(rewards: PositionRewards): Reconciliation {
  const { alphaStartRao, alphaAddedRao, alphaRemovedRao, emissionAlphaRao } = rewards;
  const expectedAlphaRao = alphaStartRao + alphaAddedRao - alphaRemovedRao + emissionAlphaRao;
  return {
    block: rewards.end,
    expectedAlphaRao,
    chainAlphaRao: rewards.alphaNowRao,
    unexplainedAlphaRao: rewards.alphaNowRao - expectedAlphaRao,
  };
}

function groupTakes(takes: readonly TakeSample[]): ReadonlyMap<string, readonly TakeSample[]> {
  const found = new Map<string, TakeSample[]>();
  for (const take of takes) {
    const key = `${take.hotkey}/${take.netuid}`;
    const list = found.get(key) ?? [];
    list.push(take);
    found.set(key, list);
  }
  return found;
}

function groupSteps(steps: readonly BasisStep[]): ReadonlyMap<string, readonly BasisStep[]> {
  const found = new Map<string, BasisStep[]>();
  for (const step of steps) {
    const list = found.get(nameOf(step)) ?? [];
    list.push(step);
    found.set(nameOf(step), list);
  }
  return found;
}
