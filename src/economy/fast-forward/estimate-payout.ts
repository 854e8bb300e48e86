/** A tempo's payout in doubles: who gains how much alpha. An estimate; payout.ts is exact. */
import { estimateSale } from './estimate-pool.ts';
import {
  BOARD_WIDTH,
  BURNED,
  type Family,
  type PendingEstimate,
  type Projection,
  type StakeEstimate,
  type SubnetProjection,
} from './projection-types.ts';

/** Scratch memory by place; every payout overwrites what it reads. */
const scratch = { dividend: new Float64Array(0), alpha: new Float64Array(0) };
const WITHHELD = -1;

/** Pays what is pending by the epoch's fractions, and zeroes it. */
export function payEstimate(projection: Projection, subnet: SubnetProjection): void {
  const { pending, stake, epoch } = subnet;
  const drained = { ...pending };
  Object.assign(pending, { server: 0, validator: 0, root: 0, ownerCut: 0 });
  const total = drained.server + drained.validator + drained.root;
  const hasIncentive = epoch.server.some((part) => part > 0);
  const parts = shareDividends(projection, subnet, total);
  const forAlpha = hasIncentive ? drained.validator : drained.validator + drained.server;
  if (stake.cutSlot >= 0) deposit(stake, stake.cutSlot, drained.ownerCut);
  payIncentives(projection, subnet, total);
  payAlpha(stake, parts.alphaSum > 0 ? forAlpha / parts.alphaSum : 0);
  payRoot(projection, subnet, drained, parts.rootSum);
}

/** Alpha of a slot's coldkey at its place: new shares at the pool's present value. */
function deposit(stake: StakeEstimate, slot: number, amount: number): void {
  const place = stake.slotPlace[slot] as number;
  const value = stake.value[place] as number;
  const shares = stake.shares[place] as number;
  if (amount <= 0 || (shares > 0 && value <= 0)) return;
  const bought = shares > 0 ? (amount * shares) / value : amount;
  stake.value[place] = value + amount;
  stake.shares[place] = shares + bought;
  stake.slotShares[slot] = (stake.slotShares[slot] as number) + bought;
}

/** Dividends by place, cut into alpha and root parts by the stakes before any payment. */
function shareDividends(
  projection: Projection,
  subnet: SubnetProjection,
  total: number,
): { alphaSum: number; rootSum: number } {
  const { stake, epoch, pool } = subnet;
  const places = stake.hotkeys.length;
  if (scratch.dividend.length < places) {
    scratch.dividend = new Float64Array(places);
    scratch.alpha = new Float64Array(places);
  }
  const { dividend, alpha } = scratch;
  dividend.fill(0, 0, places);
  for (let uid = 0; uid < epoch.validator.length; uid += 1) {
    const amount = (epoch.validator[uid] as number) * total;
    if (amount === 0) continue;
    const place = stake.uidPlace[uid] as number;
    const family = stake.families[uid];
    if (family === undefined) dividend[place] = (dividend[place] as number) + amount;
    else pool.alphaOut -= splitFamily(projection, stake, { family, place, amount });
  }
  let alphaSum = 0;
  let rootSum = 0;
  for (let place = 0; place < places; place += 1) {
    const amount = dividend[place] as number;
    const root = rootOf(projection, stake, place) * projection.rules.taoWeight;
    const all = (stake.value[place] as number) + root;
    const rootPart = all > 0 ? (amount * root) / all : 0;
    alpha[place] = amount - rootPart;
    dividend[place] = stake.earnsRoot[place] === 1 ? rootPart : 0;
    alphaSum += amount - rootPart;
    rootSum += dividend[place] as number;
  }
  return { alphaSum, rootSum };
}

/** Between a validator and the parents whose stake it works with; gives what is recycled. */
function splitFamily(
  projection: Projection,
  stake: StakeEstimate,
  split: { readonly family: Family; readonly place: number; readonly amount: number },
): number {
  const { family, place, amount } = split;
  const weigh = (at: number): number =>
    (stake.value[at] as number) + rootOf(projection, stake, at) * projection.rules.taoWeight;
  let sum = weigh(place) * family.keptPart;
  for (const parent of family.parents) sum += weigh(parent.place) * parent.proportion;
  let own = amount;
  let recycled = 0;
  for (const parent of family.parents) {
    const part = sum > 0 ? (amount * weigh(parent.place) * parent.proportion) / sum : 0;
    const burned = parent.sameOwner ? 0 : part * projection.rules.childkeyBurn;
    const taken = parent.sameOwner ? 0 : part * family.childkeyTake;
    own += taken - part;
    recycled += burned;
    const at = parent.place;
    const rest = Math.max(0, part - burned - taken);
    scratch.dividend[at] = (scratch.dividend[at] as number) + rest;
  }
  scratch.dividend[place] = (scratch.dividend[place] as number) + own;
  return recycled;
}

function payIncentives({ board }: Projection, subnet: SubnetProjection, total: number): void {
  const { stake, epoch, pool } = subnet;
  let sum = 0;
  let withheld = 0;
  for (let uid = 0; uid < epoch.server.length; uid += 1) {
    const amount = (epoch.server[uid] as number) * total;
    const slot = stake.incentiveSlot[uid] as number;
    sum += amount;
    if (slot >= 0) deposit(stake, slot, amount);
    else if (slot === WITHHELD) withheld += amount;
  }
  if (subnet.recycles) pool.alphaOut -= withheld;
  board[subnet.row * BOARD_WIDTH + BURNED] = sum > 0 ? withheld / sum : 0;
}

/** The take goes first, so it already shares in the rest of the same tempo. */
function payAlpha(stake: StakeEstimate, perPart: number): void {
  for (let place = 0; place < stake.hotkeys.length; place += 1) {
    const amount = (scratch.alpha[place] as number) * perPart;
    const owner = stake.ownerSlot[place] as number;
    if (amount === 0 || owner < 0) continue;
    const taken = amount * (stake.take[place] as number);
    deposit(stake, owner, taken);
    if (stake.shares[place] === 0) deposit(stake, owner, amount - taken);
    else stake.value[place] = (stake.value[place] as number) + amount - taken;
  }
}

function payRoot(
  projection: Projection,
  subnet: SubnetProjection,
  drained: PendingEstimate,
  sum: number,
): void {
  const { stake } = subnet;
  if (sum === 0) return;
  for (let place = 0; place < stake.hotkeys.length; place += 1) {
    const amount = (drained.root * (scratch.dividend[place] as number)) / sum;
    const owner = stake.ownerSlot[place] as number;
    if (amount === 0 || owner < 0) continue;
    const taken = amount * (stake.take[place] as number);
    deposit(stake, owner, taken);
    const rest = amount - taken;
    const root = rootOf(projection, stake, place);
    const fund = stake.fundSlot[place] as number;
    const isOwners = fund >= 0 ? root === 0 : root > 0 && rest > root;
    if (isOwners) deposit(stake, owner, rest);
    else if (projection.settings.rootDividends === 'sell') {
      sellForRoot(projection, subnet, place, rest);
    } else {
      stake.rate[place] = (stake.rate[place] as number) + (root > 0 ? rest / root : 0);
      if (fund >= 0) deposit(stake, fund, rest);
    }
  }
}

/** The alpha goes back into the pool, the TAO becomes root stake on the same hotkey. */
function sellForRoot(
  projection: Projection,
  { stake, pool }: SubnetProjection,
  place: number,
  alpha: number,
): void {
  const tao = estimateSale(pool, alpha);
  pool.tao -= tao;
  pool.alphaOut -= alpha;
  if (!pool.isStable) pool.alpha += alpha;
  const at = stake.rootAt[place] as number;
  projection.rootStake[at] = (projection.rootStake[at] as number) + tao;
  projection.rootTao += tao;
}

function rootOf({ rootStake }: Projection, stake: StakeEstimate, place: number): number {
  return rootStake[stake.rootAt[place] as number] as number;
}
