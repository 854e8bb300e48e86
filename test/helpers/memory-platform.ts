/** The whole platform in memory: files, streams, clock, environment and Ctrl-C. */
import type { ConfigStore, Paths, Platform } from '../../src/cli/context.ts';
import { TaoError } from '../../src/errors/tao-error.ts';
import { createMemoryFiles, type MemoryFiles } from './files.ts';
import { createFixedClock, createFixedRandom, type FixedClock } from './fixed-clock.ts';
import { createMemoryStreams, type MemoryStreams, type StreamScript } from './memory-streams.ts';

export type PlatformScript = StreamScript & {
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: MemoryFiles;
  readonly clock?: FixedClock;
};

export type MemoryPlatform = Omit<Platform, 'files' | 'clock'> & {
  readonly files: MemoryFiles;
  readonly clock: FixedClock;
  readonly streams: MemoryStreams;
  /** An error outside the command's own promise. */
  readonly strayError: (error: unknown) => Promise<number>;
  /** Ctrl-C. */
  readonly interrupt: () => void;
  readonly forcedExitCode: () => number | undefined;
};

export const MEMORY_PATHS: Paths = {
  config: '/home/ada/config',
  data: '/home/ada/data',
  cache: '/home/ada/cache',
  dev: '/home/ada/dev',
  wallets: '/home/ada/wallets',
};

export function createMemoryPlatform(script: PlatformScript = {}): MemoryPlatform {
  const files = script.files ?? createMemoryFiles();
  const clock = script.clock ?? createFixedClock();
  const streams = createMemoryStreams(script);
  const controller = new AbortController();
  let forced: number | undefined;
  let stray: ((error: unknown) => Promise<number>) | undefined;
  const fixed = {
    files,
    clock,
    streams,
    random: createFixedRandom(),
    locks: createMemoryLocks(),
    createStreams: streams.create,
    createConfigStore: (path: string) => createMemoryConfig(files, path),
    resolvePath: (path: string) =>
      path.startsWith('~')
        ? `/home/ada${path.slice(1)}`
        : `/work/${path}`.replace(/^\/work\/\//, '/'),
    drain: async () => undefined,
    onStrayError: (listener: (error: unknown) => Promise<number>) => {
      stray = listener;
    },
    strayError: (error: unknown) => {
      if (stray === undefined) throw new Error('Nobody listens for stray errors.');
      return stray(error);
    },
    owner: { pid: 1, isAlive: () => false },
    interrupts: {
      signal: controller.signal,
      setForcedExitCode: (code: number) => {
        forced = code;
      },
      dispose: () => undefined,
    },
    forcedExitCode: () => forced,
    interrupt: () =>
      controller.abort(
        new TaoError('INTERRUPTED', { message: 'Stopped before anything was submitted.' }),
      ),
  };
  const under = (env: Readonly<Record<string, string>>): MemoryPlatform => ({
    ...fixed,
    env: (name) => (env[name] === '' ? undefined : env[name]),
    paths: pathsUnder(env.TAO_HOME),
    withEnvironment: (overrides) => under({ ...env, ...overrides }),
  });
  return under(script.env ?? {});
}

function pathsUnder(base: string | undefined): Paths {
  if (base === undefined) return MEMORY_PATHS;
  return {
    config: `${base}/config`,
    data: `${base}/data`,
    cache: `${base}/cache`,
    dev: `${base}/dev`,
    wallets: `${base}/wallets`,
  };
}

function createMemoryConfig(files: MemoryFiles, path: string): ConfigStore {
  const change = async (edit: (values: Record<string, string>) => void) => {
    const bytes = await files.read(path);
    const values = bytes === undefined ? {} : JSON.parse(new TextDecoder().decode(bytes));
    edit(values);
    files.put(path, JSON.stringify(values));
  };
  return {
    path,
    set: (key, value) =>
      change((values) => {
        values[key] = value;
      }),
    unset: (key) =>
      change((values) => {
        delete values[key];
      }),
  };
}

function createMemoryLocks(): Platform['locks'] {
  const held = new Set<string>();
  return {
    acquire: async (path) => {
      if (held.has(path)) {
        throw new TaoError('FILE_LOCKED', { message: `Couldn't take the lock ${path}.` });
      }
      held.add(path);
      return {
        release: async () => {
          held.delete(path);
        },
      };
    },
  };
}
