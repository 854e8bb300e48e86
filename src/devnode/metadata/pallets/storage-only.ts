/**
 * Pallets of spec 424 that the dev chain has for their storage alone: what clients look at before
 * they act. Facts only.
 */
import {
  type ConstantDeclarations,
  map,
  type PalletDeclaration,
  plain,
  type StorageDeclarations,
  twox,
} from '../declare.ts';

type Kept = {
  readonly index: number;
  readonly module: string;
  readonly storage: StorageDeclarations;
  readonly constants?: ConstantDeclarations;
};

function storageOnly(name: string, { index, module, storage, constants = {} }: Kept) {
  const pallet: PalletDeclaration = {
    name,
    index,
    module,
    calls: {},
    events: {},
    errors: [],
    storage,
    constants,
  };
  return pallet;
}

export const aura = storageOnly('Aura', {
  index: 3,
  module: 'pallet_aura::pallet',
  storage: {
    Authorities: plain('BoundedVec<sp_consensus_aura::sr25519::app_sr25519::Public>', '0x00'),
    CurrentSlot: plain('Slot', '0x0000000000000000'),
  },
  constants: { SlotDuration: ['u64', '0xe02e000000000000'] },
});

export const safeMode = storageOnly('SafeMode', {
  index: 20,
  module: 'pallet_safe_mode::pallet',
  storage: { EnteredUntil: plain('u32') },
  constants: {
    EnterDuration: ['u32', '0x00000000'],
    ExtendDuration: ['u32', '0x00000000'],
    EnterDepositAmount: ['Option<u64>', '0x00'],
    ExtendDepositAmount: ['Option<u64>', '0x00'],
    ReleaseDelay: ['Option<u32>', '0x00'],
  },
});

export const drand = storageOnly('Drand', {
  index: 26,
  module: 'pallet_drand::pallet',
  storage: {
    LastStoredRound: plain('u64', '0x0000000000000000'),
    OldestStoredRound: plain('u64', '0x0000000000000000'),
  },
  constants: {
    UnsignedPriority: ['u64', '0x0000100000000000'],
    HttpFetchTimeout: ['u64', '0xe803000000000000'],
  },
});

export const alphaAssets = storageOnly('AlphaAssets', {
  index: 31,
  module: 'pallet_alpha_assets::pallet',
  storage: {
    TotalAlphaIssuance: map([twox('u16')], 'u64', '0x0000000000000000'),
    AlphaBurned: map([twox('u16')], 'u64', '0x0000000000000000'),
    AlphaRecycled: map([twox('u16')], 'u64', '0x0000000000000000'),
  },
});
