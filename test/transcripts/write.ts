/** Plays the operations whose names are given, or all, and writes their documents. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations } from './operations.ts';
import { playOperation } from './play.ts';

/** Answers the names of what was written. */
export async function writeTranscripts(wanted: readonly string[]): Promise<readonly string[]> {
  const chosen = operations.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  for (const operation of chosen) {
    const path = join(import.meta.dirname, `${operation.name}.md`);
    writeFileSync(path, await playOperation(operation));
  }
  return chosen.map(({ name }) => `test/transcripts/${name}.md`);
}
