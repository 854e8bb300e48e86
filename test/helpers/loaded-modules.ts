/** Which modules a run of the built tool really loads, from V8's own record of scripts. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PROJECT_ROOT } from './source-files.ts';

export type Loaded = {
  readonly exitCode: number | null;
  /** Names of packages, sorted. */
  readonly packages: readonly string[];
  /** Own sources, from the root of the project, sorted. */
  readonly sources: readonly string[];
  readonly bytes: number;
};

export type TracedBuild = {
  readonly run: (args: readonly string[]) => Loaded;
  readonly remove: () => void;
};

/** What went into each chunk, by its path. */
type BuildRecord = Readonly<
  Record<string, { readonly bytes: number; readonly modules: readonly string[] }>
>;

/** Builds the tool into a folder of its own, beside node_modules, so that nobody's dist is touched. */
export function createTracedBuild(): TracedBuild {
  const folder = `reports/traced-${process.pid}`;
  const home = mkdtempSync(join(tmpdir(), 'tao-traced-'));
  const recordPath = join(home, 'record.json');
  execFileSync(process.execPath, ['scripts/build.mjs', folder, recordPath], {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const record: BuildRecord = JSON.parse(readFileSync(recordPath, 'utf8'));
  return {
    run: (args) => runTraced({ folder, home, record, args }),
    remove: () => {
      rmSync(join(PROJECT_ROOT, folder), { recursive: true, force: true });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function runTraced(run: {
  readonly folder: string;
  readonly home: string;
  readonly record: BuildRecord;
  readonly args: readonly string[];
}): Loaded {
  const { folder, home, record, args } = run;
  const trace = mkdtempSync(join(home, 'trace-'));
  const { status } = spawnSync(process.execPath, [`${folder}/main.js`, ...args], {
    cwd: PROJECT_ROOT,
    env: { PATH: process.env.PATH ?? '', HOME: home, TAO_HOME: home, NODE_V8_COVERAGE: trace },
    stdio: 'ignore',
  });
  const modules = new Set<string>();
  let bytes = 0;
  for (const url of loadedUrls(trace)) {
    const path = fileURLToPath(url).slice(PROJECT_ROOT.length + 1);
    const chunk = record[path];
    bytes += chunk?.bytes ?? 0;
    for (const module of chunk?.modules ?? [path]) modules.add(module);
  }
  const packages = [...modules].flatMap((module) => {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1];
    return name === undefined ? [] : [name];
  });
  return {
    exitCode: status,
    packages: [...new Set(packages)].sort(),
    sources: [...modules].filter((module) => module.startsWith('src/')).sort(),
    bytes,
  };
}

function loadedUrls(trace: string): readonly string[] {
  return readdirSync(trace).flatMap((name) => {
    const record: { readonly result: readonly { readonly url: string }[] } = JSON.parse(
      readFileSync(join(trace, name), 'utf8'),
    );
    return record.result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  });
}
