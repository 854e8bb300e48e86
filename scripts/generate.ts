/**
 * Writes the generated files, or with --check says which of them are out of date and exits 1.
 * @example npm run generate -- --check
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');
const stale: string[] = [];

for (const [path, content] of generatedFiles()) {
  if (currentContent(path) === content) continue;
  stale.push(path);
  if (isCheck) continue;
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

if (stale.length === 0) console.log('All generated files are up to date.');
else if (isCheck) {
  console.error(`Out of date: ${stale.join(', ')}\nRun npm run generate.`);
  process.exitCode = 1;
} else console.log(`Written: ${stale.join(', ')}`);

function currentContent(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}
