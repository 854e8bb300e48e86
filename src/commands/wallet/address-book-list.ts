/** `tao wallet address-book list`: every name with its address. */
import type { CommandBody } from '../../cli/spec.ts';
import { openAddressBook } from '../../pipeline/resolve-address.ts';

export const walletAddressBookList: CommandBody = {
  run: async (context) => {
    const entries = await openAddressBook(context).list();
    return {
      data: {
        entries: entries.map(({ name, address, note }) => ({ name, address, note: note ?? null })),
      },
      view: () =>
        entries.length === 0
          ? [
              {
                kind: 'hint',
                text: 'No entry yet. tao wallet address-book add NAME ADDRESS adds one.',
              },
            ]
          : [
              {
                kind: 'table',
                columns: [
                  { header: 'Name' },
                  { header: 'Address', kind: 'address' },
                  { header: 'Note' },
                ],
                rows: entries.map(({ name, address, note }) => [name, address, note ?? '']),
              },
            ],
    };
  },
};
