/** `tao wallet hotkey import`: a hotkey from a secret or a file of another tool, or one to watch. */
import type { CommandBody } from '../../cli/spec.ts';
import { importKey } from './import-key.ts';
import { readHotkeyArgument } from './key-argument.ts';

export const walletHotkeyImport: CommandBody = {
  run: async (context, raw) => importKey(context, raw, readHotkeyArgument(context, raw)),
};
