import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { TaoError } from './tao-error.ts';

const words =
  'bottom drive obey lake curtain smoke basket hold race lonely fit walk bottom drive obey';

describe('an error', () => {
  it('shows no credentials of a URL and no mnemonic, wherever they got in', () => {
    const error = new TaoError('INTERNAL', {
      message: 'Failed to reach wss://me:pw@host.example/path?api_key=abc123&x=1.',
      details: [`Read ${words}`],
      hint: 'Try ws://user@host.',
    });
    const text = [error.message, ...error.details, error.hint].join('\n');
    expect(text).not.toMatch(/me:pw|abc123|user@|bottom drive/);
    expect(text).toContain('wss://[redacted]@host.example/path?api_key=[redacted]&x=1');
  });

  it('redacts its data too, however deep, and leaves the rest as it is', () => {
    const words = 'old leopard transfer rib spatial phone calm indicate online fire caution review';
    const data = { wallet: words, list: [{ url: 'ws://me:pw@host', count: 3, none: null }] };
    expect(new TaoError('INTERNAL', { message: 'x', data }).data).toEqual({
      wallet: '[redacted words]',
      list: [{ url: 'ws://[redacted]@host', count: 3, none: null }],
    });
  });

  it('keeps hashes, addresses and ordinary sentences whole', () => {
    const message =
      'Transaction 0x7c1e0000000000000000000000000000000000000000000000000000000000aa of 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY failed.';
    expect(new TaoError('INTERNAL', { message }).message).toBe(message);
  });

  it('takes exit code and retry from the catalogue', () => {
    const error = new TaoError('TX_OUTCOME_UNKNOWN', { message: 'x' });
    expect([error.exitCode, error.retry]).toEqual([8, 'after-check']);
  });
});

describe('the catalogue', () => {
  it('uses only the documented exit codes, and says when each error happens', () => {
    const allowed = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 130]);
    for (const [code, entry] of Object.entries(catalogue)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z0-9]+)*$/);
      expect(allowed.has(entry.exitCode), code).toBe(true);
      expect(entry.meaning, code).toMatch(/^[A-Z].*\.$/);
    }
  });
});
