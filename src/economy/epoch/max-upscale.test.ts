import { describe, expect, it } from 'vitest';
import { maxUpscaleU16 } from './max-upscale.ts';

describe('maxUpscaleU16', () => {
  it('scales the largest to 65,535 and rounds halves up', () => {
    expect(maxUpscaleU16([1, 2])).toEqual([32_768, 65_535]);
    expect(maxUpscaleU16([1, 3])).toEqual([21_845, 65_535]);
    expect(maxUpscaleU16([0, 65_535, 1])).toEqual([0, 65_535, 1]);
    expect(maxUpscaleU16([32_768, 16_384])).toEqual([65_535, 32_768]);
    // Exactly 32,767.5, which a floored ratio would miss.
    expect(maxUpscaleU16([7, 14])).toEqual([32_768, 65_535]);
  });

  it('multiplies by a floored ratio above 32,768, as the chain does', () => {
    // 32,767 × 65,535 ÷ 65,534 is exactly 32,767.5; the floored ratio falls short of the half.
    expect(maxUpscaleU16([32_767, 65_534])).toEqual([32_767, 65_535]);
    expect(maxUpscaleU16([40_000, 20_001])).toEqual([65_535, 32_769]);
  });

  it('leaves zeros and nothing as they are', () => {
    expect(maxUpscaleU16([0, 0])).toEqual([0, 0]);
    expect(maxUpscaleU16([])).toEqual([]);
  });
});
