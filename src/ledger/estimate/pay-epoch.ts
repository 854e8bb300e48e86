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
    const sold = emitted - rootAlpha.total - (isAlpha ? own.held - before : 0);
    trade(subnet.pool, 'sell', Math.max(0, sold) * (1 - subnet.pool.fee));
  }
  claimRoot(payout, rootAlpha);
  Object.assign(pending, { server: 0, validator: 0, root: 0, ownerCut: 0 });
}

/** Alpha dividends: the take first, then the rest over everybody on the hotkey. */
function payAlpha(payout: Payout, amount: number): void {
  const { model, subnet, own, tempos } = payout;
  const { earners, alpha } = subnet;
  const known = knownPart(payout);
  let weight = 0;
  for (let i = 0; i < earners.length; i += 1) weight += weightOf(payout, i, known);
  if (weight <= 0) return;
  for (let i = 0; i < earners.length; i += 1) {
    const earner = earners[i] as CoarseSubnet['earners'][number];
    const held = alpha[i] as number;
    const paid = (amount * weightOf(payout, i, known)) / weight;
    if (earner.hotkey === model.hotkey && model.netuid === subnet.netuid && held > 0) {
      own.held *= growthOf({ held, paid, take: earner.take, tempos });
    }
    alpha[i] = held + paid;
  }
}

function weightOf({ model, subnet }: Payout, index: number, known: number): number {
  const earner = subnet.earners[index] as CoarseSubnet['earners'][number];
  const part = earner.hotkey === model.hotkey ? known : 1;
  return earner.performance * (subnet.alpha[index] as number) * part;
}

/**
 * How much of the target's stake weight the bonds know. Chain rule: they follow stake epoch by epoch,
 * and dividends follow them, so new stake is shared with before it earns in full.
 */
function knownPart({ model, subnet, own }: Payout): number {
  const index = subnet.earners.findIndex((earner) => earner.hotkey === model.hotkey);
  if (index < 0) return 1;
  const root = (model.rootByHotkey.get(model.hotkey) ?? 0) * model.taoWeight;
  const weight = (subnet.alpha[index] as number) + root;
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

type RootAlpha = {
  /** After take, of all hotkeys. */
  readonly total: number;
  readonly byIndex: readonly number[];
};

/** The takes of root dividends are alpha on the hotkey; gives what is left for root stakers. */
function payRootTakes(payout: Payout, amount: number): RootAlpha {
  const { model, subnet } = payout;
  const { earners, alpha } = subnet;
  const known = knownPart(payout);
  const roots = earners.map(({ hotkey, performance }) => {
    const part = hotkey === model.hotkey ? known : 1;
    return performance * part * (model.rootByHotkey.get(hotkey) ?? 0);
  });
  const weight = roots.reduce((sum, root) => sum + root, 0);
  if (weight <= 0) return { total: 0, byIndex: [] };
  const byIndex = earners.map(({ take }, i) => {
    const paid = (amount * (roots[i] as number)) / weight;
    alpha[i] = (alpha[i] as number) + paid * take;
    return paid * (1 - take);
  });
  return { total: byIndex.reduce((sum, rest) => sum + rest, 0), byIndex };
}

/** Root dividends become TAO and are restaked on root. */
function claimRoot({ model, subnet, own, rules }: Payout, rootAlpha: RootAlpha): void {
  if (rootAlpha.total <= 0) return;
  const { pool, earners } = subnet;
  const price =
    rules.pool === 'frozen'
      ? spotPrice(pool)
      : trade(pool, 'sell', rootAlpha.total) / rootAlpha.total;
  for (const [i, rest] of rootAlpha.byIndex.entries()) {
    const { hotkey } = earners[i] as CoarseSubnet['earners'][number];
    const root = model.rootByHotkey.get(hotkey) ?? 0;
    if (rest <= 0 || root <= 0) continue;
    if (hotkey === model.hotkey && model.netuid === ROOT_NETUID) {
      const mine = (rest * own.held) / root;
      own.held += rules.pool === 'frozen' ? sellOutput(pool, mine) : mine * price;
    }
    model.rootByHotkey.set(hotkey, root + rest * price);
  }
  model.rootTao += rootAlpha.total * price;
}

/** Stakes more with the validators that earn, as they are staked now. */
function growStakes(payout: Payout, amount: number): void {
  const { subnet } = payout;
  const weights = subnet.earners.map((_, index) => weightOf(payout, index, 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (amount <= 0 || total <= 0) return;
  for (const [index, weight] of weights.entries()) {
    subnet.alpha[index] = (subnet.alpha[index] as number) + (amount * weight) / total;
  }
}
