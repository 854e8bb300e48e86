/** The Balances pallet of spec 424 as the dev chain declares it. Facts only. */
import {
  blake2,
  type CallDeclarations,
  type ConstantDeclarations,
  call,
  type EventDeclarations,
  map,
  type PalletDeclaration,
  plain,
  type StorageDeclarations,
} from '../declare.ts';

const calls: CallDeclarations = {
  transfer_allow_death: call(0, {
    dest: 'MultiAddress<AccountId32, ()>',
    value: 'Compact<u64> as T::Balance',
  }),
  transfer_keep_alive: call(3, {
    dest: 'MultiAddress<AccountId32, ()>',
    value: 'Compact<u64> as T::Balance',
  }),
  transfer_all: call(4, { dest: 'MultiAddress<AccountId32, ()>', keep_alive: 'bool' }),
  burn: call(10, { value: 'Compact<u64> as T::Balance', keep_alive: 'bool' }),
};

const events: EventDeclarations = {
  Endowed: { account: 'AccountId32', free_balance: 'u64 as T::Balance' },
  DustLost: { account: 'AccountId32', amount: 'u64 as T::Balance' },
  Transfer: { from: 'AccountId32', to: 'AccountId32', amount: 'u64 as T::Balance' },
  BalanceSet: { who: 'AccountId32', free: 'u64 as T::Balance' },
  Reserved: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Unreserved: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  ReserveRepatriated: {
    from: 'AccountId32',
    to: 'AccountId32',
    amount: 'u64 as T::Balance',
    destination_status: 'BalanceStatus as Status',
  },
  Deposit: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Withdraw: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Slashed: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Minted: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Burned: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Suspended: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Restored: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Upgraded: { who: 'AccountId32' },
  Issued: { amount: 'u64 as T::Balance' },
  Rescinded: { amount: 'u64 as T::Balance' },
  Locked: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Unlocked: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Frozen: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  Thawed: { who: 'AccountId32', amount: 'u64 as T::Balance' },
  TotalIssuanceForced: { old: 'u64 as T::Balance', new: 'u64 as T::Balance' },
};

const errors: readonly string[] = [
  'VestingBalance',
  'LiquidityRestrictions',
  'InsufficientBalance',
  'ExistentialDeposit',
  'Expendability',
  'ExistingVestingSchedule',
  'DeadAccount',
  'TooManyReserves',
  'TooManyHolds',
  'TooManyFreezes',
  'IssuanceDeactivated',
  'DeltaZero',
];

const storage: StorageDeclarations = {
  TotalIssuance: plain('u64', '0x0000000000000000'),
  InactiveIssuance: plain('u64', '0x0000000000000000'),
  Account: map(
    [blake2('AccountId32')],
    'AccountData<u64>',
    '0x00000000000000000000000000000000000000000000000000000000000000000000000000000080',
  ),
  Locks: map([blake2('AccountId32')], 'WeakBoundedVec<BalanceLock<u64>>', '0x00'),
  Reserves: map([blake2('AccountId32')], 'BoundedVec<ReserveData<[u8; 8], u64>>', '0x00'),
  Holds: map([blake2('AccountId32')], 'BoundedVec<IdAmount<RuntimeHoldReason, u64>>', '0x00'),
  Freezes: map([blake2('AccountId32')], 'BoundedVec<IdAmount<RuntimeFreezeReason, u64>>', '0x00'),
};

const constants: ConstantDeclarations = {
  ExistentialDeposit: ['u64', '0xf401000000000000'],
  MaxLocks: ['u32', '0x32000000'],
  MaxReserves: ['u32', '0x32000000'],
  MaxFreezes: ['u32', '0x32000000'],
};

export const balances: PalletDeclaration = {
  name: 'Balances',
  index: 5,
  module: 'pallet_balances::pallet',
  calls,
  events,
  errors,
  storage,
  constants,
  params: { Call: ['T', 'I'], Event: ['T', 'I'], Error: ['T', 'I'] },
};
