/** What a position earned by its validator's share pool, stretch by stretch between its own flows. Pure. */
import { growStake, type HeldPoint, type SharePoint } from './share-growth.ts';

/** From one of the position's own changes to the next: within it only rewards change it. */
export type Stretch = {
  /** Held at the start, after the change of that block. */
  readonly alphaRao: bigint;
  /** Own shares at the start; undefined where the node no longer tells. */
  readonly ownShares: string | undefined;
  readonly points: readonly [SharePoint, ...SharePoint[]];
};

export type ReplayedPosition = {
  /** Sum of what the stretches paid, rao of alpha. */
  readonly gainRao: bigint;
  /** Whether every stretch began with known shares: then nothing is rounded that the chain did not. */
  readonly isExact: boolean;
  readonly course: readonly HeldPoint[];
};

export function replayPosition(stretches: readonly Stretch[]): ReplayedPosition {
  const courses = stretches.map((stretch) => growStake(stretch, stretch.points));
  return {
    gainRao: courses.reduce((sum, course, index) => {
      const end = course.at(-1)?.alphaRao ?? 0n;
      return sum + end - (stretches[index]?.alphaRao ?? 0n);
    }, 0n),
    isExact: stretches.every(({ ownShares }) => ownShares !== undefined),
    course: courses.flat(),
  };
}
