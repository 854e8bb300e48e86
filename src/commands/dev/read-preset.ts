/** The options `--preset`, `--seed` and `--profile` of the dev commands as the name of one genesis. */
import { optionText } from '../../cli/option-groups.ts';
import type { RawInput } from '../../cli/spec.ts';
import { DEFAULT_PRESET, withProfile } from '../../devnode/genesis/presets.ts';
import { TaoError } from '../../errors/tao-error.ts';

/**
 * `NAME`, `NAME@SEED` and either with `/PROFILE`; undefined without any of the options. A profile
 * alone is of the default preset. USAGE_MISSING, DEV_PRESET_UNKNOWN, DEV_PROFILE_UNKNOWN.
 */
export function readPreset(raw: RawInput): string | undefined {
  const people = readPeople(raw);
  const profile = optionText(raw, 'profile');
  return profile === undefined ? people : withProfile(people ?? DEFAULT_PRESET, profile);
}

function readPeople(raw: RawInput): string | undefined {
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
