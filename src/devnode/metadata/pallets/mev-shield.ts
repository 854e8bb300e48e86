/** The MevShield pallet as the dev chain declares it: keys, and what is sealed for them. Facts of spec 424. */
import {
  type CallDeclarations,
  type ConstantDeclarations,
  call,
  type EventDeclarations,
  map,
  type PalletDeclaration,
  plain,
  type StorageDeclarations,
  twox,
} from '../declare.ts';

const calls: CallDeclarations = {
  announce_next_key: call(0, { enc_key: 'Option<BoundedVec<u8>> as Option<ShieldEncKey>' }),
  submit_encrypted: call(1, { ciphertext: 'BoundedVec<u8> as BoundedVec<u8, ConstU32<8192>>' }),
};

const events: EventDeclarations = {
  EncryptedSubmitted: { id: 'H256', who: 'AccountId32' },
  ExtrinsicStored: { index: 'u32', who: 'AccountId32' },
  ExtrinsicDecodeFailed: { index: 'u32' },
  ExtrinsicDispatchFailed: { index: 'u32', error: 'DispatchError' },
  ExtrinsicDispatched: { index: 'u32' },
  ExtrinsicExpired: { index: 'u32' },
  ExtrinsicPostponed: { index: 'u32' },
  MaxPendingExtrinsicsNumberSet: { value: 'u32' },
  OnInitializeWeightSet: { value: 'u64' },
  ExtrinsicLifetimeSet: { value: 'u32' },
  MaxExtrinsicWeightSet: { value: 'u64' },
  ExtrinsicWeightExceeded: { index: 'u32' },
};

const errors: readonly string[] = [
  'BadEncKeyLen',
  'Unreachable',
  'TooManyPendingExtrinsics',
  'WeightExceedsAbsoluteMax',
];

const storage: StorageDeclarations = {
  CurrentKey: plain('BoundedVec<u8>'),
  PendingKey: plain('BoundedVec<u8>'),
  NextKey: plain('BoundedVec<u8>'),
  AuthorKeys: map([twox('sp_consensus_aura::sr25519::app_sr25519::Public')], 'BoundedVec<u8>'),
  PendingKeyExpiresAt: plain('u32'),
  NextKeyExpiresAt: plain('u32'),
  MaxPendingExtrinsicsLimit: plain('u32', '0x64000000'),
  ExtrinsicLifetime: plain('u32', '0x0a000000'),
  OnInitializeWeight: plain('u64', '0x0088526a74000000'),
  MaxExtrinsicWeight: plain('u64', '0x00743ba40b000000'),
};

const constants: ConstantDeclarations = {};

export const mevShield: PalletDeclaration = {
  name: 'MevShield',
  index: 30,
  module: 'pallet_shield::pallet',
  calls,
  events,
  errors,
  storage,
  constants,
};
