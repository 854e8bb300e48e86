/** The Utility pallet of spec 424 as the dev chain declares it. Facts only. */
import {
  type CallDeclarations,
  type ConstantDeclarations,
  call,
  type EventDeclarations,
  type PalletDeclaration,
} from '../declare.ts';

const calls: CallDeclarations = {
  batch: call(0, { calls: 'Vec<RuntimeCall>' }),
  as_derivative: call(1, { index: 'u16', call: 'RuntimeCall' }),
  batch_all: call(2, { calls: 'Vec<RuntimeCall>' }),
  force_batch: call(4, { calls: 'Vec<RuntimeCall>' }),
  with_weight: call(5, { call: 'RuntimeCall', weight: 'Weight' }),
  if_else: call(6, { main: 'RuntimeCall', fallback: 'RuntimeCall' }),
};

const events: EventDeclarations = {
  BatchInterrupted: { index: 'u32', error: 'DispatchError' },
  BatchCompleted: [],
  BatchCompletedWithErrors: [],
  ItemCompleted: [],
  ItemFailed: { error: 'DispatchError' },
  DispatchedAs: { result: 'Result<(), DispatchError> as DispatchResult' },
  IfElseMainSuccess: [],
  IfElseFallbackCalled: { main_error: 'DispatchError' },
};

const errors: readonly string[] = ['TooManyCalls', 'InvalidDerivedAccount'];

const constants: ConstantDeclarations = {
  batched_calls_limit: ['u32', '0xaa2a0000'],
};

export const utility: PalletDeclaration = {
  name: 'Utility',
  index: 11,
  module: 'pallet_subtensor_utility::pallet',
  calls,
  events,
  errors,
  storage: {},
  constants,
  params: { Event: [] },
};
