/** `tao config get`: one value, alone on its line. */
import type { CommandBody } from '../../cli/spec.ts';
import { settingArgument } from './setting-argument.ts';

export const configGet: CommandBody = {
  run: async ({ settings }, input) => {
    const key = settingArgument(input);
    const value = settings.get(key);
    return {
      data: { key, value, source: settings.source(key) },
      view: () => [{ kind: 'line', text: value }],
    };
  },
};
