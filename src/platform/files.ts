/** The file system behind the Files port. Reading follows links, writing never does. */
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rmdir, unlink } from 'node:fs/promises';
import type { FileStat, Files, Random } from '../domain/ports.ts';
import { errnoOf, fileError, refusedFile } from './file-errors.ts';
import { writeAtomic } from './write-atomic.ts';

/** Largest file that is read when the caller names no limit. */
export const DEFAULT_READ_LIMIT_BYTES = 64 * 1024 * 1024;
const CHUNK_BYTES = 65_536;
const PERMISSION_BITS = 0o7777;

export function createFiles(random: Random): Files {
  return {
    stat: (path) => readStat(path),
    read: (path, limitBytes = DEFAULT_READ_LIMIT_BYTES) => readBounded(path, limitBytes),
    writeAtomic: (path, content, options) => writeAtomic({ path, content, options, random }),
    makeDirectory: async (path, mode) => {
      try {
        await mkdir(path, { recursive: true, mode });
      } catch (error) {
        throw fileError(error, 'write', path);
      }
    },
    list: async (path) => {
      try {
        return (await readdir(path)).sort();
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return [];
        throw fileError(error, 'read', path);
      }
    },
    remove: async (path) => {
      try {
        const stat = await lstat(path);
        await (stat.isDirectory() ? rmdir(path) : unlink(path));
      } catch (error) {
        if (errnoOf(error) !== 'ENOENT') throw fileError(error, 'write', path);
      }
    },
  };
}

async function readStat(path: string): Promise<FileStat | undefined> {
  try {
    const stat = await lstat(path);
    const kind = stat.isFile()
      ? 'file'
      : stat.isDirectory()
        ? 'directory'
        : stat.isSymbolicLink()
          ? 'symlink'
          : 'other';
    return { kind, mode: stat.mode & PERMISSION_BITS, sizeBytes: stat.size };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
    throw fileError(error, 'read', path);
  }
}

/** Reads to the end, also of a pipe (`--password-file <(…)`), and never past the limit. */
async function readBounded(path: string, limitBytes: number): Promise<Uint8Array | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY);
    try {
      if ((await file.stat()).isDirectory()) {
        throw refusedFile('FILE_IS_DIRECTORY', { action: 'read', path, why: 'it is a folder' });
      }
      const chunks: Uint8Array[] = [];
      let total = 0;
      for (;;) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES);
        if (bytesRead === 0) return joined(chunks, total);
        total += bytesRead;
        if (total > limitBytes) {
          const why = `it is larger than ${limitBytes} bytes`;
          throw refusedFile('FILE_TOO_LARGE', { action: 'read', path, why });
        }
        chunks.push(buffer.subarray(0, bytesRead));
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ENOENT' || errno === 'ENOTDIR') return undefined;
    throw fileError(error, 'read', path);
  }
}

/** One array of its own, the pieces wiped: they may have held a secret. */
function joined(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const content = new Uint8Array(total);
  let offset = 0;
  for (const chunk of chunks) {
    content.set(chunk, offset);
    offset += chunk.length;
    chunk.fill(0);
  }
  return content;
}
