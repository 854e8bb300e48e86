import { describe, expect, it } from 'vitest';
import { createMemoryFiles } from '../../../test/helpers/files.ts';
import { encodeEnvironmentPassword, environmentVariableFor } from '../environment-password.ts';
import { readOfficialPassword } from './official-passwords.ts';

const PATH = '/home/a/.bittensor/wallets/my-wallet/coldkey';
const FILE_VARIABLE = environmentVariableFor(PATH);

function lookup(variables: Readonly<Record<string, string>>, path = PATH, hotkey?: string) {
  const files = createMemoryFiles();
  files.put('/run/secret', '  from a file \n');
  files.put('/run/empty', '\n');
  const ref = { wallet: 'my-wallet', ...(hotkey === undefined ? {} : { hotkey }) };
  return readOfficialPassword({ env: (name) => variables[name], files, request: { path, ref } });
}

describe('passwords in the environment of the official wallets', () => {
  it('are found in the official order', async () => {
    const variables = {
      BT_WALLET_PASSWORD: 'plain',
      [FILE_VARIABLE]: encodeEnvironmentPassword(FILE_VARIABLE, 'of this file'),
      BT_WALLET_PASSWORD_FILE: '/run/secret',
      'BT_COLD_PW_MY-WALLET': 'old',
    };
    const found: (string | undefined)[] = [];
    for (const name of Object.keys(variables)) {
      found.push(await lookup(variables));
      Reflect.deleteProperty(variables, name);
    }
    expect(found).toEqual(['plain', 'of this file', 'from a file', 'old']);
    expect(await lookup({})).toBeUndefined();
  });

  it('of a file are found under its path with or without doubled slashes', async () => {
    const value = encodeEnvironmentPassword(FILE_VARIABLE, 'p');
    expect(await lookup({ [FILE_VARIABLE]: value }, PATH.replace('/home', '//home/.'))).toBe('p');
  });

  it('of the old kind are for coldkeys only, with hyphens as they are or as underscores', async () => {
    expect(await lookup({ BT_COLD_PW_MY_WALLET: 'old' })).toBe('old');
    expect(await lookup({ BT_COLD_PW_MY_WALLET: 'old' }, PATH, 'h')).toBeUndefined();
  });

  it.each(['not base64!', 'QQ', '/////w=='])(
    'that cannot be decoded are an error, not empty: %s',
    async (value) => {
      await expect(lookup({ [FILE_VARIABLE]: value })).rejects.toMatchObject({
        code: 'USAGE_INVALID',
      });
    },
  );

  it('in a file that is missing or empty are an error', async () => {
    for (const path of ['/run/none', '/run/empty']) {
      await expect(lookup({ BT_WALLET_PASSWORD_FILE: path })).rejects.toMatchObject({
        code: 'KEY_PASSWORD_MISSING',
      });
    }
  });
});
