/** A subnet's settings as a list of names and values, the form that grows without a new struct. */
import { mechanismsOf } from '../../economy/mechanisms.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { viewsTypes } from '../metadata/types/views.ts';
import type { Variant } from '../scale/codec.ts';
import { textHex } from '../scale/hex.ts';
import { settingsOf } from './subnet-facts.ts';

/** By type and alias of a field in SubnetHyperparamsV2: the variant of HyperparamValue. */
const VARIANTS: Readonly<Record<string, string>> = {
  bool: 'Bool',
  'Compact<u16>': 'U16',
  'Compact<u64>': 'U64',
  'Compact<u64> as Compact<TaoBalance>': 'TaoBalance',
  I32F32: 'I32F32',
};

/** HyperparamEntry of everything SubnetHyperparamsV2 has, and of what came after it. */
export function hyperparamsOf(subnet: Subnet): unknown {
  const settings = settingsOf(subnet);
  const declared = viewsTypes.SubnetHyperparamsV2;
  const fields = declared?.kind === 'struct' ? Object.entries(declared.fields) : [];
  const entries = fields.map(([name, type]): [string, Variant] => [
    name,
    { type: VARIANTS[type] as string, value: settings[name] },
  ]);
  return [...entries, ...laterSettings(subnet)].map(([name, value]) => ({
    name: textHex(name),
    value,
  }));
}

function laterSettings(subnet: Subnet): [string, Variant][] {
  return [
    ['activity_cutoff_factor', { type: 'U32', value: subnet.activityCutoffFactorMilli }],
    ['bonds_penalty', { type: 'U16', value: subnet.bondsPenalty }],
    ['burn_half_life', { type: 'U16', value: subnet.burnHalfLife }],
    ['burn_increase_mult', { type: 'U64F64', value: { bits: subnet.burnIncreaseBits } }],
    ['mechanism_count', { type: 'U16', value: mechanismsOf(subnet) }],
    ['min_childkey_take', { type: 'U16', value: subnet.minChildkeyTake }],
    ['owner_cut_enabled', { type: 'Bool', value: subnet.ownerCutEnabled }],
  ];
}
