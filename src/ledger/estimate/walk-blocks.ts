/**
 * Drives the economy forward block by block with its own functions: coinbase, EMA price, payout and
 * root claims in the chain's integers. Only the epoch is replaced, by the performance observed at
 * the last one. Nobody else trades. For positions on a subnet, not on root.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import { addStake } from '../../economy/add-stake.ts';
import { emitToSubnets, taoEmissionsOf } from '../../economy/coinbase.ts';
import { nextEmaPrice } from '../../economy/ema-price.ts';
import { blockEmission } from '../../economy/emission-curve.ts';
import type { EpochEmission } from '../../economy/epoch-call.ts';
import { fromDouble, mul32, toDouble, u64Fraction32 } from '../../economy/fixed.ts';
import { payTempo } from '../../economy/payout.ts';
import { poolPriceBits } from '../../economy/pool.ts';
import { payRootClaim } from '../../economy/root-claims.ts';
import { isEpochDue } from '../../economy/schedule.ts';
import { hotkeyStake, stakeOf } from '../../economy/stake-ledger.ts';
import type { EconomyState } from '../../economy/state.ts';
import type { Pendings, Subnet } from '../../economy/subnet.ts';
import { isEligible } from '../../economy/subnet-shares.ts';
import { TaoError } from '../../errors/tao-error.ts';
import type { CoarseModel, CoarseSubnet } from './coarse-model.ts';
import { holderOf, MINERS, OTHERS_EMITTING, OTHERS_SILENT, OWN_COLDKEY } from './reduced-state.ts';

export type BlockWalk = {
  /** From buildReducedState; moved to the end. */
  readonly state: EconomyState;
  readonly model: CoarseModel;
  readonly amountRao: bigint;
  readonly blocks: number;
};

/** Alpha bought in the next block, and what the position holds at the end, rao. */
export function walkBlocks({ state, model, amountRao, blocks }: BlockWalk): {
  readonly boughtRao: bigint;
  readonly heldRao: bigint;
} {
  // The stake enters after the next block's own step: an epoch there is not for it.
  moveOneBlock(state, model);
  const { hotkey, netuid } = model;
  const added = addStake(state, { coldkey: OWN_COLDKEY, hotkey, netuid, amountRao });
  if (!added.ok) throw entryRefused(added.error.name, netuid);
  for (let block = 0; block < blocks; block += 1) moveOneBlock(state, model);
  return { boughtRao: added.alphaRao, heldRao: stakeOf(state, hotkey, OWN_COLDKEY, netuid) };
}

/** AMOUNT_BELOW_MINIMUM or POOL_TOO_SMALL, for a refusal of the stake by the chain's rules. */
export function entryRefused(name: string, netuid: number): TaoError {
  const isSmall = name === 'AmountTooLow';
  return new TaoError(isSmall ? 'AMOUNT_BELOW_MINIMUM' : 'POOL_TOO_SMALL', {
    message: isSmall
      ? "Couldn't estimate: the amount is below the chain's minimum stake of 0.002 TAO and its fee."
      : `Couldn't estimate: the pool of subnet ${netuid} cannot serve the amount.`,
    hint: isSmall ? 'Give a larger amount.' : 'Give a smaller amount or another subnet.',
    data: { netuid, chainError: name },
  });
}

function moveOneBlock(state: EconomyState, model: CoarseModel): void {
  state.block += 1;
  emit(state, model);
  for (const coarse of model.subnets) {
    const subnet = state.subnets[coarse.netuid] as Subnet;
    subnet.blocksSinceLastStep += 1;
    if (!isEpochDue(subnet, state.block)) continue;
    const drained = subnet.pendings;
    subnet.pendings = { server: 0n, validator: 0n, root: 0n, ownerCut: 0n };
    subnet.blocksSinceLastStep = 0;
    subnet.lastEpochBlock = state.block;
    if (stakeOf(state, model.hotkey, OWN_COLDKEY, coarse.netuid) > 0n) {
      coarse.unknownPart *= coarse.bondsKept;
    }
    const emissions = emissionsOf(state, { model, coarse, drained });
    payTempo(state, [], { subnet, drained, emissions });
    if (model.rootDividendsSold) claimAll(state, coarse);
  }
  for (const { netuid } of model.subnets) updateEmaPrice(state, state.subnets[netuid] as Subnet);
}

function emit(state: EconomyState, model: CoarseModel): void {
  const emission = blockEmission(state.taoIssuance);
  const issued = state.taoIssuance + emission;
  const subnets: Subnet[] = [];
  for (const netuid of [...model.subnets.map((s) => s.netuid), OTHERS_EMITTING, OTHERS_SILENT]) {
    const subnet = state.subnets[netuid] as Subnet;
    if (isEligible(subnet)) subnets.push(subnet);
  }
  const factors = new Map(model.subnets.map((subnet) => [subnet.netuid, subnet.taoFactor]));
  const taoEmissions = taoEmissionsOf(state, subnets, emission).map((bits, index) => {
    const factor = factors.get((subnets[index] as Subnet).netuid) ?? 0;
    return factor === 1 ? bits : mul32(bits, fromDouble(factor, 32));
  });
  emitToSubnets(state, { subnets, taoEmissions, blockEmissionRao: emission });
  // The subnets left out get their part too.
  state.taoIssuance = issued;
}

/** What the epoch would say: the miners' half to the miners, dividends by performance and weight. */
function emissionsOf(
  state: EconomyState,
  epoch: {
    readonly model: CoarseModel;
    readonly coarse: CoarseSubnet;
    readonly drained: Pendings;
  },
): readonly EpochEmission[] {
  const { model, coarse, drained } = epoch;
  const own = stakeOf(state, model.hotkey, OWN_COLDKEY, coarse.netuid);
  const unknown = fromDouble(Math.floor(toDouble(own, 0) * coarse.unknownPart), 0);
  const weight = u64Fraction32(state.parameters.taoWeight);
  const miners = coarse.withoutIncentive ? 0n : drained.server;
  const earned = coarse.earners.map((earner): EpochEmission => {
    const alpha = hotkeyStake(state, earner.hotkey, coarse.netuid);
    const root = mul32(hotkeyStake(state, earner.hotkey, ROOT_NETUID), weight);
    const known = alpha + root - (earner.hotkey === model.hotkey ? unknown : 0n);
    const dividend = known * fromDouble(earner.performance, 40);
    return { hotkey: earner.hotkey, incentive: 0n, dividend };
  });
  return [...earned, { hotkey: MINERS, incentive: miners, dividend: 0n }];
}

/** Root dividends are sold and restaked as they are paid, as automatic claims do it in time. */
function claimAll(state: EconomyState, { netuid, earners }: CoarseSubnet): void {
  for (const earner of earners) {
    const at = { hotkey: earner.hotkey, coldkey: holderOf(earner), netuid };
    payRootClaim(state, [], at, false);
  }
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
