/**
 * For tests: the same for the calls around staking, which the owner of a hotkey or a coldkey makes:
 * takes, children, registration, coldkey swaps. `code` is a refusal before the pool, `Custom(n)`.
 */
import type { EconomyState } from '../../economy/state.ts';
import { createNeuron } from '../../economy/subnet.ts';
import { blake2 } from '../blocks/header.ts';
import { devAccounts } from '../genesis/accounts.ts';
import { fromHex, toHex } from '../scale/hex.ts';
import { alice } from './dev-client.ts';
import { AURORA, BASALT, type Call, type RefusalCase, STRANGER, TAO } from './refusal-cases.ts';

const NOWHERE = 77;
const U64_MAX = 2n ** 64n - 1n;
const account = (byte: string): string => `0x${byte.repeat(32)}`;

/** Makes STRANGER Alice's hotkey, with a seat on subnet 4. */
const register: Call = ['burned_register', { netuid: 4, hotkey: STRANGER }];
const becomeDelegate: readonly Call[] = [register, ['root_register', { hotkey: STRANGER }]];
const take = (name: string, value: number, hotkey = STRANGER): Call => [
  name,
  { hotkey, take: value },
];
const childkeyTake = (over: object = {}): Call => [
  'set_childkey_take',
  { hotkey: STRANGER, netuid: 4, take: 1_000, ...over },
];
const children = (list: readonly (readonly [bigint, string])[], over: object = {}): Call => [
  'set_children',
  { hotkey: STRANGER, netuid: 4, children: list, ...over },
];
const child = (byte: string, proportion = 1n) => [proportion, account(byte)] as const;
const announce = (to: string): Call => [
  'announce_coldkey_swap',
  { new_coldkey_hash: toHex(blake2(fromHex(to))) },
];
const swapTo = (to: string): Call => ['swap_coldkey_announced', { new_coldkey: to }];
const FRESH = account('55');
const swapHotkey = (over: object = {}): Call => [
  'swap_hotkey_v2',
  { hotkey: STRANGER, new_hotkey: FRESH, netuid: undefined, keep_stake: false, ...over },
];

/** Fills a subnet with neurons nobody can replace. */
const fullOfImmune = (economy: EconomyState): void => {
  const subnet = economy.subnets[4];
  if (subnet === undefined) return;
  subnet.maxAllowedUids = subnet.neurons.length;
  for (const neuron of subnet.neurons) neuron.registeredAt = economy.block;
};
const fullRoot = (economy: EconomyState): void => {
  const root = economy.subnets[0];
  if (root !== undefined) root.maxAllowedUids = root.neurons.length;
};

export const ownerRefusals: readonly RefusalCase[] = [
  {
    call: take('increase_take', 100),
    error: 'DelegateTxRateLimitExceeded',
    before: [...becomeDelegate, take('decrease_take', 10)],
  },
  { call: take('increase_take', 12_000), error: 'HotKeyAccountNotExists', batched: true },
  { call: take('increase_take', 12_000, AURORA), error: 'NonAssociatedColdKey', batched: true },
  {
    call: take('increase_take', 11_796),
    error: 'DelegateTakeTooLow',
    before: becomeDelegate,
    batched: true,
  },
  {
    call: take('increase_take', 12_000),
    error: 'DelegateTakeTooHigh',
    before: becomeDelegate,
    batched: true,
  },
  {
    call: take('decrease_take', 11_796),
    error: 'DelegateTakeTooLow',
    before: becomeDelegate,
    batched: true,
  },
  { call: childkeyTake({ netuid: NOWHERE }), error: 'SubnetNotExists', before: [register] },
  { call: childkeyTake({ hotkey: AURORA }), error: 'NonAssociatedColdKey' },
  { call: childkeyTake({ take: 11_797 }), error: 'InvalidChildkeyTake', before: [register] },
  {
    call: childkeyTake({ take: 1_001 }),
    error: 'TxChildkeyTakeRateLimitExceeded',
    before: [register, childkeyTake()],
  },
  { call: children([], { netuid: 0 }), error: 'RegistrationNotPermittedOnRootSubnet' },
  { call: children([], { netuid: NOWHERE }), error: 'SubnetNotExists' },
  { call: children([], { hotkey: AURORA }), error: 'NonAssociatedColdKey' },
  {
    call: children(['11', '22', '33', '66', '77', '88'].map((byte) => child(byte))),
    error: 'TooManyChildren',
    before: [register],
  },
  { call: children([[1n, STRANGER]]), error: 'InvalidChild', before: [register] },
  { call: children([child('11'), child('11')]), error: 'DuplicateChild', before: [register] },
  {
    call: children([child('11', U64_MAX), child('22')]),
    error: 'ProportionOverflow',
    before: [register],
  },
  {
    call: children([[1n, AURORA]]),
    error: 'ChildParentInconsistency',
    before: [register],
    given: (economy) => {
      const hotkey = economy.hotkeys[STRANGER];
      if (hotkey !== undefined) hotkey.parents[4] = [{ proportion: 1n, hotkey: AURORA }];
    },
  },
  {
    call: children([child('11')]),
    error: 'NotEnoughStakeToSetChildkeys',
    before: [register],
    given: (economy) => {
      economy.parameters.stakeThreshold = TAO;
    },
  },
  {
    call: children([child('22')]),
    error: 'TxRateLimitExceeded',
    before: [register, children([child('11')])],
  },
  {
    call: ['burned_register', { netuid: 0, hotkey: STRANGER }],
    error: 'RegistrationNotPermittedOnRootSubnet',
  },
  { call: ['burned_register', { netuid: NOWHERE, hotkey: STRANGER }], error: 'SubnetNotExists' },
  {
    call: register,
    error: 'SubNetRegistrationDisabled',
    given: (economy) => {
      const subnet = economy.subnets[4];
      if (subnet !== undefined) subnet.registrationAllowed = false;
    },
  },
  { call: register, error: 'HotKeyAlreadyRegisteredInSubNet', before: [register] },
  {
    call: register,
    error: 'NotEnoughBalanceToStake',
    given: (economy) => {
      const subnet = economy.subnets[4];
      if (subnet !== undefined) subnet.burnRao = 2_000_000n * TAO;
    },
  },
  {
    call: ['burned_register', { netuid: 4, hotkey: devAccounts['//Miner11//hot'] }],
    error: 'NonAssociatedColdKey',
  },
  { call: register, error: 'NoNeuronIdAvailable', given: fullOfImmune },
  {
    call: ['register_limit', { netuid: 4, hotkey: STRANGER, limit_price: 1n }],
    error: 'RegistrationPriceLimitExceeded',
  },
  { call: ['root_register', { hotkey: AURORA }], error: 'HotKeyAlreadyRegisteredInSubNet' },
  { call: ['root_register', { hotkey: STRANGER }], error: 'StakeTooLowForRoot', given: fullRoot },
  { call: swapTo(FRESH), error: 'ColdkeySwapAnnouncementNotFound' },
  {
    call: ['dispute_coldkey_swap', {}],
    error: 'ColdkeySwapAnnouncementNotFound',
  },
  {
    call: ['clear_coldkey_swap_announcement', {}],
    error: 'ColdkeySwapAnnouncementNotFound',
  },
  {
    call: announce(FRESH),
    error: 'NotEnoughBalanceToPaySwapColdKey',
    given: (economy) => {
      economy.balances[alice.account] = 100_000_000n;
    },
  },
  { call: announce(FRESH), error: 'ColdkeySwapReannouncedTooEarly', before: [announce(FRESH)] },
  {
    call: swapTo(STRANGER),
    error: 'AnnouncedColdkeyHashDoesNotMatch',
    before: [announce(FRESH)],
  },
  { call: swapTo(FRESH), error: 'ColdkeySwapTooEarly', before: [announce(FRESH)] },
  {
    call: ['clear_coldkey_swap_announcement', {}],
    error: 'ColdkeySwapClearTooEarly',
    before: [announce(FRESH)],
  },
  { call: ['schedule_swap_coldkey', { new_coldkey: FRESH }], error: 'Deprecated' },
  {
    call: swapHotkey({ new_hotkey: STRANGER }),
    error: 'NewHotKeyIsSameWithOld',
    before: [register],
  },
  { call: swapHotkey({ hotkey: AURORA }), error: 'NonAssociatedColdKey' },
  { call: swapHotkey({ new_hotkey: AURORA }), error: 'NonAssociatedColdKey', before: [register] },
  { call: swapHotkey({ netuid: NOWHERE }), error: 'SubnetNotExists', before: [register] },
  {
    call: swapHotkey({ netuid: 4 }),
    error: 'HotKeyAlreadyRegisteredInSubNet',
    before: [register, ['burned_register', { netuid: 4, hotkey: FRESH }]],
  },
  {
    call: swapHotkey(),
    error: 'NotEnoughBalanceToPaySwapHotKey',
    before: [register],
    given: (economy) => {
      economy.balances[alice.account] = 100_000_000n;
    },
  },
  {
    call: swapHotkey({ hotkey: FRESH, new_hotkey: STRANGER, netuid: 4 }),
    error: 'HotKeySwapOnSubnetIntervalNotPassed',
    before: [register, swapHotkey({ netuid: 4 })],
  },
  {
    call: ['swap_hotkey', { hotkey: FRESH, new_hotkey: STRANGER, netuid: undefined }],
    error: 'HotKeySetTxRateLimitExceeded',
    before: [register, ['swap_hotkey', { hotkey: STRANGER, new_hotkey: FRESH, netuid: undefined }]],
  },
  {
    call: swapHotkey(),
    error: 'NewHotKeyNotCleanForRootSwap',
    before: [
      register,
      ['try_associate_hotkey', { hotkey: FRESH }],
      ['add_stake', { hotkey: FRESH, netuid: 0, amount_staked: TAO }],
    ],
  },
  {
    call: ['set_weights', { netuid: 4, dests: [1], weights: [1, 2], version_key: 0n }],
    error: 'WeightVecNotEqualSize',
  },
  {
    call: ['set_weights', { netuid: 0, dests: [1], weights: [1], version_key: 0n }],
    error: 'CanNotSetRootNetworkWeights',
  },
  {
    call: ['set_weights', { netuid: 4, dests: [1], weights: [1], version_key: 0n }],
    error: 'HotKeyNotRegisteredInSubNet',
  },
  {
    call: [
      'set_mechanism_weights',
      { netuid: 4, mecid: 1, dests: [1], weights: [1], version_key: 0n },
    ],
    error: 'MechanismDoesNotExist',
  },
  { call: ['set_tempo', { netuid: 4, tempo: 400 }], error: 'NotSubnetOwner' },
  {
    call: ['set_tempo', { netuid: 4, tempo: 359 }],
    error: 'TempoOutOfBounds',
    given: (economy) => {
      const subnet = economy.subnets[4];
      if (subnet !== undefined) subnet.owner = alice.account;
    },
  },
];

export type PoolCase = Omit<RefusalCase, 'error'> & { readonly code: number };

export const poolRefusals: readonly PoolCase[] = [
  { call: take('increase_take', 12_000), code: 4 },
  { call: take('increase_take', 12_000, AURORA), code: 25 },
  { call: take('increase_take', 11_796), code: 26, before: becomeDelegate },
  { call: take('increase_take', 12_000), code: 27, before: becomeDelegate },
  { call: take('decrease_take', 11_796), code: 26, before: becomeDelegate },
  {
    call: ['add_stake', { hotkey: BASALT, netuid: 4, amount_staked: TAO }],
    code: 0,
    before: [announce(FRESH)],
  },
  {
    call: ['clear_coldkey_swap_announcement', {}],
    code: 21,
    before: [announce(FRESH), ['dispute_coldkey_swap', {}]],
  },
  {
    call: ['set_weights', { netuid: 4, dests: [1], weights: [1], version_key: 0n }],
    code: 6,
    given: (economy) => {
      economy.subnets[4]?.neurons.push(createNeuron(alice.account, Math.max(economy.block, 1)));
    },
  },
  {
    call: ['set_weights', { netuid: 4, dests: [1], weights: [1], version_key: 0n }],
    code: 1,
    given: (economy) => {
      economy.parameters.stakeThreshold = TAO;
      economy.subnets[4]?.neurons.push(createNeuron(alice.account, 0));
    },
  },
];
