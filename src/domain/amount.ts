/**
 * Amounts: TAO, and alpha of one netuid, as distinct objects over whole rao, so that two units can
 * never be added by accident. Parsing refuses what it would have to round. Never floats.
 */
import { TaoError } from '../errors/tao-error.ts';
import { shownText } from './shown-text.ts';

/** Rao in one TAO, and in one alpha. */
export const RAO_PER_UNIT = 1_000_000_000n;
/** Decimals of TAO and alpha. */
export const UNIT_DECIMALS = 9;
/** The largest amount the chain can hold: u64. */
export const MAX_RAO = 2n ** 64n - 1n;

/** An amount of TAO in rao. */
export type Tao = { readonly unit: 'tao'; readonly rao: bigint };
/** An amount of the alpha token of subnet `netuid`, in rao of alpha. */
export type Alpha = { readonly unit: 'alpha'; readonly netuid: number; readonly rao: bigint };
export type Amount = Tao | Alpha;

/** How an amount looks in JSON: base units and decimal, both strings. */
export type TaoJson = { readonly rao: string; readonly tao: string };
export type AlphaJson = { readonly netuid: number; readonly rao: string; readonly alpha: string };

export function tao(rao: bigint): Tao {
  return { unit: 'tao', rao };
}

export function alpha(netuid: number, rao: bigint): Alpha {
  return { unit: 'alpha', netuid, rao };
}

/**
 * Parses a decimal such as `2.5` into rao (9 decimals). Plain digits and one point only: no sign,
 * exponent, separator or unit. Throws AMOUNT_INVALID or AMOUNT_TOO_PRECISE.
 */
export function parseRao(text: string, what = 'amount'): bigint {
  const shown = shownText(text);
  const match = /^(\d{1,20})(?:\.(\d+))?$/.exec(text);
  if (match === null) {
    throw new TaoError('AMOUNT_INVALID', {
      message: `Couldn't read the ${what} "${shown}": it must be a plain decimal number such as 2.5.`,
      hint: 'Write digits with at most one point: no sign, exponent, unit or thousands separator.',
      data: { value: shown },
    });
  }
  const decimals = match[2] ?? '';
  if (decimals.length > UNIT_DECIMALS) {
    throw new TaoError('AMOUNT_TOO_PRECISE', {
      message: `Couldn't read the ${what} "${shown}": it has ${decimals.length} decimals and the unit has ${UNIT_DECIMALS}.`,
      hint: `Use at most ${UNIT_DECIMALS} decimals; nothing is rounded for you.`,
      data: { value: shown },
    });
  }
  const rao =
    BigInt(match[1] as string) * RAO_PER_UNIT + BigInt(decimals.padEnd(UNIT_DECIMALS, '0'));
  if (rao > MAX_RAO) {
    throw new TaoError('AMOUNT_INVALID', {
      message: `Couldn't read the ${what} "${shown}": it is more than the chain can hold.`,
      hint: 'The largest amount is 18446744073.709551615.',
      data: { value: shown },
    });
  }
  return rao;
}

/** Parses a TAO amount; zero is refused. Throws AMOUNT_INVALID or AMOUNT_TOO_PRECISE. */
export function parseTao(text: string): Tao {
  return tao(refuseZero(parseRao(text), text));
}

/** Parses an alpha amount of `netuid`; zero is refused. Throws AMOUNT_INVALID or AMOUNT_TOO_PRECISE. */
export function parseAlpha(text: string, netuid: number): Alpha {
  return alpha(netuid, refuseZero(parseRao(text), text));
}

/** Writes rao as an exact decimal without trailing zeros: 2500000000n is `2.5`. Negative is allowed. */
export function formatRao(rao: bigint): string {
  const sign = rao < 0n ? '-' : '';
  const digits = (rao < 0n ? -rao : rao).toString().padStart(UNIT_DECIMALS + 1, '0');
  const whole = digits.slice(0, -UNIT_DECIMALS);
  const fraction = digits.slice(-UNIT_DECIMALS).replace(/0+$/, '');
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`;
}

/** Which way a shortened display may round. `down` flatters less for what one has, `up` for what one pays. */
export type DisplayRounding = 'down' | 'up';

/** Writes rao with thousands separators and at most `decimals` decimals, for people; never for machines. */
export function displayRao(rao: bigint, decimals = 6, rounding: DisplayRounding = 'down'): string {
  const step = 10n ** BigInt(UNIT_DECIMALS - decimals);
  const remainder = ((rao % step) + step) % step;
  const floor = rao - remainder;
  const shown = remainder !== 0n && rounding === 'up' ? floor + step : floor;
  const [whole = '0', fraction] = formatRao(shown).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

export function taoJson(amount: Tao): TaoJson {
  return { rao: amount.rao.toString(), tao: formatRao(amount.rao) };
}

export function alphaJson(amount: Alpha): AlphaJson {
  return { netuid: amount.netuid, rao: amount.rao.toString(), alpha: formatRao(amount.rao) };
}

/** Adds two amounts of one unit (and one netuid). Mixing units is a defect and throws. */
export function addAmounts<A extends Amount>(a: A, b: A): A {
  assertSameUnit(a, b);
  return { ...a, rao: a.rao + b.rao };
}

/** Subtracts `b` from `a`, both of one unit (and one netuid); the result may be negative. */
export function subtractAmounts<A extends Amount>(a: A, b: A): A {
  assertSameUnit(a, b);
  return { ...a, rao: a.rao - b.rao };
}

function assertSameUnit(a: Amount, b: Amount): void {
  const same =
    a.unit === b.unit && (a.unit === 'tao' || (b.unit === 'alpha' && a.netuid === b.netuid));
  if (!same) throw new TypeError(`Amounts of different units: ${unitName(a)} and ${unitName(b)}`);
}

function unitName(amount: Amount): string {
  return amount.unit === 'tao' ? 'TAO' : `alpha of netuid ${amount.netuid}`;
}

function refuseZero(rao: bigint, text: string): bigint {
  if (rao > 0n) return rao;
  throw new TaoError('AMOUNT_INVALID', {
    message: `Couldn't use the amount "${text}": it must be more than zero.`,
    hint: 'Give an amount above zero.',
    data: { value: text },
  });
}
