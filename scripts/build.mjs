// Bundles src/main.ts into dist/ as ES modules with code splitting, so that a command loads only
// what it uses. Native packages stay outside the bundle.
// With arguments (folder, record) it builds elsewhere and says what went into each chunk.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { rolldown } from 'rolldown';

const ROOT = join(import.meta.dirname, '..');

/**
 * What is always loaded together lies in one file, since each file costs a start about half a
 * millisecond: what the modules named here load at once, less what an earlier group has. All else
 * is split by who loads it.
 */
const GROUPS = {
  frame: ['src/main.ts'],
  help: ['src/cli/render-help.ts'],
  parser: ['src/program.ts'],
  chain: ['src/compose/open-target.ts'],
  reading: ['src/pipeline/account-list.ts', 'src/pipeline/read-positions.ts'],
};

let groups;
const [outdir = 'dist', recordPath] = process.argv.slice(2);
// Built beside its place and moved in whole: whoever runs the old one meanwhile loads no half.
const fresh = `${outdir}.${process.pid}`;
const bundle = await rolldown({
  cwd: ROOT,
  input: { main: 'src/main.ts', 'simulate-worker': 'src/compose/simulate-worker.ts' },
  platform: 'node',
  external: ['libsql', '@node-rs/argon2'],
  preserveEntrySignatures: false,
  // Modules in a group are imported dynamically as well, which is no news.
  checks: { ineffectiveDynamicImport: false },
});
const { output } = await bundle.write({
  dir: fresh,
  format: 'esm',
  minify: true,
  comments: false,
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ name: groupOf, debugName: 'loaded together' }],
  },
});
await bundle.close();
rmSync(outdir, { recursive: true, force: true });
renameSync(fresh, outdir);
if (recordPath !== undefined) writeFileSync(recordPath, JSON.stringify(recordOf(output)));

/** The group of a module, if it has one. An entry waits for what it loads, so it is in none. */
function groupOf(id, context) {
  groups ??= listGroups((module) => context.getModuleInfo(module));
  return groups.get(id) ?? null;
}

function listGroups(getModuleInfo) {
  const found = new Map();
  const isEntry = (id) => getModuleInfo(id)?.isEntry === true;
  const add = (name, id) => {
    if (found.has(id)) return;
    found.set(id, isEntry(id) ? null : name);
    for (const imported of getModuleInfo(id)?.importedIds ?? []) add(name, imported);
  };
  for (const [name, roots] of Object.entries(GROUPS)) {
    for (const root of roots) add(name, join(ROOT, root));
  }
  return found;
}

/** Bytes and modules of every chunk, by path. */
function recordOf(chunks) {
  return Object.fromEntries(
    chunks.map((chunk) => [
      `${outdir}/${chunk.fileName}`,
      {
        bytes: chunk.code.length,
        modules: Object.keys(chunk.modules).map((id) => relative(ROOT, id)),
      },
    ]),
  );
}
