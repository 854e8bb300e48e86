/** The one place where errors of the file system become ours. */
import type { ErrorCode } from '../errors/catalogue.ts';
import { TaoError } from '../errors/tao-error.ts';

export type FileAction = 'read' | 'write';

type Meaning = { readonly code: ErrorCode; readonly why: string };

/** What an errno means for somebody who reads or writes a file. */
const BY_ERRNO: Readonly<Record<string, Meaning>> = {
  ENOENT: { code: 'FILE_NOT_FOUND', why: 'it does not exist' },
  EEXIST: { code: 'FILE_EXISTS', why: 'a file is already there' },
  EISDIR: { code: 'FILE_IS_DIRECTORY', why: 'it is a folder' },
  ENOTDIR: { code: 'FILE_IS_DIRECTORY', why: 'a part of its path is a file, not a folder' },
  ELOOP: { code: 'FILE_IS_SYMLINK', why: 'it is a symbolic link' },
  ENOSPC: { code: 'FILE_DISK_FULL', why: 'the disk is full' },
  EDQUOT: { code: 'FILE_DISK_FULL', why: 'the disk quota is used up' },
};

/** A file that is to be written need not exist, so it is its folder that does not. */
const NO_FOLDER = { code: 'FILE_NOT_WRITABLE', why: 'its folder does not exist' } as const;

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  EIO: 'the disk reports an error',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
  EBUSY: 'it is in use',
};

const HINTS: Partial<Record<ErrorCode, string>> = {
  FILE_NOT_FOUND: 'Check the path.',
  FILE_EXISTS: 'Choose another path, or move that file away.',
  FILE_IS_DIRECTORY: 'Check the path.',
  FILE_IS_SYMLINK: 'Give the path it points to instead.',
  FILE_DISK_FULL: 'Free some space; nothing half-written was left behind.',
};

/** The TaoError of a failed file operation; one of ours is returned as it is. */
export function fileError(error: unknown, action: FileAction, path: string): TaoError {
  if (error instanceof TaoError) return error;
  const errno = errnoOf(error) ?? 'unknown';
  const known: Meaning | undefined =
    action === 'write' && errno === 'ENOENT' ? NO_FOLDER : BY_ERRNO[errno];
  const code = known?.code ?? (action === 'read' ? 'FILE_NOT_READABLE' : 'FILE_NOT_WRITABLE');
  const why = known?.why ?? REASONS[errno] ?? `the system says ${errno}`;
  return new TaoError(code, {
    message: `Couldn't ${action} ${path}: ${why}.`,
    hint: HINTS[code] ?? `Check the permissions of ${path} and of its folder.`,
    data: { path, errno },
    cause: error,
  });
}

/** A file operation refused by our own rules. */
export function refusedFile(
  code: 'FILE_TOO_LARGE' | 'FILE_IS_SYMLINK' | 'FILE_IS_DIRECTORY' | 'FILE_EXISTS',
  what: { readonly action: FileAction; readonly path: string; readonly why: string },
): TaoError {
  return new TaoError(code, {
    message: `Couldn't ${what.action} ${what.path}: ${what.why}.`,
    hint: HINTS[code] ?? 'Check the path.',
    data: { path: what.path },
  });
}

/** The errno of a system error, such as `ENOENT`. */
export function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
