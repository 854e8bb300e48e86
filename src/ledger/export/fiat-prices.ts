/**
 * Prices of TAO in a currency, from a file of the user's: `date,price` a line, a UTC day and a
 * decimal number. Nothing is ever looked up, and no day takes the price of another. Pure.
 */
import { RAO_PER_UNIT } from '../../domain/amount.ts';
import { TaoError } from '../../errors/tao-error.ts';

/** Lines a price file may have: three centuries. */
export const MAX_PRICE_LINES = 110_000;
/** Decimals a price may have. */
const PRICE_DECIMALS = 12;
/** Decimals of a value in a currency, rounded down. */
export const FIAT_DECIMALS = 8;

export type FiatPrices = {
  /** Such as EUR. */
  readonly currency: string;
  /** Value of `taoRao` at the price of its UTC day, as text; undefined: the file has no such day. */
  readonly valueOf: (taoRao: bigint, timeMs: number | undefined) => string | undefined;
};

/** USAGE_INVALID, with the number of the first line that is wrong. */
export function parseFiatPrices(text: string, currency: string): FiatPrices {
  const prices = new Map<string, bigint>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (lines.length > MAX_PRICE_LINES) throw badLine(MAX_PRICE_LINES + 1, 'the file is too long');
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || (index === 0 && /^"?date"?\s*,/i.test(line))) continue;
    const match = /^"?(\d{4}-\d{2}-\d{2})"?\s*,\s*"?(\d{1,15})(?:\.(\d{1,12}))?"?\s*$/.exec(line);
    if (match === null) throw badLine(index + 1, 'it must be a date and a price');
    const [, day, whole, fraction = ''] = match;
    if (!isDay(day as string)) throw badLine(index + 1, 'there is no such day');
    if (prices.has(day as string)) throw badLine(index + 1, 'the day is there twice');
    prices.set(day as string, BigInt(`${whole}${fraction.padEnd(PRICE_DECIMALS, '0')}`));
  }
  return {
    currency,
    valueOf: (taoRao, timeMs) => {
      if (timeMs === undefined) return undefined;
      const price = prices.get(new Date(timeMs).toISOString().slice(0, 10));
      return price === undefined ? undefined : fiatText(taoRao, price);
    },
  };
}

function isDay(day: string): boolean {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day);
}

/** Rounded toward zero. */
function fiatText(taoRao: bigint, price: bigint): string {
  const product = (taoRao < 0n ? -taoRao : taoRao) * price;
  const unit = RAO_PER_UNIT * 10n ** BigInt(PRICE_DECIMALS - FIAT_DECIMALS);
  const digits = (product / unit).toString().padStart(FIAT_DECIMALS + 1, '0');
  const fraction = digits.slice(-FIAT_DECIMALS).replace(/0+$/, '');
  const text = `${digits.slice(0, -FIAT_DECIMALS)}${fraction === '' ? '' : `.${fraction}`}`;
  return taoRao < 0n && text !== '0' ? `-${text}` : text;
}

function badLine(line: number, why: string): TaoError {
  return new TaoError('USAGE_INVALID', {
    message: `Couldn't use the price file: line ${line} is wrong, ${why}.`,
    hint: 'Write lines such as 2026-08-10,312.45, each UTC day once.',
    data: { option: 'prices', line },
  });
}
