/**
 * A market in memory for trades: the embedded chain's economy with two pools, a view of it that
 * quotes as a node does, and the calls of plans executed on it. Fast enough for many thousand runs.
 */
import type { BlockView, Call } from '../../src/chain/types.ts';
import { addStake, addStakeLimit } from '../../src/economy/add-stake.ts';
import { swapStakeLimit } from '../../src/economy/move-stake.ts';
import { poolPriceRao } from '../../src/economy/pool.ts';
import { simSwapAlphaForTao, simSwapTaoForAlpha } from '../../src/economy/quote.ts';
import {
  removeStake,
  removeStakeFullLimit,
  removeStakeLimit,
} from '../../src/economy/remove-stake.ts';
import { stakeOf } from '../../src/economy/stake-ledger.ts';
import { createEconomy, type EconomyState, type Outcome } from '../../src/economy/state.ts';

export const OWN = 'own-coldkey';
export const VALIDATOR = 'validator';
export const OTHER_VALIDATOR = 'other-validator';
const ADVERSARY = 'adversary';
const AUTHOR = 'author';
const TAO = 1_000_000_000n;

export type Dice = {
  /** A whole number from 0 to `below` − 1. */
  readonly roll: (below: number) => number;
  /** A share of `rao` between `smallest` and `largest` parts of a million, evenly in magnitude. */
  readonly share: (rao: bigint, smallest: number, largest: number) => bigint;
};

/** The same numbers for the same seed. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  return {
    roll: (below) => Math.floor(next() * below),
    share: (rao, smallest, largest) => {
      const parts = Math.exp(Math.log(smallest) + next() * Math.log(largest / smallest));
      return (rao * BigInt(Math.max(1, Math.round(parts * 1_000)))) / 1_000_000_000n;
    },
  };
}

export type Market = {
  readonly state: EconomyState;
  readonly view: BlockView;
  readonly stakeOf: (netuid: number, hotkey?: string) => bigint;
  readonly freeRao: () => bigint;
  /** Executes a plan's call as the chain would, batches too. */
  readonly execute: (call: Call) => string;
  /** Somebody else trades on the subnet; whether it worked does not matter. */
  readonly disturb: (dice: Dice, netuid: number) => void;
};

/** Two pools of random depth, price and weights; the own account has stake and TAO. */
export function createMarket(dice: Dice): Market {
  const pool = (netuid: number) => {
    const taoReserve = dice.share(10_000_000n * TAO, 100, 100_000);
    return {
      netuid,
      taoReserve,
      alphaIn: dice.share(taoReserve * 1_000n, 300, 900_000),
      ...(dice.roll(3) === 0 ? { quoteWeight: 10n ** 15n * BigInt(300 + dice.roll(400)) } : {}),
    };
  };
  const subnets = [pool(1), pool(2)];
  const held = subnets.map(({ alphaIn }) => dice.share(alphaIn, 10, 50_000));
  const state = createEconomy({
    // What is left of a position stays: a swept leftover would blur what the trade itself gave.
    parameters: { nominatorMinFactor: 0n },
    balances: { [OWN]: 10_000_000n * TAO, [ADVERSARY]: 100_000_000n * TAO },
    subnets,
    hotkeys: { [VALIDATOR]: { owner: 'vc' }, [OTHER_VALIDATOR]: { owner: 'vc' } },
    stakes: subnets.flatMap(({ netuid, alphaIn }, index) => [
      { hotkey: VALIDATOR, coldkey: OWN, netuid, alphaRao: held[index] ?? 0n },
      { hotkey: OTHER_VALIDATOR, coldkey: OWN, netuid, alphaRao: held[index] ?? 0n },
      { hotkey: VALIDATOR, coldkey: ADVERSARY, netuid, alphaRao: alphaIn },
    ]),
  });
  return {
    state,
    view: viewOf(state),
    stakeOf: (netuid, hotkey = VALIDATOR) => stakeOf(state, hotkey, OWN, netuid),
    freeRao: () => state.balances[OWN] ?? 0n,
    execute: (call) => execute(state, call),
    disturb: (dice, netuid) => disturb(state, dice, netuid),
  };
}

function disturb(state: EconomyState, dice: Dice, netuid: number): void {
  const subnet = state.subnets[netuid];
  if (subnet === undefined) return;
  const where = { coldkey: ADVERSARY, hotkey: VALIDATOR, netuid, author: AUTHOR };
  if (dice.roll(2) === 0) {
    addStake(state, { ...where, amountRao: dice.share(subnet.taoReserve, 1, 100_000) });
  } else {
    removeStake(state, { ...where, amountRao: dice.share(subnet.alphaIn, 1, 100_000) });
  }
}

/** `ok`, or the chain's name of the refusal; a batch is all or nothing. */
function execute(state: EconomyState, call: Call): string {
  if (call.pallet !== 'Utility') return named(dispatch(state, call));
  for (const inner of call.args.calls as readonly Call[]) {
    const result = named(dispatch(state, inner));
    if (result !== 'ok') return result;
  }
  return 'ok';
}

function named(outcome: Outcome): string {
  return outcome.ok ? 'ok' : `${outcome.error.pallet}.${outcome.error.name}`;
}

function dispatch(state: EconomyState, { name, args }: Call): Outcome {
  const where = {
    coldkey: OWN,
    hotkey: args.hotkey as string,
    netuid: args.netuid as number,
    author: AUTHOR,
  };
  const limits = {
    limitRaoPerAlpha: args.limit_price as bigint,
    allowPartial: args.allow_partial as boolean,
  };
  switch (name) {
    case 'add_stake':
      return addStake(state, { ...where, amountRao: args.amount_staked as bigint });
    case 'add_stake_limit':
      return addStakeLimit(state, {
        ...where,
        ...limits,
        amountRao: args.amount_staked as bigint,
      });
    case 'remove_stake':
      return removeStake(state, { ...where, amountRao: args.amount_unstaked as bigint });
    case 'remove_stake_limit':
      return removeStakeLimit(state, {
        ...where,
        ...limits,
        amountRao: args.amount_unstaked as bigint,
      });
    case 'remove_stake_full_limit':
      return removeStakeFullLimit(state, {
        ...where,
        limitRaoPerAlpha: args.limit_price as bigint | undefined,
      });
    case 'swap_stake_limit':
      return swapStakeLimit(state, {
        coldkey: OWN,
        hotkey: args.hotkey as string,
        originNetuid: args.origin_netuid as number,
        destinationNetuid: args.destination_netuid as number,
        amountRao: args.alpha_amount as bigint,
        limitRatio: args.limit_price as bigint,
        allowPartial: args.allow_partial as boolean,
        author: AUTHOR,
      });
    default:
      throw new Error(`the market has no call ${name}`);
  }
}

/** Quotes and pools as a node reports them; anything else is a mistake of the test. */
function viewOf(state: EconomyState): BlockView {
  const subnetOf = (netuid: unknown) => {
    const subnet = state.subnets[netuid as number];
    if (subnet === undefined) throw new Error(`no subnet ${String(netuid)}`);
    return subnet;
  };
  const callApi: BlockView['callApi'] = async (_api, method, netuid, amount) => {
    if (method === 'current_alpha_price') return poolPriceRao(subnetOf(netuid));
    const simulate = method === 'sim_swap_tao_for_alpha' ? simSwapTaoForAlpha : simSwapAlphaForTao;
    const swap = simulate(subnetOf(netuid), amount as bigint);
    return {
      tao_amount: swap.taoAmount,
      alpha_amount: swap.alphaAmount,
      tao_fee: swap.taoFee,
      alpha_fee: swap.alphaFee,
    };
  };
  const items: Readonly<Record<string, (netuid: unknown) => unknown>> = {
    SubnetTAO: (netuid) => subnetOf(netuid).taoReserve,
    SubnetAlphaIn: (netuid) => subnetOf(netuid).alphaIn,
    SwapBalancer: (netuid) => subnetOf(netuid).quoteWeight,
    FeeRate: (netuid) => subnetOf(netuid).feeRateU16,
  };
  const read: BlockView['read'] = async (_pallet, item, ...keys) => {
    const found = items[item];
    if (found === undefined) throw new Error(`the market has no item ${item}`);
    return found(keys[0]);
  };
  const has = { api: () => true, storage: () => true, constant: () => false, call: () => true };
  return {
    hash: '0x00',
    number: 0,
    runtime: { has } as unknown as BlockView['runtime'],
    read,
    readMany: (pallet, item, keys) => Promise.all(keys.map((key) => read(pallet, item, ...key))),
    entries: async () => [],
    callApi,
    callApiForFields: (_fields, api, method, ...args) => callApi(api, method, ...args),
    callApiMany: (api, method, list) =>
      Promise.all(list.map((args) => callApi(api, method, ...args))),
  };
}
