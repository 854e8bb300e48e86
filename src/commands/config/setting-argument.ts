/** The KEY argument of `tao config …`. */
import type { SettingKey } from '../../cli/context.ts';
import { isSettingKey, SETTING_KEYS } from '../../cli/setting-values.ts';
import type { RawInput } from '../../cli/spec.ts';
import { suggest } from '../../cli/suggest.ts';
import { TaoError } from '../../errors/tao-error.ts';

/** The key that was named. CONFIG_UNKNOWN_KEY. */
export function settingArgument(input: RawInput): SettingKey {
  const text = input.arguments.key?.[0] ?? '';
  if (isSettingKey(text)) return text;
  const closest = suggest(text, SETTING_KEYS);
  throw new TaoError('CONFIG_UNKNOWN_KEY', {
    message: `Couldn't find the preference "${text}": there are ${SETTING_KEYS.join(', ')}.`,
    hint: closest === undefined ? 'Run tao config list to see them.' : `Did you mean ${closest}?`,
    data: { key: text, ...(closest === undefined ? {} : { suggestion: closest }) },
  });
}
