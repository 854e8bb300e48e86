/**
 * What spec 448 has that 424 has not: root dividends as baskets, and no claim types. Names of
 * calls, storage, constants and runtime APIs are those of 448; indices of events are those of 469,
 * the nearest spec at which they are known. Left out is what this chain could not do: collateral,
 * root weights, deposits into a basket, gifts with another hotkey.
 */
import {
  type ApiDeclarations,
  blake2,
  call,
  type EventDeclarations,
  map,
  plain,
  struct,
  type TypeDeclarations,
  twox,
} from '../declare.ts';
import { subtensorErrors } from '../pallets/subtensor-errors.ts';
import { subtensorEvents } from '../pallets/subtensor-events.ts';
import type { PalletOverlay, ProfileOverlay } from './profile.ts';

const VERSION =
  '0x386e6f64652d73756274656e736f72386e6f64652d73756274656e736f7201000000c00100000100000064df6acb689907609b0500000037e397fc7c91f5e40200000040fe3ad401f8959a06000000fbc577b9d747efd601000000d2bc9897eed08f1503000000f78b278be53f454c02000000dd718d5cc53262d401000000ab3c0572291feb8b01000000ed99c5acb25eedf503000000bc9d89904f5b923f0100000037c8bb1350a9a2a804000000f3ff14d5ab52705903000000582211f65bb14b8906000000e65b00e46cedd0aa0200000068b66ba122c93fa70200000042e62be4a39e5b6001000000806df4ccaa9ed485010000008375104b299b74c5020000005d1fbfbe852f280701000000c6886e2f8e598b0a01000000c0de4984d112f3b401000000cbca25e39f14238702000000a8b093e6508d9e9c010000001c4585bd5c7072020100000043580abff6baab45010000000100000001';

type EventEntry = readonly [name: string, fields: EventDeclarations[string]];

const baseEvents: readonly EventEntry[] = Object.entries(subtensorEvents);
const eventsBetween = (first: string, last: string): readonly EventEntry[] => {
  const at = (name: string): number => baseEvents.findIndex(([one]) => one === name);
  return baseEvents.slice(at(first), at(last) + 1);
};

/** Events that nothing here emits have a hotkey or a netuid, to have fields at all. */
const events: EventDeclarations = Object.fromEntries<EventDeclarations[string]>([
  ...eventsBetween('NetworkAdded', 'WeightsSet'),
  ['RootWeightsSet', { hotkey: 'AccountId32' }],
  ...eventsBetween('NeuronRegistered', 'MinNonImmuneUidsSet'),
  ['RootClaimed', { coldkey: 'AccountId32', tao: 'u64 as TaoBalance' }],
  ['BasketDeposited', { hotkey: 'AccountId32', tao: 'u64 as TaoBalance', shares: 'u64' }],
  [
    'BasketStakedIn',
    {
      hotkey: 'AccountId32',
      coldkey: 'AccountId32',
      tao: 'u64 as TaoBalance',
      value: 'u64 as TaoBalance',
      shares: 'u64',
    },
  ],
  ['BasketClaimed', { hotkey: 'AccountId32', coldkey: 'AccountId32', tao: 'u64 as TaoBalance' }],
  [
    'BasketHoldingConverted',
    { hotkey: 'AccountId32', netuid: 'u16 as NetUid', tao: 'u64 as TaoBalance' },
  ],
  ...eventsBetween('VotingPowerTrackingEnabled', 'AddStakeBurn'),
  ['NetworkDissolveCleanupCompleted', { netuid: 'u16 as NetUid' }],
  ...eventsBetween('ColdkeySwapCleared', 'PerpetualLockUpdated'),
  ['NetworkRegistrationQueued', { hotkey: 'AccountId32' }],
  ...eventsBetween('RejectLockedAlphaUpdated', 'RejectLockedAlphaUpdated'),
]);

const errorsBetween = (first: string, last: string): readonly string[] =>
  subtensorErrors.slice(subtensorErrors.indexOf(first), subtensorErrors.indexOf(last) + 1);

const errors: readonly string[] = [
  ...errorsBetween('RootNetworkDoesNotExist', 'HotKeySwapOnSubnetIntervalNotPassed'),
  'KeepStakeBlockedByCollateral',
  'SameNetuid',
  'InsufficientTaoBalance',
  ...errorsBetween('InvalidLeaseBeneficiary', 'EvmKeyAssociateRateLimitExceeded'),
  'EvmKeyAssociationLimitExceeded',
  ...errorsBetween('SameAutoStakeHotkeyAlreadySet', 'ChildParentInconsistency'),
  'InvalidRootClaimThreshold',
  ...errorsBetween('TooManyUIDsPerMechanism', 'Deprecated'),
  'SubnetBuybackRateLimitExceeded',
  'NetworkDissolveAlreadyQueued',
  ...errorsBetween('AddStakeBurnRateLimitExceeded', 'UnlockAmountTooHigh'),
  'WaitingForDissolvedSubnetCleanup',
  ...errorsBetween('TempoOutOfBounds', 'AccountRejectsLockedAlpha'),
  'LockIdOverFlow',
  'StartCallNotReady',
  'InsufficientAlphaBalance',
  'ColdkeyCollateralIncomplete',
  'ColdkeyCollateralPositionsFull',
  'BasketHasNoWeights',
  'RootStakeLocked',
  'BetaBasketSeedInProgress',
  'RootWeightSettingDisabled',
];

const subtensor: PalletOverlay = {
  withoutCalls: ['set_root_claim_type', 'sudo_set_num_root_claims'],
  calls: { claim_root_with_hotkey: call(148, { hotkey: 'AccountId32' }) },
  events,
  errors,
  withoutStorage: ['RootClaimType', 'NumRootClaim'],
  storage: {
    BasketShares: map([blake2('AccountId32')], 'u64', '0x0000000000000000'),
    BasketRate: map([blake2('AccountId32')], 'I96F32', '0x00000000000000000000000000000000'),
    BasketClaimed: map(
      [blake2('AccountId32'), blake2('AccountId32')],
      'i128',
      '0x00000000000000000000000000000000',
    ),
    BasketDepositedTao: map([blake2('AccountId32')], 'u64', '0x0000000000000000'),
    BasketRedeemedTao: map([blake2('AccountId32')], 'u64', '0x0000000000000000'),
    RootStakeUnlockInterval: plain('u64', '0x0000000000000000'),
  },
  constants: { InitialMinTransfer: ['u64', '0xa086010000000000'] },
};

const types: TypeDeclarations = {
  BasketHolding: struct('pallet_subtensor::rpc_info::basket_info::BasketHolding', {
    netuid: 'u16 as NetUid',
    alpha: 'u64 as AlphaBalance',
    spot_tao: 'u64 as TaoBalance',
    realizable_tao: 'u64 as TaoBalance',
  }),
  'BasketSummary<AccountId32>': struct(
    'pallet_subtensor::rpc_info::basket_info::BasketSummary',
    {
      hotkey: 'AccountId32',
      nav_tao: 'u64 as TaoBalance',
      spot_nav_tao: 'u64 as TaoBalance',
      shares: 'u64',
      deposited_tao: 'u64 as TaoBalance',
      redeemed_tao: 'u64 as TaoBalance',
      weights: 'Vec<(u16, u16)> as Vec<(NetUid, u16)>',
      holdings: 'Vec<BasketHolding>',
    },
    ['AccountId=AccountId32'],
  ),
};

const hotkey = { hotkey: 'AccountId32' };
const coldkey = { coldkey: 'AccountId32' };
const baskets: ApiDeclarations[string]['methods'] = {
  get_root_basket_owed: [coldkey, 'u64'],
  get_basket_payout: [{ ...hotkey, ...coldkey }, 'u64'],
  get_validator_basket_nav: [hotkey, 'u64'],
  get_validator_basket: [hotkey, 'Vec<(u16, u64, u64)>'],
  get_root_basket_total_nav: [{}, 'u64'],
  get_validator_weights: [hotkey, 'Vec<(u16, u16)>'],
  get_validator_basket_summary: [hotkey, 'BasketSummary<AccountId32>'],
  get_all_validator_baskets: [{}, 'Vec<BasketSummary<AccountId32>>'],
  get_root_basket_positions: [coldkey, 'Vec<(AccountId32, u64, u64)>'],
};

export const overlay448: ProfileOverlay = {
  name: '448',
  specVersion: 448,
  pallets: {
    System: { constants: { Version: ['RuntimeVersion', VERSION] } },
    SubtensorModule: subtensor,
    Swap: {
      storage: {
        BalancerTaoReservoir: map([twox('u16')], 'u64', '0x0000000000000000'),
        BalancerAlphaReservoir: map([twox('u16')], 'u64', '0x0000000000000000'),
      },
    },
  },
  types,
  apis: {
    BetaBasketRuntimeApi: { version: 1, methods: baskets },
    ProxyFilterRuntimeApi: {
      without: ['get_proxy_filter'],
      methods: { get_proxy_filters: [{ proxy_type: 'Option<u8>' }, 'Vec<ProxyFilterInfo>'] },
    },
    SubnetInfoRuntimeApi: { methods: { get_block_emission: [{}, 'u64'] } },
  },
};
