/**
 * What the ledger says was earned, against the chain's own books: random trades, moves, transfers,
 * claims and changed takes over a hundred tempos, for twenty seeds.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { devAccounts } from '../../src/devnode/genesis/accounts.ts';
import { readRewards } from '../../src/ledger/rewards/compute-rewards.ts';
import { openTestLedger } from '../../src/ledger/testing.ts';
import {
  type AccountingWorld,
  addressOf,
  createAccountingWorld,
  keyOf,
  type Name,
  TEMPO,
} from './accounting-world.ts';

const SEEDS = Number.parseInt(process.env.TAO_ACCOUNTING_SEEDS ?? '20', 10);
const TEMPOS = 100;
/** Share pools round each deposit and withdrawal by at most this, rao. */
const ROUNDING_RAO = 2n;

const FOLLOWED: readonly Name[] = ['//Alice', '//Bob', '//Delegator1', '//Delegator4', '//Dunlin'];
const VALIDATORS = ['//Aurora', '//Basalt', '//Cobalt', '//Dunlin', '//Ember'] as const;
const NETUIDS = [0, 1, 4, 8] as const;

type Totals = { seed: number; positions: number; sent: number; refused: number } & Record<
  'earnedRao' | 'roundingRao' | 'unexplainedRao',
  bigint
>;
const reports: Totals[] = [];

describe('over a hundred tempos with random changes', () => {
  test.each(Array.from({ length: SEEDS }, (_, index) => index + 1))(
    'seed %i: what is said to be earned is what the chain booked, to the rao',
    async (seed) => {
      const ledger = await openTestLedger();
      const world = await createAccountingWorld(ledger, FOLLOWED);
      const totals = await play(world, seed);
      await world.look();

      const rewards = readRewards(ledger, { coldkeys: FOLLOWED.map(addressOf) });
      const found = new Map(
        rewards.map((one) => [keyOf(one.coldkey, one.hotkey, one.netuid), one]),
      );
      expect(rewards.flatMap((one) => one.unexplained)).toEqual([]);
      for (const [key, book] of world.books) {
        const roundingRao = book.bookedRao - book.statedRao;
        expect([key, found.get(key)?.emissionAlphaRao ?? 0n]).toEqual([
          key,
          book.earnedRao + roundingRao,
        ]);
        totals.positions += 1;
        totals.earnedRao += book.earnedRao;
        totals.roundingRao += roundingRao < 0n ? -roundingRao : roundingRao;
      }
      expect(totals.roundingRao).toBeLessThanOrEqual(ROUNDING_RAO * 2n * BigInt(totals.sent));
      reports.push(totals);
    },
  );

  afterAll(() => {
    for (const { seed, positions, sent, refused, earnedRao, roundingRao } of reports) {
      process.stdout.write(
        `seed ${seed}: ${positions} positions, ${sent} transactions (${refused} refused), ` +
          `${earnedRao} rao earned, ${roundingRao} rao of rounding, 0 unexplained\n`,
      );
    }
  });
});

async function play(world: AccountingWorld, seed: number): Promise<Totals> {
  const random = createRandom(seed);
  const totals: Totals = {
    seed,
    positions: 0,
    sent: 0,
    refused: 0,
    earnedRao: 0n,
    roundingRao: 0n,
    unexplainedRao: 0n,
  };
  const end = world.block() + TEMPOS * TEMPO;
  while (world.block() < end) {
    world.advance(1 + random(3 * TEMPO));
    if (random(3) === 0) await world.look();
    const call = nextCall(world, random);
    if (call === undefined) continue;
    totals.sent += 1;
    if (!(await world.send({ ...call, isOwn: random(3) > 0 }))) totals.refused += 1;
  }
  return totals;
}

type Random = (below: number) => number;
type Planned = Omit<Parameters<AccountingWorld['send']>[0], 'isOwn'>;

const RAO = 1_000_000_000n;

function nextCall(world: AccountingWorld, random: Random): Planned | undefined {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const from = pick(FOLLOWED);
  const validator = pick(VALIDATORS);
  const hotkey = devAccounts[`${validator}//hot`];
  const netuid = pick(NETUIDS);
  const amount = (BigInt(1 + random(40_000)) * RAO) / 1_000n;
  const held = world.held(from, `${validator}//hot`, netuid);
  const part = (held * BigInt(1 + random(100))) / 100n;
  const call = (name: string, args: Readonly<Record<string, unknown>>): Planned => ({
    from,
    name,
    args,
  });
  const kind = random(12);
  if (kind < 4) return call('add_stake', { hotkey, netuid, amount_staked: amount });
  if (kind === 10) return claimCall(call, random);
  if (kind === 11) return takeCall(random);
  if (part < RAO / 10n) return call('add_stake', { hotkey, netuid, amount_staked: amount });
  if (kind < 6) return call('remove_stake', { hotkey, netuid, amount_unstaked: part });
  if (kind === 6) {
    return call('remove_stake_full_limit', { hotkey, netuid, limit_price: undefined });
  }
  const other = devAccounts[`${pick(VALIDATORS)}//hot`];
  const target = pick(NETUIDS);
  if (kind === 7) {
    return call('move_stake', {
      origin_hotkey: hotkey,
      destination_hotkey: other,
      origin_netuid: netuid,
      destination_netuid: random(2) === 0 ? netuid : target,
      alpha_amount: part,
    });
  }
  if (kind === 8) {
    return call('transfer_stake', {
      destination_coldkey: devAccounts[pick([...FOLLOWED, '//Charlie'] as const)],
      hotkey,
      origin_netuid: netuid,
      destination_netuid: netuid,
      alpha_amount: part,
    });
  }
  return call('swap_stake', {
    hotkey,
    origin_netuid: netuid,
    destination_netuid: target,
    alpha_amount: part,
  });
}

function claimCall(
  call: (name: string, args: Readonly<Record<string, unknown>>) => Planned,
  random: Random,
): Planned {
  if (random(2) === 0) return call('claim_root', { subnets: [1, 4, 8] });
  const types = [
    { type: 'Swap', value: undefined },
    { type: 'Keep', value: undefined },
    { type: 'KeepSubnets', value: { subnets: [4] } },
  ];
  return call('set_root_claim_type', { new_root_claim_type: types[random(types.length)] });
}

function takeCall(random: Random): Planned {
  const validator = VALIDATORS[random(VALIDATORS.length)] as (typeof VALIDATORS)[number];
  const name = random(2) === 0 ? 'increase_take' : 'decrease_take';
  return {
    from: validator,
    name,
    args: { hotkey: devAccounts[`${validator}//hot`], take: random(11_797) },
  };
}

/** Small and seeded: the same seed plays the same game. */
function createRandom(seed: number): Random {
  let state = seed * 2_654_435_761;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
