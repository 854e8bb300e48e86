/** An account whose coldkey is about to be swapped can sign nothing else: said before anything is. */
import type { BlockView } from '../chain/types.ts';
import { TaoError } from '../errors/tao-error.ts';

const PALLET = 'SubtensorModule';

/**
 * CHAIN_COLDKEY_SWAP when a swap of the account is announced or disputed; runtimes that know no
 * swaps refuse nothing.
 *
 * Chain rule: from the announcement on only the calls of the swap itself are valid (Custom 0), and
 * after a dispute none (Custom 21). Pinned by refuse-coldkey-swap.test.ts.
 */
export async function refuseColdkeySwap(view: BlockView, address: string): Promise<void> {
  const [announced, disputed] = await Promise.all([
    readEntry(view, 'ColdkeySwapAnnouncements', address),
    readEntry(view, 'ColdkeySwapDisputes', address),
  ]);
  if (disputed !== undefined) throw frozen(address);
  if (announced !== undefined) throw pending(address, announced);
}

async function readEntry(view: BlockView, item: string, address: string): Promise<unknown> {
  if (!view.runtime.has.storage(PALLET, item)) return undefined;
  return view.read(PALLET, item, address);
}

function pending(address: string, announced: unknown): TaoError {
  const block: unknown = Array.isArray(announced) ? announced[0] : undefined;
  const from = typeof block === 'number' ? ` It may run from block ${block}.` : '';
  return new TaoError('CHAIN_COLDKEY_SWAP', {
    message: `Couldn't plan it: a swap of the coldkey ${address} is announced, and until it is settled the chain accepts nothing else from it.${from}`,
    hint: 'Let the swap run or clear its announcement first. If you did not announce it, somebody else has your key.',
    data: { address, fromBlock: block ?? null },
  });
}

function frozen(address: string): TaoError {
  return new TaoError('CHAIN_COLDKEY_SWAP', {
    message: `Couldn't plan it: the coldkey ${address} is frozen by a disputed swap.`,
    hint: "Only the chain's governance can release it.",
    data: { address },
  });
}
