import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../test/helpers/files.ts';
import { MEMORY_PATHS } from '../../test/helpers/memory-platform.ts';
import type { SettingKey } from './context.ts';
import { createSettings, readPreferences, type StoredPreferences } from './settings.ts';

const PATH = '/home/ada/config/config.json';

function build(
  given: {
    readonly flags?: Partial<Record<SettingKey, string>>;
    readonly env?: Record<string, string>;
    readonly stored?: StoredPreferences;
  } = {},
) {
  return createSettings({
    flags: given.flags ?? {},
    env: (name) => given.env?.[name],
    stored: given.stored ?? { kind: 'values', values: {} },
    preferencesPath: PATH,
    paths: MEMORY_PATHS,
    resolvePath: (path) => `/resolved/${path}`,
  });
}

async function stored(content: string): Promise<StoredPreferences> {
  const files = createMemoryFiles();
  files.put(PATH, content);
  return readPreferences(files, PATH);
}

describe('precedence', () => {
  it('is flag, environment, preference, default', () => {
    const preference: StoredPreferences = { kind: 'values', values: { network: 'test' } };
    const env = { TAO_NETWORK: 'local' };
    const all = build({ flags: { network: 'dev' }, env, stored: preference });
    expect([all.get('network'), all.source('network')]).toEqual(['dev', 'flag']);
    const two = build({ env, stored: preference });
    expect([two.get('network'), two.source('network')]).toEqual(['local', 'environment']);
    const one = build({ stored: preference });
    expect([one.get('network'), one.source('network')]).toEqual(['test', 'config']);
    expect([build().get('network'), build().source('network')]).toEqual(['finney', 'default']);
  });

  it('takes the folder of wallets from the platform and makes a relative one absolute', () => {
    expect(build().get('wallet-path')).toBe('/home/ada/wallets');
    expect(build({ env: { TAO_WALLET_PATH: 'here' } }).get('wallet-path')).toBe('/resolved/here');
  });
});

describe('bad values', () => {
  it('says where the value comes from and how to mend it', () => {
    const fromEnvironment = build({ env: { TAO_ERA: '100' } });
    expect(() => fromEnvironment.get('era')).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: `Couldn't use TAO_ERA "100": it must be a power of two from 4 to 65536.`,
        hint: 'Correct or unset the environment variable TAO_ERA.',
      }),
    );
    const fromFile = build({ stored: { kind: 'values', values: { wait: 'x' } } });
    expect(() => fromFile.get('wait')).toThrow(/the preference wait "x"/);
  });
});

describe('the preferences file', () => {
  it('may be missing, and may hold keys of other versions', async () => {
    expect(await readPreferences(createMemoryFiles(), PATH)).toEqual({
      kind: 'values',
      values: {},
    });
    expect(await stored('{"network":"dev","later":[1]}')).toEqual({
      kind: 'values',
      values: { network: 'dev' },
    });
  });

  it.each(['', '{', '[]', 'null', '"x"', '{"network":1}', `{"x":"${'y'.repeat(70_000)}"}`])(
    'is corrupt as %.20s, which only matters where it would be used',
    async (content) => {
      const settings = build({ flags: { wait: 'submitted' }, stored: await stored(content) });
      expect(settings.get('wait')).toBe('submitted');
      expect(() => settings.get('network')).toThrow(
        expect.objectContaining({ code: 'CONFIG_CORRUPT', exitCode: 9 }),
      );
    },
  );
});
