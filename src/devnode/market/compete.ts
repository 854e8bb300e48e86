/**
 * Competition between miners: everybody learns towards a little beyond the best, and who earns too
 * little for too long gives up its place to a newcomer that imitates a good one. Pure.
 */

import type { Draws } from '../../domain/draws.ts';
import type { MarketMiner } from './market-state.ts';

/** How fast, how far beyond the best, and the most that can be known. */
const LEARNING = 0.08;
const FRONTIER = 0.1;
const MAX_SKILL = 0.98;
/** Under this part of an even share of the incentive an epoch counts as poor. */
const POOR_SHARE = 0.5;
const PATIENCE_EPOCHS = 6;
/** A newcomer is about as good as one of the best few, less this. */
const IMITATED_MINERS = 5;
const IMITATION_LOSS = 0.1;
const SPECIALIST = { base: 0.35, range: 0.3 } as const;
const GENERAL = { base: 0.15, range: 0.3 } as const;

/** Skills of a first generation: everyone is better at one kind than at the others. */
export function drawSkills(kinds: number, draws: Draws): number[] {
  const own = draws.below(kinds);
  return Array.from({ length: kinds }, (_, kind) => {
    const { base, range } = kind === own ? SPECIALIST : GENERAL;
    return base + range * draws.next();
  });
}

/** The skills after an epoch of practice. */
export function practise(miners: readonly MarketMiner[], draws: Draws): void {
  const kinds = miners[0]?.skills.length ?? 0;
  for (let kind = 0; kind < kinds; kind += 1) {
    const best = Math.max(...miners.map(({ skills }) => skills[kind] as number));
    const frontier = Math.min(MAX_SKILL, best + FRONTIER);
    for (const miner of miners) {
      const skill = miner.skills[kind] as number;
      miner.skills[kind] = skill + LEARNING * draws.next() * Math.max(0, frontier - skill);
    }
  }
}

/** Counts poor epochs by the miners' parts of the incentive; gives who gives up, if anybody. */
export function findQuitter(
  miners: readonly MarketMiner[],
  shares: readonly number[],
): number | undefined {
  const poor = POOR_SHARE / miners.length;
  let quitter: number | undefined;
  for (const [i, miner] of miners.entries()) {
    miner.poorEpochs = (shares[i] as number) < poor ? miner.poorEpochs + 1 : 0;
    const longest =
      quitter === undefined ? PATIENCE_EPOCHS - 1 : (miners[quitter]?.poorEpochs ?? 0);
    if (miner.poorEpochs > longest) quitter = i;
  }
  return quitter;
}

/** Skills of a newcomer, who copies one of the best and loses something on the way. */
export function imitate(
  miners: readonly MarketMiner[],
  shares: readonly number[],
  draws: Draws,
): number[] {
  const ranked = miners
    .map((miner, i) => ({ miner, share: shares[i] as number, i }))
    .sort((a, b) => b.share - a.share || a.i - b.i);
  const model = ranked[draws.below(Math.min(IMITATED_MINERS, ranked.length))]?.miner;
  return (model?.skills ?? []).map((skill) =>
    Math.min(MAX_SKILL, Math.max(0, skill - IMITATION_LOSS * draws.next())),
  );
}
