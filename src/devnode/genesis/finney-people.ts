/**
 * Who lives on the preset `finney`: validators with names and takes, miners, owners, delegators.
 * Synthetic. The first six validators have the development keys of the preset `small`; nobody has
 * the keys of the others.
 */

import { type Draws, drawsOf } from '../../domain/draws.ts';
import type { Account } from '../../economy/state.ts';
import { blake2 } from '../blocks/header.ts';
import { toHex } from '../scale/hex.ts';
import { devAccounts } from './accounts.ts';
import { validators as keyedValidators } from './small-figures.ts';

/** Validators beyond the six with development keys. */
const NAMES = `
  Granite Harbor Indigo Juniper Kestrel Larch Meridian Nimbus Orchard Pelican Quartz Rowan Sable
  Tundra Umber Vesper Willow Xenon Yarrow Zephyr Alder Birch Cedar Delta Estuary Falcon Glacier
  Heron Island Jasper Kelp Lichen Marlin Nectar Onyx Plover Quill Raven Sorrel Thistle Upland
  Violet
`;
/** u16 fractions: 0, 5, 9, 12.5, 15 and 18 %. */
const TAKES = [0, 3_277, 5_898, 8_192, 9_830, 11_796] as const;
const SYNTHETIC_DELEGATORS = 400;
/** How many people a subnet has: validators between two numbers, and miners. */
export type Crowding = {
  readonly fromValidators: number;
  readonly toValidators: number;
  readonly miners: number;
};
/** A mining coldkey runs miners on several subnets. */
const MINING_COLDKEYS = 240;
const COLDKEY_STRIDE = 32;

export type Validator = {
  readonly name: string;
  readonly description: string;
  readonly coldkey: Account;
  readonly hotkey: Account;
  readonly take: number;
  /** Its size among all, in parts of nothing in particular. */
  readonly weight: number;
};

/** Streams of draws, so that one part's figures do not move another's. */
export const STREAM = { validators: 1, subnet: 2, stakes: 3, root: 4, pool: 5 } as const;

export function finneyValidators(seed: number): readonly Validator[] {
  const draws = drawsOf(seed, STREAM.validators);
  const keyed = keyedValidators.map(({ name, description, take }, i) => ({
    name,
    description,
    coldkey: devAccounts[`//${name}`] as Account,
    hotkey: devAccounts[`//${name}//hot`] as Account,
    take,
    weight: validatorWeight(draws, i),
  }));
  const others = NAMES.trim()
    .split(/\s+/)
    .map((name, i) => ({
      name,
      description: 'A validator made up for this preset.',
      coldkey: madeUpAccount('validator', name),
      hotkey: madeUpAccount('validator', name, 'hot'),
      take: TAKES[draws.below(TAKES.length)] as number,
      weight: validatorWeight(draws, i + keyed.length),
    }));
  return [...keyed, ...others];
}

/** Sizes fall off with the rank, as stake on the real network does. */
function validatorWeight(draws: Draws, rank: number): number {
  return (0.5 + draws.next()) / (rank + 2);
}

/** Who validates a subnet: the six with keys everywhere they are drawn first, others by chance. */
export function validatorsOn(
  validators: readonly Validator[],
  { seed, netuid, crowding }: { seed: number; netuid: number; crowding: Crowding },
): readonly Validator[] {
  const draws = drawsOf(seed, STREAM.subnet, netuid);
  const { fromValidators: from, toValidators: to } = crowding;
  const count = from + draws.below(to - from + 1);
  const seated = new Set(validators.slice(0, keyedValidators.length));
  while (seated.size < count) {
    seated.add(validators[draws.below(validators.length)] as Validator);
  }
  return [...seated];
}

export type Miner = { readonly coldkey: Account; readonly hotkey: Account };

export function minersOn(netuid: number, { miners }: Crowding): readonly Miner[] {
  return Array.from({ length: miners }, (_, i) => ({
    hotkey: madeUpAccount('miner', netuid, i),
    coldkey: madeUpAccount('mining', (netuid * COLDKEY_STRIDE + i * 7) % MINING_COLDKEYS),
  }));
}

export function ownerOf(netuid: number): Miner {
  return {
    coldkey: madeUpAccount('owner', netuid),
    hotkey: madeUpAccount('owner', netuid, 'hot'),
  };
}

export function syntheticDelegators(): readonly Account[] {
  return Array.from({ length: SYNTHETIC_DELEGATORS }, (_, i) => madeUpAccount('delegator', i));
}

/** An account nobody has the key of: the hash of its description. */
function madeUpAccount(...parts: readonly (string | number)[]): Account {
  return toHex(blake2(new TextEncoder().encode(`finney/${parts.join('/')}`)));
}
