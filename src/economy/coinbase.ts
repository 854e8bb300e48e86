/**
 * One block's emission: TAO and alpha into the pools, chain buys with what does not fit, and the
 * alpha of participants into the pending accumulators. Integers in rao, fractions U96F32.
 */
import { mintTao } from './accounts.ts';
import { blockEmission } from './emission-curve.ts';
import { div32, mul32, u16Fraction32, u64Fraction32 } from './fixed.ts';
import { ROOT } from './parameters.ts';
import { buyWithoutLimit, poolPriceBits, weightAfterInjection } from './pool.ts';
import { applyBuy } from './stake-swap.ts';
import type { EconomyState } from './state.ts';
import type { Subnet } from './subnet.ts';
import { emaPrice64, emissionShares, isEligible, isRootGateOpen } from './subnet-shares.ts';
import { updateFlows } from './tao-flow.ts';

/** U96F32 bits, in rao. */
export type SubnetTerms = {
  readonly taoIn: bigint;
  readonly alphaIn: bigint;
  readonly alphaOut: bigint;
  readonly excessTao: bigint;
  readonly alphaCap: bigint;
};

export type AlphaSplit = {
  readonly ownerCut: bigint;
  readonly server: bigint;
  readonly validator: bigint;
  readonly root: bigint;
};

export type CoinbaseSummary = {
  readonly rootGateOpen: boolean;
  /** TAO of this block that nobody could take, rao; it was never issued. */
  readonly recycledRao: bigint;
};

/** Runs the coinbase of the current block over all subnets. */
export function runCoinbase(state: EconomyState): CoinbaseSummary {
  for (const netuid of state.netuids) {
    const { lastBlock } = state.subnets[netuid] as Subnet;
    lastBlock.taoIn = 0n;
    lastBlock.alphaIn = 0n;
    lastBlock.alphaOut = 0n;
    lastBlock.excessTao = 0n;
  }
  return emitBlock(state, blockEmission(state.taoIssuance));
}

/** Splits `emissionRao` of new TAO over the eligible subnets and emits their alpha. */
export function emitBlock(state: EconomyState, emissionRao: bigint): CoinbaseSummary {
  const subnets: Subnet[] = [];
  for (const netuid of state.netuids) {
    const subnet = state.subnets[netuid] as Subnet;
    if (isEligible(subnet)) subnets.push(subnet);
  }
  if (state.parameters.emissionRules === '2025-11') {
    for (const subnet of subnets) updateFlows(state, subnet);
  }
  const taoEmissions = taoEmissionsOf(state, subnets, emissionRao);
  return emitToSubnets(state, { subnets, taoEmissions, blockEmissionRao: emissionRao });
}

/** TAO per subnet in one block, U96F32 bits in rao. */
export function taoEmissionsOf(
  state: EconomyState,
  subnets: readonly Subnet[],
  emissionRao: bigint,
): bigint[] {
  return emissionShares(state, subnets).map((share) => (emissionRao * share) >> 32n);
}

export type Emission = {
  readonly subnets: readonly Subnet[];
  /** TAO per subnet, U96F32 bits in rao. */
  readonly taoEmissions: readonly bigint[];
  readonly blockEmissionRao: bigint;
};

/** The emission of one block to given subnets with given TAO. */
export function emitToSubnets(state: EconomyState, emission: Emission): CoinbaseSummary {
  const { subnets, taoEmissions } = emission;
  const rootTao = state.subnets[ROOT]?.taoReserve ?? 0n;
  const weightedRoot = rootTao * u64Fraction32(state.parameters.taoWeight);
  const terms = subnets.map((subnet, i) =>
    subnetTerms(subnet, taoEmissions[i] as bigint, weightedRoot),
  );
  let credit = emission.blockEmissionRao;
  for (let i = 0; i < subnets.length; i += 1) {
    credit = inject(state, subnets[i] as Subnet, terms[i] as SubnetTerms, credit);
  }
  const rootGateOpen = isRootGateOpen(subnets.map(emaPrice64));
  const cut = u16Fraction32(state.parameters.ownerCut);
  for (let i = 0; i < subnets.length; i += 1) {
    const subnet = subnets[i] as Subnet;
    accrue(subnet, terms[i] as SubnetTerms, { cut, weightedRoot, rootGateOpen });
    state.blockEmission = (terms[i] as SubnetTerms).alphaOut >> 32n;
  }
  if (subnets.length === 0) state.blockEmission = emission.blockEmissionRao;
  return { rootGateOpen, recycledRao: credit };
}

/** Weighted root stake ÷ (weighted root stake + alpha issuance), U96F32. */
export function rootProportion(weightedRoot32: bigint, alphaIssuance: bigint): bigint {
  return div32(weightedRoot32, weightedRoot32 + (alphaIssuance << 32n));
}

/** Alpha that exists on a subnet, reserve included, rao. */
export function alphaIssuance(subnet: Subnet): bigint {
  return subnet.alphaIn + subnet.alphaOut + subnet.alphaReservoir;
}

/** What a subnet gets this block, from the state before any injection. All U96F32. */
export function subnetTerms(
  subnet: Subnet,
  taoEmission32: bigint,
  weightedRoot32: bigint,
): SubnetTerms {
  const issuance = alphaIssuance(subnet);
  const alphaEmission = blockEmission(issuance) << 32n;
  const price = poolPriceBits(subnet) >> 32n;
  const alphaCap = mul32(rootProportion(weightedRoot32, issuance), alphaEmission);
  let taoIn = taoEmission32;
  let alphaIn = div32(taoEmission32, price);
  if (alphaIn > alphaCap) {
    alphaIn = alphaCap;
    taoIn = mul32(alphaIn, price);
  }
  const excessTao = taoEmission32 > taoIn ? taoEmission32 - taoIn : 0n;
  return { taoIn, alphaIn, alphaOut: alphaEmission, excessTao, alphaCap };
}

/** Splits one block's alpha (U96F32) into what each side accrues, in rao. */
export function splitAlphaOut(
  alphaOut32: bigint,
  ownerCut32: bigint,
  rootProportion32: bigint,
): AlphaSplit {
  const owner = mul32(alphaOut32, ownerCut32);
  const rest = alphaOut32 - owner;
  const root = mul32(rootProportion32, rest) >> 1n;
  const server = rest >> 1n;
  const validators = rest - server;
  const validator = validators > root ? validators - root : 0n;
  return {
    ownerCut: owner >> 32n,
    server: server >> 32n,
    validator: validator >> 32n,
    root: root >> 32n,
  };
}

/** Injects into one pool and buys with the excess; gives back the credit that is left. */
function inject(
  state: EconomyState,
  subnet: Subnet,
  terms: SubnetTerms,
  available: bigint,
): bigint {
  const later = state.parameters.emissionRules === '2026-08';
  const wanted = terms.taoIn >> 32n;
  let alphaIn = terms.alphaIn >> 32n;
  let taoIn = wanted;
  // Chain rule: until spec 448 the weights move before the chain buy, afterwards behind it.
  if (!later) {
    const weight = weightAfterInjection(subnet, taoIn, alphaIn);
    if (weight === undefined) {
      taoIn = 0n;
      alphaIn = 0n;
    } else subnet.quoteWeight = weight;
  }
  const bought = chainBuy(state, subnet, terms.excessTao >> 32n, available);
  if (taoIn > available - bought) taoIn = 0n;
  const minted = bought + taoIn;
  if (minted > 0n) mintTao(state, subnet.account, minted);
  if (later) [taoIn, alphaIn] = takeFromReservoirs(subnet, taoIn, alphaIn);
  subnet.alphaIn += alphaIn;
  subnet.taoReserve += taoIn;
  state.totalStake += taoIn;
  subnet.protocolFlow.sinceLastStep += taoIn;
  subnet.lastBlock.taoIn = taoIn;
  subnet.lastBlock.alphaIn = alphaIn;
  return available - minted;
}

/** Buys alpha for nobody with TAO the pool cannot take in kind; gives the TAO this needs. */
function chainBuy(state: EconomyState, subnet: Subnet, tao: bigint, credit: bigint): bigint {
  if (tao === 0n || tao > credit) return 0n;
  const result = buyWithoutLimit(subnet, tao, state.parameters.minimumReserveRao);
  // Chain rule: until spec 448 a failed buy leaves the TAO on the account, outside the reserve.
  if (!result.ok) return state.parameters.emissionRules === '2026-08' ? 0n : tao;
  applyBuy(state, subnet, result.swap);
  subnet.protocolAlpha += result.swap.paidOut;
  subnet.protocolFlow.sinceLastStep += result.swap.paidIn;
  subnet.lastBlock.excessTao = result.swap.paidIn;
  return tao;
}

/** What of this block's and held-back liquidity can enter: both, alpha only, TAO only, or none. */
function takeFromReservoirs(subnet: Subnet, taoIn: bigint, alphaIn: bigint): [bigint, bigint] {
  const tao = subnet.taoReservoir + taoIn;
  const alpha = subnet.alphaReservoir + alphaIn;
  for (const [t, a] of [
    [tao, alpha],
    [0n, alpha],
    [tao, 0n],
  ] as const) {
    const weight = weightAfterInjection(subnet, t, a);
    if (weight === undefined) continue;
    subnet.quoteWeight = weight;
    subnet.taoReservoir = tao - t;
    subnet.alphaReservoir = alpha - a;
    return [t, a];
  }
  subnet.taoReservoir = tao;
  subnet.alphaReservoir = alpha;
  return [0n, 0n];
}

type AccrualTerms = {
  readonly cut: bigint;
  readonly weightedRoot: bigint;
  readonly rootGateOpen: boolean;
};

function accrue(subnet: Subnet, terms: SubnetTerms, network: AccrualTerms): void {
  const minted = terms.alphaOut >> 32n;
  subnet.alphaOut += minted;
  subnet.lastBlock.alphaOut = minted;
  const proportion = rootProportion(network.weightedRoot, alphaIssuance(subnet));
  subnet.rootProportionBits = proportion;
  const split = splitAlphaOut(
    terms.alphaOut,
    subnet.ownerCutEnabled ? network.cut : 0n,
    proportion,
  );
  subnet.pendings.ownerCut += split.ownerCut;
  subnet.pendings.server += split.server;
  subnet.pendings.validator += split.validator;
  if (network.rootGateOpen) subnet.pendings.root += split.root;
  else recycleAlpha(subnet, split.root);
  // Four floors: what they drop is outstanding, but nobody's.
  subnet.unassignedAlpha += minted - split.ownerCut - split.server - split.validator - split.root;
}

/** Takes alpha out of existence and out of the issuance counters. */
export function recycleAlpha(subnet: Subnet, alphaRao: bigint): void {
  subnet.alphaOut -= alphaRao;
  subnet.alphaRecycled += alphaRao;
}
