/** The one way the economy says that it was given figures which no chain state can have. */
import { TaoError } from '../errors/tao-error.ts';

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
