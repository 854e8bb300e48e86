/** The chain at one block as readers see it: the state after the block, and the block itself. */
import type { RuntimeProfile } from '../metadata/profiles/profile.ts';
import { profileNamed } from '../metadata/profiles/profiles.ts';
import type { ChainState } from './chain-state.ts';

export type BlockFacts = {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  /** SCALE bytes of the block's event records. */
  readonly events: Uint8Array;
  readonly eventCount: number;
};

export type View = {
  readonly state: ChainState;
  /** Name of the state's runtime profile, at hand where the state may not be. */
  readonly profile: string;
  readonly block: BlockFacts;
  /** Hash of an earlier block, or undefined. */
  readonly hashAt: (number: number) => string | undefined;
};

/** The runtime a state belongs to. */
export function profileOf({ profile }: Pick<ChainState, 'profile'>): RuntimeProfile {
  return profileNamed(profile);
}
