/** `tao dev reset`: the embedded chain from its genesis again, also when its folder is damaged. */
import { askConsent } from '../../cli/consent.ts';
import type { Context } from '../../cli/context.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { devStatusResult, readDevStatus } from './dev-status.ts';

export const devReset: CommandBody = {
  run: async (context) => {
    const blocks = await countBlocks(context);
    await askConsent(context, {
      rows: [
        ['Folder', context.paths.dev],
        [
          'Loses',
          blocks === undefined
            ? 'a chain that can no longer be opened'
            : `${blocks} blocks and everything staked in them`,
        ],
      ],
      question: 'Start the embedded chain again from its genesis?',
    });
    if (blocks === undefined) await context.clearDevChain();
    else await (await context.openDevChain()).request('dev_reset', []);
    const status = await readDevStatus(await context.openDevChain(), context.paths.dev);
    return devStatusResult(status, { verb: 'Reset', subject: 'the embedded chain' });
  },
};

/** Undefined when what is in the folder cannot be opened. */
async function countBlocks(context: Context): Promise<number | undefined> {
  try {
    const control = await context.openDevChain();
    return (await readDevStatus(control, context.paths.dev)).block.number;
  } catch (error) {
    if (isTaoError(error, 'DEV_CHAIN_CORRUPT')) return undefined;
    throw error;
  }
}
