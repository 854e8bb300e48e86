/** What a running dev chain says about itself. */
import { type Chain, firstReadable, headHash, headNumber } from '../blocks/chain.ts';
import { timeOf } from '../blocks/history.ts';
import { stateDigest } from '../state/digest.ts';
import type { DevNodeStatus } from '../types.ts';
import type { NodeCore } from './core.ts';

export function nodeStatus(core: NodeCore): DevNodeStatus {
  const { chain, pool, sealing, finality } = core;
  const number = headNumber(chain);
  return {
    genesisHash: chain.genesisHash,
    preset: chain.preset,
    number,
    hash: headHash(chain),
    timeMs: timeOf(number),
    pending: pool.byHash.size,
    sealing,
    finalized: finality.number,
    finalityLag: finality.lag,
    isFinalityFrozen: finality.isFrozen,
    stateFrom: firstReadable(chain),
    stateDigest: headDigest(chain),
  };
}

const digests = new WeakMap<Chain, { readonly number: number; readonly digest: string }>();

/** The digest of the newest state, which hashes it once a block. */
export function headDigest(chain: Chain): string {
  const number = headNumber(chain);
  const known = digests.get(chain);
  if (known?.number === number) return known.digest;
  const digest = stateDigest(chain.live.state);
  digests.set(chain, { number, digest });
  return digest;
}
