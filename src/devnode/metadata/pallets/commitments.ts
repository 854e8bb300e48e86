/** The Commitments pallet as the dev chain declares it. Facts of spec 424. */
import {
  type CallDeclarations,
  type ConstantDeclarations,
  call,
  type EventDeclarations,
  identity,
  map,
  type PalletDeclaration,
  plain,
  type StorageDeclarations,
  twox,
} from '../declare.ts';

const calls: CallDeclarations = {
  set_commitment: call(0, { netuid: 'u16 as NetUid', info: 'CommitmentInfo' }),
};

const events: EventDeclarations = {
  Commitment: { netuid: 'u16 as NetUid', who: 'AccountId32' },
  TimelockCommitment: { netuid: 'u16 as NetUid', who: 'AccountId32', reveal_round: 'u64' },
  CommitmentRevealed: { netuid: 'u16 as NetUid', who: 'AccountId32' },
};

const errors: readonly string[] = [
  'TooManyFieldsInCommitmentInfo',
  'AccountNotAllowedCommit',
  'SpaceLimitExceeded',
  'UnexpectedUnreserveLeftover',
];

const storage: StorageDeclarations = {
  CommitmentOf: map([identity('u16'), twox('AccountId32')], 'Registration<u64, u32>'),
  LastCommitment: map([identity('u16'), twox('AccountId32')], 'u32'),
  UsedSpaceOf: map([identity('u16'), twox('AccountId32')], 'UsageTracker'),
  MaxSpace: plain('u32', '0x1c0c0000'),
};

const constants: ConstantDeclarations = {
  MaxFields: ['u32', '0x03000000'],
  InitialDeposit: ['u64', '0x0000000000000000'],
  FieldDeposit: ['u64', '0x0000000000000000'],
};

export const commitments: PalletDeclaration = {
  name: 'Commitments',
  index: 18,
  module: 'pallet_commitments::pallet',
  calls,
  events,
  errors,
  storage,
  constants,
};
