/** Subnet numbers. Netuid 0 is root: TAO staked there stays TAO, one to one. */
import { TaoError } from '../errors/tao-error.ts';
import { shownText } from './shown-text.ts';

export const ROOT_NETUID = 0;
export const MAX_NETUID = 65_535;

/** Parses a netuid. Throws NETUID_INVALID. */
export function parseNetuid(text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
  if (value >= 0 && value <= MAX_NETUID) return value;
  const shown = shownText(text);
  throw new TaoError('NETUID_INVALID', {
    message: `Couldn't read the netuid "${shown}": it must be a whole number from 0 to ${MAX_NETUID}.`,
    hint: 'Run tao subnet list to see the subnets; 0 is root.',
    data: { value: shown },
  });
}
