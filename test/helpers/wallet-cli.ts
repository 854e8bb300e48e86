/** Runs wallet commands one after the other over the same files, with a key derivation that is one hash. */
import { resolveNetwork } from '../../src/chain/known-networks.ts';
import { createMemoryFiles, type MemoryFiles } from './files.ts';
import { MEMORY_PATHS } from './memory-platform.ts';
import { type CliOutcome, type CliScript, runCli } from './run-cli.ts';
import { createQuickUnlocker } from './wallets.ts';

export const WALLETS = MEMORY_PATHS.wallets;
/** Of every encrypted key in these tests; in PASSWORD_FILE. */
export const PASSWORD = 'correct horse battery';
export const PASSWORD_FILE = '/home/ada/password.txt';
export const WITH_PASSWORD = ['--password-file', PASSWORD_FILE];

export type WalletCli = {
  readonly files: MemoryFiles;
  /** Passwords that were derived, over all runs. */
  readonly derivations: readonly string[];
  readonly run: (argv: readonly string[], script?: CliScript) => Promise<CliOutcome>;
  /** The same with --json: exit code and document. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents of many shapes
  readonly json: (argv: readonly string[], script?: CliScript) => Promise<[number, any]>;
};

export function createWalletCli(files: MemoryFiles = createMemoryFiles()): WalletCli {
  files.put(PASSWORD_FILE, `${PASSWORD}\n`);
  const unlocker = createQuickUnlocker();
  const run: WalletCli['run'] = (argv, script = {}) =>
    runCli(argv, {
      files,
      ...script,
      opens: {
        unlocker: () => unlocker,
        network: () => resolveNetwork('finney'),
        ...script.opens,
      },
    });
  return {
    files,
    derivations: unlocker.derivations,
    run,
    json: async (argv, script) => {
      const outcome = await run([...argv, '--json'], script);
      return [outcome.exitCode, outcome.json()];
    },
  };
}
