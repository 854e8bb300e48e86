/** Tells from two neighbouring blocks what a claim of root dividends paid. Pure. */
import type { ClaimType } from '../chain/queries/read-claims.ts';
import { ROOT_NETUID } from '../domain/netuid.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import type { RootClaim } from '../ledger/fact-types.ts';
import type { Observation, StakeFlow } from '../ledger/types.ts';

/** Share pools round down. */
const ROUNDING_RAO = 10n;

type Position = { readonly hotkey: string; readonly netuid: number };

/** Chain rule: rates are I96F32. */
const FRACTION_BITS = 32n;

/**
 * What `coldkey` was paid between `before` and `after`, one block apart, when `after` holds its
 * claim. Chain rule: a claim raises what counts as claimed by what it pays, and root stake that
 * comes in raises it by its rate; so what is left of the rise was paid, but for a few rao of
 * rounding. The TAO of one hotkey's claims is what its root stake grew by beside flows: exact in
 * sum, and shared out over the subnets by value, the last one taking the rest.
 */
export function tellClaims(parts: {
  readonly coldkey: string;
  readonly before: Observation;
  readonly after: Observation;
  readonly flows: readonly StakeFlow[];
  /** How the coldkey was paid then; undefined where a runtime leaves no choice. */
  readonly type: ClaimType | undefined;
}): readonly RootClaim[] {
  const { coldkey, before, after } = parts;
  const change = (at: Position): bigint =>
    alphaOf(after.positions, coldkey, at) - alphaOf(before.positions, coldkey, at);
  const grown = (at: Position): bigint => {
    const flowed = parts.flows
      .filter((flow) => flow.coldkey === coldkey && isAt(flow, at))
      .reduce((sum, flow) => sum + (flow.direction === 'in' ? flow.alphaRao : -flow.alphaRao), 0n);
    return change(at) - flowed;
  };
  const roots = [...before.positions, ...after.positions].filter(
    (one) => one.coldkey === coldkey && one.netuid === ROOT_NETUID,
  );
  return [...new Set(roots.map(({ hotkey }) => hotkey))].flatMap((hotkey) => {
    const rootChange = change({ hotkey, netuid: ROOT_NETUID });
    const paid = (after.claimed ?? []).flatMap((claimed) => {
      if (claimed.coldkey !== coldkey || claimed.hotkey !== hotkey) return [];
      const { netuid } = claimed;
      const risen = claimed.claimedRao - claimedOf(before, claimed);
      const alphaRao = risen - ((rateOf(after, claimed) * rootChange) >> FRACTION_BITS);
      return alphaRao > ROUNDING_RAO ? [{ netuid, alphaRao }] : [];
    });
    // Growth alone does not tell: an epoch may pay the same position in the same block.
    const isKept = ({ netuid, alphaRao }: Paid): boolean =>
      keeps(parts.type, netuid) && grown({ hotkey, netuid }) >= alphaRao - ROUNDING_RAO;
    const kept = paid.filter(isKept).map(({ netuid, alphaRao }): RootClaim => {
      return { coldkey, hotkey, netuid, kind: 'keep', alphaRao, taoRao: 0n };
    });
    const rootGain = grown({ hotkey, netuid: ROOT_NETUID });
    if (rootGain <= 0n) return kept;
    const sold = paid.filter((one) => !isKept(one));
    if (sold.length === 0) {
      const basket = { netuid: ROOT_NETUID, kind: 'basket' as const, alphaRao: 0n };
      return [...kept, { coldkey, hotkey, ...basket, taoRao: rootGain }];
    }
    return [...kept, ...shareOut({ coldkey, hotkey, sold, rootGain, pools: before.pools })];
  });
}

function keeps(type: ClaimType | undefined, netuid: number): boolean {
  return type?.kind === 'keep' || (type?.kind === 'keep-subnets' && type.netuids.includes(netuid));
}

type Paid = { readonly netuid: number; readonly alphaRao: bigint };
type ClaimKey = Position & { readonly coldkey: string };

function claimedOf(observation: Observation, key: ClaimKey): bigint {
  const known = (observation.claimed ?? []).find(
    (one) => one.coldkey === key.coldkey && isAt(one, key),
  );
  return known?.claimedRao ?? 0n;
}

function rateOf(observation: Observation, at: Position): bigint {
  return (observation.rootRates ?? []).find((rate) => isAt(rate, at))?.rateBits ?? 0n;
}

function shareOut(parts: {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly sold: readonly Paid[];
  readonly rootGain: bigint;
  readonly pools: Observation['pools'];
}): readonly RootClaim[] {
  const { coldkey, hotkey, sold, rootGain, pools } = parts;
  const values = sold.map(({ netuid, alphaRao }) => {
    const pool = pools.find((one) => one.netuid === netuid);
    return valueAtPriceFloor(alphaRao, pool?.priceRaoPerAlpha ?? 0n);
  });
  const total = values.reduce((sum, value) => sum + value, 0n);
  let left = rootGain;
  return sold.map(({ netuid, alphaRao }, index) => {
    const isLast = index === sold.length - 1;
    const part = total === 0n ? 0n : (rootGain * (values[index] as bigint)) / total;
    const taoRao = isLast ? left : part;
    left -= taoRao;
    return { coldkey, hotkey, netuid, kind: 'swap' as const, alphaRao, taoRao };
  });
}

function alphaOf(samples: Observation['positions'], coldkey: string, at: Position): bigint {
  return samples.find((one) => one.coldkey === coldkey && isAt(one, at))?.alphaRao ?? 0n;
}

function isAt(a: Position, b: Position): boolean {
  return a.hotkey === b.hotkey && a.netuid === b.netuid;
}
