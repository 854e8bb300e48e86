/** The Timestamp pallet of spec 424 as the dev chain declares it. Facts only. */
import {
  type CallDeclarations,
  type ConstantDeclarations,
  call,
  type PalletDeclaration,
  plain,
  type StorageDeclarations,
} from '../declare.ts';

const calls: CallDeclarations = {
  set: call(0, { now: 'Compact<u64>' }),
};

const storage: StorageDeclarations = {
  Now: plain('u64', '0x0000000000000000'),
};

const constants: ConstantDeclarations = {
  MinimumPeriod: ['u64', '0x7017000000000000'],
};

export const timestamp: PalletDeclaration = {
  name: 'Timestamp',
  index: 2,
  module: 'pallet_timestamp::pallet',
  calls,
  events: {},
  errors: [],
  storage,
  constants,
};
