import { describe, expect, it } from 'vitest';
import {
  decodeEnvironmentPassword,
  encodeEnvironmentPassword,
  environmentVariableFor,
} from './environment-password.ts';

const VARIABLE = 'BT_PW__HOME_A__BITTENSOR_WALLETS_MY-WALLET_COLDKEY';
/** Longer than the name of the variable, so that the name has to begin again. */
const PASSWORD = 'pässword ü longer than the name of the variable itself';
/** By Python: base64 of the password's bytes, each XORed with that of the name. */
const VALUE = 'Mpf7IyQoMDorbYbjYTMwLC4xJmU6Oy48fyMpKWwrNT46bTZLdzUkKWUiPjEmLSYnIHkrICw1Ozk=';

describe('the password in an environment variable', () => {
  it('has a name made of the path: slashes and dots are lost, hyphens stay', () => {
    expect(environmentVariableFor('/home/a/.bittensor/wallets/my-wallet/coldkey')).toBe(VARIABLE);
  });

  it('is what the official wallets write and read', () => {
    expect(encodeEnvironmentPassword(VARIABLE, PASSWORD)).toBe(VALUE);
    expect(decodeEnvironmentPassword(VARIABLE, VALUE)).toBe(PASSWORD);
    expect(decodeEnvironmentPassword(VARIABLE, ` ${VALUE}\n`)).toBe(PASSWORD);
  });

  it.each([1, 2, 3, 4, 5])('of %i letters comes back', (length) => {
    const password = 'x'.repeat(length);
    const value = encodeEnvironmentPassword('BT_PW_A', password);
    expect(decodeEnvironmentPassword('BT_PW_A', value)).toBe(password);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['no base64', 'not base64!'],
    ['base64 without its end', VALUE.slice(0, -1)],
    ['base64 with too much end', `${VALUE}===`],
    ['base64 with something before it', `!!!!${VALUE}`],
    ['base64 with something behind it', `${VALUE}!!!!`],
    ['base64 of what is no text', '/////w=='],
  ])('is an error and never an empty password: %s', (_title, value) => {
    expect(() => decodeEnvironmentPassword(VARIABLE, value)).toThrow(
      expect.objectContaining({
        code: 'USAGE_INVALID',
        message: expect.stringContaining(VARIABLE),
        hint: expect.stringContaining('Unset the variable'),
        data: { variable: VARIABLE },
      }),
    );
  });

  it('is not shown in the error', () => {
    const attempt = () => decodeEnvironmentPassword(VARIABLE, 'correct horse');
    expect(attempt).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching('horse') }),
    );
  });
});
