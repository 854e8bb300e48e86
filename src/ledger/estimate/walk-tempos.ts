/**
 * Drives the economy forward in doubles, one step a tempo or a few. It follows the block step's
 * order: emission into the pool, alpha into the pendings, payout when the epoch fires.
 */
import { ROOT_NETUID } from '../../domain/netuid.ts';
import {
  type CoarseModel,
  type CoarseSubnet,
  EMA_HALVING_BLOCKS,
  EMA_SPEED,
  emissionAt,
} from './coarse-model.ts';
import { type Own, payEpoch, type WalkRules } from './pay-epoch.ts';
import { shiftWeight, spotPrice, trade } from './pool-doubles.ts';

export type Walk = {
  readonly rules: WalkRules;
  /** Blocks from the one that takes the stake in. */
  readonly blocks: number;
  /** Bought alpha; on root TAO. Doubles of rao. */
  readonly stake: number;
  /** What the purchase puts into the pool, net of fee. */
  readonly netTao: number;
  /** Tempos that are paid out together, at least 1. */
  readonly temposPerStep: number;
  /** The stake is with the validator already: nothing enters. */
  readonly isHeld?: boolean;
  /** Called for each subnet after each look, with the blocks since the one before. */
  readonly shake?: (subnet: CoarseSubnet, blocks: number) => void;
  /** Called after each payout; return true to stop there. */
  readonly onPayout?: (block: number, held: number) => boolean;
};

/** Blocks after which the split of TAO and the root gate are looked at again, per tempo a step. */
export const LOOK_BLOCKS = 360;

/** Moves `model` to the end of the walk and gives what the position holds then. */
export function walkTempos(model: CoarseModel, walk: Walk): number {
  const own: Own = { held: 0 };
  const enteredAt = model.startBlock + 1;
  const end = enteredAt + walk.blocks;
  // The stake enters after the next block's own step: an epoch there is not for it.
  moveTo({ model, walk, own, end }, model.startBlock, enteredAt);
  enter(model, walk, own);
  let block = enteredAt;
  while (block < end) {
    const next = Math.min(end, block + LOOK_BLOCKS * walk.temposPerStep);
    if (moveTo({ model, walk, own, end }, block, next)) break;
    block = next;
  }
  return own.held;
}

type Moving = {
  readonly model: CoarseModel;
  readonly walk: Walk;
  readonly own: Own;
  readonly end: number;
};

function enter(model: CoarseModel, walk: Walk, own: Own): void {
  own.held = walk.stake;
  if (walk.isHeld === true) {
    // The bonds have known it for long.
    for (const subnet of model.subnets) subnet.unknownPart = 0;
    return;
  }
  if (model.netuid === ROOT_NETUID) {
    model.rootTao += walk.stake;
    const place = model.rootHotkeys.indexOf(model.hotkey);
    if (place >= 0) model.roots[place] = (model.roots[place] ?? 0) + walk.stake;
    return;
  }
  const [subnet] = model.subnets;
  if (subnet === undefined) return;
  const { target, alpha } = subnet;
  if (target >= 0) alpha[target] = (alpha[target] ?? 0) + walk.stake;
  if (walk.rules.pool !== 'frozen') trade(subnet.pool, 'buy', walk.netTao);
}

/** Moves every subnet from one block to another; true when the caller asked to stop. */
function moveTo(moving: Moving, from: number, to: number): boolean {
  const { model, walk } = moving;
  const emission = emissionAt(model.issuance);
  let eligible = model.otherPrices.eligible;
  let emitting = model.otherPrices.emitting;
  for (const subnet of model.subnets) {
    if (subnet.isEligible) eligible += subnet.emaPrice;
    if (subnet.isEligible && subnet.isEmitting) emitting += subnet.emaPrice;
  }
  let isStopped = false;
  for (const subnet of model.subnets) {
    const part = subnet.isEmitting && emitting > 0 ? subnet.emaPrice / emitting : 0;
    const taoPerBlock = emission * part * subnet.taoFactor;
    const segment = { subnet, taoPerBlock, isGateOpen: eligible > 1 };
    if (moveSubnet(moving, segment, from, to)) isStopped = true;
    walk.shake?.(subnet, to - from);
  }
  model.issuance += emission * (to - from);
  if (walk.rules.staking === 'all-emission' && model.netuid === ROOT_NETUID) {
    growRoot(model, emission * (to - from));
  }
  return isStopped;
}

type Segment = {
  readonly subnet: CoarseSubnet;
  readonly taoPerBlock: number;
  readonly isGateOpen: boolean;
};

function moveSubnet(moving: Moving, segment: Segment, from: number, to: number): boolean {
  const { model, walk, own, end } = moving;
  const { subnet } = segment;
  let block = from;
  let isStopped = false;
  while (block < to) {
    const until = Math.min(to, subnet.nextEpoch);
    if (subnet.isEligible) emit(model, segment, walk.rules, { block, blocks: until - block });
    block = until;
    if (block < subnet.nextEpoch) continue;
    const before = own.held;
    const tempos = Math.max(1, Math.round((block - subnet.paidAt) / subnet.tempo));
    payEpoch({ model, subnet, own, rules: walk.rules, tempos });
    subnet.paidAt = block;
    subnet.nextEpoch = nextEpoch(subnet, { block, end, temposPerStep: walk.temposPerStep });
    if (own.held !== before && walk.onPayout?.(block, own.held) === true) isStopped = true;
  }
  return isStopped;
}

/** The next payout: some tempos ahead, but never past the last whole tempo before the end. */
function nextEpoch(
  subnet: CoarseSubnet,
  at: { readonly block: number; readonly end: number; readonly temposPerStep: number },
): number {
  const whole = Math.floor((at.end - at.block) / subnet.tempo);
  const tempos = Math.max(1, Math.min(at.temposPerStep, whole));
  return at.block + tempos * subnet.tempo;
}

/** Emission of some blocks with the terms at their start. */
function emit(
  model: CoarseModel,
  { subnet, taoPerBlock, isGateOpen }: Segment,
  rules: WalkRules,
  { block, blocks }: { readonly block: number; readonly blocks: number },
): void {
  const { pool, pending } = subnet;
  const emission = emissionAt(subnet.issuance);
  const weighted = model.rootTao * model.taoWeight;
  const price = spotPrice(pool);
  const cap = (weighted / (weighted + subnet.issuance)) * emission;
  const alphaIn = Math.min(price > 0 ? taoPerBlock / price : 0, cap);
  const excess = taoPerBlock - alphaIn * price;
  const injected = inject(subnet, rules, {
    tao: alphaIn * price * blocks,
    alpha: alphaIn * blocks,
  });
  if (rules.pool !== 'frozen') trade(pool, 'buy', excess * blocks);
  // The chain takes the proportion anew after minting: halfway is the mean of these blocks.
  const minted = emission * blocks;
  const middle = subnet.issuance + (injected + minted) / 2;
  const rootPart = weighted / (weighted + middle);
  const rest = minted * (1 - subnet.ownerCut);
  const root = (rootPart * rest) / 2;
  pending.ownerCut += minted - rest;
  pending.server += rest / 2;
  pending.validator += rest / 2 - root;
  if (isGateOpen) pending.root += root;
  subnet.issuance += injected + minted - (isGateOpen ? 0 : root);
  const age = block - subnet.startedAt + blocks / 2;
  const speed = (EMA_SPEED * age) / (age + EMA_HALVING_BLOCKS);
  const pull = -Math.expm1(blocks * Math.log1p(-speed));
  subnet.emaPrice += pull * (Math.min(spotPrice(pool), 1) - subnet.emaPrice);
}

/** Adds liquidity at the current price; gives the alpha that came into being. */
function inject(
  subnet: CoarseSubnet,
  rules: WalkRules,
  amounts: { readonly tao: number; readonly alpha: number },
): number {
  if (rules.pool === 'frozen') return amounts.alpha;
  if (!shiftWeight(subnet.pool, amounts.tao, amounts.alpha)) return 0;
  subnet.pool.tao += amounts.tao;
  subnet.pool.alpha += amounts.alpha;
  return amounts.alpha;
}

/** All new TAO is staked on root, where the stake is now. */
function growRoot(model: CoarseModel, tao: number): void {
  const factor = 1 + tao / model.rootTao;
  for (const [place, root] of model.roots.entries()) model.roots[place] = root * factor;
  model.rootTao += tao;
}
