/** The Proxy pallet of spec 424 as the dev chain declares it. Facts only. */
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
  proxy: call(0, {
    real: 'MultiAddress<AccountId32, ()>',
    force_proxy_type: 'Option<ProxyType>',
    call: 'RuntimeCall',
  }),
  add_proxy: call(1, {
    delegate: 'MultiAddress<AccountId32, ()>',
    proxy_type: 'ProxyType',
    delay: 'u32 as BlockNumberFor<T>',
  }),
  remove_proxy: call(2, {
    delegate: 'MultiAddress<AccountId32, ()>',
    proxy_type: 'ProxyType',
    delay: 'u32 as BlockNumberFor<T>',
  }),
  remove_proxies: call(3, {}),
  create_pure: call(4, {
    proxy_type: 'ProxyType',
    delay: 'u32 as BlockNumberFor<T>',
    index: 'u16',
  }),
  kill_pure: call(5, {
    spawner: 'MultiAddress<AccountId32, ()>',
    proxy_type: 'ProxyType',
    index: 'u16',
    height: 'Compact<u32> as BlockNumberFor<T>',
    ext_index: 'Compact<u32> as u32',
  }),
  announce: call(6, { real: 'MultiAddress<AccountId32, ()>', call_hash: 'H256 as CallHashOf<T>' }),
  remove_announcement: call(7, {
    real: 'MultiAddress<AccountId32, ()>',
    call_hash: 'H256 as CallHashOf<T>',
  }),
  reject_announcement: call(8, {
    delegate: 'MultiAddress<AccountId32, ()>',
    call_hash: 'H256 as CallHashOf<T>',
  }),
  proxy_announced: call(9, {
    delegate: 'MultiAddress<AccountId32, ()>',
    real: 'MultiAddress<AccountId32, ()>',
    force_proxy_type: 'Option<ProxyType>',
    call: 'RuntimeCall',
  }),
  poke_deposit: call(10),
  set_real_pays_fee: call(11, { delegate: 'MultiAddress<AccountId32, ()>', pays_fee: 'bool' }),
};

const events: EventDeclarations = {
  ProxyExecuted: { result: 'Result<(), DispatchError> as DispatchResult' },
  PureCreated: {
    pure: 'AccountId32',
    who: 'AccountId32',
    proxy_type: 'ProxyType',
    disambiguation_index: 'u16',
  },
  PureKilled: {
    pure: 'AccountId32',
    spawner: 'AccountId32',
    proxy_type: 'ProxyType',
    disambiguation_index: 'u16',
  },
  Announced: { real: 'AccountId32', proxy: 'AccountId32', call_hash: 'H256 as CallHashOf<T>' },
  ProxyAdded: {
    delegator: 'AccountId32',
    delegatee: 'AccountId32',
    proxy_type: 'ProxyType',
    delay: 'u32 as BlockNumberFor<T>',
  },
  ProxyRemoved: {
    delegator: 'AccountId32',
    delegatee: 'AccountId32',
    proxy_type: 'ProxyType',
    delay: 'u32 as BlockNumberFor<T>',
  },
  DepositPoked: {
    who: 'AccountId32',
    kind: 'DepositKind',
    old_deposit: 'u64 as BalanceOf<T>',
    new_deposit: 'u64 as BalanceOf<T>',
  },
  RealPaysFeeSet: { real: 'AccountId32', delegate: 'AccountId32', pays_fee: 'bool' },
};

const errors: readonly string[] = [
  'TooMany',
  'NotFound',
  'NotProxy',
  'Unproxyable',
  'Duplicate',
  'NoPermission',
  'Unannounced',
  'NoSelfProxy',
  'AnnouncementDepositInvariantViolated',
  'InvalidDerivedAccountId',
];

const storage: StorageDeclarations = {
  Proxies: map(
    [twox('AccountId32')],
    '(BoundedVec<ProxyDefinition<AccountId32, ProxyType, u32>>, u64)',
    '0x000000000000000000',
  ),
  Announcements: map(
    [twox('AccountId32')],
    '(BoundedVec<Announcement<AccountId32, H256, u32>>, u64)',
    '0x000000000000000000',
  ),
  RealPaysFee: map([twox('AccountId32'), twox('AccountId32')], '()'),
};

const constants: ConstantDeclarations = {
  ProxyDepositBase: ['u64', '0x0087930300000000'],
  ProxyDepositFactor: ['u64', '0x408af70100000000'],
  MaxProxies: ['u32', '0x14000000'],
  MaxPending: ['u32', '0x4b000000'],
  AnnouncementDepositBase: ['u64', '0x0051250200000000'],
  AnnouncementDepositFactor: ['u64', '0x00990d0400000000'],
};

export const proxy: PalletDeclaration = {
  name: 'Proxy',
  index: 16,
  module: 'pallet_subtensor_proxy::pallet',
  calls,
  events,
  errors,
  storage,
  constants,
};
