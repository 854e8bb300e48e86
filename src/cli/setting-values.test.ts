import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NETWORK_NAMES } from '../domain/network-names.ts';
import { OPTION_GROUPS } from './option-groups.ts';
import { parsePercent, SETTING_SUMMARIES, settingFault, storageFault } from './setting-values.ts';

describe('networks', () => {
  it('are those of the one list, in help and completion too', () => {
    expect(NETWORK_NAMES).toContain('latent-lite');
    expect(SETTING_SUMMARIES.network).toContain(NETWORK_NAMES.join(', '));
    const [option] = OPTION_GROUPS.network.options.filter(({ name }) => name === 'network');
    expect([option?.complete, option?.summary]).toEqual([
      'network',
      expect.stringContaining(NETWORK_NAMES.join(', ')),
    ]);
  });

  it.each([...NETWORK_NAMES, 'ws://127.0.0.1:9944', 'wss://node.example/path'])(
    'takes %s',
    (value) => {
      expect(settingFault('network', value)).toBeUndefined();
    },
  );

  it.each([
    'mainnet',
    'http://node.example',
    'https://node.example',
    'ws://',
    'wss://me@node.example',
    'wss://me:secret@node.example',
    'ws://a b',
    '',
    'ws://x/'.padEnd(2000, 'y'),
  ])('refuses %s', (value) => {
    expect(settingFault('network', value)).toBeTypeOf('string');
  });

  it('stores no URL that carries a key, though one may be used', () => {
    const url = 'wss://node.example/?api_key=123';
    expect(settingFault('network', url)).toBeUndefined();
    expect(storageFault(url)).toContain('credential');
    expect(storageFault('wss://node.example/')).toBeUndefined();
  });
});

describe('wallets', () => {
  it.each(['default', 'my wallet', '//Alice'])('takes %s', (value) => {
    expect(settingFault('wallet', value)).toBeUndefined();
  });

  it.each(['a/b', '..', '.', '///x', '//', 'a\\b', 'a\0'])('refuses %j', (value) => {
    expect(settingFault('wallet', value)).toBeTypeOf('string');
  });
});

describe('percentages', () => {
  it.each(['-1', '1,5', '1e1', '0.00001', '51', '50.0001', '.5', '5.', '', ' 1', '0x1'])(
    'refuses %j',
    (text) => {
      expect(() => parsePercent(text)).toThrow(expect.objectContaining({ code: 'USAGE_INVALID' }));
    },
  );

  it('is exact for every value with four decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500_000 }), (tenThousandths) => {
        const text = `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, '0')}`;
        const { numerator, denominator } = parsePercent(text);
        expect(numerator * 1_000_000n).toBe(BigInt(tenThousandths) * denominator);
      }),
    );
  });

  it('takes a percent sign', () => {
    expect(parsePercent('0.5%')).toEqual(parsePercent('0.5'));
  });
});
