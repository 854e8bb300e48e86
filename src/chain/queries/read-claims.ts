/**
 * What of root dividends a coldkey may claim, under whichever rules the runtime has: amounts per
 * subnet with a choice of how they are paid, or a fund ("basket") per validator.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { StakeFacts } from '../facts.ts';
import type { BlockView, Runtime } from '../types.ts';
import { hasClaims, readClaimable } from './read-claimable.ts';
import { asAddress, asCount, asList, asRao, fieldOf } from './shape.ts';

const PALLET = 'SubtensorModule';
const BASKET_API = 'BetaBasketRuntimeApi';
const BASKET_POSITIONS = 'get_root_basket_positions';
/** Chain rule: a fund pays nothing worth less than this, rao of TAO. Pinned by read-claims.test.ts. */
const BASKET_THRESHOLD_RAO = 500_000n;

/** `none`: this runtime pays root dividends in a way we do not know. */
export type ClaimRules = 'claims' | 'baskets' | 'none';

/** How owed root dividends are paid: sold for root stake, or kept as alpha. */
export type ClaimType =
  | { readonly kind: 'swap' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'keep-subnets'; readonly netuids: readonly number[] };

/** What is owed on one root position: of one subnet, or of the validator's whole fund. */
export type OwedFacts =
  | {
      readonly kind: 'alpha';
      readonly hotkey: string;
      readonly netuid: number;
      /** Rao of that subnet's alpha, floored. */
      readonly alphaRao: bigint;
      /** Owed below this is skipped by a claim, in the same unit. */
      readonly thresholdRao: bigint;
    }
  | {
      readonly kind: 'basket';
      readonly hotkey: string;
      readonly sharesRao: bigint;
      /** What a claim would bring now, after impact, rao of TAO. */
      readonly taoRao: bigint;
      readonly thresholdRao: bigint;
    };

/** The lot by which the chain claims without being asked: `perBlock` of `members` each block. */
export type AutomaticClaims = {
  readonly perBlock: number;
  readonly members: number;
  readonly isMember: boolean;
};

/** By the names in the metadata: spec numbers are never asked. */
export function claimRules(view: BlockView): ClaimRules {
  const { has } = view.runtime;
  if (hasClaims(view)) return 'claims';
  if (has.api(BASKET_API, BASKET_POSITIONS) || has.storage(PALLET, 'BasketShares')) {
    return 'baskets';
  }
  return 'none';
}

/** Whether this runtime lets a coldkey choose how it is paid. */
export function hasClaimTypes({ has }: Pick<Runtime, 'has'>): boolean {
  return has.call(PALLET, 'set_root_claim_type') && has.storage(PALLET, 'RootClaimType');
}

/** Everything owed to the coldkey, from `stakes` as `readStakes` returned them at this block. */
export async function readOwed(
  view: BlockView,
  coldkey: string,
  stakes: readonly StakeFacts[],
): Promise<readonly OwedFacts[]> {
  const rules = claimRules(view);
  if (rules === 'none') return [];
  if (rules === 'baskets') return readBaskets(view, coldkey);
  const owed = (await readClaimable(view, stakes)) ?? [];
  return owed.map(({ hotkey, netuid, alphaRao, thresholdRao }) => ({
    kind: 'alpha',
    hotkey,
    netuid,
    alphaRao,
    thresholdRao,
  }));
}

async function readBaskets(view: BlockView, coldkey: string): Promise<readonly OwedFacts[]> {
  if (!view.runtime.has.api(BASKET_API, BASKET_POSITIONS)) return [];
  const thresholdRao = BASKET_THRESHOLD_RAO;
  const rows = asList(await view.callApi(BASKET_API, BASKET_POSITIONS, coldkey));
  return rows.map((row) => {
    const [hotkey, shares, taoRao] = asList(row);
    return {
      kind: 'basket',
      hotkey: asAddress(hotkey),
      sharesRao: asRao(shares),
      taoRao: asRao(taoRao),
      thresholdRao,
    };
  });
}

/** How the coldkey is paid; undefined where the runtime leaves no choice. */
export async function readClaimType(
  view: BlockView,
  coldkey: string,
): Promise<ClaimType | undefined> {
  if (!hasClaimTypes(view.runtime)) return undefined;
  return claimTypeOf(await view.read(PALLET, 'RootClaimType', coldkey));
}

function claimTypeOf(value: unknown): ClaimType {
  const kind = fieldOf(value, 'type');
  if (kind === 'Keep') return { kind: 'keep' };
  if (kind !== 'KeepSubnets') return { kind: 'swap' };
  const netuids = asList(fieldOf(fieldOf(value, 'value'), 'subnets')).map(asCount);
  return { kind: 'keep-subnets', netuids };
}

/** The same choice as the argument of the chain's call. */
export function encodeClaimType(type: ClaimType): unknown {
  if (type.kind === 'swap') return { type: 'Swap', value: undefined };
  if (type.kind === 'keep') return { type: 'Keep', value: undefined };
  return { type: 'KeepSubnets', value: { subnets: type.netuids } };
}

/** Undefined where the chain claims nothing by itself. */
export async function readAutomaticClaims(
  view: BlockView,
  coldkey: string,
): Promise<AutomaticClaims | undefined> {
  const { has } = view.runtime;
  if (!has.storage(PALLET, 'NumRootClaim') || !has.storage(PALLET, 'StakingColdkeys')) {
    return undefined;
  }
  const [perBlock, members, index] = await Promise.all([
    view.read(PALLET, 'NumRootClaim'),
    view.read(PALLET, 'NumStakingColdkeys'),
    view.read(PALLET, 'StakingColdkeys', coldkey),
  ]);
  return {
    perBlock: asCount(perBlock),
    members: asCount(members),
    isMember: index !== undefined && index !== null,
  };
}

/** Root positions among stakes. */
export function rootStakesOf(stakes: readonly StakeFacts[]): readonly StakeFacts[] {
  return stakes.filter((stake) => stake.netuid === ROOT_NETUID);
}
