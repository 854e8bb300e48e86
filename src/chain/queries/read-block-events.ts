/** The events of a block, and the block of a subnet's last epoch. */
import { parseHex } from '../codecs/hex.ts';
import { expectOptionalHex } from '../replies.ts';
import type { BlockView, Chain, ChainEvent } from '../types.ts';
import { asCount } from './shape.ts';

const METHOD = 'state_getStorage';
/** The chain's own spelling. */
const LAST_STEP = 'LastMechansimStepBlock';

/** Every event of the view's block, in order. */
export async function readBlockEvents(
  chain: Pick<Chain, 'rpc'>,
  view: BlockView,
): Promise<readonly ChainEvent[]> {
  const key = view.runtime.storage('System', 'Events').key();
  const reply = await chain.rpc.request(METHOD, [key, view.hash]);
  return view.runtime.decodeEvents(parseHex(expectOptionalHex(reply, METHOD)) ?? Uint8Array.of(0));
}

/** The last block, up to the view's, in which the subnet paid its epoch; 0 before the first. */
export async function readLastEpoch(view: BlockView, netuid: number): Promise<number> {
  return asCount(await view.read('SubtensorModule', LAST_STEP, netuid));
}
