/** `tao wallet import`: a coldkey from a secret or a file of another tool, or an address to watch. */
import type { CommandBody } from '../../cli/spec.ts';
import { importKey } from './import-key.ts';
import { readWalletArgument } from './key-argument.ts';

export const walletImport: CommandBody = {
  run: async (context, raw) =>
    importKey(context, raw, { wallet: readWalletArgument(context, raw) }),
};
