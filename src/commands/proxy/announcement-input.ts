/** What the commands about announcements take: the other account, and when a call is ready. */
import type { BlockView } from '../../chain/types.ts';
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { type NamedAddress, resolveAccount } from '../../pipeline/resolve-address.ts';

/** The positional account. ADDRESS_*. USAGE_CONFLICT with --as: it says for whom already. */
export async function readOtherAccount(
  context: Context,
  raw: RawInput,
  name: 'real' | 'delegate',
): Promise<NamedAddress> {
  if (optionText(raw, 'as') !== undefined) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't use --as here: the command names the account itself.",
      hint: 'Leave --as out.',
    });
  }
  return resolveAccount(context, raw.arguments[name]?.[0] ?? '');
}

/** The earliest block an announced call can be executed in. */
export function readyAt(
  announced: { readonly block: number },
  delayBlocks: number,
  view: BlockView,
): { readonly readyAtBlock: number; readonly isReady: boolean } {
  const readyAtBlock = announced.block + delayBlocks;
  return { readyAtBlock, isReady: view.number + 1 >= readyAtBlock };
}
