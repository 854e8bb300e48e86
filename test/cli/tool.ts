/** Runs the built bin as a user would: a process of its own, a clean environment, a home of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BIN = fileURLToPath(new URL('../../bin/tao.js', import.meta.url));
/** Hotkey of the embedded chain's validator Basalt. */
export const VALIDATOR = '5HQUqP3B5P1Nn1w7CiPZj8WHvBmNsBmX52KR5AeyEGGmKeV7';

export type Run = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type Home = {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs `tao` with these arguments to its end. */
  readonly tao: (args: readonly string[], options?: RunOptions) => Promise<Run>;
  /** The same with --json, parsed. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents of many shapes
  readonly json: (args: readonly string[], options?: RunOptions) => Promise<any>;
  /** Starts `tao` and leaves it running. */
  readonly start: (args: readonly string[]) => ChildProcess;
  readonly remove: () => void;
};

export type RunOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
};

/** A folder of its own for wallets, ledger, cache and the embedded chain. */
export function createHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'tao-test-'));
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: path,
    TAO_HOME: path,
    TAO_NETWORK: 'dev',
    TERM: 'dumb',
  };
  const children = new Set<ChildProcess>();
  const start = (args: readonly string[], extra: Readonly<Record<string, string>> = {}) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      env: { ...env, ...extra },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    children.add(child);
    child.once('exit', () => children.delete(child));
    return child;
  };
  const tao = (args: readonly string[], options: RunOptions = {}): Promise<Run> =>
    new Promise((resolve) => {
      const child = start(args, options.env);
      let stdout = '';
      let stderr = '';
      child.stdout?.on('data', (chunk) => {
        stdout += chunk;
      });
      child.stderr?.on('data', (chunk) => {
        stderr += chunk;
      });
      child.stdin?.end(options.input ?? '');
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
  return {
    path,
    env,
    tao,
    start,
    json: async (args, options) => {
      const run = await tao([...args, '--json'], options);
      try {
        return JSON.parse(run.stdout);
      } catch {
        throw new Error(`Not JSON, exit ${run.code}:\n${run.stdout}\n${run.stderr}`);
      }
    },
    remove: () => {
      for (const child of children) child.kill('SIGKILL');
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Starts `tao dev run` on a free port and waits until it says where it is served. */
export async function serveDevChain(
  home: Home,
  args: readonly string[] = [],
): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = home.start(['dev', 'run', '--port', '0', '--json', ...args]);
  let text = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      try {
        resolve(JSON.parse(text).data.url);
      } catch {
        // The document is not whole yet.
      }
    });
    child.once('exit', (code) => reject(new Error(`dev run ended with ${code}:\n${text}`)));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
    },
  };
}
