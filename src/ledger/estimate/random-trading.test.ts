import { expect, test } from 'vitest';
import { type Draws, drawsOf } from '../../domain/draws.ts';
import { mintTao } from '../../economy/accounts.ts';
import { addStake } from '../../economy/add-stake.ts';
import { poolPriceRao } from '../../economy/pool.ts';
import { quoteSell } from '../../economy/quote.ts';
import { removeStake } from '../../economy/remove-stake.ts';
import { stakeOf } from '../../economy/stake-ledger.ts';
import type { EconomyState } from '../../economy/state.ts';
import type { Subnet } from '../../economy/subnet.ts';
import { distributionOf } from './distribution.ts';
import { randomRuns } from './random-runs.ts';
import { advance, createTestEconomy, inputsOf, TAO } from './testing.ts';
import { type PricePoint, percentPerDay, recordedVolatility } from './volatility.ts';

const NETUID = 8;
const SEEDS = 50;
const DAYS = 0.5;
const BLOCKS = DAYS * 7_200;
/** Blocks between trades, and what one moves at most: part of the pool's TAO. */
const PAUSE_BLOCKS = 100;
const LARGEST_PART = 0.006;
/** Runs between the 5th and the 95th percentile. */
const INSIDE = 0.8;

/** Buys and sells of any size at random, sold from what was bought; gives the price at each. */
function trade(state: EconomyState, draws: Draws, blocks: number): readonly PricePoint[] {
  const points: PricePoint[] = [];
  for (let block = 0; block < blocks; block += PAUSE_BLOCKS) {
    const subnet = state.subnets[NETUID] as Subnet;
    const part = BigInt(Math.floor(draws.next() * LARGEST_PART * 1e6));
    const place = { coldkey: 'trader', hotkey: 'v2', netuid: NETUID };
    const held = stakeOf(state, place.hotkey, place.coldkey, NETUID);
    const wanted = (subnet.alphaIn * part) / 1_000_000n;
    if (draws.next() < 0.5) {
      addStake(state, { ...place, amountRao: (subnet.taoReserve * part) / 1_000_000n });
    } else {
      removeStake(state, { ...place, amountRao: wanted < held ? wanted : held });
    }
    advance(state, PAUSE_BLOCKS);
    points.push({ block: state.block, priceRaoPerAlpha: poolPriceRao(subnet) });
  }
  return points;
}

test('what random trading made of a stake lies inside the stated range for most seeds', () => {
  const state = createTestEconomy();
  mintTao(state, 'trader', 200_000n * TAO);
  advance(state, 1_000);
  const recorded = recordedVolatility(trade(state, drawsOf(1_000), 4 * BLOCKS));
  if (recorded === undefined) throw new Error('nothing recorded');
  const amountRao = 100n * TAO;
  const estimate = { inputs: inputsOf(state, NETUID, 'v1'), amountRao, days: DAYS };
  const { quantiles } = distributionOf([
    randomRuns({
      estimate,
      variances: [[NETUID, recorded.variancePerBlock]],
      seed: 1,
      first: 0,
      count: 500,
    }),
  ]);
  const rangeOf = (percent: number) => quantiles.find((each) => each.percent === percent);
  const [low, high] = [rangeOf(5), rangeOf(95)];
  if (low === undefined || high === undefined) throw new Error('no range');
  let inside = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const future = structuredClone(state);
    advance(future, 1);
    const added = addStake(future, { coldkey: 'me', hotkey: 'v1', netuid: NETUID, amountRao });
    if (!added.ok) throw new Error(added.error.name);
    trade(future, drawsOf(seed), BLOCKS);
    const held = stakeOf(future, 'v1', 'me', NETUID);
    const sale = quoteSell(future.subnets[NETUID] as Subnet, held);
    const gain = (sale.ok ? sale.quote.outRao : 0n) - amountRao;
    if (gain >= low.taoGainRao && gain <= high.taoGainRao) inside += 1;
  }
  process.stdout.write(
    `random trading of ${percentPerDay(recorded).toFixed(2)} % a day: ${inside} of ${SEEDS} seeds inside the range\n`,
  );
  expect(inside).toBeGreaterThanOrEqual(SEEDS * INSIDE);
});
