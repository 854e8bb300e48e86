import { describe, expect, it } from 'vitest';
import { createTestContext } from '../../test/helpers/test-context.ts';
import type { SettingKey } from './context.ts';
import {
  MAX_NONCE,
  parsePriceOptions,
  parseTransactionOptions,
  parseWalletOptions,
} from './option-groups.ts';
import type { RawInput } from './spec.ts';

function input(options: RawInput['options']): RawInput {
  return { arguments: {}, options };
}

function settings(values: Partial<Record<SettingKey, string>> = {}) {
  return createTestContext({ settings: values }).settings;
}

describe('the transaction group', () => {
  it('has the defaults of the settings', () => {
    expect(parseTransactionOptions(input({}), settings())).toEqual({
      dryRun: false,
      wait: 'included',
      timeoutMs: 120_000,
      eraBlocks: 128,
      isEraGiven: false,
      nonce: undefined,
      requestId: undefined,
      confirm: undefined,
      unsignedOut: undefined,
      signedOut: undefined,
      metadataHash: 'off',
      shield: 'off',
    });
  });

  it('takes what was given', () => {
    const raw = input({ 'dry-run': true, nonce: '7', 'request-id': 'pay-1', confirm: '2.5' });
    const given = settings({ wait: 'finalized', timeout: '5', era: '4' });
    expect(parseTransactionOptions(raw, given)).toEqual({
      dryRun: true,
      wait: 'finalized',
      timeoutMs: 5_000,
      eraBlocks: 4,
      isEraGiven: false,
      nonce: 7,
      requestId: 'pay-1',
      confirm: '2.5',
      unsignedOut: undefined,
      signedOut: undefined,
      metadataHash: 'off',
      shield: 'off',
    });
    const toFile = input({ 'signed-out': 'signed.json', 'metadata-hash': 'auto' });
    expect(parseTransactionOptions(toFile, given)).toMatchObject({
      signedOut: 'signed.json',
      metadataHash: 'auto',
      shield: 'off',
    });
  });

  it.each([
    ['dry-run', 'unsigned-out'],
    ['dry-run', 'signed-out'],
    ['unsigned-out', 'signed-out'],
    ['unsigned-out', 'request-id'],
  ])('refuses --%s with --%s', (first, second) => {
    const raw = input({ [first]: first === 'dry-run' ? true : 'a', [second]: 'b' });
    const refusal = expect.objectContaining({ code: 'USAGE_CONFLICT' });
    expect(() => parseTransactionOptions(raw, settings())).toThrow(refusal);
  });

  it.each([
    [{ 'signed-out': 'a' }, /--shield on and --signed-out together: a file may be sent too late/],
    [{ 'unsigned-out': 'a' }, /--shield on and --unsigned-out together/],
    [
      { era: '16' },
      /--shield on and --era 16 together: an encrypted transaction is valid for at most 8 blocks/,
    ],
  ])('refuses --shield on with %j; auto takes it', (other, message) => {
    const given = settings({ era: '16' });
    const on = input({ shield: 'on', ...other });
    expect(() => parseTransactionOptions(on, given)).toThrow(message);
    expect(() => parseTransactionOptions(on, given)).toThrow(
      expect.objectContaining({
        code: 'USAGE_CONFLICT',
        hint: expect.stringContaining('--shield auto'),
      }),
    );
    const auto = parseTransactionOptions(input({ shield: 'auto', ...other }), given);
    expect([auto.shield, auto.eraBlocks]).toEqual(['auto', 16]);
  });

  it('takes --shield on with an era it can have, and with a longer one that is only preferred', () => {
    const short = input({ shield: 'on', era: '8' });
    expect(parseTransactionOptions(short, settings({ era: '8' }))).toMatchObject({
      ...{ shield: 'on', eraBlocks: 8, isEraGiven: true },
    });
    const preferred = parseTransactionOptions(input({ shield: 'on' }), settings({ era: '64' }));
    expect(preferred).toMatchObject({ shield: 'on', eraBlocks: 64, isEraGiven: false });
  });

  it.each(['-1', '1.5', '1e3', '', `${MAX_NONCE + 1}`, 'x'])('refuses the nonce "%s"', (nonce) => {
    expect(() => parseTransactionOptions(input({ nonce }), settings())).toThrow(/--nonce/);
  });

  it.each(['', ' ', '-x', 'a b', 'x'.repeat(65), 'ä'])('refuses the request id "%s"', (id) => {
    const raw = input({ 'request-id': id });
    expect(() => parseTransactionOptions(raw, settings())).toThrow(/--request-id/);
  });

  it.each([
    ['era', '100'],
    ['era', '2'],
    ['timeout', '0'],
    ['timeout', '3601'],
    ['wait', 'soon'],
  ] as const)('refuses --%s %s as a usage error', (key, value) => {
    expect(() => parseTransactionOptions(input({}), settings({ [key]: value }))).toThrow(
      expect.objectContaining({ code: 'USAGE_INVALID', exitCode: 2 }),
    );
  });
});

describe('the price group', () => {
  it('reads the tolerance as an exact ratio', () => {
    const { tolerance } = parsePriceOptions(input({}), settings());
    expect(tolerance.numerator * 1000n).toBe(tolerance.denominator * 5n);
  });

  it('reads a limit price in rao per alpha, in place of the tolerance', () => {
    const raw = input({ 'limit-price': '0.056', partial: true });
    expect(parsePriceOptions(raw, settings())).toMatchObject({
      limitPriceRaoPerAlpha: 56_000_000n,
      partial: true,
    });
  });

  it('refuses both limits at once, a zero price and a wide tolerance', () => {
    const both = input({ 'limit-price': '1', tolerance: '1' });
    expect(() => parsePriceOptions(both, settings())).toThrow(/each sets the price limit/);
    expect(() => parsePriceOptions(input({ 'limit-price': '0' }), settings())).toThrow(
      /above zero|more than zero/,
    );
    expect(() => parsePriceOptions(input({}), settings({ tolerance: '50.0001' }))).toThrow(
      expect.objectContaining({ code: 'USAGE_INVALID' }),
    );
  });
});

describe('the wallet group', () => {
  it('names wallet, folder and password source', () => {
    expect(parseWalletOptions(input({ 'password-fd': '3' }), settings({ wallet: 'cold' }))).toEqual(
      {
        wallet: 'cold',
        walletPath: '/home/ada/wallets',
        passwordFile: undefined,
        passwordFd: 3,
      },
    );
  });

  it('refuses two password sources and a wallet name with a slash', () => {
    const both = input({ 'password-fd': '3', 'password-file': 'p' });
    expect(() => parseWalletOptions(both, settings())).toThrow(/each names a password/);
    expect(() => parseWalletOptions(input({}), settings({ wallet: '../x' }))).toThrow(/slash/);
  });
});
