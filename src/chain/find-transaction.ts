/** Looks for a transaction's bytes in the blocks where they can be. Reads only, never sends. */
import { formatHex } from './codecs/hex.ts';
import { readHash, readHeader } from './head.ts';
import { type IncludedOutcome, positionOf, readExtrinsics, readOutcome } from './outcome.ts';
import { expectHash } from './replies.ts';
import type { Chain } from './types.ts';

export type Search = {
  /** The whole extrinsic, or its hash as 0x hex of 32 bytes. */
  readonly extrinsic: Uint8Array | string;
  readonly fromBlock: number;
  /** Last block looked at; the best block when that is lower. */
  readonly toBlock: number;
};

/** Blocks asked for at once. */
const BLOCKS_AT_ONCE = 16;

/**
 * The outcome when a block from `fromBlock` to `toBlock` holds the transaction, else undefined.
 * Searches oldest first. CHAIN_UNKNOWN_BLOCK, NETWORK_ codes.
 */
export async function findTransaction(
  chain: Chain,
  search: Search,
): Promise<IncludedOutcome | undefined> {
  const extrinsic =
    typeof search.extrinsic === 'string' ? search.extrinsic : formatHex(search.extrinsic);
  const best = await chain.at('best');
  const last = Math.min(search.toBlock, best.number);
  for (let from = search.fromBlock; from <= last; from += BLOCKS_AT_ONCE) {
    const count = Math.min(BLOCKS_AT_ONCE, last - from + 1);
    const numbers = Array.from({ length: count }, (_, index) => from + index);
    const found = (await Promise.all(numbers.map((n) => holds(chain, n, extrinsic)))).find(
      (hash) => hash !== undefined,
    );
    if (found !== undefined) {
      const [outcome, finalizedNumber] = await Promise.all([
        readOutcome(chain, { extrinsic, blockHash: found, finalized: false }),
        readFinalizedNumber(chain),
      ]);
      if (outcome === undefined) return undefined;
      return { ...outcome, finalized: outcome.blockNumber <= finalizedNumber };
    }
  }
  return undefined;
}

/** Number of the last finalized block. */
export async function readFinalizedNumber(chain: Chain): Promise<number> {
  const method = 'chain_getFinalizedHead';
  const hash = expectHash(await chain.rpc.request(method, []), method);
  return (await readHeader(chain.rpc, hash)).number;
}

/** The hash of block `number` when it holds the extrinsic. */
async function holds(chain: Chain, number: number, extrinsic: string): Promise<string | undefined> {
  const hash = await readHash(chain.rpc, number);
  if (hash === undefined) return undefined;
  const extrinsics = await readExtrinsics(chain, hash);
  return positionOf(extrinsics ?? [], extrinsic) === -1 ? undefined : hash;
}
