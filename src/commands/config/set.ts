/** `tao config set`: checks a value as strictly as when it is used, then stores it. */
import { isAbsolute } from 'node:path';
import type { SettingKey } from '../../cli/context.ts';
import { environmentName, settingFault, storageFault } from '../../cli/setting-values.ts';
import type { CommandBody } from '../../cli/spec.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { settingArgument } from './setting-argument.ts';

export const configSet: CommandBody = {
  run: async ({ config, env }, input) => {
    const key = settingArgument(input);
    const value = input.arguments.value?.[0] ?? '';
    const fault = settingFault(key, value) ?? storageFault(value) ?? pathFault(key, value);
    if (fault !== undefined) throw refused(key, value, fault);
    await config.set(key, value);
    const variable = environmentName(key);
    return {
      data: { key, value, path: config.path },
      view: () => [{ kind: 'receipt', verb: 'Set', subject: `${key} to ${value}`, details: [] }],
      warnings:
        env(variable) === undefined
          ? []
          : [`${variable} is set in the environment and wins over this preference.`],
    };
  },
};

/** A relative folder would mean another one in every working folder. */
function pathFault(key: SettingKey, value: string): string | undefined {
  if (key !== 'wallet-path' || isAbsolute(value) || /^~(?:[/\\]|$)/.test(value)) return undefined;
  return 'it must be an absolute path, or start with ~/';
}

function refused(key: SettingKey, value: string, fault: string): TaoError {
  return new TaoError('CONFIG_INVALID', {
    message: `Couldn't set ${key} to "${value}": ${fault}.`,
    hint: 'Run tao config list --help to see what each preference takes.',
    data: { key },
  });
}
