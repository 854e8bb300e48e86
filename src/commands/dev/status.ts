/** `tao dev status`: where the embedded chain stands. */
import type { CommandBody } from '../../cli/spec.ts';
import { devStatusResult, readDevStatus } from './dev-status.ts';

export const devStatus: CommandBody = {
  run: async (context) => {
    const control = await context.openDevChain();
    return devStatusResult(await readDevStatus(control, context.paths.dev));
  },
};
