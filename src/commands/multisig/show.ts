/** `tao multisig show`: one saved multisig, every signatory in full. */
import type { CommandBody } from '../../cli/spec.ts';
import { multisigRows, readSavedMultisig } from './saved-multisig.ts';

export const multisigShow: CommandBody = {
  run: async (context, raw) => {
    const multisig = await readSavedMultisig(context, raw);
    return {
      data: multisig,
      view: () => [{ kind: 'rows', rows: [['Name', multisig.name], ...multisigRows(multisig)] }],
    };
  },
};
