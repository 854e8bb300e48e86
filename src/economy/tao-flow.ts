/** The demand of the 2025-11 rules: an EMA of net TAO into each pool, less the protocol's own. */
import { fromDouble, maxBig, minBig, ONE_64, toDouble } from './fixed.ts';
import type { EconomyState } from './state.ts';
import type { Flow, Subnet } from './subnet.ts';

const FACTOR_ONE = 2n ** 63n - 1n;

/** Non-negative demand per subnet, I64F64 bits, raised to the rules' exponent. Pure. */
export function flowDemand(state: EconomyState, subnets: readonly Subnet[]): bigint[] {
  return shapeDemand(netDemand(state, subnets), state.parameters.flowExponent);
}

function netDemand(state: EconomyState, subnets: readonly Subnet[]): bigint[] {
  const user = subnets.map((subnet) => subnet.userFlow.emaBits);
  if (!state.parameters.netFlowEnabled) return user.map((flow) => maxBig(flow, 0n));
  const protocol = subnets.map((subnet) => subnet.protocolFlow.emaBits);
  const inflow = positiveSum(user);
  const spent = positiveSum(protocol);
  const factor = spent === 0n ? ONE_64 : minBig(ONE_64, (inflow << 64n) / spent);
  return user.map((flow, i) => {
    const own = protocol[i] as bigint;
    const net = flow - ((maxBig(own, 0n) * factor) >> 64n) - minBig(own, 0n);
    return maxBig(net, 0n);
  });
}

/** Folds the flow since the last block into both EMAs of a subnet. */
export function updateFlows(state: EconomyState, subnet: Subnet): void {
  fold(subnet.userFlow, state.block, state.parameters.flowEmaFactor);
  fold(subnet.protocolFlow, state.block, state.parameters.flowEmaFactor);
}

/** value^exponent shares as doubles: how the rules shape demand with an exponent other than one. */
export function powNormalize(values: readonly number[], exponent: number): number[] {
  const powers = values.map((value) => (value > 0 ? value ** exponent : 0));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => (sum === 0 ? 0 : power / sum));
}

/** The chain's own power is good to about 1 %, so doubles do here. */
function shapeDemand(demand: bigint[], exponent: number): bigint[] {
  if (exponent === 1) return demand;
  const shares = powNormalize(
    demand.map((bits) => toDouble(bits, 64)),
    exponent,
  );
  return shares.map((share) => fromDouble(share, 64));
}

function fold(flow: Flow, block: number, factor: bigint): void {
  const fresh = flow.sinceLastStep << 64n;
  flow.emaBits =
    flow.emaBlock === null ? fresh : flow.emaBits + ((fresh - flow.emaBits) * factor) / FACTOR_ONE;
  flow.emaBlock = block;
  flow.sinceLastStep = 0n;
}

function positiveSum(values: readonly bigint[]): bigint {
  let sum = 0n;
  for (const value of values) if (value > 0n) sum += value;
  return sum;
}
