/**
 * Tempo payout and root claims of the economics vectors: small states driven through the product.
 */
import { splitTake } from '../../src/economy/dividends.ts';
import { toDouble } from '../../src/economy/fixed.ts';
import { payTempo } from '../../src/economy/payout.ts';
import { payRootClaim } from '../../src/economy/root-claims.ts';
import { accrueRootDividend } from '../../src/economy/root-dividends.ts';
import {
  claimedOn,
  decreaseStake,
  increaseStake,
  stakeOf,
} from '../../src/economy/stake-ledger.ts';
import { createEconomy, type EconomyState, type Hotkey } from '../../src/economy/state.ts';
import { createNeuron, type Subnet } from '../../src/economy/subnet.ts';
import { type Int, int, type Ops } from './vector-op.ts';

const NETUID = 1;

type PayoutHotkey = {
  owner: string;
  take: number;
  stakes: Record<string, Int>;
  root: Record<string, Int>;
};

type PayoutInputs = {
  pending_server: Int;
  pending_validator: Int;
  pending_root: Int;
  pending_owner_cut: Int;
  tao_weight_u64: Int;
  epoch_emissions: { hotkey: string; incentive: Int; dividend: Int }[];
  hotkeys: Record<string, PayoutHotkey>;
  subnet_owner: { hotkey: string; coldkey: string };
  owner_hotkeys: string[];
  recycle_or_burn: 'burn' | 'recycle';
};

function payoutState(inputs: PayoutInputs): EconomyState {
  const hotkeys = Object.entries(inputs.hotkeys);
  const state = createEconomy({
    parameters: { taoWeight: int(inputs.tao_weight_u64) },
    subnets: [
      {
        netuid: NETUID,
        owner: inputs.subnet_owner.coldkey,
        ownerHotkey: inputs.subnet_owner.hotkey,
        recycleOrBurn: inputs.recycle_or_burn,
        neurons: inputs.epoch_emissions.map((row) => createNeuron(row.hotkey, 0)),
      },
    ],
    hotkeys: Object.fromEntries(hotkeys.map(([name, { owner, take }]) => [name, { owner, take }])),
    stakes: hotkeys.flatMap(([hotkey, entry]) => [
      ...positions(hotkey, entry.stakes, NETUID),
      ...positions(hotkey, entry.root, 0),
    ]),
  });
  return state;
}

function positions(hotkey: string, stakes: Record<string, Int>, netuid: number) {
  return Object.entries(stakes).map(([coldkey, amount]) => ({
    hotkey,
    coldkey,
    netuid,
    alphaRao: int(amount),
  }));
}

function tempoPayout(inputs: PayoutInputs): unknown {
  const state = payoutState(inputs);
  const subnet = state.subnets[NETUID] as Subnet;
  payTempo(state, [], {
    subnet,
    drained: {
      server: int(inputs.pending_server),
      validator: int(inputs.pending_validator),
      root: int(inputs.pending_root),
      ownerCut: int(inputs.pending_owner_cut),
    },
    emissions: inputs.epoch_emissions.map((row) => ({
      hotkey: row.hotkey,
      incentive: int(row.incentive),
      dividend: int(row.dividend),
    })),
  });
  const names = Object.keys(inputs.hotkeys);
  const rates = names.map((name) => [name, state.hotkeys[name]?.rootClaimRates[NETUID]] as const);
  return {
    stakes_after: Object.fromEntries(names.map((name) => [name, stakesOn(state, name)])),
    root_rate_increment_float: Object.fromEntries(
      rates.map(([name, rate]) => [name, rate === undefined ? null : toDouble(rate, 32)]),
    ),
    root_rate_increment_bits: Object.fromEntries(rates.map(([name, rate]) => [name, rate ?? null])),
    miner_withheld_fraction: toDouble(subnet.minerBurnedBits, 32),
  };
}

function stakesOn(state: EconomyState, hotkey: string): Record<string, bigint> {
  const coldkeys = Object.keys(state.hotkeys[hotkey]?.pools[NETUID]?.shares ?? {});
  return Object.fromEntries(
    coldkeys.map((coldkey) => [coldkey, stakeOf(state, hotkey, coldkey, NETUID)]),
  );
}

const HOTKEY = 'h';
const OWNER = 'owner';

type ClaimOp = { op: string; who?: string; amount?: Int; take_u16?: number };

function claimState(reserves: { tao: bigint; alpha: bigint }, threshold: Int): EconomyState {
  return createEconomy({
    subnets: [
      {
        netuid: NETUID,
        taoReserve: reserves.tao,
        alphaIn: reserves.alpha,
        rootClaimThreshold: int(threshold),
      },
    ],
    hotkeys: { [HOTKEY]: { owner: OWNER, take: 0 } },
  });
}

function rootDividend(state: EconomyState, amount: Int, take: number) {
  const subnet = state.subnets[NETUID] as Subnet;
  const split = splitTake(int(amount) << 32n, take);
  increaseStake(state, { hotkey: HOTKEY, coldkey: OWNER, netuid: NETUID }, split.take);
  subnet.alphaOut += int(amount);
  return { split, ...accrueRootDividend(state, subnet, HOTKEY, split.rest) };
}

function claimed(state: EconomyState, who: string): bigint {
  return claimedOn(state.hotkeys[HOTKEY] as Hotkey, NETUID)[who] ?? 0n;
}

function rootClaim(inputs: { threshold_rao: Int; ops: ClaimOp[] }): unknown {
  const state = claimState({ tao: 0n, alpha: 0n }, inputs.threshold_rao);
  const log: unknown[] = [];
  for (const { op, who = '', amount = 0, take_u16 = 0 } of inputs.ops) {
    const at = { hotkey: HOTKEY, coldkey: who, netuid: 0 };
    if (op === 'root_dividend') {
      const { split, accrued, paidToOwner } = rootDividend(state, amount, take_u16);
      const rate = state.hotkeys[HOTKEY]?.rootClaimRates[NETUID] ?? 0n;
      const paid = { owner_take: split.take, accrued, paid_to_owner: paidToOwner };
      log.push({ op, ...paid, rate: toDouble(rate, 32), rate_i96f32_bits: rate });
    } else if (op === 'claim') {
      const result = payRootClaim(state, [], { ...at, netuid: NETUID }, true);
      const alpha = result !== undefined && 'alphaRao' in result ? result.alphaRao : 0n;
      log.push({ op, who, alpha, claimed_total: claimed(state, who) });
    } else if (op === 'remove_root_stake') {
      decreaseStake(state, at, int(amount));
      log.push({ op, who, claimed_total: claimed(state, who) });
    } else {
      increaseStake(state, at, int(amount));
      if (op === 'add_root_stake') log.push({ op, who, claimed_total: claimed(state, who) });
    }
  }
  return { log };
}

function rootClaimSwap(inputs: {
  tao_reserve: Int;
  alpha_reserve: Int;
  quote_weight: Int;
  root_stakes: Record<string, Int>;
  dividend_per_round: Int;
  take_u16: number;
  claimer: string;
  rounds: number;
  threshold_rao: Int;
}): unknown {
  const reserves = { tao: int(inputs.tao_reserve), alpha: int(inputs.alpha_reserve) };
  const state = claimState(reserves, inputs.threshold_rao);
  (state.subnets[NETUID] as Subnet).quoteWeight = int(inputs.quote_weight);
  for (const [coldkey, amount] of Object.entries(inputs.root_stakes)) {
    increaseStake(state, { hotkey: HOTKEY, coldkey, netuid: 0 }, int(amount));
  }
  const coldkey = inputs.claimer;
  const rounds = Array.from({ length: inputs.rounds }, () => {
    rootDividend(state, inputs.dividend_per_round, inputs.take_u16);
    const at = { hotkey: HOTKEY, coldkey, netuid: NETUID };
    const result = payRootClaim(state, [], at, false);
    const paid = result !== undefined && 'alphaRao' in result ? result : undefined;
    return {
      claimed_alpha: paid?.alphaRao ?? 0n,
      tao_out: paid?.taoRao ?? 0n,
      root_stake: stakeOf(state, HOTKEY, coldkey, 0),
      claimed_total: claimed(state, coldkey),
    };
  });
  return { rounds };
}

/** What a tempo and a claim pay. */
export const payoutOps: Ops = {
  tempo_payout: tempoPayout,
  root_claim: rootClaim,
  root_claim_swap: rootClaimSwap,
};
