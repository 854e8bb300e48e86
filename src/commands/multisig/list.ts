/** `tao multisig list`: the saved multisigs. */
import type { CommandBody } from '../../cli/spec.ts';
import { openMultisigBook } from '../../pipeline/resolve-address.ts';

export const multisigList: CommandBody = {
  run: async (context) => {
    const multisigs = await openMultisigBook(context).list();
    return {
      data: { multisigs },
      view: () =>
        multisigs.length === 0
          ? [{ kind: 'hint', text: 'None saved yet. tao multisig add NAME saves one.' }]
          : [
              {
                kind: 'table',
                columns: [
                  { header: 'Name' },
                  { header: 'Address', kind: 'address' },
                  { header: 'Threshold', align: 'right' },
                  { header: 'Signatories', align: 'right' },
                ],
                rows: multisigs.map(({ name, address, threshold, signatories }) => [
                  name,
                  address,
                  threshold.toString(),
                  signatories.length.toString(),
                ]),
              },
            ],
    };
  },
};
