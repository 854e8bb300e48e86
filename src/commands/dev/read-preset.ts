/** The options `--preset` and `--seed` of the dev commands as the name of one genesis. */
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';

/** `NAME` or `NAME@SEED`; undefined without `--preset`. USAGE_MISSING, USAGE_INVALID. */
export function readPreset(raw: RawInput): string | undefined {
  const preset = optionText(raw, 'preset');
  const seed = optionText(raw, 'seed');
  if (seed === undefined) return preset;
  if (preset === undefined) {
    throw new TaoError('USAGE_MISSING', {
      message: "Couldn't use --seed: it belongs to a preset, and --preset is missing.",
      hint: 'Add --preset finney.',
      data: { missing: ['--preset'] },
    });
  }
  return `${preset}@${seed}`;
}
