/** Replays a chain's blocks from its genesis in steps, and compares every hash and the last state. */
import { headHash, headNumber } from '../blocks/chain.ts';
import { corrupt, replayBlock } from '../blocks/history.ts';
import { presetState } from '../genesis/presets.ts';
import type { ChainState } from '../state/chain-state.ts';
import { stateDigest } from '../state/digest.ts';
import type { NodeCore } from './core.ts';

type Verification = { number: number; readonly state: ChainState };

export type Verified = {
  /** Blocks replayed so far, of so many. */
  readonly number: number;
  readonly head: number;
  /** Set once the head is reached: its hash, and the digest that both states have. */
  readonly hash?: string;
  readonly stateDigest?: string;
};

const running = new WeakMap<NodeCore['chain'], Verification>();

/** Goes on by so many blocks, from the genesis at first. DEV_CHAIN_CORRUPT at the first difference. */
export function verifyNext({ chain }: NodeCore, blocks: number): Verified {
  const at = running.get(chain) ?? { number: 0, state: presetState(chain.preset) };
  running.delete(chain);
  const head = headNumber(chain);
  const to = Math.min(head, at.number + blocks);
  for (; at.number < to; at.number += 1) replayBlock(chain, at.state, at.number + 1);
  if (at.number < head) {
    running.set(chain, at);
    return { number: at.number, head };
  }
  const digest = stateDigest(at.state);
  if (stateDigest(chain.live.state) !== digest) {
    throw corrupt('its newest state does not follow from its blocks');
  }
  return { number: head, head, hash: headHash(chain), stateDigest: digest };
}
