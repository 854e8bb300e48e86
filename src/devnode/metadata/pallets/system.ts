/** The System pallet of spec 424 as the dev chain declares it. Facts only. */
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
  twox,
} from '../declare.ts';

const calls: CallDeclarations = {
  remark: call(0, { remark: 'Vec<u8>' }),
  remark_with_event: call(7, { remark: 'Vec<u8>' }),
};

const events: EventDeclarations = {
  ExtrinsicSuccess: { dispatch_info: 'DispatchEventInfo' },
  ExtrinsicFailed: { dispatch_error: 'DispatchError', dispatch_info: 'DispatchEventInfo' },
  CodeUpdated: [],
  NewAccount: { account: 'AccountId32' },
  KilledAccount: { account: 'AccountId32' },
  Remarked: { sender: 'AccountId32', hash: 'H256' },
  UpgradeAuthorized: { code_hash: 'H256', check_version: 'bool' },
  RejectedInvalidAuthorizedUpgrade: { code_hash: 'H256', error: 'DispatchError' },
};

const errors: readonly string[] = [
  'InvalidSpecName',
  'SpecVersionNeedsToIncrease',
  'FailedToExtractRuntimeVersion',
  'NonDefaultComposite',
  'NonZeroRefCount',
  'CallFiltered',
  'MultiBlockMigrationsOngoing',
  'NothingAuthorized',
  'Unauthorized',
];

const storage: StorageDeclarations = {
  Account: map(
    [blake2('AccountId32')],
    'AccountInfo<u32, AccountData<u64>>',
    '0x0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000080',
  ),
  BlockHash: map(
    [twox('u32')],
    'H256',
    '0x0000000000000000000000000000000000000000000000000000000000000000',
  ),
  Number: plain('u32', '0x00000000'),
  ParentHash: plain('H256', '0x0000000000000000000000000000000000000000000000000000000000000000'),
  Digest: plain('Digest', '0x00'),
  Events: plain('Vec<EventRecord<RuntimeEvent, H256>>', '0x00'),
  EventCount: plain('u32', '0x00000000'),
  LastRuntimeUpgrade: plain('LastRuntimeUpgradeInfo'),
};

const constants: ConstantDeclarations = {
  BlockWeights: [
    'BlockWeights',
    '0xc2a0e766000b00409452a30313ffffffffffffffff2261c91900010bb837a1555d021366666666666666a6010b0030ef7dba0213ffffffffffffffbf0100002261c91900010bb847462a46031366666666666666e6010b00409452a30313ffffffffffffffff01070010a5d4e81300000000000000402261c91900000000',
  ],
  BlockLength: ['BlockLength', '0x000078000000a0000000a000'],
  BlockHashCount: ['u32', '0x60090000'],
  DbWeight: ['RuntimeDbWeight', '0x40787d010000000000e1f50500000000'],
  Version: [
    'RuntimeVersion',
    '0x386e6f64652d73756274656e736f72386e6f64652d73756274656e736f7201000000a80100000100000060df6acb689907609b0500000037e397fc7c91f5e40200000040fe3ad401f8959a06000000fbc577b9d747efd601000000d2bc9897eed08f1503000000f78b278be53f454c02000000dd718d5cc53262d401000000ab3c0572291feb8b01000000ed99c5acb25eedf503000000bc9d89904f5b923f0100000037c8bb1350a9a2a804000000f3ff14d5ab52705903000000582211f65bb14b8906000000e65b00e46cedd0aa0200000068b66ba122c93fa70200000042e62be4a39e5b6001000000806df4ccaa9ed485010000008375104b299b74c5020000005d1fbfbe852f280701000000c6886e2f8e598b0a01000000c0de4984d112f3b401000000cbca25e39f14238702000000a8b093e6508d9e9c010000001c4585bd5c707202010000000100000001',
  ],
  SS58Prefix: ['u16', '0x2a00'],
};

export const system: PalletDeclaration = {
  name: 'System',
  index: 0,
  module: 'frame_system::pallet',
  calls,
  events,
  errors,
  storage,
  constants,
};
