/** Types of Commitments, Crowdloan, MevShield and Swap, by the text that stands for them. Facts of spec 424. */
import { struct, type TypeDeclarations, type Variants, variants } from '../declare.ts';

/** A commitment's field holds up to this many bytes as they are. */
const MAX_RAW_BYTES = 128;

export const palletTypes: TypeDeclarations = {
  BlakeTwo256: struct('sp_runtime::traits::BlakeTwo256', []),
  'Bounded<RuntimeCall, BlakeTwo256>': variants(
    'frame_support::traits::preimages::Bounded',
    {
      Legacy: [0, { hash: 'H256 as H::Output' }],
      Inline: [1, ['BoundedVec<u8> as BoundedInline']],
      Lookup: [2, { hash: 'H256 as H::Output', len: 'u32' }],
    },
    ['T=RuntimeCall', 'H=BlakeTwo256'],
  ),
  CommitmentInfo: struct(
    'pallet_commitments::types::CommitmentInfo',
    { fields: 'BoundedVec<Data> as BoundedVec<Data, FieldLimit>' },
    ['FieldLimit'],
  ),
  'CrowdloanInfo<AccountId32, u64, u32, Bounded<RuntimeCall, BlakeTwo256>>': struct(
    'pallet_crowdloan::CrowdloanInfo',
    {
      creator: 'AccountId32',
      deposit: 'u64 as Balance',
      min_contribution: 'u64 as Balance',
      end: 'u32 as BlockNumber',
      cap: 'u64 as Balance',
      funds_account: 'AccountId32',
      raised: 'u64 as Balance',
      target_address: 'Option<AccountId32> as Option<AccountId>',
      call: 'Option<Bounded<RuntimeCall, BlakeTwo256>> as Option<Call>',
      finalized: 'bool',
      contributors_count: 'u32',
    },
    [
      'AccountId=AccountId32',
      'Balance=u64',
      'BlockNumber=u32',
      'Call=Bounded<RuntimeCall, BlakeTwo256>',
    ],
  ),
  Data: variants('pallet_commitments::types::Data', {
    None: [0, []],
    ...rawData(),
    BlakeTwo256: [130, ['[u8; 32]']],
    Sha256: [131, ['[u8; 32]']],
    Keccak256: [132, ['[u8; 32]']],
    ShaThree256: [133, ['[u8; 32]']],
    TimelockEncrypted: [134, { encrypted: 'BoundedVec<u8>', reveal_round: 'u64' }],
    ResetBondsFlag: [135, []],
    BigRaw: [136, ['BoundedVec<u8>']],
  }),
  PositionId: struct('pallet_subtensor_swap::pallet::PositionId', ['u128']),
  'Registration<u64, u32>': struct(
    'pallet_commitments::types::Registration',
    {
      deposit: 'u64 as Balance',
      block: 'u32 as BlockNumber',
      info: 'CommitmentInfo as CommitmentInfo<MaxFields>',
    },
    ['Balance=u64', 'MaxFields', 'BlockNumber=u32'],
  ),
  ShieldedTransaction: struct('stp_shield::shielded_tx::ShieldedTransaction', {
    key_hash: '[u8; 16] as [u8; KEY_HASH_LEN]',
    kem_ct: 'Vec<u8>',
    aead_ct: 'Vec<u8>',
    nonce: '[u8; 24] as [u8; NONCE_LEN]',
  }),
  TickIndex: struct('pallet_subtensor_swap::pallet::TickIndex', ['i32']),
  UsageTracker: struct('pallet_commitments::types::UsageTracker', {
    last_epoch: 'u64',
    used_space: 'u64',
  }),
};

function rawData(): Variants {
  const sizes = Array.from({ length: MAX_RAW_BYTES + 1 }, (_, bytes) => bytes);
  return Object.fromEntries(sizes.map((bytes) => [`Raw${bytes}`, [1 + bytes, [`[u8; ${bytes}]`]]]));
}
