/** Scales the weights a validator sets so that the largest is 65,535, as the chain stores them. */
import { divide, ONE, U16_ONE } from './q32.ts';

/** Above this the chain multiplies by a rounded ratio instead of dividing each product. */
const RATIO_ABOVE = 32_768;

/**
 * Each value × 65,535 ÷ the largest, rounded half away from zero. All zeros stay zeros. Values
 * are finite and not negative.
 */
export function maxUpscaleU16(values: readonly number[]): number[] {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  if (largest === 0) return values.map(() => 0);
  const ratio = divide(U16_ONE, largest);
  return values.map((value) =>
    largest > RATIO_ABOVE
      ? Math.floor((value * ratio) / ONE + 0.5)
      : Math.floor((value * U16_ONE) / largest + 0.5),
  );
}
