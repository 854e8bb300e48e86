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
 * TAO issued = balances + reserved + elsewhere; each pool's TAO lies on its account; root stake is root's
 * TAO; alpha out = positions + protocol + pending + unclaimed + burned + unassigned. Empty: all well.
 */
export function checkConservation(state: EconomyState): Imbalance[] {
  const found: Imbalance[] = [];
  let booked = state.taoElsewhere;
  for (const free of Object.values(state.balances)) booked += free;
  for (const held of Object.values(state.reserved)) booked += held;
  if (booked !== state.taoIssuance) {
    found.push({ what: 'tao', difference: booked - state.taoIssuance });
  }
  for (const netuid of state.netuids) found.push(...checkSubnet(state, netuid));
  return found;
}

/** Alpha outstanding that no entry explains, rao; zero in a sound state. */
export function unaccountedAlpha(state: EconomyState, subnet: Subnet): bigint {
  return subnet.alphaOut - accountedAlpha(state, subnet);
}

function checkSubnet(state: EconomyState, netuid: number): Imbalance[] {
  const subnet = state.subnets[netuid] as Subnet;
  const found: Imbalance[] = [];
  const missing = unaccountedAlpha(state, subnet);
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

function accountedAlpha(state: EconomyState, subnet: Subnet): bigint {
  const { pendings } = subnet;
  let sum = subnet.protocolAlpha + subnet.unclaimedRootAlpha;
  sum += subnet.alphaBurned + subnet.unassignedAlpha;
  sum += pendings.server + pendings.validator + pendings.root + pendings.ownerCut;
  for (const hotkey of Object.values(state.hotkeys)) {
    sum += hotkey.pools[subnet.netuid]?.value ?? 0n;
  }
  return sum;
}
