/** The networks that the economy's benchmarks walk: full size, deterministic. */
import { createEconomy, type EconomyState, type SubnetGenesis } from '../../src/economy/state.ts';
import type { UidValue } from '../../src/economy/subnet.ts';

const TAO = 1_000_000_000n;
const UIDS = 256;
const START = 1_000;

export type NetworkShape = {
  readonly subnets: number;
  readonly validators: number;
  /** Non-zero weights of each validator. */
  readonly links: number;
  readonly tempo: number;
};

/** Subnets of 256 uids whose epochs are spread evenly over the tempo. */
export function benchNetwork(shape: NetworkShape): EconomyState {
  const validators = Array.from({ length: shape.validators }, (_, i) => `val${i}`);
  // Every subnet has the same rows, once in memory: the pairs of a full network alone take 200 MB.
  const rows = validators.map((_, i) => weightRow(i, shape));
  const subnets = Array.from({ length: shape.subnets }, (_, i) =>
    subnetOf(i + 1, { validators, rows, shape }),
  );
  const hotkeys = new Set(subnets.flatMap((one) => (one.neurons ?? []).map((n) => n.hotkey)));
  return createEconomy({
    block: START,
    issuanceElsewhere: 3_000_000n * TAO,
    balances: { trader: 1_000_000n * TAO },
    subnets,
    hotkeys: Object.fromEntries(
      [...hotkeys].map((hotkey) => [hotkey, { owner: `cold-${hotkey}`, take: 11_796 }]),
    ),
    stakes: validators.flatMap((hotkey, i) => [
      { hotkey, coldkey: 'nominator', netuid: 0, alphaRao: BigInt(75_000 + i) * TAO },
      ...subnets.map(({ netuid }) => ({
        hotkey,
        coldkey: 'nominator',
        netuid,
        alphaRao: BigInt(50_000 + 1_000 * i) * TAO,
      })),
    ]),
  });
}

/** A shared opinion with a little of the validator's own. */
function weightRow(validator: number, { validators, links }: NetworkShape): UidValue[] {
  const miners = UIDS - validators;
  return Array.from({ length: Math.min(links, miners) }, (_, i): UidValue => {
    const miner = (i + validator) % miners;
    const opinion = ((miner * 7_919) % 50_000) + ((validator * 31 + miner) % 5_000);
    return [validators + miner, 5_000 + opinion];
  }).sort((a, b) => a[0] - b[0]);
}

type Plan = {
  readonly validators: readonly string[];
  readonly rows: readonly (readonly UidValue[])[];
  readonly shape: NetworkShape;
};

function subnetOf(netuid: number, { validators, rows, shape }: Plan): SubnetGenesis {
  const { tempo, subnets } = shape;
  return {
    netuid,
    taoReserve: BigInt(2_000 + 211 * netuid) * TAO,
    alphaIn: BigInt(500_000 + 17_351 * netuid) * TAO,
    firstEmissionBlock: 1,
    tempo,
    lastEpochBlock: START - Math.floor((netuid * tempo) / (subnets + 1)),
    emaPriceBits: BigInt(
      Math.floor(((2_000 + 211 * netuid) / (500_000 + 17_351 * netuid)) * 2 ** 32),
    ),
    owner: 'owner',
    ownerHotkey: 'own',
    neurons: [
      ...validators.map((hotkey, i) => ({
        hotkey,
        permit: true,
        registeredAt: 0,
        weights: rows[i] as readonly UidValue[],
      })),
      ...Array.from({ length: UIDS - validators.length }, (_, i) => ({
        hotkey: `m${netuid}-${i}`,
        registeredAt: 0,
      })),
    ],
  };
}
