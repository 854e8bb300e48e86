/** `tao config path`: works even when the file cannot be read. */
import type { CommandBody } from '../../cli/spec.ts';

export const configPath: CommandBody = {
  run: async ({ config }) => ({
    data: { path: config.path },
    view: () => [{ kind: 'line', text: config.path }],
  }),
};
