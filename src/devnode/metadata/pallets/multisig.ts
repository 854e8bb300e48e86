/** The Multisig pallet of spec 424 as the dev chain declares it. Facts only. */
import {
  blake2,
  type CallDeclarations,
  type ConstantDeclarations,
  call,
  type EventDeclarations,
  map,
  type PalletDeclaration,
  type StorageDeclarations,
  twox,
} from '../declare.ts';

const calls: CallDeclarations = {
  as_multi_threshold_1: call(0, { other_signatories: 'Vec<AccountId32>', call: 'RuntimeCall' }),
  as_multi: call(1, {
    threshold: 'u16',
    other_signatories: 'Vec<AccountId32>',
    maybe_timepoint: 'Option<Timepoint<u32>> as Option<Timepoint<BlockNumberFor<T>>>',
    call: 'RuntimeCall',
    max_weight: 'Weight',
  }),
  approve_as_multi: call(2, {
    threshold: 'u16',
    other_signatories: 'Vec<AccountId32>',
    maybe_timepoint: 'Option<Timepoint<u32>> as Option<Timepoint<BlockNumberFor<T>>>',
    call_hash: '[u8; 32]',
    max_weight: 'Weight',
  }),
  cancel_as_multi: call(3, {
    threshold: 'u16',
    other_signatories: 'Vec<AccountId32>',
    timepoint: 'Timepoint<u32> as Timepoint<BlockNumberFor<T>>',
    call_hash: '[u8; 32]',
  }),
  poke_deposit: call(4, {
    threshold: 'u16',
    other_signatories: 'Vec<AccountId32>',
    call_hash: '[u8; 32]',
  }),
};

const events: EventDeclarations = {
  NewMultisig: {
    approving: 'AccountId32',
    multisig: 'AccountId32',
    call_hash: '[u8; 32] as CallHash',
  },
  MultisigApproval: {
    approving: 'AccountId32',
    timepoint: 'Timepoint<u32> as Timepoint<BlockNumberFor<T>>',
    multisig: 'AccountId32',
    call_hash: '[u8; 32] as CallHash',
  },
  MultisigExecuted: {
    approving: 'AccountId32',
    timepoint: 'Timepoint<u32> as Timepoint<BlockNumberFor<T>>',
    multisig: 'AccountId32',
    call_hash: '[u8; 32] as CallHash',
    result: 'Result<(), DispatchError> as DispatchResult',
  },
  MultisigCancelled: {
    cancelling: 'AccountId32',
    timepoint: 'Timepoint<u32> as Timepoint<BlockNumberFor<T>>',
    multisig: 'AccountId32',
    call_hash: '[u8; 32] as CallHash',
  },
  DepositPoked: {
    who: 'AccountId32',
    call_hash: '[u8; 32] as CallHash',
    old_deposit: 'u64 as BalanceOf<T>',
    new_deposit: 'u64 as BalanceOf<T>',
  },
};

const errors: readonly string[] = [
  'MinimumThreshold',
  'AlreadyApproved',
  'NoApprovalsNeeded',
  'TooFewSignatories',
  'TooManySignatories',
  'SignatoriesOutOfOrder',
  'SenderInSignatories',
  'NotFound',
  'NotOwner',
  'NoTimepoint',
  'WrongTimepoint',
  'UnexpectedTimepoint',
  'MaxWeightTooLow',
  'AlreadyStored',
];

const storage: StorageDeclarations = {
  Multisigs: map([twox('AccountId32'), blake2('[u8; 32]')], 'Multisig<u32, u64, AccountId32>'),
};

const constants: ConstantDeclarations = {
  DepositBase: ['u64', '0x0029de0700000000'],
  DepositFactor: ['u64', '0x0048e80100000000'],
  MaxSignatories: ['u32', '0x64000000'],
};

export const multisig: PalletDeclaration = {
  name: 'Multisig',
  index: 13,
  module: 'pallet_multisig::pallet',
  calls,
  events,
  errors,
  storage,
  constants,
};
