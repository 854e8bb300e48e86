/**
 * Runs the benchmarks: all modules beside this one that export `run`, or those named. A name also
 * stands for what is filed under it: `economy` runs `economy-epoch` too.
 * @example npm run bench -- startup read
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const available = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && name !== 'run.ts')
  .map((name) => name.slice(0, -'.ts'.length))
  .sort();
const named = process.argv.slice(2);
const unknown = named.filter((name) => !available.includes(name));
const wanted = available.filter((name) =>
  named.some((one) => name === one || name.startsWith(`${one}-`)),
);

if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}; there are ${available.join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const name of named.length > 0 ? wanted : available) {
    const module: { readonly run?: () => Promise<void> } = await import(`./${name}.ts`);
    if (module.run === undefined) continue;
    console.log(`${name}`);
    await module.run();
    console.log('');
  }
}
