/** `tao wallet address-book add`: a name for an address, which from then on is no new destination. */
import type { Context } from '../../cli/context.ts';
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { openAddressBook } from '../../pipeline/resolve-address.ts';
import { openWalletStore } from '../../pipeline/wallet-access.ts';
import { checkNewName } from './new-name.ts';

export const walletAddressBookAdd: CommandBody = {
  run: async (context, raw) => {
    const note = optionText(raw, 'note');
    const entry = await openAddressBook(context).add({
      name: checkNewName(raw.arguments.name?.[0] ?? ''),
      address: raw.arguments.address?.[0] ?? '',
      ...(note === undefined ? {} : { note }),
    });
    const { name, address } = entry;
    return {
      data: { name, address, note: entry.note ?? null },
      warnings: await sameNameWarnings(context, raw, entry),
      view: () => [
        {
          kind: 'receipt',
          verb: 'Added',
          subject: `${name} to the address book`,
          details: [
            ['Address', address],
            ...(entry.note === undefined ? [] : [['Note', entry.note] as const]),
          ],
        },
      ],
    };
  },
};

/** A name that means two accounts is refused where it is used, so say it where it is made. */
async function sameNameWarnings(
  context: Context,
  raw: RawInput,
  entry: { readonly name: string; readonly address: string },
): Promise<readonly string[]> {
  const wallets = await openWalletStore(context, raw).list();
  const same = wallets.find(({ name }) => name === entry.name);
  if (same === undefined || same.coldkey.address === entry.address) return [];
  return [
    `There is a wallet "${entry.name}" of another account: the name alone will be refused as ambiguous.`,
  ];
}
