/**
 * The economy many tempos ahead with constant weights, as an estimate in doubles: for projections,
 * never for bookings. The exact machine is applyBlock; a test pins how far the two lie apart.
 */
import { invalidInput } from '../invalid-input.ts';
import type { Account, EconomyState } from '../state.ts';
import { createProjection } from './create-projection.ts';
import type { FastForwardEstimate, WatchedPosition } from './estimate-types.ts';
import type { ProjectionSettings } from './projection-types.ts';
import { readEstimate } from './read-estimate.ts';
import { planWindow, walkWindow } from './walk-projection.ts';

export type FastForwardOptions = Partial<ProjectionSettings> & {
  /** How far, 0 to MAX_FAST_FORWARD_BLOCKS. */
  readonly blocks: number;
  /** Positions to follow. */
  readonly watch?: readonly WatchedPosition[];
};

/** Four years. */
export const MAX_FAST_FORWARD_BLOCKS = 10_512_000;
const MAX_BLOCKS_PER_STEP = 360;

export const FAST_FORWARD_DEFAULTS: ProjectionSettings = {
  blocksPerStep: 60,
  tolerance: 1e-3,
  longestReuse: 32,
  rootDividends: 'accrue',
};

/**
 * Estimates the economy `blocks` later if weights stay as they are, nobody trades, and validators
 * who have weights keep repeating them. Chain buys, emission, epochs, payouts, halvings and EMA
 * prices are walked; root dividends accrue or are sold as they come. The state is not changed.
 *
 * `blocksPerStep`: blocks whose TAO shares are taken as one. `tolerance`: how far, summed over
 * uids, normalised stakes or the last epoch's fractions may move before the epoch is run again;
 * `longestReuse`: tempos after which it is run anyway. Throws ECONOMY_INVALID_INPUT.
 * @example fastForward(state, { blocks: 216_000 }).subnets
 */
export function fastForward(state: EconomyState, options: FastForwardOptions): FastForwardEstimate {
  const settings = settingsOf(options);
  const watch = options.watch ?? [];
  const projection = createProjection(state, settings, { watched: byNetuid(watch) });
  for (let left = options.blocks; left > 0; ) {
    const blocks = Math.min(left, settings.blocksPerStep);
    planWindow(projection, blocks);
    walkWindow(projection, projection.subnets, blocks);
    projection.block += blocks;
    left -= blocks;
  }
  return readEstimate(state, projection, watch);
}

/** The settings in force, checked. Throws ECONOMY_INVALID_INPUT. */
export function settingsOf(options: FastForwardOptions): ProjectionSettings {
  const { blocks } = options;
  const settings: ProjectionSettings = {
    blocksPerStep: options.blocksPerStep ?? FAST_FORWARD_DEFAULTS.blocksPerStep,
    tolerance: options.tolerance ?? FAST_FORWARD_DEFAULTS.tolerance,
    longestReuse: options.longestReuse ?? FAST_FORWARD_DEFAULTS.longestReuse,
    rootDividends: options.rootDividends ?? FAST_FORWARD_DEFAULTS.rootDividends,
  };
  whole('blocks', blocks, 0, MAX_FAST_FORWARD_BLOCKS);
  whole('blocksPerStep', settings.blocksPerStep, 1, MAX_BLOCKS_PER_STEP);
  whole('longestReuse', settings.longestReuse, 0, MAX_FAST_FORWARD_BLOCKS);
  if (!(settings.tolerance >= 0 && settings.tolerance <= 1)) {
    throw invalidInput('fast-forward', 'tolerance', 'must be from 0 to 1');
  }
  return settings;
}

function whole(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const constraint = `must be a whole number from ${least} to ${most}`;
  throw invalidInput('fast-forward', field, constraint, String(value));
}

function byNetuid(watch: readonly WatchedPosition[]): Map<number, Account[]> {
  const found = new Map<number, Account[]>();
  for (const { netuid, hotkey } of watch) {
    found.set(netuid, [...(found.get(netuid) ?? []), hotkey]);
  }
  return found;
}
