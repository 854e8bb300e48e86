import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanBytes, cleanText } from './clean-text.ts';

describe('text from the chain', () => {
  it('keeps letters of every script and symbols', () => {
    expect(cleanText('τ 𝜏 Ω Apex ∑ 子网 🧠')).toBe('τ 𝜏 Ω Apex ∑ 子网 🧠');
  });

  it('loses controls, bidirectional marks, invisible letters and line breaks', () => {
    expect(cleanText('a\u001b[2Jb\r\nc\u202ed\u200be\u{e0041}f\u2028g\u0085h')).toBe(
      'a [2Jb cdef g h',
    );
  });

  it('is never more than one line of 200 characters', async () => {
    await fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const cleaned = cleanText(text);
        expect(cleaned.length).toBeLessThanOrEqual(200);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(cleanText(cleaned)).toBe(cleaned);
      }),
    );
  });

  it('shows malformed UTF-8 as such', () => {
    expect(cleanBytes(Uint8Array.of(0x61, 0xff, 0x62))).toBe('a\ufffdb');
  });
});
