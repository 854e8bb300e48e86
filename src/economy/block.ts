/**
 * One block step, before the extrinsics of the same block: mint, inject, run due epochs, pay out.
 */
import { applyPendingChildren } from './children.ts';
import { runCoinbase } from './coinbase.ts';
import { nextEmaPrice } from './ema-price.ts';
import { runSubnetEpoch } from './epoch-call.ts';
import { maxBig, mul64, ONE_64 } from './fixed.ts';
import { changeOwnerIfConvicted } from './lock-stake.ts';
import { subtensorEvent } from './outcome.ts';
import { ROOT } from './parameters.ts';
import { payTempo } from './payout.ts';
import { poolPriceBits } from './pool.ts';
import { powRatioFloor } from './power.ts';
import { claimAutomatically } from './root-claims.ts';
import { isEpochDue } from './schedule.ts';
import type { EconomyEvent, EconomyState } from './state.ts';
import type { Pendings, Subnet } from './subnet.ts';
import { isEligible } from './subnet-shares.ts';

/** Advances the state by one block; gives the events of the step in order. */
export function applyBlock(state: EconomyState): EconomyEvent[] {
  const events: EconomyEvent[] = [];
  state.block += 1;
  for (const netuid of state.netuids) decayBurn(state.subnets[netuid] as Subnet);
  runCoinbase(state);
  const fired = runDueEpochs(state, events);
  for (const netuid of state.netuids) updateEmaPrice(state, state.subnets[netuid] as Subnet);
  for (const netuid of fired) applyPendingChildren(state, events, netuid);
  claimAutomatically(state, events);
  return events;
}

type Drained = { readonly subnet: Subnet; readonly pendings: Pendings };

/** Drains every due subnet first, then pays them: dividends of one see no payout of another. */
function runDueEpochs(state: EconomyState, events: EconomyEvent[]): number[] {
  const drained: Drained[] = [];
  const fired: number[] = [];
  for (const netuid of state.netuids) {
    if (netuid === ROOT) continue;
    const subnet = state.subnets[netuid] as Subnet;
    subnet.blocksSinceLastStep += 1;
    if (!isEpochDue(subnet, state.block)) continue;
    if (drained.length >= state.parameters.maxEpochsPerBlock) {
      deferEpoch(state, events, subnet);
      continue;
    }
    fired.push(netuid);
    if (hasConsistentNeurons(subnet)) {
      drained.push({ subnet, pendings: drain(subnet) });
      changeOwnerIfConvicted(state, events, subnet);
    } else events.push(subtensorEvent('EpochSkipped', { netuid, block: BigInt(state.block) }));
    subnet.lastEpochBlock = state.block;
    subnet.pendingEpochAt = 0;
    subnet.epochIndex += 1;
  }
  for (const { subnet, pendings } of drained) {
    const total = pendings.server + pendings.validator + pendings.root;
    const emissions = runSubnetEpoch(state, subnet, total);
    payTempo(state, events, { subnet, drained: pendings, emissions });
    subnet.lastMechanismStepBlock = state.block;
  }
  return fired;
}

function deferEpoch(state: EconomyState, events: EconomyEvent[], subnet: Subnet): void {
  const { netuid } = subnet;
  subnet.pendingEpochAt = state.block + 1;
  const fields = {
    netuid,
    from_block: BigInt(state.block),
    to_block: BigInt(subnet.pendingEpochAt),
  };
  events.push(subtensorEvent('EpochDeferred', fields));
}

function drain(subnet: Subnet): Pendings {
  const { pendings } = subnet;
  subnet.pendings = { server: 0n, validator: 0n, root: 0n, ownerCut: 0n };
  subnet.blocksSinceLastStep = 0;
  return pendings;
}

/** A uid per hotkey: two uids of one hotkey would pay it twice. */
function hasConsistentNeurons(subnet: Subnet): boolean {
  return new Set(subnet.neurons.map((neuron) => neuron.hotkey)).size === subnet.neurons.length;
}

function updateEmaPrice(state: EconomyState, subnet: Subnet): void {
  if (!isEligible(subnet) || subnet.firstEmissionBlock === null) return;
  subnet.emaPriceBits = nextEmaPrice({
    previousBits: subnet.emaPriceBits,
    spotBits: poolPriceBits(subnet),
    age: state.block - (subnet.firstEmissionBlock - 1),
    movingAlphaBits: state.parameters.movingAlphaBits,
    halvingBlocks: subnet.emaHalvingBlocks,
  });
}

const burnFactors = new Map<number, bigint>();

/** The registration price halves in `burnHalfLife` blocks, down to its minimum. */
function decayBurn(subnet: Subnet): void {
  if (subnet.burnRao <= subnet.minBurnRao || subnet.burnHalfLife <= 0) return;
  let factor = burnFactors.get(subnet.burnHalfLife);
  if (factor === undefined) {
    const exponent = { numerator: 1n, denominator: BigInt(subnet.burnHalfLife) };
    factor = powRatioFloor(1n, 2n, exponent, ONE_64);
    burnFactors.set(subnet.burnHalfLife, factor);
  }
  const lower = mul64(subnet.burnRao, factor);
  subnet.burnRao = maxBig(lower, subnet.minBurnRao);
}
