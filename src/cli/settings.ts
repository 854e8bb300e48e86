/**
 * Weighs flag > TAO_* environment > preferences file > default, and checks each value against its
 * key. The file is read directly: the library that writes it is slow to load.
 */
import { isAbsolute } from 'node:path';
import type { Files } from '../domain/ports.ts';
import { isTaoError, TaoError } from '../errors/tao-error.ts';
import type { Paths, SettingKey, SettingSource, Settings } from './context.ts';
import type { Invocation } from './invocation.ts';
import {
  environmentName,
  isSettingKey,
  SETTING_DEFAULTS,
  SETTING_KEYS,
  settingFault,
} from './setting-values.ts';

/** Name of the preferences file in the config folder. */
export const PREFERENCES_FILE = 'config.json';
/** A larger preferences file is not ours. */
export const MAX_PREFERENCES_BYTES = 65_536;

/** What the preferences file holds, or why it cannot be read. */
export type StoredPreferences =
  | { readonly kind: 'values'; readonly values: Readonly<Partial<Record<SettingKey, string>>> }
  | { readonly kind: 'corrupt'; readonly error: TaoError };

export type SettingSources = {
  readonly flags: Readonly<Partial<Record<SettingKey, string>>>;
  readonly env: (name: string) => string | undefined;
  readonly stored: StoredPreferences;
  readonly preferencesPath: string;
  readonly paths: Paths;
  readonly resolvePath: (path: string) => string;
};

/**
 * Builds the settings. A value is checked when it is asked for: USAGE_INVALID for a flag,
 * CONFIG_INVALID for environment and file, CONFIG_CORRUPT when the file would have to be read.
 */
export function createSettings(sources: SettingSources): Settings {
  const look = (key: SettingKey): { readonly value: string; readonly source: SettingSource } => {
    const flag = sources.flags[key];
    if (flag !== undefined) return { value: flag, source: 'flag' };
    const variable = sources.env(environmentName(key));
    if (variable !== undefined) return { value: variable, source: 'environment' };
    if (sources.stored.kind === 'corrupt') throw sources.stored.error;
    const stored = sources.stored.values[key];
    if (stored !== undefined) return { value: stored, source: 'config' };
    const value = key === 'wallet-path' ? sources.paths.wallets : SETTING_DEFAULTS[key];
    return { value, source: 'default' };
  };
  return {
    get: (key) => {
      const { value, source } = look(key);
      const fault = settingFault(key, value);
      if (fault !== undefined) throw settingError({ key, value, source, fault }, sources);
      return key === 'wallet-path' && !isAbsolute(value) ? sources.resolvePath(value) : value;
    },
    source: (key) => look(key).source,
  };
}

/** The flags of an invocation that set a preference for this run. */
export function settingFlags(invocation: Invocation): Partial<Record<SettingKey, string>> {
  const flags: Partial<Record<SettingKey, string>> = {};
  for (const key of SETTING_KEYS) {
    const value = invocation.raw.options[key];
    if (typeof value === 'string') flags[key] = value;
  }
  if (invocation.globals.color !== undefined) flags.color = invocation.globals.color;
  return flags;
}

/** Reads the preferences file; a missing file is an empty one. Never throws. */
export async function readPreferences(files: Files, path: string): Promise<StoredPreferences> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await files.read(path, MAX_PREFERENCES_BYTES);
  } catch (error) {
    const reason = isTaoError(error) ? error.message : String(error);
    return { kind: 'corrupt', error: corrupt(path, [reason], error) };
  }
  if (bytes === undefined) return { kind: 'values', values: {} };
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    return { kind: 'corrupt', error: corrupt(path, ['It is not JSON.'], error) };
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    return { kind: 'corrupt', error: corrupt(path, ['It is not a JSON object.']) };
  }
  const values: Partial<Record<SettingKey, string>> = {};
  for (const [key, value] of Object.entries(parsed)) {
    if (!isSettingKey(key)) continue;
    if (typeof value !== 'string') {
      const detail = `The value of ${key} is not a text.`;
      return { kind: 'corrupt', error: corrupt(path, [detail]) };
    }
    values[key] = value;
  }
  return { kind: 'values', values };
}

function corrupt(path: string, details: readonly string[], cause?: unknown): TaoError {
  return new TaoError('CONFIG_CORRUPT', {
    message: `Couldn't read the preferences in ${path}.`,
    details,
    hint: 'Mend or remove that file; preferences hold nothing but defaults.',
    data: { path },
    cause,
  });
}

type BadSetting = {
  readonly key: SettingKey;
  readonly value: string;
  readonly source: SettingSource;
  readonly fault: string;
};

function settingError(bad: BadSetting, sources: SettingSources): TaoError {
  const { key, value, source, fault } = bad;
  const place = {
    flag: { name: `--${key}`, hint: `Correct --${key}, or leave it out.` },
    environment: {
      name: environmentName(key),
      hint: `Correct or unset the environment variable ${environmentName(key)}.`,
    },
    config: {
      name: `the preference ${key}`,
      hint: `Run tao config unset ${key}, or correct it in ${sources.preferencesPath}.`,
    },
    default: { name: `the default of ${key}`, hint: `Set it with tao config set ${key} VALUE.` },
  }[source];
  return new TaoError(source === 'flag' ? 'USAGE_INVALID' : 'CONFIG_INVALID', {
    message: `Couldn't use ${place.name} "${value}": ${fault}.`,
    hint: place.hint,
    data: { key, value, source },
  });
}
