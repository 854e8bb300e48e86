/**
 * Writes a file so that after a crash there is the old content or the new, never half: a new file
 * beside it, flushed, then put in its place. Never writes through a symbolic link.
 */
import { constants } from 'node:fs';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Random, WriteOptions } from '../domain/ports.ts';
import { errnoOf, fileError, refusedFile } from './file-errors.ts';

const SUFFIX_BYTES = 8;
/** File systems without hard links answer `link` with one of these. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);
/** Some systems cannot open or flush a folder; the rename is still atomic there. */
const NO_FOLDER_FLUSH: ReadonlySet<string> = new Set([
  'EISDIR',
  'EPERM',
  'EACCES',
  'EINVAL',
  'ENOTSUP',
]);

export type AtomicWrite = {
  readonly path: string;
  readonly content: Uint8Array;
  readonly options: WriteOptions;
  readonly random: Random;
};

/** Writes. FILE_EXISTS, FILE_IS_SYMLINK, FILE_IS_DIRECTORY, FILE_DISK_FULL, FILE_NOT_WRITABLE. */
export async function writeAtomic(write: AtomicWrite): Promise<void> {
  const { path, options, random } = write;
  const suffix = Buffer.from(random.bytes(SUFFIX_BYTES)).toString('hex');
  const fresh = join(dirname(path), `.${basename(path)}.${suffix}.new`);
  try {
    await refuseTarget(path, options.overwrite);
    await writeFresh(fresh, write);
    try {
      await (options.overwrite ? rename(fresh, path) : placeWithoutOverwriting(fresh, path));
    } catch (error) {
      await unlink(fresh).catch(() => undefined);
      throw error;
    }
    await flushFolder(dirname(path));
  } catch (error) {
    throw fileError(error, 'write', path);
  }
}

async function refuseTarget(path: string, overwrite: boolean): Promise<void> {
  const stat = await lstat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (stat === undefined) return;
  const refuse = (code: Parameters<typeof refusedFile>[0], why: string) =>
    refusedFile(code, { action: 'write', path, why });
  if (stat.isSymbolicLink()) throw refuse('FILE_IS_SYMLINK', 'it is a symbolic link');
  if (stat.isDirectory()) throw refuse('FILE_IS_DIRECTORY', 'it is a folder');
  if (!overwrite) throw refuse('FILE_EXISTS', 'a file is already there');
}

async function writeFresh(fresh: string, { content, options }: AtomicWrite): Promise<void> {
  const flags =
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
  const file = await open(fresh, flags, options.mode);
  try {
    // The mode at opening is narrowed by the umask; the caller's mode is meant exactly.
    await file.chmod(options.mode);
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await file.close().catch(() => undefined);
    await unlink(fresh).catch(() => undefined);
    throw error;
  }
  await file.close();
}

/** A hard link fails where something is already; a rename would replace it. */
async function placeWithoutOverwriting(fresh: string, path: string): Promise<void> {
  try {
    await link(fresh, path);
  } catch (error) {
    if (!NO_LINKS.has(errnoOf(error) ?? '')) throw error;
    // No hard links here: reserve the name exclusively, then replace our own empty file.
    await (await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL)).close();
    await rename(fresh, path);
    return;
  }
  await unlink(fresh);
}

async function flushFolder(path: string): Promise<void> {
  try {
    const folder = await open(path, constants.O_RDONLY);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    if (!NO_FOLDER_FLUSH.has(errnoOf(error) ?? '')) throw error;
  }
}
