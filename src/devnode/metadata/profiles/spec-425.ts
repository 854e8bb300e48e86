/** Spec 425 as the scenario of a runtime upgrade wants it: 424 under the next number. */
import { system } from '../pallets/system.ts';
import type { ProfileOverlay } from './profile.ts';

const [type, hex] = system.constants.Version ?? ['', ''];

export const overlay425: ProfileOverlay = {
  name: '425',
  specVersion: 425,
  pallets: {
    // The number is a little-endian u32 of its own in the constant.
    System: { constants: { Version: [type, hex.replace('a8010000', 'a9010000')] } },
  },
  types: {},
  apis: {},
};
