/**
 * The market's turn: shortly before a subnet's epoch users' tasks are answered and paid, validators
 * set weights the way `set_weights` does, and miners practise or give up. Changes the chain state;
 * what it draws follows from seed, subnet and block alone.
 */

import { type Draws, drawsOf } from '../../domain/draws.ts';
import { canSpend, recycleTao, transferTao } from '../../economy/accounts.ts';
import { linksOn } from '../../economy/mechanisms.ts';
import { subtensorEvent } from '../../economy/outcome.ts';
import { type Account, type EconomyEvent, ensureHotkey } from '../../economy/state.ts';
import { createNeuron, type Neuron, type Subnet } from '../../economy/subnet.ts';
import { setWeights } from '../../economy/weights.ts';
import { blake2 } from '../blocks/header.ts';
import { toHex } from '../scale/hex.ts';
import type { ChainState } from '../state/chain-state.ts';
import { answerTasks, gateOf } from './answer-tasks.ts';
import { findQuitter, imitate, practise } from './compete.ts';
import { judgeMiners } from './judge-miners.ts';
import type { MarketState, SubnetMarket } from './market-state.ts';

/** Blocks before an epoch. */
const LEAD_BLOCKS = 20;
/** Rao that users pay per task. */
const TASK_PRICE_RAO = 10_000_000n;
const MILLION = 1_000_000n;
/** Parts of a turn's randomness that are drawn apart. */
const STREAM = { tasks: 1, judging: 2, competing: 3 } as const;

/** Runs the turns that are due before block `number` is stepped; gives the events. */
export function runMarket(state: ChainState, number: number): EconomyEvent[] {
  const { market } = state;
  const events: EconomyEvent[] = [];
  for (const one of market?.subnets ?? []) {
    const subnet = state.economy.subnets[one.netuid];
    if (subnet === undefined || !isTurn(subnet, number)) continue;
    takeTurn(state, { market: market as MarketState, one, subnet, number, events });
  }
  return events;
}

function isTurn({ lastEpochBlock, pendingEpochAt, tempo }: Subnet, number: number): boolean {
  const due = pendingEpochAt > 0 ? pendingEpochAt : lastEpochBlock + tempo;
  return number + LEAD_BLOCKS === due;
}

type Turn = {
  readonly market: MarketState;
  readonly one: SubnetMarket;
  readonly subnet: Subnet;
  readonly number: number;
  readonly events: EconomyEvent[];
};

function takeTurn(state: ChainState, turn: Turn): void {
  const { one, subnet } = turn;
  // A user of the chain may have registered in a miner's place.
  one.miners = one.miners.filter(({ hotkey }) => uidOf(subnet, hotkey) >= 0);
  if (one.miners.length === 0) return;
  const uids = one.miners.map(({ hotkey }) => uidOf(subnet, hotkey));
  const incentives = one.demand.map((_, kind) =>
    subnet.neurons.map((neuron) => linksOn(neuron, kind).incentive),
  );
  const ranks = incentives.map((row) => uids.map((uid) => row[uid] ?? 0));
  const answers = answerTasks(one.miners, ranks.map(gateOf), {
    tasks: one.tasksPerTurn,
    demand: one.demand,
    draws: drawsFor(turn, STREAM.tasks),
  });
  const paidRao = payMiners(state, turn, answers.shares);
  judgeAll(state, turn, { uids, incentives });
  const draws = drawsFor(turn, STREAM.competing);
  practise(one.miners, draws);
  const income = incomeShares(one, ranks);
  const replacedMiners = one.turns > 0 ? replaceQuitter(state, turn, income, draws) : 0;
  one.turns += 1;
  one.last = {
    block: turn.number,
    tasks: one.tasksPerTurn,
    routedQuality: answers.routedQuality,
    bestSingleQuality: answers.bestSingleQuality,
    paidRao,
    replacedMiners,
  };
}

function drawsFor({ market, one, number }: Turn, stream: number): Draws {
  return drawsOf(market.seed, stream, one.netuid, number);
}

/** The users' payment, split over the miners that answered. Nobody is paid from an empty purse. */
function payMiners(state: ChainState, turn: Turn, shares: readonly number[]): bigint {
  const { economy } = state;
  const { users } = turn.market;
  const total = TASK_PRICE_RAO * BigInt(turn.one.tasksPerTurn);
  if (!canSpend(economy, users, total)) return 0n;
  let paid = 0n;
  for (const [i, { coldkey }] of turn.one.miners.entries()) {
    const amountRao = (total * BigInt(Math.floor((shares[i] as number) * 1e6))) / MILLION;
    if (amountRao === 0n) continue;
    transferTao(economy, turn.events, { from: users, to: coldkey, amountRao });
    paid += amountRao;
  }
  return paid;
}

type Known = {
  readonly uids: readonly number[];
  /** Of the last epoch, by kind and uid. */
  readonly incentives: readonly (readonly number[])[];
};

function judgeAll(state: ChainState, turn: Turn, { uids, incentives }: Known): void {
  const { one, subnet, events } = turn;
  const draws = drawsFor(turn, STREAM.judging);
  const { netuid } = subnet;
  for (const { hotkey, noise, conduct } of one.validators) {
    const neuron = subnet.neurons.find((other) => other.hotkey === hotkey);
    if (neuron === undefined) continue;
    for (const [kind, paid] of incentives.entries()) {
      const lastRow = linksOn(neuron, kind).weights;
      const judged = { conduct, noise, kind, miners: one.miners, uids, lastRow, draws };
      const row = judgeMiners({ ...judged, incentives: paid });
      const values = row.map(([, value]) => value);
      const targets = row.map(([uid]) => uid);
      const call = { hotkey, netuid, uids: targets, values, mechanism: kind, revealed: true };
      const set = setWeights(state.economy, call);
      if (set.ok) events.push(...set.events);
    }
  }
}

/** Parts of the whole incentive per miner, kinds weighted by demand. */
function incomeShares(one: SubnetMarket, ranks: readonly (readonly number[])[]): readonly number[] {
  const totals = ranks.map((row) => row.reduce((sum, rank) => sum + rank, 0));
  return one.miners.map((_, i) =>
    ranks.reduce((sum, row, kind) => {
      const total = totals[kind] as number;
      return total === 0 ? sum : sum + ((one.demand[kind] as number) * (row[i] as number)) / total;
    }, 0),
  );
}

/** A newcomer registers in the place of the miner that gives up, if its coldkey can pay for it. */
function replaceQuitter(
  state: ChainState,
  turn: Turn,
  income: readonly number[],
  draws: Draws,
): number {
  const { one, subnet, number, events } = turn;
  const { economy } = state;
  const quitter = findQuitter(one.miners, income);
  const miner = quitter === undefined ? undefined : one.miners[quitter];
  if (miner === undefined || !canSpend(economy, miner.coldkey, subnet.burnRao)) return 0;
  const uid = uidOf(subnet, miner.hotkey);
  recycleTao(economy, miner.coldkey, subnet.burnRao);
  miner.skills = imitate(one.miners, income, draws);
  miner.poorEpochs = 0;
  miner.hotkey = newcomer(one.netuid, number);
  ensureHotkey(economy, miner.hotkey, miner.coldkey);
  subnet.neurons[uid] = createNeuron(miner.hotkey, economy.block) satisfies Neuron;
  const { netuid } = one;
  events.push(subtensorEvent('NeuronRegistered', { netuid, uid, hotkey: miner.hotkey }));
  return 1;
}

/** Nobody has its key. */
function newcomer(netuid: number, number: number): Account {
  return toHex(blake2(new TextEncoder().encode(`market/${netuid}/${number}`)));
}

function uidOf(subnet: Subnet, hotkey: Account): number {
  return subnet.neurons.findIndex((neuron) => neuron.hotkey === hotkey);
}
