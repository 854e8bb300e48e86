/** The split of an epoch's emission, in whole rao: every amount floors, the remainder vanishes. */
import { divide } from './q32.ts';
import type { EpochWorkspace } from './workspace.ts';

/**
 * Fills server, validator and combined rao by uid: parts of incentive plus dividends, or, when both
 * are zero everywhere, of active stake, or of stake when none is active.
 */
export function splitEmission(workspace: EpochWorkspace, uids: number, emissionRao: bigint): void {
  const { incentive, dividends, stake, activeStake } = workspace.byUid;
  const { emissionRao: combinedRao, serverRao, validatorRao } = workspace.byUid;
  let sum = 0;
  let activeSum = 0;
  for (let uid = 0; uid < uids; uid += 1) {
    sum += (incentive[uid] as number) + (dividends[uid] as number);
    activeSum += activeStake[uid] as number;
  }
  const fallback = activeSum > 0 ? activeStake : stake;
  for (let uid = 0; uid < uids; uid += 1) {
    const server = incentive[uid] as number;
    const validator = dividends[uid] as number;
    if (sum === 0) {
      const rao = partOfRao(fallback[uid] as number, emissionRao);
      serverRao[uid] = 0n;
      validatorRao[uid] = rao;
      combinedRao[uid] = rao;
      continue;
    }
    const serverPart = partOfRao(divide(server, sum), emissionRao);
    const validatorPart = partOfRao(divide(validator, sum), emissionRao);
    serverRao[uid] = serverPart;
    validatorRao[uid] = validatorPart;
    combinedRao[uid] =
      server === 0 || validator === 0
        ? serverPart + validatorPart
        : partOfRao(divide(server + validator, sum), emissionRao);
  }
}

/** ⌊fraction × rao⌋ for a fraction of 2^32. */
function partOfRao(fraction: number, rao: bigint): bigint {
  return fraction === 0 ? 0n : (BigInt(fraction) * rao) >> 32n;
}
