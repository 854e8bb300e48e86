/** Preferences: their keys, defaults, limits and the form of their values. Pure; opens nothing. */
import { NETWORK_NAMES } from '../domain/network-names.ts';
import type { Ratio } from '../domain/price.ts';
import { MAX_TOLERANCE_PERCENT } from '../domain/tolerance.ts';
import { redact } from '../errors/redact.ts';
import { TaoError } from '../errors/tao-error.ts';
import type { SettingKey } from './context.ts';

export { NETWORK_NAMES };
export const WAIT_CHOICES = ['submitted', 'included', 'finalized'] as const;
export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;

/** Seconds a transaction may be followed. */
export const TIMEOUT_LIMITS = { min: 1, max: 3600 } as const;
/** Blocks a transaction may stay valid, powers of two. Chain rule: mortal eras of Substrate. */
export const ERA_LIMITS = { min: 4, max: 65_536 } as const;
/** Decimals of a percentage that are read. */
export const PERCENT_DECIMALS = 4;
/** Longest value of a preference. */
export const MAX_SETTING_LENGTH = 1024;

/** Every key with its meaning, in the order in which they are listed. */
export const SETTING_SUMMARIES: Readonly<Record<SettingKey, string>> = {
  network: `Network: ${NETWORK_NAMES.join(', ')}, or a ws:// or wss:// URL`,
  wallet: 'Wallet used when none is named',
  'wallet-path': 'Folder of wallets',
  tolerance: `Price tolerance in percent, 0 to ${MAX_TOLERANCE_PERCENT}`,
  wait: `How far a transaction is followed: ${WAIT_CHOICES.join(', ')}`,
  timeout: `Seconds it is followed, ${TIMEOUT_LIMITS.min} to ${TIMEOUT_LIMITS.max}`,
  era: `Blocks it stays valid, a power of two from ${ERA_LIMITS.min} to ${ERA_LIMITS.max}`,
  color: `Colours: ${COLOR_CHOICES.join(', ')}`,
};

export const SETTING_KEYS = Object.keys(SETTING_SUMMARIES) as readonly SettingKey[];

/** Defaults; that of `wallet-path` depends on the system and comes from the platform's paths. */
export const SETTING_DEFAULTS: Readonly<Record<Exclude<SettingKey, 'wallet-path'>, string>> = {
  network: 'finney',
  wallet: 'default',
  tolerance: '0.5',
  wait: 'included',
  timeout: '120',
  era: '128',
  color: 'auto',
};

/** The environment variable of a key: `wallet-path` is TAO_WALLET_PATH. */
export function environmentName(key: SettingKey): string {
  return `TAO_${key.toUpperCase().replaceAll('-', '_')}`;
}

/** Whether `text` is the name of a preference. */
export function isSettingKey(text: string): text is SettingKey {
  return (SETTING_KEYS as readonly string[]).includes(text);
}

/** What is wrong with a value, as the end of a sentence (`it must be …`), or undefined if nothing. */
export function settingFault(key: SettingKey, value: string): string | undefined {
  if (value === '' || value.length > MAX_SETTING_LENGTH) {
    return `it must be 1 to ${MAX_SETTING_LENGTH} characters long`;
  }
  return FAULTS[key](value);
}

/** What keeps a valid value from being stored: a URL that carries a secret. */
export function storageFault(value: string): string | undefined {
  return redact(value) === value
    ? undefined
    : 'it carries a credential, and preferences hold no secrets';
}

/**
 * Parses a percentage such as `0.5` into a ratio, without floats.
 * USAGE_INVALID when it is no plain decimal from 0 to MAX_TOLERANCE_PERCENT.
 * @example parsePercent('0.5') // { numerator: 5000n, denominator: 1000000n }
 */
export function parsePercent(text: string): Ratio {
  const ratio = readPercent(text);
  if (ratio !== undefined) return ratio;
  throw new TaoError('USAGE_INVALID', {
    message: `Couldn't read the tolerance "${text}": ${PERCENT_FAULT}.`,
    hint: 'Write a percentage such as 0.5.',
    data: { value: text },
  });
}

const PERCENT_FAULT = `it must be a plain decimal from 0 to ${MAX_TOLERANCE_PERCENT} with at most ${PERCENT_DECIMALS} decimals`;

function readPercent(text: string): Ratio | undefined {
  const match = /^(\d{1,3})(?:\.(\d+))?%?$/.exec(text);
  const decimals = match?.[2] ?? '';
  if (match === null || decimals.length > PERCENT_DECIMALS) return undefined;
  const scale = 10n ** BigInt(PERCENT_DECIMALS);
  const numerator =
    BigInt(match[1] as string) * scale + BigInt(decimals.padEnd(PERCENT_DECIMALS, '0'));
  if (numerator > BigInt(MAX_TOLERANCE_PERCENT) * scale) return undefined;
  return { numerator, denominator: 100n * scale };
}

const FAULTS: Readonly<Record<SettingKey, (value: string) => string | undefined>> = {
  network: networkFault,
  wallet: (value) =>
    /^(?:\/\/)?[^/\\\0]+$/.test(value) && value !== '.' && value !== '..'
      ? undefined
      : 'it must be a name without a slash, or //NAME of a development account',
  'wallet-path': (value) => (value.includes('\0') ? 'it must be a path' : undefined),
  tolerance: (value) => (readPercent(value) === undefined ? PERCENT_FAULT : undefined),
  wait: (value) => choiceFault(value, WAIT_CHOICES),
  timeout: (value) =>
    isWhole(value, TIMEOUT_LIMITS)
      ? undefined
      : `it must be a whole number of seconds from ${TIMEOUT_LIMITS.min} to ${TIMEOUT_LIMITS.max}`,
  era: (value) =>
    isWhole(value, ERA_LIMITS) && isPowerOfTwo(Number.parseInt(value, 10))
      ? undefined
      : `it must be a power of two from ${ERA_LIMITS.min} to ${ERA_LIMITS.max}`,
  color: (value) => choiceFault(value, COLOR_CHOICES),
};

function networkFault(value: string): string | undefined {
  if ((NETWORK_NAMES as readonly string[]).includes(value)) return undefined;
  const wanted = `it must be ${NETWORK_NAMES.join(', ')}, or a ws:// or wss:// URL`;
  if (!/^wss?:\/\//i.test(value) || !URL.canParse(value)) return wanted;
  const url = new URL(value);
  if (url.username !== '' || url.password !== '') return 'it must be a URL without a user name';
  return url.hostname === '' || /\s/.test(value) ? wanted : undefined;
}

function choiceFault(value: string, choices: readonly string[]): string | undefined {
  return choices.includes(value) ? undefined : `it must be one of ${choices.join(', ')}`;
}

function isWhole(text: string, limits: { readonly min: number; readonly max: number }): boolean {
  if (!/^[1-9]\d{0,8}$/.test(text)) return false;
  const value = Number.parseInt(text, 10);
  return value >= limits.min && value <= limits.max;
}

function isPowerOfTwo(value: number): boolean {
  return (value & (value - 1)) === 0;
}
