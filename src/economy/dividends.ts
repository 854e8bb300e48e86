/** Who gets a tempo's validator alpha: takes, parents and children, alpha against root. U96F32. */
import { div32, mul32, ONE_32, u16Fraction32, u64Fraction32 } from './fixed.ts';
import { requireU16 } from './invalid-input.ts';
import type { Account } from './state.ts';

/** What a hotkey holds itself: alpha on the subnet and TAO on root, rao. */
export type OwnStake = { readonly alpha: bigint; readonly root: bigint };

export type TakeSplit = { readonly take: bigint; readonly rest: bigint };

/**
 * The owner's take of an amount in rao (U96F32 bits) and what is left, both floored. Throws
 * ECONOMY_INVALID_INPUT for a take that is no u16.
 */
export function splitTake(amount32: bigint, takeU16: number): TakeSplit {
  requireU16('split a take', { takeU16 });
  const take = mul32(u16Fraction32(takeU16), amount32);
  return { take: take >> 32n, rest: (amount32 - take) >> 32n };
}

/** Own stake less what children get, plus what parents lend, in rao. Proportions are u64. */
export function inheritStake(
  own: bigint,
  childProportions: readonly bigint[],
  parents: readonly { readonly proportion: bigint; readonly stake: bigint }[],
): bigint {
  const own32 = own << 32n;
  let lent = 0n;
  for (const proportion of childProportions) lent += mul32(own32, u64Fraction32(proportion));
  let total = own32 > lent ? own32 - lent : 0n;
  for (const parent of parents) total += parent.stake * u64Fraction32(parent.proportion);
  return total >> 32n;
}

export type ChildkeyInput = {
  /** Epoch dividend of the validating hotkey, rao. */
  readonly dividend: bigint;
  /** U96F32. */
  readonly taoWeight32: bigint;
  /** u64 fraction. */
  readonly childkeyBurn: bigint;
  readonly hotkey: Account;
  readonly owner: Account;
  readonly takeU16: number;
  readonly stake: OwnStake;
  readonly childProportions: readonly bigint[];
  readonly parents: readonly {
    readonly hotkey: Account;
    readonly owner: Account;
    readonly proportion: bigint;
    readonly stake: OwnStake;
  }[];
};

export type ChildkeySplit = {
  /** Parents in their order, then the validating hotkey itself; rao. */
  readonly dividends: readonly (readonly [hotkey: Account, rao: bigint])[];
  readonly recycled: bigint;
};

/** Splits a validator's dividend between itself and the parents whose stake it works with. */
export function splitChildkey(input: ChildkeyInput): ChildkeySplit {
  if (input.parents.length === 0) {
    return { dividends: [[input.hotkey, input.dividend]], recycled: 0n };
  }
  const self = selfContribution(input);
  const contributions = input.parents.map((parent) => {
    const proportion = u64Fraction32(parent.proportion);
    return contribution(parent.stake, proportion, input.taoWeight32);
  });
  let total = self << 32n;
  for (const part of contributions) total += part;
  const emission = input.dividend << 32n;
  const take = u16Fraction32(input.takeU16);
  const burn = u64Fraction32(input.childkeyBurn);
  let remaining = emission;
  let taken = 0n;
  let recycled = 0n;
  const dividends = input.parents.map((parent, i) => {
    const full = mul32(emission, div32(contributions[i] as bigint, total));
    remaining -= full;
    if (parent.owner === input.owner) return [parent.hotkey, full >> 32n] as const;
    const burned = mul32(burn, full);
    const taking = mul32(take, full);
    taken += taking;
    recycled += burned >> 32n;
    const rest = full - burned - taking;
    return [parent.hotkey, rest > 0n ? rest >> 32n : 0n] as const;
  });
  const own = (remaining > 0n ? remaining : 0n) + taken;
  return { dividends: [...dividends, [input.hotkey, own >> 32n]], recycled };
}

export type DividendInput = {
  readonly pendingValidator: bigint;
  readonly pendingRoot: bigint;
  readonly taoWeight32: bigint;
  /** In key order; `dividend` in rao. */
  readonly hotkeys: readonly {
    readonly hotkey: Account;
    readonly dividend: bigint;
    readonly stake: OwnStake;
    /** false: its root part goes to nobody, and the root pending to those who may have it. */
    readonly earnsRoot?: boolean;
  }[];
};

/** Alpha and root payout of one hotkey before take, U96F32 bits in rao. */
export type DividendShare = {
  readonly hotkey: Account;
  readonly alpha32: bigint;
  readonly root32: bigint;
};

/**
 * Cuts each dividend by the alpha and root part of the hotkey's stake, then shares out pendings.
 */
export function distributeDividends(input: DividendInput): DividendShare[] {
  let alphaTotal = 0n;
  let rootTotal = 0n;
  const parts = input.hotkeys.map(({ hotkey, dividend, stake, earnsRoot }) => {
    const weightedRoot = stake.root * input.taoWeight32;
    const all = (stake.alpha << 32n) + weightedRoot;
    const dividend32 = dividend << 32n;
    const rootPart = mul32(dividend32, div32(weightedRoot, all));
    const alpha = dividend32 - rootPart;
    const root = earnsRoot === false ? 0n : rootPart;
    alphaTotal += alpha;
    rootTotal += root;
    return { hotkey, alpha, root };
  });
  return parts.map(({ hotkey, alpha, root }) => ({
    hotkey,
    alpha32: input.pendingValidator * div32(alpha, alphaTotal),
    root32: input.pendingRoot * div32(root, rootTotal),
  }));
}

function selfContribution(input: ChildkeyInput): bigint {
  let left = ONE_32;
  for (const proportion of input.childProportions) left -= u64Fraction32(proportion);
  return contribution(input.stake, left > 0n ? left : 0n, input.taoWeight32) >> 32n;
}

function contribution(stake: OwnStake, proportion32: bigint, taoWeight32: bigint): bigint {
  return stake.alpha * proportion32 + mul32(stake.root * proportion32, taoWeight32);
}
