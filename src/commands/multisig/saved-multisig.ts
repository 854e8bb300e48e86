/** The saved multisig that a command names, and how it is shown. */
import type { Context } from '../../cli/context.ts';
import type { RawInput } from '../../cli/spec.ts';
import { openMultisigBook } from '../../pipeline/resolve-address.ts';
import { type Multisig, multisigUnknown } from '../../signing/multisig-book.ts';

/** MULTISIG_UNKNOWN, MULTISIG_BOOK_DAMAGED. */
export async function readSavedMultisig(context: Context, raw: RawInput): Promise<Multisig> {
  const name = raw.arguments.name?.[0] ?? '';
  const multisig = await openMultisigBook(context).find(name);
  if (multisig === undefined) throw multisigUnknown(name);
  return multisig;
}

export function multisigRows(multisig: Multisig): readonly (readonly [string, string])[] {
  const { address, threshold, signatories } = multisig;
  return [
    ['Address', address],
    ['Threshold', `${threshold} of ${signatories.length}`],
    ...signatories.map((signatory) => ['Signatory', signatory] as const),
  ];
}
