/** The Swap pallet of spec 424 as the dev chain declares it. Facts only. */
import {
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
  set_fee_rate: call(0, { netuid: 'u16 as NetUid', rate: 'u16' }),
  toggle_user_liquidity: call(4, { netuid: 'u16 as NetUid', enable: 'bool' }),
  add_liquidity: call(1, {
    hotkey: 'AccountId32',
    netuid: 'u16 as NetUid',
    tick_low: 'TickIndex',
    tick_high: 'TickIndex',
    liquidity: 'u64',
  }),
  remove_liquidity: call(2, {
    hotkey: 'AccountId32',
    netuid: 'u16 as NetUid',
    position_id: 'PositionId',
  }),
  modify_position: call(3, {
    hotkey: 'AccountId32',
    netuid: 'u16 as NetUid',
    position_id: 'PositionId',
    liquidity_delta: 'i64',
  }),
  disable_lp: call(5),
};

const events: EventDeclarations = {
  FeeRateSet: { netuid: 'u16 as NetUid', rate: 'u16' },
};

const errors: readonly string[] = [
  'FeeRateTooHigh',
  'InsufficientInputAmount',
  'InsufficientLiquidity',
  'PriceLimitExceeded',
  'InsufficientBalance',
  'InvalidTickRange',
  'InvalidLiquidityValue',
  'ReservesTooLow',
  'MechanismDoesNotExist',
  'SubtokenDisabled',
  'ReservesOutOfBalance',
  'SwapInputTooLarge',
  'Deprecated',
];

const storage: StorageDeclarations = {
  FeeRate: map([twox('u16')], 'u16', '0x2100'),
  SwapBalancer: map([twox('u16')], 'Balancer', '0x0000b2d3595bf006'),
  PalSwapInitialized: map([twox('u16')], 'bool', '0x00'),
  ScrapReservoirAlpha: map([twox('u16')], 'u64', '0x0000000000000000'),
};

const constants: ConstantDeclarations = {
  ProtocolId: ['PalletId', '0x74656e2f73776170'],
  MaxFeeRate: ['u16', '0x1027'],
  MinimumLiquidity: ['u64', '0xe803000000000000'],
  MinimumReserve: ['NonZeroU64', '0x40420f0000000000'],
};

export const swap: PalletDeclaration = {
  name: 'Swap',
  index: 28,
  module: 'pallet_subtensor_swap::pallet::pallet',
  calls,
  events,
  errors,
  storage,
  constants,
};
