/** The SubtensorModule pallet as the dev chain declares it, put together. */
import type { PalletDeclaration } from '../declare.ts';
import { subtensorCalls } from './subtensor-calls.ts';
import { subtensorConstants } from './subtensor-constants.ts';
import { subtensorErrors } from './subtensor-errors.ts';
import { subtensorEvents } from './subtensor-events.ts';
import { subtensorStorage } from './subtensor-storage.ts';

export const subtensorModule: PalletDeclaration = {
  name: 'SubtensorModule',
  index: 7,
  module: 'pallet_subtensor::pallet',
  calls: subtensorCalls,
  events: subtensorEvents,
  errors: subtensorErrors,
  storage: subtensorStorage,
  constants: subtensorConstants,
};
