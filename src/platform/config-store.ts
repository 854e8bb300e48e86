/** Writes preferences, through a library that is loaded only then. They never hold a secret. */
import { basename, dirname, extname } from 'node:path';
import type { ConfigStore, SettingKey } from '../cli/context.ts';
import { fileError } from './file-errors.ts';

const FILE_MODE = 0o600;

/** A store over the JSON file at `path`. FILE_NOT_WRITABLE, FILE_DISK_FULL. */
export function createConfigStore(path: string): ConfigStore {
  const open = async () => {
    const { default: Conf } = await import('conf');
    const extension = extname(path);
    return new Conf<Partial<Record<SettingKey, string>>>({
      projectName: 'taostake',
      projectSuffix: '',
      cwd: dirname(path),
      configName: basename(path, extension),
      fileExtension: extension.slice(1),
      configFileMode: FILE_MODE,
      accessPropertiesByDotNotation: false,
      clearInvalidConfig: false,
    });
  };
  return {
    path,
    set: async (key, value) => {
      try {
        (await open()).set(key, value);
      } catch (error) {
        throw fileError(error, 'write', path);
      }
    },
    unset: async (key) => {
      try {
        (await open()).delete(key);
      } catch (error) {
        throw fileError(error, 'write', path);
      }
    },
  };
}
