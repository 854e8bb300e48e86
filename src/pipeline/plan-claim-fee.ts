/** The fee of a claim of one subnet, asked for without an account at hand. */
import { buildParts } from '../chain/codecs/extrinsic.ts';
import { readFee } from '../chain/fees.ts';
import type { BlockView, Chain } from '../chain/types.ts';

/** Rao; CHAIN_LACKS_CALL where the runtime cannot claim. A mortal signature costs the same. */
export async function readClaimFee(
  chain: Chain,
  view: BlockView,
  address: string,
): Promise<bigint> {
  const { runtime, genesisHash } = chain;
  const call = { pallet: 'SubtensorModule', name: 'claim_root', args: { subnets: [1] } };
  const parts = buildParts({
    runtime,
    genesisHash,
    call: runtime.encodeCall(call),
    era: { kind: 'immortal' },
    nonce: 0,
    tipRao: 0n,
  });
  return readFee({ chain, blockHash: view.hash, parts, address, tipRao: 0n });
}
