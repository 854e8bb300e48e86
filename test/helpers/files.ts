/** A file system in memory behind the `Files` port, with modes and symbolic links, for tests. */
import { dirname } from 'node:path';
import type { Files } from '../../src/domain/ports.ts';
import { TaoError } from '../../src/errors/tao-error.ts';

type Node =
  | { readonly kind: 'file'; readonly mode: number; readonly content: Uint8Array }
  | { readonly kind: 'directory'; readonly mode: number }
  | { readonly kind: 'symlink'; readonly target: string };

export type MemoryFiles = Files & {
  /** Puts a file there without checks, creating its directories; text is UTF-8. */
  readonly put: (path: string, content: Uint8Array | string, mode?: number) => void;
  readonly link: (path: string, target: string) => void;
  /** Every file and link there is, sorted. */
  readonly paths: () => readonly string[];
  readonly text: (path: string) => string;
};

/** An empty file system whose root exists. */
export function createMemoryFiles(): MemoryFiles {
  const nodes = new Map<string, Node>([['/', { kind: 'directory', mode: 0o755 }]]);

  const resolve = (path: string): string => {
    const node = nodes.get(path);
    if (node?.kind === 'symlink') return resolve(node.target);
    if (path === '/') return path;
    const parent = resolve(dirname(path));
    const name = path.slice(path.lastIndexOf('/') + 1);
    const resolved = parent === '/' ? `/${name}` : `${parent}/${name}`;
    return resolved === path ? path : resolve(resolved);
  };
  const parentResolved = (path: string): string => {
    const parent = resolve(dirname(path));
    const name = path.slice(path.lastIndexOf('/') + 1);
    return parent === '/' ? `/${name}` : `${parent}/${name}`;
  };
  const makeDirectory = (path: string, mode: number): void => {
    const at = resolve(path);
    const node = nodes.get(at);
    if (node?.kind === 'directory') return;
    if (node !== undefined) throw failure('FILE_IS_DIRECTORY', path);
    makeDirectory(dirname(at), mode);
    nodes.set(at, { kind: 'directory', mode });
  };

  return {
    stat: async (path) => {
      const node = nodes.get(parentResolved(path));
      if (node === undefined) return undefined;
      return {
        kind: node.kind,
        mode: node.kind === 'symlink' ? 0o777 : node.mode,
        sizeBytes: node.kind === 'file' ? node.content.length : 0,
      };
    },
    read: async (path, limitBytes) => {
      const node = nodes.get(resolve(path));
      if (node === undefined) return undefined;
      if (node.kind !== 'file') throw failure('FILE_IS_DIRECTORY', path);
      if (limitBytes !== undefined && node.content.length > limitBytes) {
        throw failure('FILE_TOO_LARGE', path);
      }
      return Uint8Array.from(node.content);
    },
    writeAtomic: async (path, content, { mode, overwrite }) => {
      const at = parentResolved(path);
      const node = nodes.get(at);
      if (nodes.get(dirname(at))?.kind !== 'directory') throw failure('FILE_NOT_WRITABLE', path);
      if (node?.kind === 'symlink') throw failure('FILE_IS_SYMLINK', path);
      if (node?.kind === 'directory') throw failure('FILE_IS_DIRECTORY', path);
      if (node !== undefined && !overwrite) throw failure('FILE_EXISTS', path);
      nodes.set(at, { kind: 'file', mode, content: Uint8Array.from(content) });
    },
    makeDirectory: async (path, mode) => makeDirectory(path, mode),
    list: async (path) => {
      const at = resolve(path);
      if (!nodes.has(at)) return [];
      if (nodes.get(at)?.kind !== 'directory') throw failure('FILE_IS_DIRECTORY', path);
      const children = [...nodes.keys()].filter((key) => key !== '/' && dirname(key) === at);
      return children.map((key) => key.slice(key.lastIndexOf('/') + 1)).sort();
    },
    remove: async (path) => {
      const at = parentResolved(path);
      if ([...nodes.keys()].some((key) => key !== at && dirname(key) === at)) {
        throw failure('FILE_NOT_WRITABLE', path);
      }
      nodes.delete(at);
    },
    put: (path, content, mode = 0o600) => {
      makeDirectory(dirname(path), 0o700);
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      nodes.set(parentResolved(path), { kind: 'file', mode, content: Uint8Array.from(bytes) });
    },
    link: (path, target) => {
      makeDirectory(dirname(path), 0o700);
      nodes.set(parentResolved(path), { kind: 'symlink', target });
    },
    paths: () =>
      [...nodes].flatMap(([path, { kind }]) => (kind === 'directory' ? [] : [path])).sort(),
    text: (path) => {
      const node = nodes.get(resolve(path));
      if (node?.kind !== 'file') throw new Error(`No file at ${path}`);
      return new TextDecoder().decode(node.content);
    },
  };
}

function failure(
  code:
    | 'FILE_NOT_WRITABLE'
    | 'FILE_EXISTS'
    | 'FILE_TOO_LARGE'
    | 'FILE_IS_SYMLINK'
    | 'FILE_IS_DIRECTORY',
  path: string,
): TaoError {
  return new TaoError(code, { message: `Failed to use ${path}.`, data: { path } });
}
