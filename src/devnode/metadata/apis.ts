/** The runtime APIs the dev chain answers: parameters and results. Facts of spec 424. */
import type { ApiDeclarations } from './declare.ts';

export const apis: ApiDeclarations = {
  Core: {
    version: 5,
    methods: {
      version: [{}, 'RuntimeVersion'],
    },
  },
  Metadata: {
    version: 2,
    methods: {
      metadata: [{}, 'OpaqueMetadata'],
      metadata_at_version: [{ version: 'u32' }, 'Option<OpaqueMetadata>'],
      metadata_versions: [{}, 'Vec<u32>'],
    },
  },
  AccountNonceApi: {
    version: 1,
    methods: {
      account_nonce: [{ account: 'AccountId32' }, 'u32'],
    },
  },
  TransactionPaymentApi: {
    version: 4,
    methods: {
      query_info: [{ uxt: 'UncheckedExtrinsic', len: 'u32' }, 'RuntimeDispatchInfo<u64, Weight>'],
      query_fee_details: [{ uxt: 'UncheckedExtrinsic', len: 'u32' }, 'FeeDetails<u64>'],
      query_weight_to_fee: [{ weight: 'Weight' }, 'u64'],
      query_length_to_fee: [{ length: 'u32' }, 'u64'],
    },
  },
  TransactionPaymentCallApi: {
    version: 3,
    methods: {
      query_call_info: [{ call: 'RuntimeCall', len: 'u32' }, 'RuntimeDispatchInfo<u64, Weight>'],
      query_call_fee_details: [{ call: 'RuntimeCall', len: 'u32' }, 'FeeDetails<u64>'],
      query_weight_to_fee: [{ weight: 'Weight' }, 'u64'],
      query_length_to_fee: [{ length: 'u32' }, 'u64'],
    },
  },
  TaggedTransactionQueue: {
    version: 3,
    methods: {
      validate_transaction: [
        { source: 'TransactionSource', tx: 'UncheckedExtrinsic', block_hash: 'H256' },
        'Result<ValidTransaction, TransactionValidityError>',
      ],
    },
  },
  DelegateInfoRuntimeApi: {
    version: 1,
    methods: {
      get_delegates: [{}, 'Vec<DelegateInfo<AccountId32>>'],
      get_delegate: [{ delegate_account: 'AccountId32' }, 'Option<DelegateInfo<AccountId32>>'],
      get_delegated: [
        { delegatee_account: 'AccountId32' },
        'Vec<(DelegateInfo<AccountId32>, (Compact<u16>, Compact<u64>))>',
      ],
    },
  },
  NeuronInfoRuntimeApi: {
    version: 1,
    methods: {
      get_neurons: [{ netuid: 'u16' }, 'Vec<NeuronInfo<AccountId32>>'],
      get_neuron: [{ netuid: 'u16', uid: 'u16' }, 'Option<NeuronInfo<AccountId32>>'],
      get_neurons_lite: [{ netuid: 'u16' }, 'Vec<NeuronInfoLite<AccountId32>>'],
      get_neuron_lite: [{ netuid: 'u16', uid: 'u16' }, 'Option<NeuronInfoLite<AccountId32>>'],
    },
  },
  SubnetInfoRuntimeApi: {
    version: 2,
    methods: {
      get_subnet_info: [{ netuid: 'u16' }, 'Option<SubnetInfo<AccountId32>>'],
      get_subnets_info: [{}, 'Vec<Option<SubnetInfo<AccountId32>>>'],
      get_subnet_info_v2: [{ netuid: 'u16' }, 'Option<SubnetInfov2<AccountId32>>'],
      get_subnets_info_v2: [{}, 'Vec<Option<SubnetInfov2<AccountId32>>>'],
      get_subnet_hyperparams: [{ netuid: 'u16' }, 'Option<SubnetHyperparams>'],
      get_subnet_hyperparams_v2: [{ netuid: 'u16' }, 'Option<SubnetHyperparamsV2>'],
      get_all_dynamic_info: [{}, 'Vec<Option<DynamicInfo<AccountId32>>>'],
      get_all_metagraphs: [{}, 'Vec<Option<Metagraph<AccountId32>>>'],
      get_metagraph: [{ netuid: 'u16' }, 'Option<Metagraph<AccountId32>>'],
      get_all_mechagraphs: [{}, 'Vec<Option<Metagraph<AccountId32>>>'],
      get_mechagraph: [{ netuid: 'u16', mecid: 'u8' }, 'Option<Metagraph<AccountId32>>'],
      get_dynamic_info: [{ netuid: 'u16' }, 'Option<DynamicInfo<AccountId32>>'],
      get_subnet_state: [{ netuid: 'u16' }, 'Option<SubnetState<AccountId32>>'],
      get_selective_metagraph: [
        { netuid: 'u16', metagraph_indexes: 'Vec<u16>' },
        'Option<SelectiveMetagraph<AccountId32>>',
      ],
      get_coldkey_auto_stake_hotkey: [
        { coldkey: 'AccountId32', netuid: 'u16' },
        'Option<AccountId32>',
      ],
      get_selective_mechagraph: [
        { netuid: 'u16', subid: 'u8', metagraph_indexes: 'Vec<u16>' },
        'Option<SelectiveMetagraph<AccountId32>>',
      ],
      get_subnet_to_prune: [{}, 'Option<u16>'],
      get_subnet_account_id: [{ netuid: 'u16' }, 'Option<AccountId32>'],
      get_next_epoch_start_block: [{ netuid: 'u16' }, 'Option<u64>'],
      get_subnet_hyperparams_v3: [{ netuid: 'u16' }, 'Option<Vec<HyperparamEntry>>'],
    },
  },
  StakeInfoRuntimeApi: {
    version: 1,
    methods: {
      get_stake_info_for_coldkey: [
        { coldkey_account: 'AccountId32' },
        'Vec<StakeInfo<AccountId32>>',
      ],
      get_stake_info_for_coldkeys: [
        { coldkey_accounts: 'Vec<AccountId32>' },
        'Vec<(AccountId32, Vec<StakeInfo<AccountId32>>)>',
      ],
      get_stake_info_for_hotkey_coldkey_netuid: [
        { hotkey_account: 'AccountId32', coldkey_account: 'AccountId32', netuid: 'u16' },
        'Option<StakeInfo<AccountId32>>',
      ],
      get_stake_availability_for_coldkeys: [
        { coldkey_accounts: 'Vec<AccountId32>', netuids: 'Option<Vec<u16>>' },
        'BTreeMap<AccountId32, BTreeMap<u16, StakeAvailability>>',
      ],
      get_stake_fee: [
        {
          origin: 'Option<(AccountId32, u16)>',
          origin_coldkey_account: 'AccountId32',
          destination: 'Option<(AccountId32, u16)>',
          destination_coldkey_account: 'AccountId32',
          amount: 'u64',
        },
        'u64',
      ],
      get_coldkey_lock: [{ coldkey: 'AccountId32', netuid: 'u16' }, 'Option<LockState>'],
      get_hotkey_conviction: [{ hotkey: 'AccountId32', netuid: 'u16' }, 'U64F64'],
      get_most_convicted_hotkey_on_subnet: [{ netuid: 'u16' }, 'Option<AccountId32>'],
    },
  },
  SubnetRegistrationRuntimeApi: {
    version: 1,
    methods: {
      get_network_registration_cost: [{}, 'u64'],
    },
  },
  ProxyFilterRuntimeApi: {
    version: 1,
    methods: {
      get_proxy_types: [{}, 'Vec<ProxyTypeInfo>'],
      get_proxy_filter: [{ proxy_type: 'Option<u8>' }, 'Vec<ProxyFilterInfo>'],
    },
  },
  ShieldApi: {
    version: 1,
    methods: {
      try_decode_shielded_tx: [{ uxt: 'UncheckedExtrinsic' }, 'Option<ShieldedTransaction>'],
      is_shielded_using_current_key: [{ key_hash: '[u8; 16]' }, 'bool'],
      try_unshield_tx: [
        { dec_key_bytes: 'Vec<u8>', shielded_tx: 'ShieldedTransaction' },
        'Option<UncheckedExtrinsic>',
      ],
    },
  },
  SwapRuntimeApi: {
    version: 1,
    methods: {
      current_alpha_price: [{ netuid: 'u16' }, 'u64'],
      current_alpha_price_all: [{}, 'Vec<SubnetPrice>'],
      sim_swap_tao_for_alpha: [{ netuid: 'u16', tao: 'u64' }, 'SimSwapResult'],
      sim_swap_alpha_for_tao: [{ netuid: 'u16', alpha: 'u64' }, 'SimSwapResult'],
    },
  },
};
