import { expect, it } from 'vitest';
import { TaoError } from '../errors/tao-error.ts';
import { fileError } from './file-errors.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: raw text`), { code });
}

it.each([
  ['ENOSPC', 'write', 'FILE_DISK_FULL', "Couldn't write /x/f: the disk is full."],
  ['EDQUOT', 'write', 'FILE_DISK_FULL', "Couldn't write /x/f: the disk quota is used up."],
  ['EACCES', 'read', 'FILE_NOT_READABLE', "Couldn't read /x/f: permission is denied."],
  ['EROFS', 'write', 'FILE_NOT_WRITABLE', "Couldn't write /x/f: the file system is read-only."],
  ['ENOENT', 'read', 'FILE_NOT_FOUND', "Couldn't read /x/f: it does not exist."],
  ['ENOENT', 'write', 'FILE_NOT_WRITABLE', "Couldn't write /x/f: its folder does not exist."],
  ['EODD', 'read', 'FILE_NOT_READABLE', "Couldn't read /x/f: the system says EODD."],
] as const)('%s at a %s is %s', (errno, action, code, message) => {
  expect(fileError(systemError(errno), action, '/x/f')).toMatchObject({
    code,
    message,
    data: { path: '/x/f', errno },
    hint: expect.stringMatching(/\.$/),
  });
});

it('leaves an error of ours as it is', () => {
  const ours = new TaoError('FILE_TOO_LARGE', { message: 'Too large.' });
  expect(fileError(ours, 'read', '/x/f')).toBe(ours);
});
