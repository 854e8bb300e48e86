/** A context for unit tests of command bodies: everything in memory, everything that opens something fails. */
import type { Context, RunMode, SettingKey } from '../../src/cli/context.ts';
import { createSettings, PREFERENCES_FILE } from '../../src/cli/settings.ts';
import {
  createMemoryPlatform,
  type MemoryPlatform,
  type PlatformScript,
} from './memory-platform.ts';

export type ContextScript = PlatformScript & {
  /** Settings as if given by flags. */
  readonly settings?: Partial<Record<SettingKey, string>>;
  readonly mode?: Partial<RunMode>;
  /** What the test expects to be opened or run; anything else fails when it is called. */
  readonly opens?: Partial<
    Pick<
      Context,
      | 'announce'
      | 'network'
      | 'openChain'
      | 'openDevChain'
      | 'openLedger'
      | 'openScratchFolder'
      | 'runCommand'
      | 'simulate'
      | 'serveDevChain'
      | 'clearDevChain'
      | 'unlocker'
    >
  >;
  readonly platform?: MemoryPlatform;
};

export type TestContext = Context & { readonly platform: MemoryPlatform };

/** @example const context = createTestContext({ terminal: 'all', settings: { network: 'dev' } }) */
export function createTestContext(script: ContextScript = {}): TestContext {
  const platform = script.platform ?? createMemoryPlatform(script);
  const preferencesPath = `${platform.paths.config}/${PREFERENCES_FILE}`;
  const json = script.mode?.output === 'json';
  return {
    platform,
    streams: platform.createStreams({
      color: 'auto',
      json,
      quiet: script.mode?.quiet ?? false,
      verbose: script.mode?.verbose ?? false,
      noInput: false,
    }),
    clock: platform.clock,
    random: platform.random,
    files: platform.files,
    locks: platform.locks,
    env: platform.env,
    paths: platform.paths,
    settings: createSettings({
      flags: script.settings ?? {},
      env: platform.env,
      stored: { kind: 'values', values: {} },
      preferencesPath,
      paths: platform.paths,
      resolvePath: platform.resolvePath,
    }),
    config: platform.createConfigStore(preferencesPath),
    version: '0.0.0',
    signal: platform.interrupts.signal,
    mode: { output: 'text', assumeYes: false, quiet: false, verbose: false, ...script.mode },
    announce: unexpected('announce'),
    network: unexpected('network'),
    openChain: unexpected('openChain'),
    openDevChain: unexpected('openDevChain'),
    openLedger: unexpected('openLedger'),
    openScratchFolder: unexpected('openScratchFolder'),
    runCommand: unexpected('runCommand'),
    serveDevChain: unexpected('serveDevChain'),
    simulate: unexpected('simulate'),
    clearDevChain: unexpected('clearDevChain'),
    unlocker: unexpected('unlocker'),
    ...script.opens,
  };
}

function unexpected(name: string): () => never {
  return () => {
    throw new Error(`The test did not expect ${name} to be called.`);
  };
}
