/**
 * Where things live: TAO_*_DIR and TAO_WALLET_PATH first, then TAO_HOME for everything, then the
 * system's own places. Pure but for the home folder it is given.
 */
import { isAbsolute, join, resolve } from 'node:path';
import type { Paths } from '../cli/context.ts';

export type PathQuestion = {
  readonly env: (name: string) => string | undefined;
  /** `process.platform`. */
  readonly system: string;
  readonly home: string;
  readonly workingFolder: string;
};

const NAME = 'taostake';

/** All folders, absolute. */
export function resolvePaths(question: PathQuestion): Paths {
  const own = (variable: string) => {
    const value = question.env(variable);
    return value === undefined ? undefined : resolvePath(value, question);
  };
  const base = own('TAO_HOME');
  const places = base === undefined ? systemPlaces(question) : placesBelow(base);
  return {
    config: own('TAO_CONFIG_DIR') ?? places.config,
    data: own('TAO_DATA_DIR') ?? places.data,
    cache: own('TAO_CACHE_DIR') ?? places.cache,
    dev: own('TAO_DEV_DIR') ?? places.dev,
    wallets: own('TAO_WALLET_PATH') ?? places.wallets,
  };
}

/** Makes a path absolute: a leading `~` is the home folder, the rest is relative to the working folder. */
export function resolvePath(
  path: string,
  { home, workingFolder }: Pick<PathQuestion, 'home' | 'workingFolder'>,
): string {
  if (path === '~') return home;
  if (/^~[/\\]/.test(path)) return join(home, path.slice(2));
  return resolve(workingFolder, path);
}

function placesBelow(base: string): Paths {
  return {
    config: join(base, 'config'),
    data: join(base, 'data'),
    cache: join(base, 'cache'),
    dev: join(base, 'dev'),
    wallets: join(base, 'wallets'),
  };
}

function systemPlaces(question: PathQuestion): Paths {
  const { home, system } = question;
  const wallets = join(home, '.bittensor', 'wallets');
  if (system === 'darwin') {
    const data = join(home, 'Library', 'Application Support', NAME);
    return {
      config: join(home, 'Library', 'Preferences', NAME),
      data,
      cache: join(home, 'Library', 'Caches', NAME),
      dev: join(data, 'dev'),
      wallets,
    };
  }
  if (system === 'win32') {
    const roaming = question.env('APPDATA') ?? join(home, 'AppData', 'Roaming');
    const local = question.env('LOCALAPPDATA') ?? join(home, 'AppData', 'Local');
    const data = join(local, NAME, 'Data');
    return {
      config: join(roaming, NAME),
      data,
      cache: join(local, NAME, 'Cache'),
      dev: join(data, 'dev'),
      wallets,
    };
  }
  const xdg = (variable: string, ...fallback: readonly string[]) => {
    // The base directory specification: a relative path in these variables is to be ignored.
    const value = question.env(variable);
    const parent = value !== undefined && isAbsolute(value) ? value : join(home, ...fallback);
    return join(parent, NAME);
  };
  const data = xdg('XDG_DATA_HOME', '.local', 'share');
  return {
    config: xdg('XDG_CONFIG_HOME', '.config'),
    data,
    cache: xdg('XDG_CACHE_HOME', '.cache'),
    dev: join(data, 'dev'),
    wallets,
  };
}
