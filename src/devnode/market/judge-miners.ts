/**
 * A validator's opinion of the miners: it samples answers, scores them between 0 and 1 through its
 * own noise, and turns the scores into a row of weights, if it is honest. Pure.
 */

import type { Draws } from '../../domain/draws.ts';
import type { UidValue } from '../../economy/subnet.ts';
import { drawError, qualityOf } from './answer-tasks.ts';
import type { Conduct, MarketMiner } from './market-state.ts';

/** Answers a validator asks of each miner and kind per epoch. */
const SAMPLES = 5;
/** Weight is score to this power: the better miner gets far more. */
const SHARPNESS = 8;
/** How much of the row before remains, as memory of earlier samples. */
const MEMORY = 0.5;
/** What a dishonest validator leaves to honest judgement. */
const HONEST_REST = 0.1;
const MAX_WEIGHT = 65_535;
/** Smaller weights, as parts of the largest, are left out. */
const SMALLEST_WEIGHT = 0.02;

export type JudgeInput = {
  readonly conduct: Conduct;
  readonly noise: number;
  readonly kind: number;
  readonly miners: readonly MarketMiner[];
  /** Uid per miner. */
  readonly uids: readonly number[];
  /** Its last row, and what the last epoch paid each uid, u16. */
  readonly lastRow: readonly UidValue[];
  readonly incentives: readonly number[];
  readonly draws: Draws;
};

/** The row of weights for one kind of task, largest 65,535; empty without an opinion. */
export function judgeMiners(input: JudgeInput): readonly UidValue[] {
  const { conduct, miners, uids } = input;
  if (conduct.kind === 'lazy') {
    const copied = uids.map((uid) => input.incentives[uid] ?? 0);
    if (copied.some((value) => value > 0)) return toRow(uids, copied);
  }
  const shares = remember(input, normalized(scoreMiners(input)));
  if (conduct.kind !== 'dishonest') return toRow(uids, shares);
  const favoured = miners.map(({ hotkey }, i) =>
    hotkey === conduct.crony ? 1 : HONEST_REST * (shares[i] as number),
  );
  return toRow(uids, favoured);
}

/** Mean score per miner, sharpened. */
function scoreMiners({ miners, kind, noise, draws }: JudgeInput): readonly number[] {
  return miners.map(({ skills }) => {
    let sum = 0;
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const seen = qualityOf(drawError(skills[kind] as number, draws)) + noise * draws.normal();
      sum += Math.min(1, Math.max(0, seen));
    }
    return (sum / SAMPLES) ** SHARPNESS;
  });
}

function remember({ lastRow, uids }: JudgeInput, fresh: readonly number[]): readonly number[] {
  const last = new Map(lastRow);
  const before = uids.map((uid) => last.get(uid) ?? 0);
  if (before.every((value) => value === 0)) return fresh;
  const old = normalized(before);
  return fresh.map((share, i) => MEMORY * (old[i] as number) + (1 - MEMORY) * share);
}

function normalized(values: readonly number[]): readonly number[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (total === 0 ? 1 / values.length : value / total));
}

function toRow(uids: readonly number[], shares: readonly number[]): readonly UidValue[] {
  const largest = Math.max(...shares);
  return uids
    .map((uid, i): UidValue => [uid, Math.round(((shares[i] as number) / largest) * MAX_WEIGHT)])
    .filter(([, value]) => value >= SMALLEST_WEIGHT * MAX_WEIGHT);
}
