/**
 * How well each validator earned at the last epoch, per alpha it holds: the one thing that the
 * estimate takes from the past instead of computing it. Pure.
 *
 * Chain rule: a validator's dividends are its performance times its stake weight, cut by alpha and
 * root in proportion to that weight, so per alpha and per root TAO it performs the same.
 */

import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { ProjectionInputs, ProjectionSubnet } from '../../domain/projection-inputs.ts';
import { toDouble } from '../../economy/fixed.ts';

/** A hotkey's part in one subnet's dividends. Amounts are doubles of rao. */
export type Earner = {
  readonly hotkey: string;
  readonly owner: string;
  /** Fraction. */
  readonly take: number;
  readonly takeU16: number;
  readonly alpha: number;
  readonly root: number;
  /** Dividends per alpha against the best validator of the subnet, from 0 to 1. */
  readonly performance: number;
};

export type Earning = {
  readonly earners: readonly Earner[];
  /** The last epoch paid no miner, so validators got the miners' part too. */
  readonly withoutIncentive: boolean;
  /** No epoch has paid dividends here yet: performance is assumed, not observed. */
  readonly isAssumed: boolean;
};

/** Stands for everybody who earns on a subnet and is not listed. */
export function restOfSubnet(netuid: number): string {
  return `the rest of subnet ${netuid}`;
}

/** Paid over this many times what validators alone are due: the miners' part was in it. */
const WITHOUT_INCENTIVE_RATIO = 1.5;
/** One alpha: what the rest holds at least, where the figures leave nothing for it. */
const LEAST_STAKE = 1e9;
/** A remainder below this part of all dividends is rounding. */
const LEAST_REST = 1e-3;

/** Whether any epoch of `subnet` is known to have paid dividends. */
export function hasPaid(inputs: ProjectionInputs, subnet: ProjectionSubnet): boolean {
  if (subnet.lastDividendsRao + subnet.lastRootDividendsRao > 0n) return true;
  return inputs.validators.some((validator) =>
    validator.onSubnets.some(
      ({ netuid, lastDividendRao, lastRootDividendRao }) =>
        netuid === subnet.netuid && lastDividendRao + lastRootDividendRao > 0n,
    ),
  );
}

export function judgeEarning(
  inputs: ProjectionInputs,
  subnet: ProjectionSubnet,
  /** Alpha that validators are due per tempo, by the current terms. */
  duePerTempo: number,
  /** No epoch has paid anybody yet, on any subnet that counts: then what is earned is assumed. */
  isUnseen: boolean,
): Earning {
  const rows = rowsOf(inputs, subnet);
  const listed = rows.reduce((sum, row) => sum + row.paidAlpha * (1 - row.take), 0);
  const all = Math.max(toDouble(subnet.lastDividendsRao, 0), listed);
  const paid = rows.reduce((sum, row) => sum + row.paidAlpha + row.paidRoot, 0);
  if (paid <= 0 && !isUnseen) {
    const earners = rows.map((row) => ({ ...row, performance: 0 }));
    return { earners, withoutIncentive: false, isAssumed: false };
  }
  const outside = stakeOutside(inputs, subnet, rows);
  if (paid <= 0) return assumeEqual(rows, subnet.netuid, outside);
  const rates = rows.map((row) => observedRate(row, rows));
  const best = Math.max(...rates);
  const earners: Earner[] = rows.map((row, index) => ({
    ...row,
    performance: best > 0 ? (rates[index] as number) / best : 0,
  }));
  const listedRoot = rows.reduce((sum, row) => sum + row.paidRoot * (1 - row.take), 0);
  const allRoot = toDouble(subnet.lastRootDividendsRao, 0);
  const missing = {
    alpha: all > 0 ? (all - listed) / all : 0,
    root: allRoot > listedRoot ? (allRoot - listedRoot) / allRoot : 0,
  };
  const rest = restOf({ earners, netuid: subnet.netuid, missing, outside });
  const paidAlpha =
    rows.reduce((sum, row) => sum + row.paidAlpha, 0) * (listed > 0 ? all / listed : 1);
  return {
    earners: rest === undefined ? earners : [...earners, rest],
    withoutIncentive: duePerTempo > 0 && paidAlpha > duePerTempo * WITHOUT_INCENTIVE_RATIO,
    isAssumed: false,
  };
}

/** What is known of each listed validator on the subnet. */
function rowsOf(inputs: ProjectionInputs, subnet: ProjectionSubnet): readonly Row[] {
  return inputs.validators.flatMap((validator) => {
    const isRootTarget = inputs.netuid === ROOT_NETUID && validator.hotkey === inputs.hotkey;
    const found = validator.onSubnets.find((row) => row.netuid === subnet.netuid);
    const on = found ?? (isRootTarget ? UNLISTED : undefined);
    if (on === undefined) return [];
    const take = validator.takeU16 / 65_535;
    return [
      {
        hotkey: validator.hotkey,
        owner: validator.owner,
        take,
        takeU16: validator.takeU16,
        alpha: toDouble(on.alphaRao, 0),
        root: toDouble(validator.rootRao, 0),
        paidAlpha: toDouble(on.lastDividendRao, 0) / (1 - take),
        paidRoot: toDouble(on.lastRootDividendRao, 0) / (1 - take),
        hasPermit: on.hasPermit,
      },
    ];
  });
}

/** Stake, in doubles of rao. */
type Stake = { readonly alpha: number; readonly root: number };

/** All stake that no listed validator has. */
function stakeOutside(
  inputs: ProjectionInputs,
  subnet: ProjectionSubnet,
  rows: readonly Row[],
): Stake {
  const allAlpha = toDouble(subnet.alphaOutRao, 0);
  const allRoot = toDouble(inputs.global.rootTaoRao, 0);
  return {
    alpha: Math.max(
      0,
      rows.reduce((rest, row) => rest - row.alpha, allAlpha),
    ),
    root: Math.max(
      0,
      rows.reduce((rest, row) => rest - row.root, allRoot),
    ),
  };
}

/** A validator that is not listed on a subnet earned nothing there, if anybody did. */
const UNLISTED = {
  alphaRao: 0n,
  lastDividendRao: 0n,
  lastRootDividendRao: 0n,
  hasPermit: true,
} as const;

type Row = Omit<Earner, 'performance'> & {
  readonly paidAlpha: number;
  readonly paidRoot: number;
  readonly hasPermit: boolean;
};

/** Dividends per alpha; by root stake where the hotkey holds no alpha. */
function observedRate(row: Row, rows: readonly Row[]): number {
  // What was paid is in the stake by now, take included.
  const before = row.alpha - row.paidAlpha - row.paidRoot * row.take;
  if (row.paidAlpha > 0 && before > 0) return row.paidAlpha / before;
  if (row.paidRoot <= 0 || row.root <= 0) return 0;
  const both = rows.filter((other) => other.paidAlpha > 0 && other.paidRoot > 0);
  const alphaPerRoot = both.reduce(
    (sum, other) => sum + (other.paidAlpha * other.root) / (other.alpha * other.paidRoot),
    0,
  );
  return both.length === 0
    ? row.paidRoot / row.root
    : ((alphaPerRoot / both.length) * row.paidRoot) / row.root;
}

/** Nothing was ever paid: all stake outside the listed hotkeys is taken to earn as well as they do. */
function assumeEqual(rows: readonly Row[], netuid: number, outside: Stake): Earning {
  const earners = rows.map((row) => ({ ...row, performance: row.hasPermit ? 1 : 0 }));
  const rest = { ...nobody(netuid), ...outside, performance: 1 };
  return { earners: [...earners, rest], withoutIncentive: false, isAssumed: true };
}

/**
 * One earner for the parts of dividends that no listed hotkey got: with the average performance, or
 * a better one where there is not that much stake.
 */
function restOf(parts: {
  readonly earners: readonly Earner[];
  readonly netuid: number;
  /** Parts of all alpha and of all root dividends. */
  readonly missing: Stake;
  readonly outside: Stake;
}): Earner | undefined {
  const { earners, netuid, missing, outside } = parts;
  const alpha = earners.reduce((sum, earner) => sum + earner.alpha, 0);
  const earning = earners.reduce((sum, earner) => sum + earner.alpha * earner.performance, 0);
  const rootEarning = earners.reduce((sum, earner) => sum + earner.root * earner.performance, 0);
  if (alpha <= 0 || earning <= 0) return undefined;
  const weight = oddsOf(missing.alpha) * earning;
  const rootWeight = oddsOf(missing.root) * rootEarning;
  if (weight <= 0 && rootWeight <= 0) return undefined;
  const held = Math.min((weight * alpha) / earning, Math.max(outside.alpha, LEAST_STAKE));
  const performance = weight > 0 ? weight / held : earning / alpha;
  const root = Math.min(rootWeight / performance, outside.root);
  return { ...nobody(netuid), alpha: weight > 0 ? held : 0, root, performance };
}

/** A missing part against the part that is there; nothing when it is rounding. */
function oddsOf(part: number): number {
  return part < LEAST_REST || part >= 1 ? 0 : part / (1 - part);
}

function nobody(netuid: number): Pick<Earner, 'hotkey' | 'owner' | 'take' | 'takeU16'> {
  return { hotkey: restOfSubnet(netuid), owner: restOfSubnet(netuid), take: 0, takeU16: 0 };
}
