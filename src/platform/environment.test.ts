import { describe, expect, it } from 'vitest';
import { colorLevel } from './color-level.ts';
import { resolvePath, resolvePaths } from './paths.ts';

function paths(env: Record<string, string>, system = 'linux') {
  return resolvePaths({
    env: (name) => env[name],
    system,
    home: '/home/ada',
    workingFolder: '/work',
  });
}

describe('folders', () => {
  it('follow the base directories on Linux', () => {
    expect(paths({})).toEqual({
      config: '/home/ada/.config/taostake',
      data: '/home/ada/.local/share/taostake',
      cache: '/home/ada/.cache/taostake',
      dev: '/home/ada/.local/share/taostake/dev',
      wallets: '/home/ada/.bittensor/wallets',
    });
    const moved = paths({ XDG_DATA_HOME: '/big', XDG_CONFIG_HOME: 'relative' });
    expect([moved.data, moved.dev]).toEqual(['/big/taostake', '/big/taostake/dev']);
    expect(moved.config).toBe('/home/ada/.config/taostake');
  });

  it('follow the system on macOS and Windows', () => {
    expect(paths({}, 'darwin').data).toBe('/home/ada/Library/Application Support/taostake');
    expect(paths({ APPDATA: '/roaming', LOCALAPPDATA: '/local' }, 'win32')).toMatchObject({
      config: '/roaming/taostake',
      cache: '/local/taostake/Cache',
    });
  });

  it('are all below TAO_HOME, wallets too, but for those named one by one', () => {
    expect(paths({ TAO_HOME: '~/t', TAO_DEV_DIR: 'dev', TAO_WALLET_PATH: '/w' })).toEqual({
      config: '/home/ada/t/config',
      data: '/home/ada/t/data',
      cache: '/home/ada/t/cache',
      dev: '/work/dev',
      wallets: '/w',
    });
    expect(paths({ TAO_HOME: '/t' }).wallets).toBe('/t/wallets');
  });

  it('are made absolute', () => {
    const place = { home: '/home/ada', workingFolder: '/work' };
    expect(resolvePath('~', place)).toBe('/home/ada');
    expect(resolvePath('~/x', place)).toBe('/home/ada/x');
    expect(resolvePath('../x', place)).toBe('/x');
    expect(resolvePath('~x', place)).toBe('/work/~x');
  });
});

describe('colours', () => {
  const level = (
    env: Record<string, string>,
    given: { choice?: 'auto' | 'always' | 'never'; isTerminal?: boolean } = {},
  ) =>
    colorLevel({
      choice: given.choice ?? 'auto',
      env: (name) => env[name],
      isTerminal: given.isTerminal ?? true,
    });

  it('are on for a terminal, as deep as it says', () => {
    expect(level({})).toBe(1);
    expect(level({ TERM: 'xterm-256color' })).toBe(2);
    expect(level({ COLORTERM: 'truecolor' })).toBe(3);
  });

  it('are off without a terminal, on a dumb one, in CI and with NO_COLOR', () => {
    expect(level({}, { isTerminal: false })).toBe(0);
    expect(level({ TERM: 'dumb' })).toBe(0);
    expect(level({ CI: 'true' })).toBe(0);
    expect(level({ CI: 'false' })).toBe(1);
    expect(level({ NO_COLOR: '1' })).toBe(0);
  });

  it('follow the flag before FORCE_COLOR, and that before NO_COLOR', () => {
    expect(level({ FORCE_COLOR: '3', NO_COLOR: '1' }, { isTerminal: false })).toBe(3);
    expect(level({ FORCE_COLOR: '0' })).toBe(0);
    expect(level({ FORCE_COLOR: 'true' }, { isTerminal: false })).toBe(1);
    expect(level({ FORCE_COLOR: '3' }, { choice: 'never' })).toBe(0);
    expect(level({ NO_COLOR: '1', CI: '1' }, { choice: 'always', isTerminal: false })).toBe(1);
  });
});
