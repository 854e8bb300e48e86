/** Writes preferences, through a library that is loaded only then. They never hold a secret. */
import { mkdirSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import type { ConfigStore, SettingKey } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import { fileError } from './file-errors.ts';

const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** A store over the JSON file at `path`. CONFIG_CORRUPT, FILE_NOT_WRITABLE, FILE_DISK_FULL. */
export function createConfigStore(path: string): ConfigStore {
  const change = async (make: (preferences: Preferences) => void) => {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
      make(await openPreferences(path));
    } catch (error) {
      throw error instanceof SyntaxError ? corrupt(path, error) : fileError(error, 'write', path);
    }
  };
  return {
    path,
    set: (key, value) => change((preferences) => preferences.set(key, value)),
    unset: (key) => change((preferences) => preferences.delete(key)),
  };
}

type Preferences = {
  readonly set: (key: SettingKey, value: string) => void;
  readonly delete: (key: SettingKey) => void;
};

async function openPreferences(path: string): Promise<Preferences> {
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
}

function corrupt(path: string, cause: unknown): TaoError {
  return new TaoError('CONFIG_CORRUPT', {
    message: `Couldn't change the preferences in ${path}: the file is not JSON.`,
    hint: 'Mend or remove that file; preferences hold nothing but defaults.',
    data: { path },
    cause,
  });
}
