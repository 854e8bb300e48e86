/** The Crowdloan pallet as the dev chain declares it: for reading alone. Facts of spec 424. */
import {
  type CallDeclarations,
  type ConstantDeclarations,
  type EventDeclarations,
  identity,
  map,
  type PalletDeclaration,
  plain,
  type StorageDeclarations,
  twox,
} from '../declare.ts';

const calls: CallDeclarations = {};

const events: EventDeclarations = {
  Created: {
    crowdloan_id: 'u32 as CrowdloanId',
    creator: 'AccountId32',
    end: 'u32 as BlockNumberFor<T>',
    cap: 'u64 as BalanceOf<T>',
  },
  Contributed: {
    crowdloan_id: 'u32 as CrowdloanId',
    contributor: 'AccountId32',
    amount: 'u64 as BalanceOf<T>',
  },
  Withdrew: {
    crowdloan_id: 'u32 as CrowdloanId',
    contributor: 'AccountId32',
    amount: 'u64 as BalanceOf<T>',
  },
  PartiallyRefunded: { crowdloan_id: 'u32 as CrowdloanId' },
  AllRefunded: { crowdloan_id: 'u32 as CrowdloanId' },
  Finalized: { crowdloan_id: 'u32 as CrowdloanId' },
  Dissolved: { crowdloan_id: 'u32 as CrowdloanId' },
  MinContributionUpdated: {
    crowdloan_id: 'u32 as CrowdloanId',
    new_min_contribution: 'u64 as BalanceOf<T>',
  },
  EndUpdated: { crowdloan_id: 'u32 as CrowdloanId', new_end: 'u32 as BlockNumberFor<T>' },
  CapUpdated: { crowdloan_id: 'u32 as CrowdloanId', new_cap: 'u64 as BalanceOf<T>' },
  MaxContributionUpdated: {
    crowdloan_id: 'u32 as CrowdloanId',
    new_max_contribution: 'Option<u64> as Option<BalanceOf<T>>',
  },
};

const errors: readonly string[] = [
  'DepositTooLow',
  'CapTooLow',
  'MinimumContributionTooLow',
  'CannotEndInPast',
  'BlockDurationTooShort',
  'BlockDurationTooLong',
  'InsufficientBalance',
  'Overflow',
  'InvalidCrowdloanId',
  'CapRaised',
  'ContributionPeriodEnded',
  'ContributionTooLow',
  'InvalidOrigin',
  'AlreadyFinalized',
  'ContributionPeriodNotEnded',
  'NoContribution',
  'CapNotRaised',
  'Underflow',
  'CallUnavailable',
  'NotReadyToDissolve',
  'DepositCannotBeWithdrawn',
  'MaxContributorsReached',
  'InvalidFinalizationConfig',
  'MaxContributionReached',
  'MaximumContributionTooLow',
  'MinimumContributionTooHigh',
];

const storage: StorageDeclarations = {
  Crowdloans: map(
    [twox('u32')],
    'CrowdloanInfo<AccountId32, u64, u32, Bounded<RuntimeCall, BlakeTwo256>>',
  ),
  NextCrowdloanId: plain('u32', '0x00000000'),
  Contributions: map([twox('u32'), identity('AccountId32')], 'u64'),
  MaxContributions: map([twox('u32')], 'u64'),
};

const constants: ConstantDeclarations = {
  PalletId: ['PalletId', '0x62742f636c6f616e'],
  MinimumDeposit: ['u64', '0x00e40b5402000000'],
  AbsoluteMinimumContribution: ['u64', '0x00e1f50500000000'],
  MinimumBlockDuration: ['u32', '0xe0c40000'],
  MaximumBlockDuration: ['u32', '0x80970600'],
  RefundContributorsLimit: ['u32', '0x32000000'],
  MaxContributors: ['u32', '0xf4010000'],
};

export const crowdloan: PalletDeclaration = {
  name: 'Crowdloan',
  index: 27,
  module: 'pallet_crowdloan::pallet',
  calls,
  events,
  errors,
  storage,
  constants,
};
