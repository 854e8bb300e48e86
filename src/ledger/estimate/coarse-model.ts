/** The economy as an estimate needs it, in doubles: built once, then moved forward by walkTempos. */

import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ProjectionInputs, ProjectionSubnet } from '../../domain/projection-inputs.ts';
import { blockEmission } from '../../economy/emission-curve.ts';
import { fromDouble, toDouble } from '../../economy/fixed.ts';
import { TaoError } from '../../errors/tao-error.ts';
import { type Earner, type Earning, hasPaid, judgeEarning } from './earning.ts';
import { type PoolDoubles, spotPrice } from './pool-doubles.ts';

/** Amounts are doubles of rao; mutable, because it is walked. */
export type CoarseSubnet = {
  readonly netuid: number;
  readonly pool: PoolDoubles;
  /** Alpha outstanding plus what injections added beside the pool (while prices are held flat). */
  issuance: number;
  emaPrice: number;
  readonly startedAt: number;
  readonly tempo: number;
  nextEpoch: number;
  /** Block of the last payout. */
  paidAt: number;
  readonly isEligible: boolean;
  readonly isEmitting: boolean;
  readonly ownerCut: number;
  /** Observed TAO against what the price shares say: burn factor and gates are in it. */
  readonly taoFactor: number;
  readonly pending: { server: number; validator: number; root: number; ownerCut: number };
  readonly earners: readonly Earner[];
  /** Of each earner, by its index: alpha, performance, take, and its place in the model's roots. */
  readonly alpha: Float64Array;
  readonly performance: Float64Array;
  readonly take: Float64Array;
  readonly rootAt: Uint32Array;
  /** Index of the position's validator; -1 when it does not earn here. */
  readonly target: number;
  readonly withoutIncentive: boolean;
  /** Part of the bonds that outlives an epoch. */
  readonly bondsKept: number;
  /** Part of the new stake that the bonds do not know yet. */
  unknownPart: number;
};

export type CoarseModel = {
  readonly netuid: number;
  readonly hotkey: string;
  readonly startBlock: number;
  issuance: number;
  rootTao: number;
  readonly taoWeight: number;
  /** Subnets that are walked: the position's, or on root all. */
  readonly subnets: readonly CoarseSubnet[];
  /** EMA prices of eligible subnets that are not walked: all, and of those that get TAO. */
  readonly otherPrices: { readonly eligible: number; readonly emitting: number };
  /** Root stake of each hotkey, at the place its earners name. */
  readonly roots: Float64Array;
  readonly rootHotkeys: readonly string[];
  /** Root dividends are claimed and sold without anybody's doing. */
  readonly rootDividendsSold: boolean;
  readonly isAssumed: boolean;
  readonly withoutIncentive: boolean;
  readonly targetEarns: boolean;
};

/** Chain rule: the EMA price reaches half its speed at this age. Pinned by ema-price.test.ts. */
export const EMA_HALVING_BLOCKS = 201_600;
export const EMA_SPEED = 3e-6;
/** Chain rule: bonds keep nine tenths per epoch unless the subnet's owner changed it. */
const DEFAULT_BONDS = 900_000;

/**
 * The model at the inputs' block. `takeU16` is the target's take from now on, if it is to change.
 * SUBNET_UNKNOWN, SUBNET_NOT_STARTED, HOTKEY_UNKNOWN.
 */
export function buildCoarseModel(inputs: ProjectionInputs, takeU16?: number): CoarseModel {
  const { netuid, hotkey, global } = inputs;
  requireTarget(inputs);
  const isRoot = netuid === ROOT_NETUID;
  const dynamic = inputs.subnets.filter((subnet) => subnet.netuid !== ROOT_NETUID);
  const eligible = dynamic.filter(isEligibleSubnet);
  const emitting = eligible.filter((subnet) => subnet.emissionEnabled);
  const emissionSum = sumOf(emitting.map(emaPriceOf));
  const walked = isRoot ? eligible : dynamic.filter((subnet) => subnet.netuid === netuid);
  const places = new Map<string, number>();
  const roots: number[] = [];
  const placeOf = (earner: Earner): number => {
    const place = places.get(earner.hotkey) ?? roots.push(earner.root) - 1;
    places.set(earner.hotkey, place);
    return place;
  };
  const isUnseen = !walked.some((subnet) => hasPaid(inputs, subnet));
  const all: Earning[] = [];
  const subnets = walked.map((subnet) => {
    const share = subnet.emissionEnabled ? emaPriceOf(subnet) / (emissionSum || 1) : 0;
    const due = termsOf(inputs, subnet, share);
    const judged = judgeEarning(inputs, subnet, due.validator * subnet.tempo, isUnseen);
    const earning = takeU16 === undefined ? judged : withTake(judged, hotkey, takeU16);
    all.push(earning);
    return coarseSubnet({ inputs, subnet, earning, taoFactor: due.taoFactor, placeOf });
  });
  const others = (list: readonly ProjectionSubnet[]): number =>
    isRoot ? 0 : sumOf(list.filter((subnet) => subnet.netuid !== netuid).map(emaPriceOf));
  return {
    netuid,
    hotkey,
    startBlock: inputs.blockNumber,
    issuance: toDouble(global.issuanceRao, 0),
    rootTao: toDouble(global.rootTaoRao, 0),
    taoWeight: toDouble(global.taoWeightU64, 64),
    subnets,
    otherPrices: { eligible: others(eligible), emitting: others(emitting) },
    roots: Float64Array.from(roots),
    rootHotkeys: [...places.keys()],
    rootDividendsSold: global.rootDividendsSold ?? true,
    isAssumed: all.some((earning) => earning.isAssumed),
    withoutIncentive: all.some((earning) => earning.withoutIncentive),
    targetEarns: all.some((earning) =>
      earning.earners.some((earner) => earner.hotkey === hotkey && earner.performance > 0),
    ),
  };
}

function withTake(earning: Earning, hotkey: string, takeU16: number): Earning {
  const earners = earning.earners.map((earner) =>
    earner.hotkey === hotkey ? { ...earner, takeU16, take: takeU16 / 65_535 } : earner,
  );
  return { ...earning, earners };
}

function requireTarget({ subnets, netuid, hotkey, validators }: ProjectionInputs): void {
  const subnet = subnets.find((one) => one.netuid === netuid);
  if (subnet === undefined && netuid !== ROOT_NETUID) {
    throw new TaoError('SUBNET_UNKNOWN', {
      message: `Couldn't estimate: there is no subnet ${netuid} on this chain.`,
      hint: 'Run tao subnet list to see the subnets.',
      data: { netuid },
    });
  }
  if (subnet !== undefined && netuid !== ROOT_NETUID && !subnet.subtokenEnabled) {
    throw new TaoError('SUBNET_NOT_STARTED', {
      message: `Couldn't estimate: subnet ${netuid} is not started, so nothing can be staked there.`,
      hint: 'Run tao subnet list to see which subnets are started.',
      data: { netuid },
    });
  }
  const target = validators.find((validator) => validator.hotkey === hotkey);
  if (target === undefined || target.owner === '') {
    throw new TaoError('HOTKEY_UNKNOWN', {
      message: `Couldn't estimate: no hotkey ${hotkey} is registered on this chain.`,
      hint: 'Run tao delegate list to see the validators.',
      data: { hotkey },
    });
  }
}

export function isEligibleSubnet(subnet: ProjectionSubnet): boolean {
  const isStarted = subnet.firstEmissionBlock !== undefined && subnet.subtokenEnabled;
  return subnet.netuid !== ROOT_NETUID && isStarted && subnet.registrationAllowed;
}

/** EMA price in TAO per alpha; stable subnets count as one. */
export function emaPriceOf(subnet: ProjectionSubnet): number {
  return subnet.mechanism === 0 ? 1 : toDouble(subnet.emaPriceBits, 32);
}

/** What validators are due per block now, and how much TAO the subnet gets against its share. */
function termsOf(
  inputs: ProjectionInputs,
  subnet: ProjectionSubnet,
  share: number,
): { readonly validator: number; readonly taoFactor: number } {
  const { global } = inputs;
  const issued = toDouble(subnet.alphaInRao + subnet.alphaOutRao, 0);
  const weighted = toDouble(global.rootTaoRao, 0) * toDouble(global.taoWeightU64, 64);
  const rootPart = weighted / (weighted + issued);
  const emission = emissionAt(issued);
  const kept = emission * (1 - ownerCutOf(inputs, subnet));
  const validator = (kept / 2) * (1 - rootPart);
  const modelled = share * emissionAt(toDouble(global.issuanceRao, 0));
  const cap = rootPart * emission * spotPrice(poolOf(subnet));
  const observed = toDouble(subnet.taoInEmissionRao, 0);
  // Nothing was emitted yet, or the pool took all it can: the share itself is not to be seen.
  const isUnseen = subnet.alphaOutEmissionRao === 0n || observed >= cap * (1 - 1e-6);
  return { validator, taoFactor: isUnseen || modelled === 0 ? 1 : observed / modelled };
}

function coarseSubnet(parts: {
  readonly inputs: ProjectionInputs;
  readonly subnet: ProjectionSubnet;
  readonly earning: Earning;
  readonly taoFactor: number;
  readonly placeOf: (earner: Earner) => number;
}): CoarseSubnet {
  const { inputs, subnet, earning, taoFactor, placeOf } = parts;
  const { earners } = earning;
  return {
    netuid: subnet.netuid,
    pool: poolOf(subnet),
    issuance: toDouble(subnet.alphaInRao + subnet.alphaOutRao, 0),
    emaPrice: emaPriceOf(subnet),
    startedAt: (subnet.firstEmissionBlock ?? inputs.blockNumber) - 1,
    tempo: subnet.tempo === 0 ? Number.POSITIVE_INFINITY : subnet.tempo,
    nextEpoch:
      subnet.tempo === 0
        ? Number.POSITIVE_INFINITY
        : Math.max(subnet.lastEpochBlock + subnet.tempo, inputs.blockNumber + 1),
    paidAt: subnet.lastEpochBlock,
    isEligible: isEligibleSubnet(subnet),
    isEmitting: subnet.emissionEnabled,
    ownerCut: ownerCutOf(inputs, subnet),
    taoFactor,
    pending: {
      server: toDouble(subnet.pendingServerRao, 0),
      validator: toDouble(subnet.pendingValidatorRao, 0),
      root: toDouble(subnet.pendingRootRao, 0),
      ownerCut: toDouble(subnet.pendingOwnerCutRao, 0),
    },
    earners,
    alpha: Float64Array.from(earners, (earner) => earner.alpha),
    performance: Float64Array.from(earners, (earner) => earner.performance),
    take: Float64Array.from(earners, (earner) => earner.take),
    rootAt: Uint32Array.from(earners, placeOf),
    target: earners.findIndex((earner) => earner.hotkey === inputs.hotkey),
    withoutIncentive: earning.withoutIncentive,
    bondsKept: subnet.yuma3 === true ? 0 : (subnet.bondsMovingAverage ?? DEFAULT_BONDS) / 1e6,
    unknownPart: 1,
  };
}

export function poolOf(subnet: ProjectionSubnet): PoolDoubles {
  return {
    tao: toDouble(subnet.taoReserveRao, 0),
    alpha: toDouble(subnet.alphaInRao, 0),
    quoteWeight: toDouble(subnet.quoteWeight, 0) / 1e18,
    fee: subnet.feeRateU16 / 65_535,
    isStable: subnet.mechanism === 0,
  };
}

function ownerCutOf(inputs: ProjectionInputs, subnet: ProjectionSubnet): number {
  return subnet.ownerCutEnabled ? inputs.global.ownerCutU16 / 65_535 : 0;
}

/** Rao per block at an issuance in rao. */
export function emissionAt(issuance: number): number {
  return toDouble(blockEmission(fromDouble(issuance, 0)), 0);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
