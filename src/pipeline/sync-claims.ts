/** Tells from two neighbouring blocks what a claim of root dividends paid. Pure. */
import { ROOT_NETUID } from '../domain/netuid.ts';
import { valueAtPriceFloor } from '../domain/price.ts';
import type { RootClaim } from '../ledger/fact-types.ts';
import type { Observation, StakeFlow } from '../ledger/types.ts';

/** Share pools round down. */
const ROUNDING_RAO = 10n;

type Position = { readonly hotkey: string; readonly netuid: number };

/**
 * What `coldkey` was paid between `before` and `after`, one block apart, when `after` holds its
 * claim. The TAO of one hotkey's claims is what its root stake grew by beside flows; it is shared
 * out over the subnets by the value of what was claimed, the last one taking the rest.
 */
export function tellClaims(parts: {
  readonly coldkey: string;
  readonly before: Observation;
  readonly after: Observation;
  readonly flows: readonly StakeFlow[];
}): readonly RootClaim[] {
  const { coldkey, before, after } = parts;
  const grown = (at: Position): bigint => {
    const flowed = parts.flows
      .filter((flow) => flow.coldkey === coldkey && isAt(flow, at))
      .reduce((sum, flow) => sum + (flow.direction === 'in' ? flow.alphaRao : -flow.alphaRao), 0n);
    return alphaOf(after.positions, coldkey, at) - alphaOf(before.positions, coldkey, at) - flowed;
  };
  const hotkeys = new Set(
    [...before.positions, ...after.positions].flatMap((one) =>
      one.coldkey === coldkey ? [one.hotkey] : [],
    ),
  );
  return [...hotkeys].flatMap((hotkey) => {
    const fallen = before.claimable.flatMap((owed) => {
      if (owed.coldkey !== coldkey || owed.hotkey !== hotkey) return [];
      const alphaRao = owed.alphaRao - alphaOf(after.claimable, coldkey, owed);
      return alphaRao > 0n ? [{ netuid: owed.netuid, alphaRao }] : [];
    });
    const isKept = ({ netuid, alphaRao }: { netuid: number; alphaRao: bigint }): boolean =>
      grown({ hotkey, netuid }) >= alphaRao - ROUNDING_RAO;
    const kept = fallen.filter(isKept).map(({ netuid, alphaRao }): RootClaim => {
      return { coldkey, hotkey, netuid, kind: 'keep', alphaRao, taoRao: 0n };
    });
    const rootGain = grown({ hotkey, netuid: ROOT_NETUID });
    if (rootGain <= 0n) return kept;
    const sold = fallen.filter((one) => !isKept(one));
    if (sold.length === 0) {
      const basket = { netuid: ROOT_NETUID, kind: 'basket' as const, alphaRao: 0n };
      return [...kept, { coldkey, hotkey, ...basket, taoRao: rootGain }];
    }
    return [...kept, ...shareOut({ coldkey, hotkey, sold, rootGain, pools: before.pools })];
  });
}

function shareOut(parts: {
  readonly coldkey: string;
  readonly hotkey: string;
  readonly sold: readonly { readonly netuid: number; readonly alphaRao: bigint }[];
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
