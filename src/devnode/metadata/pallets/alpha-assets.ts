/** The AlphaAssets pallet of spec 424 as the dev chain declares it. Facts only. */
import { map, type PalletDeclaration, type StorageDeclarations, twox } from '../declare.ts';

const storage: StorageDeclarations = {
  TotalAlphaIssuance: map([twox('u16')], 'u64', '0x0000000000000000'),
  AlphaBurned: map([twox('u16')], 'u64', '0x0000000000000000'),
  AlphaRecycled: map([twox('u16')], 'u64', '0x0000000000000000'),
};

export const alphaAssets: PalletDeclaration = {
  name: 'AlphaAssets',
  index: 31,
  module: 'pallet_alpha_assets::pallet',
  calls: {},
  events: {},
  errors: [],
  storage,
  constants: {},
};
