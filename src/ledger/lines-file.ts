/** Lines of a file, one at a time both ways, so that a large export is never held whole. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { TaoError } from '../errors/tao-error.ts';

const CHUNK_BYTES = 1024 * 1024;

/** Lines without their ends. FILE_NOT_FOUND, FILE_NOT_READABLE. */
export function* readLines(path: string): Iterable<string> {
  const file = guarded(path, 'FILE_NOT_READABLE', () => openSync(path, 'r'));
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const length = guarded(path, 'FILE_NOT_READABLE', () => readSync(file, chunk));
      if (length === 0) break;
      let start = 0;
      const bytes = Buffer.concat([rest, chunk.subarray(0, length)]);
      for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
        yield bytes.toString('utf8', start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
    if (rest.length > 0) yield rest.toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** Writes a new file for its owner only: whole, or not at all. FILE_EXISTS, FILE_NOT_WRITABLE. */
export function writeLines(path: string, lines: Iterable<string>): number {
  if (existsSync(path)) {
    throw new TaoError('FILE_EXISTS', {
      message: `Couldn't write ${path}: there is a file already.`,
      hint: 'Choose another name, or move the file aside.',
      data: { path },
    });
  }
  const part = `${path}.part`;
  const file = guarded(path, 'FILE_NOT_WRITABLE', () => openSync(part, 'w', 0o600));
  let count = 0;
  try {
    let gathered = '';
    const flush = (): void => {
      guarded(path, 'FILE_NOT_WRITABLE', () => writeSync(file, gathered));
      gathered = '';
    };
    for (const line of lines) {
      gathered += `${line}\n`;
      count += 1;
      if (gathered.length > CHUNK_BYTES) flush();
    }
    flush();
    guarded(path, 'FILE_NOT_WRITABLE', () => fsyncSync(file));
  } catch (error) {
    closeSync(file);
    rmSync(part, { force: true });
    throw error;
  }
  closeSync(file);
  guarded(path, 'FILE_NOT_WRITABLE', () => renameSync(part, path));
  return count;
}

function guarded<T>(
  path: string,
  code: 'FILE_NOT_READABLE' | 'FILE_NOT_WRITABLE',
  body: () => T,
): T {
  try {
    return body();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const verb = code === 'FILE_NOT_READABLE' ? 'read' : 'write';
    throw new TaoError(reason === 'ENOENT' && verb === 'read' ? 'FILE_NOT_FOUND' : code, {
      message: `Couldn't ${verb} ${path}: the file system refused it (${reason}).`,
      hint:
        reason === 'ENOSPC'
          ? 'Free some space on that disk.'
          : 'Check the path and its permissions.',
      data: { path, reason },
      cause: error,
    });
  }
}
