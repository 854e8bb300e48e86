/** `tao wallet address-book remove`: forgets a name. */
import type { CommandBody } from '../../cli/spec.ts';
import { openAddressBook } from '../../pipeline/resolve-address.ts';

export const walletAddressBookRemove: CommandBody = {
  run: async (context, raw) => {
    const removed = await openAddressBook(context).remove(raw.arguments.name?.[0] ?? '');
    const { name, address, note } = removed;
    return {
      data: { name, address, note: note ?? null },
      view: () => [
        {
          kind: 'receipt',
          verb: 'Removed',
          subject: `${name} from the address book`,
          details: [['Address', address]],
        },
      ],
    };
  },
};
