/** The presets by name: which chain a folder or a test starts from. */
import { TaoError } from '../../errors/tao-error.ts';
import { DEFAULT_PROFILE, profileNamed } from '../metadata/profiles/profiles.ts';
import { adoptProfile } from '../state/adopt-profile.ts';
import type { ChainState } from '../state/chain-state.ts';
import { arenaGenesis, finneyGenesis } from './finney.ts';
import { smallGenesis } from './small.ts';

/** Time of block 0, milliseconds since 1970: 2026-08-10 00:00 UTC. Later blocks follow 12 s apart. */
export const GENESIS_TIME_MS = 1_786_320_000_000;

const DEFAULT_SEED = 1;
const MAX_SEED = 2 ** 32 - 1;

type Preset = {
  readonly create: (seed: number) => ChainState;
  /** Whether a seed changes it. */
  readonly isSeeded: boolean;
};

const presets: Readonly<Record<string, Preset>> = {
  small: { create: smallGenesis, isSeeded: false },
  finney: { create: finneyGenesis, isSeeded: true },
  arena: { create: arenaGenesis, isSeeded: true },
};

/**
 * The digest of each preset's genesis state, so that opening a chain need not hash it all. Their
 * test says what to put here when a genesis changes.
 */
export const presetDigests: Readonly<Record<string, string>> = {
  small: '0x2871653ffdb75eefc0a2d6d26ebd3690a0e9adcc7b3ad050683b61730f27c9d2',
  'small/448': '0xe16505ac6685344d448e49397f6654a252cdd77a88e10c13c3910e0ecc92bc3f',
  finney: '0x60747338a18f8b996ca9b1aeda0bbd02ee8155921b62af41faac029b7582d974',
  arena: '0x68d8b5b2e8012ea7b142a95b489caf57220325beb362588a2d674a5b6ae9541c',
};

export const PRESET_NAMES: readonly string[] = Object.keys(presets);
export const DEFAULT_PRESET = 'small';

/**
 * The state of block 0 of a preset, `NAME`, `NAME@SEED`, and behind a slash the runtime profile
 * that is not the default. DEV_PRESET_UNKNOWN, DEV_PROFILE_UNKNOWN.
 * Example: `presetState('finney@7/448')`.
 */
export function presetState(text: string): ChainState {
  const { preset, seed, profile } = parsePreset(text);
  const state = preset.create(seed);
  if (profile !== state.profile) adoptProfile(state, profile);
  return state;
}

/** A preset with another runtime profile than it says. DEV_PRESET_UNKNOWN, DEV_PROFILE_UNKNOWN. */
export function withProfile(text: string, profile: string): string {
  return canonicalPreset(`${text.split('/')[0]}/${profile}`);
}

/** The one text for a preset: default seed and profile left out. Errors as `presetState`. */
export function canonicalPreset(text: string): string {
  const { name, seed, profile } = parsePreset(text);
  const people = seed === DEFAULT_SEED ? name : `${name}@${seed}`;
  return profile === DEFAULT_PROFILE ? people : `${people}/${profile}`;
}

type PresetChoice = {
  readonly name: string;
  readonly preset: Preset;
  readonly seed: number;
  readonly profile: string;
};

function parsePreset(text: string): PresetChoice {
  const [people = '', profileText = DEFAULT_PROFILE, ...more] = text.split('/');
  if (more.length > 0) throw unknownPreset(text);
  return { ...parsePeople(people), profile: profileNamed(profileText).name };
}

function parsePeople(text: string): Omit<PresetChoice, 'profile'> {
  const [name = '', seedText, ...rest] = text.split('@');
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset === undefined || rest.length > 0) throw unknownPreset(text);
  if (seedText === undefined) return { name, preset, seed: DEFAULT_SEED };
  const seed = /^\d{1,10}$/.test(seedText) ? Number.parseInt(seedText, 10) : Number.NaN;
  if (!preset.isSeeded || !(seed <= MAX_SEED)) throw unseeded(text);
  return { name, preset, seed };
}

function unknownPreset(text: string): TaoError {
  return new TaoError('DEV_PRESET_UNKNOWN', {
    message: `Couldn't start the dev chain: there is no preset "${text}".`,
    hint: `Presets: ${PRESET_NAMES.join(', ')}.`,
    data: { preset: text },
  });
}

function unseeded(text: string): TaoError {
  const seeded = PRESET_NAMES.filter((name) => presets[name]?.isSeeded === true);
  return new TaoError('DEV_PRESET_UNKNOWN', {
    message: `Couldn't start the dev chain: "${text}" has a seed that its preset cannot use.`,
    hint: `A seed is a whole number up to ${MAX_SEED}, for: ${seeded.join(', ')}.`,
    data: { preset: text },
  });
}
