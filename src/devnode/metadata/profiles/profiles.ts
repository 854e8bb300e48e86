/** The runtimes the dev chain can present, by name. */
import { TaoError } from '../../../errors/tao-error.ts';
import { baseProfile } from '../runtime.ts';
import { overlaid, type ProfileOverlay, type RuntimeProfile } from './profile.ts';
import { overlay425 } from './spec-425.ts';
import { overlay448 } from './spec-448.ts';

const overlays: Readonly<Record<string, ProfileOverlay>> = { '425': overlay425, '448': overlay448 };
const made = new Map<string, RuntimeProfile>([[baseProfile.name, baseProfile]]);

export const DEFAULT_PROFILE = baseProfile.name;
export const PROFILE_NAMES: readonly string[] = [baseProfile.name, ...Object.keys(overlays)];

/** The runtime of a name, put together at first use. DEV_PROFILE_UNKNOWN. */
export function profileNamed(name: string): RuntimeProfile {
  const found = made.get(name);
  if (found !== undefined) return found;
  const overlay = Object.hasOwn(overlays, name) ? overlays[name] : undefined;
  if (overlay === undefined) throw unknownProfile(name);
  const profile = overlaid(baseProfile, overlay);
  made.set(name, profile);
  return profile;
}

function unknownProfile(name: string): TaoError {
  return new TaoError('DEV_PROFILE_UNKNOWN', {
    message: `Couldn't start the dev chain: there is no runtime profile "${name}".`,
    hint: `Profiles: ${PROFILE_NAMES.join(', ')}.`,
    data: { profile: name },
  });
}
