/** Builds the real platform from Node's process. Everything heavy in it loads late. */
import { homedir } from 'node:os';
import type { Platform } from '../cli/context.ts';
import { TaoError } from '../errors/tao-error.ts';
import { createClock } from './clock.ts';
import { createConfigStore } from './config-store.ts';
import { createFiles } from './files.ts';
import { type Host, readVariable } from './host.ts';
import { createInterrupts } from './interrupts.ts';
import { createLocks } from './locks.ts';
import { resolvePath, resolvePaths } from './paths.ts';
import { createRandom } from './random.ts';
import { createStreams, type WatchedOutputs, watchOutput } from './streams.ts';

/** @example createPlatform(process) */
export function createPlatform(host: Host): Platform {
  const clock = createClock();
  const random = createRandom();
  const watched = { stdout: watchOutput(host.stdout), stderr: watchOutput(host.stderr) };
  const fixed = {
    clock,
    random,
    files: createFiles(random),
    locks: createLocks({ pid: host.pid, isAlive, clock, random }),
    interrupts: createInterrupts(host),
    owner: { pid: host.pid, isAlive },
    createConfigStore,
    onStrayError: createStrayErrors(host, watched),
    drain: () => drain(watched),
  };
  return underEnvironment(host, watched, fixed);
}

type Fixed = Omit<Platform, 'env' | 'paths' | 'resolvePath' | 'createStreams' | 'withEnvironment'>;

function underEnvironment(host: Host, watched: WatchedOutputs, fixed: Fixed): Platform {
  const env = (name: string) => readVariable(host, name);
  const home = env('HOME') ?? env('USERPROFILE') ?? homedir();
  const place = { home, workingFolder: host.cwd() };
  return {
    ...fixed,
    env,
    paths: resolvePaths({ env, system: host.platform, ...place }),
    resolvePath: (path) => resolvePath(path, place),
    createStreams: (request) => createStreams(host, watched, request),
    withEnvironment: (overrides) => {
      const inner = Object.create(host, { env: { value: { ...host.env, ...overrides } } }) as Host;
      return underEnvironment(inner, watched, fixed);
    },
  };
}

/** A defect that happens outside the command's own promise still gets its report and its sentence. */
function createStrayErrors(host: Host, watched: WatchedOutputs): Platform['onStrayError'] {
  let listener: ((error: unknown) => Promise<number>) | undefined;
  const tell = (error: unknown) => {
    const told = listener?.(error) ?? Promise.resolve(1);
    // Telling may fail as well; the program then ends all the same.
    void told
      .catch(() => 1)
      .then(async (code) => {
        await drain(watched).catch(() => undefined);
        host.exit(code);
      });
  };
  return (given) => {
    if (listener === undefined) {
      host.on('uncaughtException', tell);
      host.on('unhandledRejection', tell);
    }
    listener = given;
  };
}

async function drain(watched: WatchedOutputs): Promise<void> {
  await Promise.all([watched.stdout.drained(), watched.stderr.drained()]);
  const failure = watched.stdout.failure();
  if (failure === undefined) return;
  const reason = 'code' in failure ? String(failure.code) : failure.message;
  throw new TaoError('OUTPUT_NOT_WRITABLE', {
    message: `Couldn't write the whole result to stdout: the system says ${reason}.`,
    hint: 'The command itself was carried out; look at its outcome before repeating it.',
    cause: failure,
  });
}

/** Signal 0 asks whether a process is there; EPERM means it is, and is somebody else's. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
