/**
 * Signatures of the runtime APIs we call, for nodes that serve only metadata 14. Types that the
 * registry knows by name (identities, lock states) are taken from there, so that they may grow; the
 * structs listed here exist only in API answers. Field order is the wire order.
 */

export type Structs = Readonly<Record<string, Readonly<Record<string, string>>>>;

const subnetFields = {
  netuid: 'Compact<u16>',
  owner_hotkey: 'AccountId32',
  owner_coldkey: 'AccountId32',
  subnet_name: 'Vec<Compact<u8>>',
  token_symbol: 'Vec<Compact<u8>>',
  tempo: 'Compact<u16>',
  last_step: 'Compact<u64>',
  blocks_since_last_step: 'Compact<u64>',
  emission: 'Compact<u64>',
  alpha_in: 'Compact<u64>',
  alpha_out: 'Compact<u64>',
  tao_in: 'Compact<u64>',
  alpha_out_emission: 'Compact<u64>',
  alpha_in_emission: 'Compact<u64>',
  tao_in_emission: 'Compact<u64>',
  pending_alpha_emission: 'Compact<u64>',
  pending_root_emission: 'Compact<u64>',
  subnet_volume: 'Compact<u128>',
  network_registered_at: 'Compact<u64>',
  subnet_identity: 'Option<SubnetIdentityV3>',
  moving_price: 'i128',
};

const structs: Structs = {
  DynamicInfo: subnetFields,
  StakeInfo: {
    hotkey: 'AccountId32',
    coldkey: 'AccountId32',
    netuid: 'Compact<u16>',
    stake: 'Compact<u64>',
    locked: 'Compact<u64>',
    emission: 'Compact<u64>',
    tao_emission: 'Compact<u64>',
    drain: 'Compact<u64>',
    is_registered: 'bool',
  },
  StakeAvailability: {
    total: 'Compact<u64>',
    locked: 'Compact<u64>',
    available: 'Compact<u64>',
  },
  DelegateInfo: {
    delegate_ss58: 'AccountId32',
    take: 'Compact<u16>',
    nominators: 'Vec<(AccountId32, Vec<(Compact<u16>, Compact<u64>)>)>',
    owner_ss58: 'AccountId32',
    registrations: 'Vec<Compact<u16>>',
    validator_permits: 'Vec<Compact<u16>>',
    return_per_1000: 'Compact<u64>',
    total_daily_return: 'Compact<u64>',
  },
  SubnetPrice: { netuid: 'u16', price: 'u64' },
  SimSwapResult: {
    tao_amount: 'u64',
    alpha_amount: 'u64',
    tao_fee: 'u64',
    alpha_fee: 'u64',
    tao_slippage: 'u64',
    alpha_slippage: 'u64',
  },
  RuntimeDispatchInfo: { weight: 'Weight', class: 'DispatchClass', partial_fee: 'u64' },
  LockState: { locked_mass: 'u64', conviction: 'u128', last_update: 'u64' },
  SubnetIdentityV3: {
    subnet_name: 'Bytes',
    github_repo: 'Bytes',
    subnet_contact: 'Bytes',
    subnet_url: 'Bytes',
    discord: 'Bytes',
    description: 'Bytes',
    logo_url: 'Bytes',
    additional: 'Bytes',
  },
};

type Signature = readonly [inputs: readonly string[], output: string];

const methods: Readonly<Record<string, Signature | undefined>> = {
  'AccountNonceApi.account_nonce': [['AccountId32'], 'u32'],
  'TransactionPaymentApi.query_info': [['Bytes', 'u32'], 'RuntimeDispatchInfo'],
  'StakeInfoRuntimeApi.get_stake_info_for_coldkey': [['AccountId32'], 'Vec<StakeInfo>'],
  'StakeInfoRuntimeApi.get_stake_info_for_coldkeys': [
    ['Vec<AccountId32>'],
    'Vec<(AccountId32, Vec<StakeInfo>)>',
  ],
  'StakeInfoRuntimeApi.get_stake_info_for_hotkey_coldkey_netuid': [
    ['AccountId32', 'AccountId32', 'u16'],
    'Option<StakeInfo>',
  ],
  'StakeInfoRuntimeApi.get_stake_availability_for_coldkeys': [
    ['Vec<AccountId32>', 'Option<Vec<u16>>'],
    'Vec<(AccountId32, Vec<(u16, StakeAvailability)>)>',
  ],
  'StakeInfoRuntimeApi.get_coldkey_lock': [['AccountId32', 'u16'], 'Option<LockState>'],
  'SubnetInfoRuntimeApi.get_all_dynamic_info': [[], 'Vec<Option<DynamicInfo>>'],
  'SubnetInfoRuntimeApi.get_dynamic_info': [['u16'], 'Option<DynamicInfo>'],
  'SubnetInfoRuntimeApi.get_next_epoch_start_block': [['u16'], 'Option<u64>'],
  'DelegateInfoRuntimeApi.get_delegate': [['AccountId32'], 'Option<DelegateInfo>'],
  'SwapRuntimeApi.current_alpha_price': [['u16'], 'u64'],
  'SwapRuntimeApi.current_alpha_price_all': [[], 'Vec<SubnetPrice>'],
  'SwapRuntimeApi.sim_swap_tao_for_alpha': [['u16', 'u64'], 'SimSwapResult'],
  'SwapRuntimeApi.sim_swap_alpha_for_tao': [['u16', 'u64'], 'SimSwapResult'],
};

export const apiSignatures = { structs, methods } as const;
