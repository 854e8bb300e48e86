/** Validators as the commands of this noun show them: own stake beside the rest, yields with their method. */
import { readStakes } from '../../chain/queries/read-stakes.ts';
import type { ValidatorFacts } from '../../chain/queries/read-validators.ts';
import type { BlockView } from '../../chain/types.ts';
import { alpha, alphaJson } from '../../domain/amount.ts';
import { ROOT_NETUID } from '../../domain/netuid.ts';
import {
  aprHundredths,
  formatHundredths,
  type ObservedYield,
  u16Hundredths,
} from '../../domain/observed-yield.ts';
import { formatTakePercent } from '../../domain/take.ts';

export type ValidatorRow = ValidatorFacts & {
  /** What the owner of the hotkey has staked with it, in rao of the subnet's alpha. */
  readonly ownStakeRao: bigint;
};

/** Adds what the owners have staked with their own hotkeys, in one round trip. */
export async function readOwnStakes(
  view: BlockView,
  netuid: number,
  validators: readonly ValidatorFacts[],
): Promise<readonly ValidatorRow[]> {
  const stakes = await readStakes(view, [...new Set(validators.map(({ owner }) => owner))]);
  const own = new Map(
    stakes
      .filter((stake) => stake.netuid === netuid)
      .map((stake) => [`${stake.coldkey} ${stake.hotkey}`, stake.alphaRao]),
  );
  return validators.map((facts) => ({
    ...facts,
    ownStakeRao: own.get(`${facts.owner} ${facts.hotkey}`) ?? 0n,
  }));
}

/** What every command says of one validator on one subnet. JSON-safe. */
export function validatorData(netuid: number, row: ValidatorRow) {
  return {
    hotkey: row.hotkey,
    name: row.name,
    owner: row.owner,
    takePercent: formatTakePercent(row.takeU16),
    takeU16: row.takeU16,
    stake: alphaJson(alpha(netuid, row.stakeRao)),
    ownStake: alphaJson(alpha(netuid, row.ownStakeRao)),
    delegated: alphaJson(alpha(netuid, row.stakeRao - row.ownStakeRao)),
    uid: row.uid ?? null,
    hasPermit: row.hasPermit,
    trustPercent: trustPercent(row) ?? null,
    lastUpdateBlock: row.lastUpdateBlock ?? null,
    netYield: yieldData(netuid, row.seen),
  };
}

/** A yield never goes without its method, window and unit; null where nothing was paid on. */
export function yieldData(netuid: number, seen: ObservedYield) {
  const apr = aprHundredths(seen);
  if (apr === undefined) return null;
  return {
    aprPercent: formatHundredths(apr),
    unit: netuid === ROOT_NETUID ? 'tao' : 'alpha',
    windowBlocks: seen.windowBlocks,
    compounding: 'none',
    method: yieldMethod(netuid),
  };
}

/** What the figure in a yield column is. */
export function yieldMethod(netuid: number): string {
  return netuid === ROOT_NETUID
    ? 'newest payout of every subnet at spot prices over root stake, after take'
    : "the last epoch's payout over the stake it was paid on, after take";
}

/** Yield for a table: `12.34`, or empty where there is none. */
export function yieldText(seen: ObservedYield): string {
  const apr = aprHundredths(seen);
  return apr === undefined ? '' : formatHundredths(apr);
}

/** Validator trust in percent; undefined where it is not measured. */
export function trustPercent({ trustU16 }: Pick<ValidatorFacts, 'trustU16'>): string | undefined {
  return trustU16 === undefined ? undefined : formatHundredths(u16Hundredths(trustU16));
}
