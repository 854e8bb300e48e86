/** One epoch's payout in doubles: dividends by performance, takes, root dividends, sales. */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import type { CoarseModel, CoarseSubnet } from './coarse-model.ts';
import { sellOutput, spotPrice, trade } from './pool-doubles.ts';

export type WalkRules = {
  /**
   * `frozen`: the pool stays as it is. `chain-only`: only the chain injects and buys, and root
   * dividends are sold. `sold`: everything that is paid to others is sold at once.
   */
  readonly pool: 'frozen' | 'chain-only' | 'sold';
  /** What is staked with earning validators: the dividends alone, or all that is emitted. */
  readonly staking: 'dividends' | 'all-emission';
  /**
   * Root stakers leave their dividends as alpha, unclaimed or kept: nothing of them is sold. As the
   * chain does it now when left out.
   */
  readonly rootKeeps?: boolean;
};

/** The position: alpha, or TAO on root. */
export type Own = { held: number };

export type Payout = {
  readonly model: CoarseModel;
  readonly subnet: CoarseSubnet;
  readonly own: Own;
  readonly rules: WalkRules;
  /** Tempos paid at once. */
  readonly tempos: number;
};

export function payEpoch(payout: Payout): void {
  const { subnet, own, rules } = payout;
  const { pending } = subnet;
  const emitted = pending.server + pending.validator + pending.root + pending.ownerCut;
  const before = own.held;
  if (before > 0) subnet.unknownPart *= subnet.bondsKept ** payout.tempos;
  const staked =
    rules.staking === 'all-emission'
      ? pending.ownerCut + (subnet.withoutIncentive ? 0 : pending.server)
      : 0;
  payAlpha(payout, pending.validator + (subnet.withoutIncentive ? pending.server : 0));
  const rootAlpha = payRootTakes(payout, pending.root);
  growStakes(payout, staked);
  if (rules.pool === 'sold') {
    const isAlpha = payout.model.netuid !== ROOT_NETUID;
    const sold = emitted - rootAlpha.afterTake - (isAlpha ? own.held - before : 0);
    trade(subnet.pool, 'sell', Math.max(0, sold) * (1 - subnet.pool.fee));
  }
  claimRoot(payout, rootAlpha);
  Object.assign(pending, { server: 0, validator: 0, root: 0, ownerCut: 0 });
}

/** Alpha dividends: the take first, then the rest over everybody on the hotkey. */
function payAlpha(payout: Payout, amount: number): void {
  const { model, subnet, own, tempos } = payout;
  const { alpha, performance, take, target } = subnet;
  const known = knownPart(payout);
  const isOwnSubnet = model.netuid === subnet.netuid;
  let weight = 0;
  for (let i = 0; i < alpha.length; i += 1) {
    weight += at(performance, i) * at(alpha, i) * (i === target ? known : 1);
  }
  if (weight <= 0) return;
  for (let i = 0; i < alpha.length; i += 1) {
    const held = at(alpha, i);
    const paid = (amount * at(performance, i) * held * (i === target ? known : 1)) / weight;
    if (i === target && isOwnSubnet && held > 0) {
      own.held *= growthOf({ held, paid, take: at(take, i), tempos });
    }
    alpha[i] = held + paid;
  }
}

/**
 * How much of the target's stake weight the bonds know. Chain rule: they follow stake epoch by
 * epoch, and dividends follow them, so new stake is shared with before it earns in full. Pinned by
 * real-economy.test.ts.
 */
function knownPart({ model, subnet, own }: Payout): number {
  const { target } = subnet;
  if (target < 0) return 1;
  const root = at(model.roots, at(subnet.rootAt, target)) * model.taoWeight;
  const weight = at(subnet.alpha, target) + root;
  const mine = own.held * (model.netuid === ROOT_NETUID ? model.taoWeight : 1);
  return weight > 0 ? 1 - (subnet.unknownPart * mine) / weight : 1;
}

/** What one alpha of a nominator becomes. Over several tempos stakes grow as they are paid. */
function growthOf(payment: {
  readonly held: number;
  readonly paid: number;
  readonly take: number;
  readonly tempos: number;
}): number {
  const { held, paid, take, tempos } = payment;
  if (tempos > 1) return Math.exp((1 - take) * Math.log1p(paid / held));
  return 1 + (paid * (1 - take)) / (held + paid * take);
}

/** The root dividends of one epoch: before take of one hotkey, after take of all. */
type RootAlpha = {
  readonly perWeight: number;
  readonly known: number;
  readonly afterTake: number;
};

/** The takes of root dividends are alpha on the hotkey; gives what is left for root stakers. */
function payRootTakes(payout: Payout, amount: number): RootAlpha {
  const { subnet } = payout;
  const { alpha, take } = subnet;
  const known = knownPart(payout);
  let weight = 0;
  for (let i = 0; i < alpha.length; i += 1) weight += rootWeight(payout, i, known);
  if (weight <= 0) return { perWeight: 0, known, afterTake: 0 };
  const perWeight = amount / weight;
  let afterTake = 0;
  for (let i = 0; i < alpha.length; i += 1) {
    const paid = perWeight * rootWeight(payout, i, known);
    alpha[i] = at(alpha, i) + paid * at(take, i);
    afterTake += paid * (1 - at(take, i));
  }
  return { perWeight, known, afterTake };
}

function rootWeight({ model, subnet }: Payout, index: number, known: number): number {
  const root = at(model.roots, at(subnet.rootAt, index));
  return at(subnet.performance, index) * root * (index === subnet.target ? known : 1);
}

/** Root dividends become TAO and are restaked on root. */
function claimRoot(payout: Payout, { perWeight, known, afterTake }: RootAlpha): void {
  const { model, subnet, own, rules } = payout;
  const { pool, take, target, rootAt } = subnet;
  if (afterTake <= 0) return;
  if (rules.rootKeeps ?? !payout.model.rootDividendsSold) {
    claimOwn(payout, perWeight * rootWeight(payout, target, known) * (1 - at(take, target)));
    return;
  }
  const isFrozen = rules.pool === 'frozen';
  const price = isFrozen ? spotPrice(pool) : trade(pool, 'sell', afterTake) / afterTake;
  for (let i = 0; i < take.length; i += 1) {
    const rest = perWeight * rootWeight(payout, i, known) * (1 - at(take, i));
    if (rest <= 0) continue;
    const place = at(rootAt, i);
    const root = at(model.roots, place);
    if (i === target && model.netuid === ROOT_NETUID) {
      const mine = (rest * own.held) / root;
      own.held += isFrozen ? sellOutput(pool, mine) : mine * price;
    }
    model.roots[place] = root + rest * price;
  }
  model.rootTao += afterTake * price;
}

/** Others keep theirs: only what the position on root is paid is sold. */
function claimOwn({ model, subnet, own }: Payout, rest: number): void {
  if (model.netuid !== ROOT_NETUID || subnet.target < 0 || rest <= 0) return;
  const root = at(model.roots, at(subnet.rootAt, subnet.target));
  own.held += sellOutput(subnet.pool, (rest * own.held) / root);
}

/** Stakes more with the validators that earn, as they are staked now. */
function growStakes({ subnet }: Payout, amount: number): void {
  const { alpha, performance } = subnet;
  let weight = 0;
  for (let i = 0; i < alpha.length; i += 1) weight += at(performance, i) * at(alpha, i);
  if (amount <= 0 || weight <= 0) return;
  const factor = amount / weight;
  for (let i = 0; i < alpha.length; i += 1) {
    alpha[i] = at(alpha, i) * (1 + at(performance, i) * factor);
  }
}

/** Indices come from the arrays themselves. */
function at(values: Float64Array | Uint32Array, index: number): number {
  return values[index] as number;
}
