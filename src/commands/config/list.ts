/** `tao config list`: every preference with its value and source. */
import { environmentName, SETTING_KEYS } from '../../cli/setting-values.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { type ConfigListing, viewConfigList } from './list.view.ts';

export const configList: CommandBody = {
  run: async ({ settings, config }) => {
    const data: ConfigListing = {
      path: config.path,
      settings: SETTING_KEYS.map((key) => ({
        key,
        value: settings.get(key),
        source: settings.source(key),
        environment: environmentName(key),
      })),
    };
    return { data, view: () => viewConfigList(data) };
  },
};
