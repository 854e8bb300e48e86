/**
 * Writes the generated files, or with --check says which of them are out of date and exits 1.
 * With --transcripts and names, or none for all, it plays the transcripts and writes them instead.
 * @example npm run generate -- --check
 * @example npm run generate -- --transcripts stake-add
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedFiles } from './generated-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');
const stale: string[] = [];

const transcripts = process.argv.indexOf('--transcripts');
if (transcripts !== -1) {
  const { writeTranscripts } = await import('../test/transcripts/write.ts');
  const written = await writeTranscripts(process.argv.slice(transcripts + 1));
  console.log(`Written: ${written.join(', ')}`);
  process.exit();
}

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
