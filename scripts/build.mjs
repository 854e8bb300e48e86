// Bundles src/main.ts into dist/ as ES modules with code splitting, so that a command loads only
// what it uses. Native packages stay outside the bundle.
// With arguments (folder, metafile) it builds elsewhere and says what went into each chunk.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const [outdir = 'dist', metafilePath] = process.argv.slice(2);
// Built beside its place and moved in whole: whoever runs the old one meanwhile loads no half.
const fresh = `${outdir}.${process.pid}`;
const { metafile } = await build({
  entryPoints: { main: 'src/main.ts', 'simulate-worker': 'src/compose/simulate-worker.ts' },
  outdir: fresh,
  metafile: true,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['libsql', '@node-rs/argon2'],
  // Some dependencies are CommonJS and ask for Node's own modules through require.
  banner: {
    js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
  },
  logLevel: 'warning',
});
rmSync(outdir, { recursive: true, force: true });
renameSync(fresh, outdir);
if (metafilePath !== undefined)
  writeFileSync(metafilePath, JSON.stringify(metafile).replaceAll(fresh, outdir));
