/**
 * What a plan states holds: to the rao when nothing happens between, and at worst when anything does.
 * TAO_ADVERSE_RUNS sets the number of runs against other traders.
 */
import { describe, expect, it } from 'vitest';
import {
  createDice,
  createMarket,
  type Dice,
  type Market,
  OTHER_VALIDATOR,
  OWN,
  VALIDATOR,
} from '../../test/helpers/market.ts';
import type { SubnetFacts } from '../chain/facts.ts';
import { quoteInTurn } from '../chain/queries/quote-in-turn.ts';
import { quoteMove } from '../chain/queries/quote-move.ts';
import { isTaoError } from '../errors/tao-error.ts';
import { combinePlans } from './combine-plans.ts';
import type { TxPlan } from './plan.ts';
import { planStake } from './plan-stake.ts';
import { planSwap } from './plan-swap.ts';
import { planUnstake } from './plan-unstake.ts';

const RUNS = Number.parseInt(process.env.TAO_ADVERSE_RUNS ?? '10000', 10);
const EXACT_RUNS = 400;
const BATCH_RUNS = 500;
/** Rounding of the two simulations, of the fees and of the pool's own curve. */
const BATCH_ROUNDING_RAO = 2n;

const MINIMUMS = { minimumRao: 2_000_000n, nominatorMinimumRao: 0n };
const OPS = ['add', 'remove', 'leave', 'to-root', 'swap'] as const;
type Op = (typeof OPS)[number];

const guardOf = (dice: Dice) => ({
  tolerance: { numerator: BigInt(1 + dice.roll(400)), denominator: 10_000n },
  limitPriceRaoPerAlpha: undefined,
  partial: false,
});

/** Plans show the name; figures come from the quote. */
function subnetOf(netuid: number): SubnetFacts {
  return { netuid, name: '' } as SubnetFacts;
}

type Trade = {
  readonly plan: TxPlan;
  /** What the account has of what the trade gives. */
  readonly held: (market: Market) => bigint;
};

async function planOne(market: Market, op: Op, dice: Dice): Promise<Trade> {
  const guard = guardOf(dice);
  const subnet = subnetOf(1);
  const reserves = market.state.subnets[1];
  if (reserves === undefined) throw new Error('no pool');
  if (op === 'add') {
    const amountRao = dice.share(reserves.taoReserve, 1, 20_000);
    const [quote] = await quoteInTurn(market.view, 'buy', [{ netuid: 1, amountRao }]);
    const account = {
      address: OWN,
      nonce: 0,
      freeRao: market.freeRao(),
      reservedRao: 0n,
      frozenRao: 0n,
    };
    const facts = {
      account,
      subnet,
      isTokenEnabled: true,
      hotkeyOwner: 'vc',
      hotkeyName: '',
      quote,
      minimumRao: MINIMUMS.minimumRao,
    };
    const plan = planStake({ hotkey: VALIDATOR, netuid: 1, amountRao, guard }, facts);
    return { plan, held: (at) => at.stakeOf(1) };
  }
  const stakeRao = market.stakeOf(1);
  const amountRao = op === 'leave' ? stakeRao : dice.share(stakeRao, 10_000, 1_000_000);
  if (op === 'swap') return planMove(market, amountRao, guard);
  const [quote] = await quoteInTurn(market.view, 'sell', [{ netuid: 1, amountRao }]);
  const toRoot = op === 'to-root';
  const facts = { ...unstakeFacts(market), subnet, stakeRao, quote };
  const plan = planUnstake({ hotkey: VALIDATOR, netuid: 1, amountRao, toRoot, guard }, facts);
  return { plan, held: (at) => (toRoot ? at.stakeOf(0) : at.freeRao()) };
}

function unstakeFacts(market: Market) {
  return {
    ...MINIMUMS,
    isTokenEnabled: true,
    hotkeyName: '',
    isOwnHotkey: false,
    unlockedRao: market.stakeOf(1),
    unclaimedRao: 0n,
  };
}

async function planMove(
  market: Market,
  amountRao: bigint,
  guard: ReturnType<typeof guardOf>,
): Promise<Trade> {
  const question = { originNetuid: 1, destinationNetuid: 2, amountRao };
  const request = {
    from: { hotkey: VALIDATOR, netuid: 1 },
    to: { hotkey: VALIDATOR, netuid: 2 },
    amountRao,
    guard,
  };
  const hotkey = { owner: 'vc', name: '' };
  const facts = {
    origin: subnetOf(1),
    destination: subnetOf(2),
    disabledNetuids: [],
    fromHotkey: hotkey,
    toHotkey: hotkey,
    isRegisteredThere: true,
    stakeRao: market.stakeOf(1),
    heldThereRao: market.stakeOf(2),
    unlockedRao: undefined,
    minimumRao: MINIMUMS.minimumRao,
    quote: await quoteMove(market.view, question),
    unclaimedRao: 0n,
  };
  return { plan: planSwap(request, facts), held: (at) => at.stakeOf(2) };
}

const raoOf = (plan: TxPlan, name: 'expected' | 'least'): bigint =>
  BigInt((plan.data[name] as { readonly rao: string }).rao);

/** Counts by word, printed at the end of a run. */
function createTally() {
  const counts = new Map<string, number>();
  return {
    count: (word: string) => counts.set(word, (counts.get(word) ?? 0) + 1),
    of: (word: string) => counts.get(word) ?? 0,
    text: () =>
      [...counts]
        .sort()
        .map(([word, count]) => `${word} ${count}`)
        .join(', '),
  };
}

/** A trade that the plan itself refuses counts, and is not tried. */
async function planOrRefuse(planning: Promise<Trade>): Promise<Trade | string> {
  try {
    return await planning;
  } catch (error) {
    if (isTaoError(error)) return error.code;
    throw error;
  }
}

describe('what a plan states', () => {
  it.each(OPS)(
    'is what one trade gives, to the rao, when nothing happens between: %s',
    async (op) => {
      const dice = createDice(7);
      const tally = createTally();
      for (let run = 0; run < EXACT_RUNS; run += 1) {
        const market = createMarket(dice);
        const trade = await planOrRefuse(planOne(market, op, dice));
        if (typeof trade === 'string') {
          tally.count(trade);
          continue;
        }
        const before = trade.held(market);
        const result = market.execute(trade.plan.call);
        tally.count(result);
        if (result !== 'ok') continue;
        expect(trade.held(market) - before).toBe(raoOf(trade.plan, 'expected'));
      }
      process.stdout.write(`exact, ${op}: ${tally.text()}\n`);
      expect(tally.of('ok')).toBeGreaterThan(EXACT_RUNS / 4);
      // What the plan lets through, the chain takes.
      expect(tally.of('SubtensorModule.SlippageTooHigh')).toBeLessThan(EXACT_RUNS / 100);
    },
  );

  it(`is never undercut by ${RUNS} runs against other traders`, async () => {
    const dice = createDice(20_261_122);
    const tally = createTally();
    for (let run = 0; run < RUNS; run += 1) {
      const market = createMarket(dice);
      const op = OPS[run % OPS.length] ?? 'add';
      const trade = await planOrRefuse(planOne(market, op, dice));
      if (typeof trade === 'string') {
        tally.count('refused by the plan');
        continue;
      }
      for (let others = dice.roll(6); others >= 0; others -= 1) {
        market.disturb(dice, 1 + dice.roll(2));
      }
      const before = trade.held(market);
      const result = market.execute(trade.plan.call);
      const gained = trade.held(market) - before;
      if (result !== 'ok') {
        tally.count('refused by the chain');
        expect(gained).toBe(0n);
      } else {
        tally.count(
          gained < raoOf(trade.plan, 'expected') ? 'worse than quoted' : 'as quoted or better',
        );
        const shown = `${op}: got ${gained}, stated at least ${raoOf(trade.plan, 'least')}`;
        expect(gained >= raoOf(trade.plan, 'least'), shown).toBe(true);
      }
    }
    process.stdout.write(`against other traders, ${RUNS} runs: ${tally.text()}\n`);
    expect(tally.of('refused by the chain')).toBeGreaterThan(RUNS / 20);
    expect(tally.of('worse than quoted')).toBeGreaterThan(RUNS / 20);
  });

  it('holds for several trades on one pool in one batch, but for rounding', async () => {
    const dice = createDice(99);
    const tally = createTally();
    let worst = 0n;
    for (let run = 0; run < BATCH_RUNS; run += 1) {
      const market = createMarket(dice);
      const guard = guardOf(dice);
      const hotkeys = [VALIDATOR, OTHER_VALIDATOR];
      const isBuy = dice.roll(2) === 0;
      const amounts = hotkeys.map((hotkey) =>
        isBuy
          ? dice.share(market.state.subnets[1]?.taoReserve ?? 0n, 1, 5_000)
          : dice.share(market.stakeOf(1, hotkey), 10_000, 1_000_000),
      );
      const planned = await planOrRefuse(planBatch(market, { isBuy, hotkeys, amounts, guard }));
      if (typeof planned === 'string') {
        tally.count(planned);
        continue;
      }
      const { plan } = planned;
      const before = planned.held(market);
      const result = market.execute(plan.call);
      tally.count(result);
      if (result !== 'ok') continue;
      const items = plan.batch?.items ?? [];
      const expected = items.reduce((sum, item) => sum + raoOf(item, 'expected'), 0n);
      const gap = planned.held(market) - before - expected;
      const distance = gap < 0n ? -gap : gap;
      if (distance > worst) worst = distance;
    }
    process.stdout.write(`batches: ${tally.text()}; largest deviation ${worst} rao\n`);
    expect(tally.of('ok')).toBeGreaterThan(BATCH_RUNS / 4);
    expect(worst).toBeLessThanOrEqual(BATCH_ROUNDING_RAO);
  });
});

type BatchWish = {
  readonly isBuy: boolean;
  readonly hotkeys: readonly string[];
  readonly amounts: readonly bigint[];
  readonly guard: ReturnType<typeof guardOf>;
};

async function planBatch(
  market: Market,
  { isBuy, hotkeys, amounts, guard }: BatchWish,
): Promise<Trade> {
  const trades = amounts.map((amountRao) => ({ netuid: 1, amountRao }));
  const quotes = await quoteInTurn(market.view, isBuy ? 'buy' : 'sell', trades);
  const subnet = subnetOf(1);
  const account = {
    address: OWN,
    nonce: 0,
    freeRao: market.freeRao(),
    reservedRao: 0n,
    frozenRao: 0n,
  };
  const plans = hotkeys.map((hotkey, index) => {
    const amountRao = amounts[index] ?? 0n;
    const quote = quotes[index];
    if (isBuy) {
      const facts = {
        account,
        subnet,
        isTokenEnabled: true,
        hotkeyOwner: 'vc',
        hotkeyName: '',
        quote,
        minimumRao: MINIMUMS.minimumRao,
      };
      return planStake({ hotkey, netuid: 1, amountRao, guard }, facts);
    }
    const facts = {
      ...unstakeFacts(market),
      unlockedRao: undefined,
      subnet,
      stakeRao: market.stakeOf(1, hotkey),
      quote,
    };
    return planUnstake({ hotkey, netuid: 1, amountRao, toRoot: false, guard }, facts);
  });
  const plan = combinePlans(plans, { command: 'x', summary: 'x', question: 'x?', mode: 'atomic' });
  const held = (at: Market): bigint =>
    isBuy ? hotkeys.reduce((sum, hotkey) => sum + at.stakeOf(1, hotkey), 0n) : at.freeRao();
  return { plan, held };
}
