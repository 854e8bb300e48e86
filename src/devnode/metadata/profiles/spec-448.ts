/** What spec 448 has that 424 has not. */
import type { ProfileOverlay } from './profile.ts';

export const overlay448: ProfileOverlay = {
  name: '448',
  specVersion: 448,
  errorNames: {},
  pallets: {},
  types: {},
  apis: {},
};
