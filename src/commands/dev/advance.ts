/** `tao dev advance`: makes blocks, here or in the running `tao dev run`. */
import { optionText } from '../../cli/option-groups.ts';
import type { CommandBody, RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { devStatusResult, readDevStatus } from './dev-status.ts';
import { MAX_ADVANCE_BLOCKS } from './specs.ts';

/** Blocks per tempo of the embedded chain's subnets. */
const TEMPO_BLOCKS = 360;
/** Blocks asked for at once, so that progress shows and one question stays short. */
const BLOCKS_PER_REQUEST = 720;

export const devAdvance: CommandBody = {
  run: async (context, raw) => {
    const blocks = readBlockCount(raw);
    const control = await context.openDevChain();
    const progress = context.streams.progress(`Making ${blocks} blocks`);
    try {
      for (let made = 0; made < blocks; made += BLOCKS_PER_REQUEST) {
        context.signal.throwIfAborted();
        const step = Math.min(BLOCKS_PER_REQUEST, blocks - made);
        await control.request('dev_advance', [{ blocks: step }]);
        progress.update(`Making ${blocks} blocks: ${made + step} made`);
      }
    } finally {
      progress.stop();
    }
    const status = await readDevStatus(control, context.paths.dev);
    return devStatusResult(status, { verb: 'Advanced', subject: `${blocks} blocks` });
  },
};

/** USAGE_MISSING, USAGE_CONFLICT, USAGE_INVALID. */
function readBlockCount(raw: RawInput): number {
  const blocks = optionText(raw, 'blocks');
  const tempos = optionText(raw, 'tempos');
  if (blocks !== undefined && tempos !== undefined) {
    throw new TaoError('USAGE_CONFLICT', {
      message: "Couldn't tell how far to advance: --blocks and --tempos exclude each other.",
      hint: 'Leave one of them out.',
    });
  }
  if (blocks === undefined && tempos === undefined) {
    throw new TaoError('USAGE_MISSING', {
      message: "Couldn't tell how far to advance: --blocks or --tempos is missing.",
      hint: 'Add --blocks N or --tempos N.',
      data: { missing: ['--blocks', '--tempos'] },
    });
  }
  const option = blocks === undefined ? 'tempos' : 'blocks';
  const text = blocks ?? tempos ?? '';
  const count = /^\d{1,7}$/.test(text) ? Number.parseInt(text, 10) : 0;
  const total = option === 'tempos' ? count * TEMPO_BLOCKS : count;
  if (total >= 1 && total <= MAX_ADVANCE_BLOCKS) return total;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't use --${option} "${text}": it must come to 1 to ${MAX_ADVANCE_BLOCKS} blocks.`,
    hint: `Give --${option} a whole number.`,
    data: { option, value: text },
  });
}
