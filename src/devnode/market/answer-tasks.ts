/**
 * Users' tasks and the miners' answers. An answer is off by an error that skill makes small; what
 * users get is the answers of the best-ranked miners, blended by rank: a mixture of experts whose
 * gate is the consensus. Pure.
 */

import type { Draws } from '../../domain/draws.ts';
import type { MarketMiner } from './market-state.ts';

/** Miners that share in the answer to a task. */
const ROUTED_MINERS = 4;

/** Quality between 0 and 1 of an answer that is off by `error`. */
export function qualityOf(error: number): number {
  return Math.max(0, 1 - Math.abs(error));
}

/** How far off one answer of a miner with this skill is. */
export function drawError(skill: number, draws: Draws): number {
  return (1 - skill) * draws.normal();
}

/**
 * The part of each miner in the answer to a task of one kind; sums to one. While nobody is ranked,
 * the first few share alike.
 */
export function gateOf(ranks: readonly number[]): readonly number[] {
  const isRanked = ranks.some((rank) => rank > 0);
  const routed = ranks
    .map((rank, miner) => ({ rank: isRanked ? rank : 1, miner }))
    .sort((a, b) => b.rank - a.rank || a.miner - b.miner)
    .slice(0, ROUTED_MINERS);
  const total = routed.reduce((sum, { rank }) => sum + rank, 0);
  const gate = ranks.map(() => 0);
  for (const { rank, miner } of routed) gate[miner] = rank / total;
  return gate;
}

export type Answers = {
  readonly routedQuality: number;
  readonly bestSingleQuality: number;
  /** Part of the whole payment per miner; sums to one. */
  readonly shares: readonly number[];
};

/** Lets every miner answer every task, and blends what the gates of the kinds let through. */
export function answerTasks(
  miners: readonly MarketMiner[],
  gates: readonly (readonly number[])[],
  { tasks, demand, draws }: { tasks: number; demand: readonly number[]; draws: Draws },
): Answers {
  const single = miners.map(() => 0);
  const shares = miners.map(() => 0);
  let routed = 0;
  for (let task = 0; task < tasks; task += 1) {
    const kind = drawKind(demand, draws);
    const gate = gates[kind] as readonly number[];
    let blended = 0;
    for (const [i, miner] of miners.entries()) {
      const part = gate[i] as number;
      const error = drawError(miner.skills[kind] as number, draws);
      blended += part * error;
      single[i] = (single[i] as number) + qualityOf(error) / tasks;
      shares[i] = (shares[i] as number) + part / tasks;
    }
    routed += qualityOf(blended) / tasks;
  }
  return { routedQuality: routed, bestSingleQuality: Math.max(...single), shares };
}

function drawKind(demand: readonly number[], draws: Draws): number {
  let left = draws.next();
  for (const [kind, part] of demand.entries()) {
    left -= part;
    if (left < 0) return kind;
  }
  return demand.length - 1;
}
