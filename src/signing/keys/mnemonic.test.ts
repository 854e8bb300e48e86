import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from '../../../test/helpers/mutations.ts';
import { isTaoError } from '../../errors/tao-error.ts';
import {
  generateMnemonic,
  MNEMONIC_WORD_COUNTS,
  mnemonicToSeed,
  parseMnemonic,
} from './mnemonic.ts';

const MNEMONIC = 'old leopard transfer rib spatial phone calm indicate online fire caution review';

describe('mnemonics', () => {
  it('are made of the random bytes they are given, in every length', () => {
    for (const count of MNEMONIC_WORD_COUNTS) {
      const zeros = generateMnemonic(count, { bytes: (length) => new Uint8Array(length) });
      expect(zeros.split(' ').length).toBe(count);
      expect(parseMnemonic(zeros)).toBe(zeros);
    }
  });

  it('wipe the entropy they were made of', () => {
    const entropy = new Uint8Array(16).fill(7);
    generateMnemonic(12, { bytes: () => entropy });
    expect(entropy).toEqual(new Uint8Array(16));
  });

  it('forgive white space and nothing else', () => {
    expect(parseMnemonic(`  ${MNEMONIC.replaceAll(' ', ' \t\n ')}\n`)).toBe(MNEMONIC);
    for (const text of [
      MNEMONIC.toUpperCase(),
      MNEMONIC.replace('leopard', 'leop'),
      `${MNEMONIC} old`,
    ]) {
      expect(() => parseMnemonic(text)).toThrow(
        expect.objectContaining({ code: 'MNEMONIC_INVALID' }),
      );
    }
  });

  it.each([
    ['', "Couldn't use the mnemonic: it has no words."],
    ['one', "Couldn't use the mnemonic: it has 1 word."],
    [
      MNEMONIC.replace('calm', 'Calm'),
      "Couldn't use the mnemonic: word 7 is not lower-case letters.",
    ],
    [
      MNEMONIC.replace('review', 'review review').replace('old ', ''),
      "Couldn't use the mnemonic: a word is not in the English list, or the words do not belong together.",
    ],
  ])('say what is wrong without repeating the words: %j', (text, message) => {
    expect(() => parseMnemonic(text)).toThrow(message);
  });

  it('give the seed of their passphrase as typed', async () => {
    const plain = await mnemonicToSeed(MNEMONIC);
    expect(Buffer.from(plain).toString('hex')).toBe(
      'da3cf5b1e9144931a0f0db65664aab662673b099415a7f8121b7245fb0be4143',
    );
    expect(await mnemonicToSeed(MNEMONIC, ' ')).not.toEqual(plain);
  });

  it('of any text parse or give MNEMONIC_INVALID', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), mutated(MNEMONIC));
    fc.assert(
      fc.property(text, (words) => {
        try {
          expect(parseMnemonic(words).split(' ').length).toBeGreaterThanOrEqual(12);
        } catch (error) {
          expect(isTaoError(error, 'MNEMONIC_INVALID')).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
