/** A private folder in the system's place for such, and its removal with all that is in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScratchFolder } from '../cli/context.ts';

/** Mode 700, with a name nobody can guess. */
export async function openScratchFolder(): Promise<ScratchFolder> {
  const path = await mkdtemp(join(tmpdir(), 'tao-demo-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
