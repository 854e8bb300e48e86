import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eraVectors } from '../../../test/fixtures/byte-vectors.ts';
import { birthBlock, deathBlock, decodeEra, encodeEra, roundPeriodUp } from './era.ts';
import { formatHex } from './hex.ts';

const mortal = (period: number, birthNumber: number) =>
  ({ kind: 'mortal', period, birthNumber, birthHash: `0x${'00'.repeat(32)}` }) as const;

const periods = fc.integer({ min: 2, max: 16 }).map((exponent) => 2 ** exponent);

describe('eras', () => {
  it.each(eraVectors)('of $period blocks at block $current are the known bytes', (vector) => {
    const birth = birthBlock(vector.period, vector.current);
    expect(birth).toBe(vector.birth);
    expect(formatHex(encodeEra(mortal(vector.period, birth)))).toBe(vector.bytes);
  });

  it('survive encoding and decoding, and contain the block they were made at', async () => {
    await fc.assert(
      fc.property(periods, fc.integer({ min: 0, max: 100_000_000 }), (period, current) => {
        const birthNumber = birthBlock(period, current);
        const era = mortal(period, birthNumber);
        expect(decodeEra(encodeEra(era))).toEqual({
          era: { kind: 'mortal', period, phase: birthNumber % period },
          length: 2,
        });
        expect(birthNumber).toBeLessThanOrEqual(current);
        expect(deathBlock(era)).toBeGreaterThan(current);
      }),
    );
  });

  it('that are immortal are one zero byte and never end', () => {
    expect(encodeEra({ kind: 'immortal' })).toEqual(Uint8Array.of(0));
    expect(decodeEra(Uint8Array.of(0))).toEqual({ era: { kind: 'immortal' }, length: 1 });
    expect(deathBlock({ kind: 'immortal' })).toBeUndefined();
  });

  it('refuse impossible periods and births', () => {
    expect(() => encodeEra(mortal(100, 0))).toThrow(RangeError);
    expect(() => encodeEra(mortal(2, 0))).toThrow(RangeError);
    expect(() => encodeEra(mortal(131_072, 0))).toThrow(RangeError);
    expect(() => encodeEra(mortal(65_536, 7))).toThrow(RangeError);
  });

  it('never decode bytes that no era has', async () => {
    await fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2 }), (bytes) => {
        try {
          const { era } = decodeEra(bytes);
          if (era.kind === 'mortal') expect(era.phase).toBeLessThan(era.period);
        } catch (error) {
          expect(error).toMatchObject({ code: 'CHAIN_UNDECODABLE' });
        }
      }),
    );
  });

  it('round a wanted lifetime up to a period the chain knows', () => {
    expect([1, 4, 5, 64, 65, 128, 1_000_000].map(roundPeriodUp)).toEqual([
      4, 4, 8, 64, 128, 128, 65_536,
    ]);
  });
});
