/** `tao dev reset`: the embedded chain from its genesis again. */
import { askConsent } from '../../cli/consent.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { devStatusResult, readDevStatus } from './dev-status.ts';

export const devReset: CommandBody = {
  run: async (context) => {
    const control = await context.openDevChain();
    const before = await readDevStatus(control, context.paths.dev);
    await askConsent(context, {
      rows: [
        ['Folder', before.folder],
        ['Loses', `${before.block.number} blocks and everything staked in them`],
      ],
      question: 'Start the embedded chain again from its genesis?',
    });
    await control.request('dev_reset', []);
    const status = await readDevStatus(control, context.paths.dev);
    return devStatusResult(status, { verb: 'Reset', subject: 'the embedded chain' });
  },
};
