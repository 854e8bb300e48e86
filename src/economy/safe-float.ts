/**
 * The chain's decimal floating point for share pools: mantissa × 10^exponent, 21 significant
 * digits, every division truncating. Digit for digit the chain's rules; never a double.
 */

/** Zero is (0, 0); otherwise 10^20 < mantissa ≤ 10^21. */
export type SafeFloat = { readonly mantissa: bigint; readonly exponent: number };

const MAX_MANTISSA = 10n ** 21n;
const MIN_MANTISSA = 10n ** 20n;
const MAX_SHIFT = 22;
const U64_MAX = 2n ** 64n - 1n;

const POWERS_OF_TEN: readonly bigint[] = Array.from({ length: 64 }, (_, i) => 10n ** BigInt(i));

export const SAFE_ZERO: SafeFloat = { mantissa: 0n, exponent: 0 };

/** Brings a mantissa into 10^20 < m ≤ 10^21, truncating what falls off. */
export function normalizeSafe(mantissa: bigint, exponent: number): SafeFloat {
  if (mantissa <= 0n) return SAFE_ZERO;
  let m = mantissa;
  let e = exponent;
  while (m > MAX_MANTISSA) {
    m /= 10n;
    e += 1;
  }
  if (m <= MIN_MANTISSA) {
    let digits = 1;
    while (m * powerOfTen(digits) <= MIN_MANTISSA) digits += 1;
    m *= powerOfTen(digits);
    e -= digits;
  }
  return { mantissa: m, exponent: e };
}

export function safeFromInteger(value: bigint): SafeFloat {
  return normalizeSafe(value, 0);
}

/** a + b, the smaller exponent's operand truncated to the larger exponent. */
export function addSafe(a: SafeFloat, b: SafeFloat): SafeFloat {
  if (a.mantissa === 0n) return b;
  if (b.mantissa === 0n) return a;
  const exponent = Math.max(a.exponent, b.exponent);
  return normalizeSafe(alignTo(a, exponent) + alignTo(b, exponent), exponent);
}

/** a − b, zero when it would be negative. */
export function subtractSafe(a: SafeFloat, b: SafeFloat): SafeFloat {
  if (b.mantissa === 0n) return a;
  const exponent = Math.max(a.exponent, b.exponent);
  return normalizeSafe(alignTo(a, exponent) - alignTo(b, exponent), exponent);
}

/** x·a ÷ b in one step, truncated; zero when b is zero. */
export function mulDivSafe(x: SafeFloat, a: SafeFloat, b: SafeFloat): SafeFloat {
  if (b.mantissa === 0n) return SAFE_ZERO;
  return normalizeSafe(
    (x.mantissa * a.mantissa) / b.mantissa,
    x.exponent + a.exponent - b.exponent,
  );
}

/** The integer part, held to u64. */
export function safeToU64(value: SafeFloat): bigint {
  const integer =
    value.exponent >= 0
      ? value.mantissa * 10n ** BigInt(Math.min(value.exponent, 40))
      : value.mantissa / 10n ** BigInt(Math.min(-value.exponent, 64));
  return integer > U64_MAX ? U64_MAX : integer;
}

function alignTo(value: SafeFloat, exponent: number): bigint {
  const shift = Math.min(exponent - value.exponent, MAX_SHIFT);
  return shift <= 0 ? value.mantissa : value.mantissa / powerOfTen(shift);
}

function powerOfTen(exponent: number): bigint {
  return POWERS_OF_TEN[exponent] ?? 10n ** BigInt(exponent);
}
