/** `tao config unset`: removes a stored preference; one that is not stored is no error. */
import type { CommandBody } from '../../cli/spec.ts';
import { settingArgument } from './setting-argument.ts';

export const configUnset: CommandBody = {
  run: async ({ config }, input) => {
    const key = settingArgument(input);
    await config.unset(key);
    return {
      data: { key, path: config.path },
      view: () => [{ kind: 'receipt', verb: 'Unset', subject: key, details: [] }],
    };
  },
};
