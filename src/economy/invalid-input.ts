/** The one way the economy says that it was given figures which no chain state can have. */
import { TaoError } from '../errors/tao-error.ts';
import { U64_MAX } from './parameters.ts';

/** ECONOMY_INVALID_INPUT for a field: what could not be done, the field, and its constraint. */
export function invalidInput(
  action: string,
  field: string,
  constraint: string,
  value?: string,
): TaoError {
  return new TaoError('ECONOMY_INVALID_INPUT', {
    message: `Couldn't ${action}: ${field} ${constraint}.`,
    data: value === undefined ? { field } : { field, value },
  });
}

const U16_MAX = 65_535;

/** Refuses amounts that are no u64: a chain cannot even be asked. Absent ones pass. */
export function requireU64(
  action: string,
  amounts: Readonly<Record<string, bigint | undefined>>,
): void {
  for (const [field, amount] of Object.entries(amounts)) {
    if (amount === undefined) continue;
    if (typeof amount === 'bigint' && amount >= 0n && amount <= U64_MAX) continue;
    throw invalidInput(action, field, 'must be a u64', String(amount));
  }
}

/** Refuses numbers that are no u16. */
export function requireU16(action: string, numbers: Readonly<Record<string, number>>): void {
  for (const [field, value] of Object.entries(numbers)) {
    if (Number.isInteger(value) && value >= 0 && value <= U16_MAX) continue;
    throw invalidInput(action, field, 'must be a whole number from 0 to 65535', String(value));
  }
}
