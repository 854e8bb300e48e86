/** `tao dev reset`: the embedded chain from its genesis again, also when its folder is damaged. */
import { askConsent } from '../../cli/consent.ts';
import type { Context } from '../../cli/context.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { canonicalPreset } from '../../devnode/genesis/presets.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import { devStatusResult, readDevStatus } from './dev-status.ts';
import { readPreset } from './read-preset.ts';

export const devReset: CommandBody = {
  run: async (context, raw) => {
    const preset = readPreset(raw);
    const blocks = await countBlocks(context, preset);
    await askConsent(context, {
      rows: [
        ['Folder', context.paths.dev],
        [
          'Loses',
          blocks === undefined
            ? 'the chain that is there'
            : `${blocks} blocks and everything staked in them`,
        ],
      ],
      question: 'Start the embedded chain again from its genesis?',
    });
    if (blocks === undefined) await context.clearDevChain();
    else await (await context.openDevChain()).request('dev_reset', []);
    const status = await readDevStatus(await context.openDevChain(preset), context.paths.dev);
    return devStatusResult(status, { verb: 'Reset', subject: 'the embedded chain' });
  },
};

/** Undefined when what is in the folder cannot be opened, or started from another preset. */
async function countBlocks(
  context: Context,
  preset: string | undefined,
): Promise<number | undefined> {
  try {
    const control = await context.openDevChain(preset);
    const status = await readDevStatus(control, context.paths.dev);
    if (preset !== undefined && canonicalPreset(preset) !== status.preset) return undefined;
    return status.block.number;
  } catch (error) {
    const isStartedAnew = ['DEV_CHAIN_CORRUPT', 'DEV_PRESET_DIFFERS'] as const;
    if (isStartedAnew.some((code) => isTaoError(error, code))) return undefined;
    throw error;
  }
}
