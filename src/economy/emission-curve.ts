/** How much a block may emit at a given issuance: halvings at 21M × (1 − 2^−k). TAO and alpha. */

/** The cap of TAO, and of every subnet's alpha, in rao. */
const MAX_SUPPLY_RAO = 21_000_000_000_000_000n;
const BASE_EMISSION_RAO = 1_000_000_000n;
const FIRST_HALVING_RAO = MAX_SUPPLY_RAO / 2n;

/** Rao per block at `issuanceRao`; at a threshold the emission is already halved. */
export function blockEmission(issuanceRao: bigint): bigint {
  if (issuanceRao < FIRST_HALVING_RAO) return BASE_EMISSION_RAO;
  if (issuanceRao >= MAX_SUPPLY_RAO) return 0n;
  const left = MAX_SUPPLY_RAO - issuanceRao;
  let emission = BASE_EMISSION_RAO;
  for (let scaled = left * 2n; scaled <= MAX_SUPPLY_RAO; scaled *= 2n) emission >>= 1n;
  return emission;
}
