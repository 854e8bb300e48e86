/** Whether everything that was issued is somewhere: TAO network-wide, alpha on every subnet. */
import type { EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';

/** A sum that does not add up; `difference` is booked minus issued, in rao. */
export type Imbalance = {
  readonly what: 'tao' | 'alpha' | 'pool' | 'root' | 'negative';
  readonly netuid?: number;
  readonly difference: bigint;
};

/**
 * TAO issued = balances + reserved + elsewhere; each pool's TAO lies on its account; root stake is
 * root's TAO; alpha out = positions + protocol + pending + unclaimed + burned + unassigned. Empty:
 * all well.
 */
export function checkConservation(state: EconomyState): Imbalance[] {
  const found: Imbalance[] = [];
  let booked = state.taoElsewhere;
  for (const free of Object.values(state.balances)) booked += free;
  for (const held of Object.values(state.reserved)) booked += held;
  if (booked !== state.taoIssuance) {
    found.push({ what: 'tao', difference: booked - state.taoIssuance });
  }
  const missing = unaccountedAlpha(state);
  for (const netuid of state.netuids) {
    found.push(...checkSubnet(state, netuid, missing[netuid] as bigint));
  }
  return found;
}

/** Alpha outstanding that no entry explains, by netuid, rao; zeros in a sound state. */
export function unaccountedAlpha(state: EconomyState): Record<number, bigint> {
  const missing: Record<number, bigint> = {};
  for (const netuid of state.netuids) {
    missing[netuid] = withoutPositions(state.subnets[netuid] as Subnet);
  }
  for (const hotkey of Object.values(state.hotkeys)) {
    for (const key in hotkey.pools) {
      const netuid = Number.parseInt(key, 10);
      const value = hotkey.pools[netuid]?.value ?? 0n;
      if (missing[netuid] !== undefined) missing[netuid] -= value;
    }
  }
  return missing;
}

function checkSubnet(state: EconomyState, netuid: number, missing: bigint): Imbalance[] {
  const subnet = state.subnets[netuid] as Subnet;
  const found: Imbalance[] = [];
  if (missing !== 0n) found.push({ what: 'alpha', netuid, difference: -missing });
  const spare = (state.balances[subnet.account] ?? 0n) - subnet.taoReserve - subnet.taoReservoir;
  if (spare < 0n) found.push({ what: 'pool', netuid, difference: spare });
  if (netuid === 0 && subnet.alphaOut !== subnet.taoReserve) {
    found.push({ what: 'root', netuid, difference: subnet.alphaOut - subnet.taoReserve });
  }
  for (const amount of [subnet.taoReserve, subnet.alphaIn, subnet.alphaOut]) {
    if (amount < 0n) found.push({ what: 'negative', netuid, difference: amount });
  }
  return found;
}

function withoutPositions(subnet: Subnet): bigint {
  const { pendings } = subnet;
  let left = subnet.alphaOut - subnet.protocolAlpha - subnet.unclaimedRootAlpha;
  left -= subnet.alphaBurned + subnet.unassignedAlpha;
  return left - pendings.server - pendings.validator - pendings.root - pendings.ownerCut;
}
