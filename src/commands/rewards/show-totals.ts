/** Sums over positions, in rao of TAO. Positions without a price are counted, not guessed. Pure. */
import type { Shown } from './show.ts';

export type RewardTotals = {
  readonly earnedRao: bigint;
  readonly priceGainRao: bigint;
  readonly tradeCostRao: bigint;
  /** Undefined when no take of any position is known. */
  readonly takeRao: bigint | undefined;
  readonly paidRao: bigint;
  readonly receivedRao: bigint;
  readonly costRao: bigint;
  readonly valueRao: bigint;
  readonly exitRao: bigint;
  readonly realisedRao: bigint;
  readonly unrealisedRao: bigint;
  readonly resultRao: bigint;
  readonly unclaimedRao: bigint;
  readonly windows: readonly { readonly name: string; readonly earnedRao: bigint }[];
  /** Positions that are in no sum of TAO. */
  readonly unpriced: number;
};

export function totalsOf({ summary, exits, windows }: Shown): RewardTotals {
  const { positions } = summary;
  const sum = (of: (position: (typeof positions)[number]) => bigint | undefined): bigint =>
    positions.reduce((total, position) => total + (of(position) ?? 0n), 0n);
  const knowsTake = positions.some((position) => position.takePaid !== undefined);
  return {
    earnedRao: sum(({ rewards }) => rewards.tao?.emissionRao),
    priceGainRao: sum(({ rewards }) => rewards.tao?.priceRao),
    tradeCostRao: sum(({ rewards }) => rewards.tao?.tradeCostRao),
    takeRao: knowsTake ? sum(({ takePaid }) => takePaid?.taoRao) : undefined,
    paidRao: sum(({ rewards }) => rewards.paidRao),
    receivedRao: sum(({ rewards }) => rewards.receivedRao),
    costRao: sum(({ basis }) => basis?.costRao),
    valueRao: sum(({ rewards }) => rewards.tao?.valueNowRao),
    exitRao: exits.totalRao,
    realisedRao: sum(({ basis }) => basis?.realisedRao),
    unrealisedRao: sum(({ basis }) => basis?.unrealisedRao),
    resultRao: sum(({ rewards }) => rewards.tao?.resultRao),
    unclaimedRao: sum(({ rewards }) =>
      rewards.claimable.reduce((total, claim) => total + (claim.taoRao ?? 0n), 0n),
    ),
    windows: windows.map(({ name }) => ({
      name,
      earnedRao: sum((position) => position.windows.find((one) => one.name === name)?.earnedRao),
    })),
    unpriced: positions.filter(({ rewards }) => rewards.tao === undefined).length,
  };
}
