/**
 * Which part of a block's TAO each eligible subnet gets, under the rule set in force. Shares are
 * U64F64 bits aligned with the list of subnets; they sum to one or a little less.
 */
import { div64, maxBig, mul64, ONE_64 } from './fixed.ts';
import { emissionBar, gateShares } from './hill-gate.ts';
import { ROOT } from './parameters.ts';
import type { EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';
import { flowDemand } from './tao-flow.ts';

const BAR_INTERVAL_BLOCKS = 360;
/** Lifts U96F32 to U64F64. */
const LIFT = 32n;

/** Started, token on, registration open, not root. */
export function isEligible(subnet: Subnet): boolean {
  return (
    subnet.netuid !== ROOT &&
    subnet.firstEmissionBlock !== null &&
    subnet.subtokenEnabled &&
    subnet.registrationAllowed
  );
}

/** EMA price, U64F64; one for stable subnets. */
export function emaPrice64(subnet: Subnet): bigint {
  return subnet.mechanism === 0 ? ONE_64 : subnet.emaPriceBits << LIFT;
}

/** Whether root dividends are accrued: the EMA prices of eligible subnets sum to more than one. */
export function isRootGateOpen(prices64: readonly bigint[]): boolean {
  let sum = 0n;
  for (const price of prices64) sum += price;
  return sum > ONE_64;
}

/** Shares for this block. Under the rules of 2026-08 it also refreshes the stored bar when due. */
export function emissionShares(state: EconomyState, subnets: readonly Subnet[]): bigint[] {
  return enabledShares(demandShares(state, subnets), subnets);
}

/** Shares before the emission switch: demand, burn factor and gate. */
export function demandShares(state: EconomyState, subnets: readonly Subnet[]): readonly bigint[] {
  const { emissionRules } = state.parameters;
  if (emissionRules === '2025-11') return normalize(flowDemand(state, subnets));
  const prices = normalize(subnets.map(emaPrice64));
  if (emissionRules === '2025-02') return prices;
  const weighted = burnWeighted(
    prices,
    subnets.map((subnet) => subnet.minerBurnedBits),
  );
  return emissionRules === '2026-08' ? gated(state, weighted) : weighted;
}

/**
 * share × (1 − burned), renormalised; the plain shares when nothing is left. `burned` is U96F32.
 */
function burnWeighted(shares: readonly bigint[], burned32: readonly bigint[]): readonly bigint[] {
  if (burned32.every((burned) => burned === 0n)) return normalize(shares);
  const weights = shares.map((share, i) => {
    const burned = (burned32[i] as bigint) << LIFT;
    return mul64(share, maxBig(ONE_64 - burned, 0n));
  });
  const sum = total(weights);
  return sum === 0n ? shares : weights.map((weight) => div64(weight, sum));
}

/** Zero for subnets whose emission is off, the rest divided by what remains. */
function enabledShares(
  shares: readonly bigint[],
  subnets: readonly Pick<Subnet, 'emissionEnabled'>[],
): bigint[] {
  if (subnets.every((subnet) => subnet.emissionEnabled)) return [...shares];
  const open = shares.map((share, i) => (subnets[i]?.emissionEnabled === true ? share : 0n));
  const sum = total(open);
  return open.map((share) => div64(share, sum));
}

/** Divides by the sum; zeros stay zeros. */
export function normalize(values: readonly bigint[]): bigint[] {
  const sum = total(values);
  return values.map((value) => div64(value, sum));
}

function gated(state: EconomyState, shares: readonly bigint[]): readonly bigint[] {
  const { parameters } = state;
  if (state.emissionBarBits === 0n || state.block % BAR_INTERVAL_BLOCKS === 0) {
    state.emissionBarBits = emissionBar(shares, {
      rank: parameters.emissionBarRank,
      quantile: parameters.emissionBarQuantile,
    });
  }
  return gateShares(shares, state.emissionBarBits, parameters.emissionGateExponent);
}

function total(values: readonly bigint[]): bigint {
  let sum = 0n;
  for (const value of values) sum += value;
  return sum;
}
