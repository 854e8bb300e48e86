/**
 * One look at what coldkeys hold now, recorded. A chain of one's own may have been reset since the
 * last look: what belonged to its former life is put aside first.
 */
import { publicNetworkOf } from '../chain/known-networks.ts';
import type { BlockView, Chain } from '../chain/types.ts';
import type { Context } from '../cli/context.ts';
import type { Ledger, Observation } from '../ledger/types.ts';
import { observe } from './observe.ts';
import { checkRecordedChain } from './sync-identity.ts';
import { createSyncReader } from './sync-reader.ts';

export type Look = {
  readonly view: BlockView;
  readonly seen: Observation;
  readonly warnings: readonly string[];
};

/** NETWORK_ codes, LEDGER_ codes. */
export async function lookNow(looking: {
  readonly context: Pick<Context, 'clock' | 'signal'>;
  readonly chain: Chain;
  readonly ledger: Ledger;
  readonly coldkeys: readonly string[];
}): Promise<Look> {
  const { context, chain, ledger, coldkeys } = looking;
  const view = await chain.at('best');
  const isPublic = publicNetworkOf(chain.genesisHash) !== undefined;
  const warnings = isPublic
    ? []
    : await checkRecordedChain({
        reader: createSyncReader({ chain, clock: context.clock, signal: context.signal }),
        ledger,
        finalized: view.number,
      });
  const seen = await observe({ view, ledger, coldkeys, source: 'observed' });
  return { view, seen, warnings };
}
