/** The presets by name: which chain a folder or a test starts from. */
import { TaoError } from '../../errors/tao-error.ts';
import type { ChainState } from '../state/chain-state.ts';
import { smallGenesis } from './small.ts';

/** Time of block 0, milliseconds since 1970: 2026-08-10 00:00 UTC. Later blocks follow 12 s apart. */
export const GENESIS_TIME_MS = 1_786_320_000_000;

const presets: Readonly<Record<string, () => ChainState>> = { small: smallGenesis };

/**
 * The digest of each preset's genesis state, so that opening a chain need not hash it all. Their
 * test says what to put here when a genesis changes.
 */
export const presetDigests: Readonly<Record<string, string>> = {
  small: '0xf502bd78c9a64a9267d79172396927b1e075213f35f3d51e1a47f05124a81b1d',
};

export const PRESET_NAMES: readonly string[] = Object.keys(presets);
export const DEFAULT_PRESET = 'small';

/** The state of block 0. DEV_PRESET_UNKNOWN. */
export function presetState(name: string): ChainState {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset !== undefined) return preset();
  throw new TaoError('DEV_PRESET_UNKNOWN', {
    message: `Couldn't start the dev chain: there is no preset "${name}".`,
    hint: `Presets: ${PRESET_NAMES.join(', ')}.`,
    data: { preset: name },
  });
}
